import type { Page } from '@playwright/test';
import type { Estimate } from '../../src/lib/estimate.ts';
import { formatNumber, formatValue } from '../../src/lib/format.ts';
import { hasBank } from '../second/bank.ts';
import { expect, test } from './app.ts';

const week = '2026-11-09';

const section = (page: Page, id: string) => page.locator(`section#${id}`);
const measures = (page: Page) => page.getByRole('region', { name: 'All measures by trigger' });

test('triggers name the planted late rule and the planted queue, with their numbers', async ({
	page,
	request
}) => {
	await page.goto(`/triggers?week=${week}`);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		'Triggers, 26 weeks to 15 Nov 2026'
	);
	await expect(section(page, 'tune').getByRole('listitem')).toHaveCount(1);
	await expect(section(page, 'tune')).toContainText('Asked for a person hands over late');
	await expect(section(page, 'tune')).toContainText('Of what goes to Payments');
	await expect(section(page, 'tune')).toContainText('mostly in Billing');

	const answer = await request.get('/api/metrics', {
		params: {
			metrics: 'late_rate',
			by: 'trigger',
			route: 'failure',
			from: '2026-05-18',
			to: '2026-11-16'
		}
	});
	const rows = (await answer.json()) as { trigger: string; late_rate: Estimate }[];
	const { value = null, n = 0 } =
		rows.find(({ trigger }) => trigger === 'customer_request')?.late_rate ?? {};
	const row = measures(page).getByRole('row', { name: /^Asked for a person/ });
	await expect(row).toContainText(formatValue(value, 'share'));
	await expect(row).toContainText(`n = ${formatNumber(n)}`);
	for (const name of [
		'How often customers ask for a person before they get one',
		'Another threshold of confidence',
		'Timing against labels',
		'There and back: AI, person, AI'
	])
		await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
	for (const name of ['What reviewers found', 'Wrong queue, queue by queue'])
		await expect(page.getByRole('heading', { name })).toBeVisible();
});

test('a number leads to the handoffs it counts', async ({ page }) => {
	await page.goto(`/triggers?week=${week}`);
	const row = measures(page).getByRole('row', { name: /^Asked for a person/ });
	const handoffs = row.getByRole('link').first();
	const count = await handoffs.innerText();
	await handoffs.click();
	await expect(page).toHaveURL(/\/handoffs\?.*route=failure.*trigger=customer_request/);
	await expect(page.getByRole('main')).toContainText(count);
});

test('a measure and a threshold are chosen by link and form, and stand in the address', async ({
	page
}) => {
	await page.goto(`/triggers?week=${week}`);
	await page
		.getByRole('navigation', { name: 'Show' })
		.getByRole('link', { name: 'wrong queue', exact: true })
		.click();
	await expect(page).toHaveURL(/measure=misrouted_rate/);
	await expect(
		page.getByRole('heading', { name: 'Trigger by trigger: wrong queue' })
	).toBeVisible();
	const form = page.getByRole('form', { name: 'Threshold to try' });
	await form.getByRole('spinbutton', { name: 'Hand over below' }).fill('0.7');
	await form.getByRole('button', { name: 'Try' }).click();
	await expect(page).toHaveURL(/threshold=0\.7/);
	await expect(page).toHaveURL(/measure=misrouted_rate/);
	await expect(section(page, 'threshold')).toContainText('Below 0.70 instead of 0.50');
	await expect(section(page, 'threshold')).toContainText(
		'Too little is known there to decide by'
	);
	await page.getByRole('link', { name: 'Back to what is in force' }).click();
	await expect(page).not.toHaveURL(/threshold=/);
	await expect(section(page, 'threshold')).toContainText('the threshold in force');
});

test('the slider and the figure try a threshold', async ({ page }) => {
	await page.goto(`/triggers?week=${week}&threshold=0.6`);
	const slider = page.getByRole('slider', { name: 'Hand over below, slider' });
	await slider.focus();
	await slider.press('ArrowRight');
	await expect(page).toHaveURL(/threshold=0\.61/);
	await expect(section(page, 'threshold')).toContainText('Below 0.61 instead of 0.50');

	// A press pins what the line says there; the link below is opened all the same.
	const figure = page.locator('#figure-threshold-volume');
	await figure.scrollIntoViewIfNeeded();
	const drawn = figure.locator('.live > svg');
	const { width = 0 } = (await drawn.boundingBox()) ?? {};
	await drawn.click({ position: { x: 0.72 * width, y: 130 } });
	await expect(page).toHaveURL(/threshold=0\.7#threshold$/);
});

test('under a filter of a trigger, thresholds are not said', async ({ page }) => {
	await page.goto(`/triggers?week=${week}&trigger=low_confidence`);
	await expect(section(page, 'threshold')).toContainText('carry no trigger');
});

test('a week without handoffs says so', async ({ page }) => {
	await page.goto('/triggers?week=2024-01-01&weeks=1');
	await expect(page.getByText('No handoffs in this week')).toBeVisible();
	await expect(page.locator('figure')).toHaveCount(0);
});

test.describe('without scripts', () => {
	test.use({ javaScriptEnabled: false });

	test('triggers are complete, and choices, thresholds and filters work', async ({ page }) => {
		await page.goto(`/triggers?week=${week}`);
		for (const figure of await page.locator('main figure').all())
			await expect(figure.locator('svg:visible').first()).toBeVisible();
		await expect(page.getByRole('slider')).toHaveCount(0);
		const form = page.getByRole('form', { name: 'Threshold to try' });
		await form.getByRole('spinbutton', { name: 'Hand over below' }).fill('0.4');
		await form.getByRole('button', { name: 'Try' }).click();
		await expect(page).toHaveURL(/threshold=0\.4/);
		await expect(section(page, 'threshold')).toContainText('Below 0.40 instead of 0.50');
		await page.getByRole('combobox', { name: 'Period' }).selectOption('13');
		await page.getByRole('button', { name: 'Apply' }).click();
		await expect(page).toHaveURL(/weeks=13.*threshold=0\.4/);
		await expect(page.getByRole('heading', { level: 1 })).toContainText('13 weeks');
	});
});

test.describe('the log of the bank (needs ../shared/data)', () => {
	test.skip(!hasBank, 'needs ../shared/data');

	test('triggers say what a log without them lacks', async ({ page, bank }) => {
		await page.goto(`${bank.url}/triggers`);
		await expect(page.getByText('The log carries no trigger.')).toBeVisible();
		await expect(page.getByText('The log carries no human_requests.')).toBeVisible();
		await expect(page.getByText('The log carries no confidence.')).toBeVisible();
		await expect(page.getByText('Nobody has marked the right turn')).toBeVisible();
		await expect(page.getByText('Nobody has reviewed a handoff of this choice')).toBeVisible();
	});
});
