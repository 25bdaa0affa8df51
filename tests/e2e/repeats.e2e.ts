import type { Page } from '@playwright/test';
import type { Estimate } from '../../src/lib/estimate.ts';
import { formatNumber, formatValue } from '../../src/lib/format.ts';
import { hasBank } from '../second/bank.ts';
import { expect, test } from './app.ts';

const week = '2026-11-09';

const curves = (page: Page) =>
	page.getByRole('region', { name: /^Share back within 1 to 30 days/ });
const groups = (page: Page) => page.getByRole('region', { name: /, surely high first$/ });
const choose = (page: Page, name: string, option: string) =>
	page
		.getByRole('navigation', { name, exact: true })
		.getByRole('link', { name: option, exact: true });

test('repeats show curves, groups, weeks, destinations, containment and limits', async ({
	page,
	request
}) => {
	await page.goto(`/repeats?week=${week}`);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		'Repeats, 26 weeks to 15 Nov 2026'
	);
	for (const caption of [
		'Share of customers back by day',
		'Share back by day and route',
		'Back on the same topic within 7 days by week',
		'Topic they come back with',
		'Who takes the return',
		'Channel they come back on',
		'Contained, and came back within 7 days, by topic'
	])
		await expect(page.locator('figcaption', { hasText: caption })).toBeVisible();
	for (const name of [
		'Where they come back to',
		'Looks contained, came back',
		'How far the log can see'
	])
		await expect(page.getByRole('heading', { name })).toBeVisible();

	const answer = await request.get('/api/metrics', {
		params: { metrics: 'repeat_rate', from: '2026-05-18', to: '2026-11-16' }
	});
	const [row] = (await answer.json()) as { repeat_rate: Estimate }[];
	const { value = null, n = 0 } = row?.repeat_rate ?? {};
	const first = curves(page).getByRole('row').nth(1);
	await expect(first).toContainText(formatValue(value, 'share'));
	await expect(first).toContainText(formatNumber(n));
	await expect(page.getByText(/The last week is\snot yet known to the end/)).toBeVisible();
});

test('choices are links that stand in the address and stay when a filter is set', async ({
	page
}) => {
	await page.goto(`/repeats?week=${week}`);
	await choose(page, 'Topic', 'any').click();
	await expect(page).toHaveURL(/match=any/);
	await expect(
		page.locator('figcaption', { hasText: 'AI only: topic of the first contact' })
	).toBeVisible();
	await choose(page, 'Within', '14 days').click();
	await expect(
		page.locator('figcaption', { hasText: 'Back on any topic within 14 days' })
	).toBeVisible();
	await choose(page, 'By', 'topic').click();
	await expect(page).toHaveURL(/by=topic/);
	await groups(page).getByRole('link', { name: 'Refunds' }).click();
	await expect(page).toHaveURL(/topic=Refunds/);
	expect(new URL(page.url()).searchParams.get('days')).toBe('14');
	expect(new URL(page.url()).searchParams.get('match')).toBe('any');
	await expect(groups(page).getByRole('row')).toHaveCount(2);
	await choose(page, 'Topic', 'same').click();
	await expect(page).not.toHaveURL(/match=/);
	await expect(page.getByRole('link', { name: 'Remove filter Topic: Refunds' })).toBeVisible();
});

test('under a filter of route, containment is not said', async ({ page }) => {
	await page.goto(`/repeats?week=${week}&route=failure`);
	await expect(page.getByText('Conversations carry no route')).toBeVisible();
	await expect(page.getByText('Conversations without a handoff have no route')).toBeVisible();
});

test('a week without handoffs says so', async ({ page }) => {
	await page.goto('/repeats?week=2024-01-01&weeks=1');
	await expect(page.getByText('No handoffs in this week')).toBeVisible();
	await expect(page.locator('figure')).toHaveCount(0);
});

test.describe('without scripts', () => {
	test.use({ javaScriptEnabled: false });

	test('repeats are complete, and choices and filters work', async ({ page }) => {
		await page.goto(`/repeats?week=${week}`);
		for (const figure of await page.locator('main figure').all())
			await expect(figure.locator('svg:visible').first()).toBeVisible();
		await choose(page, 'By', 'channel').click();
		await expect(
			page.getByRole('heading', { name: 'By channel of the handoff' })
		).toBeVisible();
		await page.getByRole('combobox', { name: 'Period' }).selectOption('4');
		await page.getByRole('button', { name: 'Apply' }).click();
		await expect(page).toHaveURL(/weeks=4.*by=channel/);
		await expect(page.getByRole('heading', { level: 1 })).toContainText('4 weeks');
	});
});

test.describe('the log of the bank (needs ../shared/data)', () => {
	test.skip(!hasBank, 'needs ../shared/data');

	test('repeats say how many customer ids are missing and what that hides', async ({
		page,
		bank
	}) => {
		await page.goto(`${bank.url}/repeats`);
		await expect(
			page.getByText(/Only\s[\d.]+\s% of contacts carry a customer id/)
		).toBeVisible();
		await expect(page.getByText('A return without one cannot be seen')).toBeVisible();
		await expect(page.getByText('But ids are not missing by chance')).toBeVisible();
		await expect(page.getByText('The log has no conversation records')).toBeVisible();
		await expect(page.getByRole('heading', { name: 'By topic of the handoff' })).toBeVisible();
		await choose(page, 'By', 'trigger').click();
		await expect(page.getByText('The log carries no trigger here')).toBeVisible();
	});
});
