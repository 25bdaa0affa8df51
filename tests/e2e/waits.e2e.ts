import type { Page } from '@playwright/test';
import type { Estimate } from '../../src/lib/estimate.ts';
import { formatNumber, formatValue } from '../../src/lib/format.ts';
import { hasBank } from '../second/bank.ts';
import { expect, test } from './app.ts';

const week = '2026-11-09';

const numbers = (page: Page) => page.getByRole('region', { name: 'Leading numbers' });
const choose = (page: Page, name: string, option: string) =>
	page
		.getByRole('navigation', { name, exact: true })
		.getByRole('link', { name: option, exact: true });

test('waits show weeks, hours, who waited longer, abandonment, dose and response, both ends and resolution', async ({
	page,
	request
}) => {
	await page.goto(`/waits?week=${week}&weeks=26`);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		'Waits, 26 weeks to 15 Nov 2026'
	);
	for (const caption of [
		'Waits before and after the handoff by week',
		'Time with the AI by hour of the week, median',
		'Wait for a person by hour of the week, median',
		'Waited longer after than before by topic',
		'Abandoned, of the waits that ended, by their length',
		'Chance of giving up, a minute, of those who still wait',
		'Satisfied share by time with the AI',
		'Resolved share by time with the AI',
		'Abandoned share by time with the AI',
		'Too early, too late: by time with the AI',
		'Resolved by time since the start of the conversation'
	])
		await expect(page.locator('figcaption', { hasText: caption })).toBeVisible();
	await expect(page.getByText('At the same topic; not proof of cause.')).toBeVisible();
	await expect(page.getByText('Neither end is good')).toBeVisible();

	const answer = await request.get('/api/metrics', {
		params: { metrics: 'abandonment_rate', from: '2026-05-18', to: '2026-11-16' }
	});
	const [row] = (await answer.json()) as { abandonment_rate: Estimate }[];
	const { value = null, n = 0 } = row?.abandonment_rate ?? {};
	await expect(numbers(page)).toContainText(formatValue(value, 'share'));
	await expect(numbers(page)).toContainText(formatNumber(n));
});

test('choices are links that stand in the address and stay when a filter is set', async ({
	page
}) => {
	await page.goto(`/waits?week=${week}&weeks=26`);
	await choose(page, 'By', 'queue').click();
	await expect(page).toHaveURL(/by=queue/);
	await expect(
		page.locator('figcaption', { hasText: 'Waited longer after than before by queue' })
	).toBeVisible();
	await choose(page, 'Of the waits of an hour', '90th percentile').click();
	await expect(page).toHaveURL(/hours=p90/);
	await expect(
		page.locator('figcaption', { hasText: 'by hour of the week, 90th percentile' })
	).toHaveCount(2);
	await page
		.getByRole('region', { name: 'Waited longer after than before by queue' })
		.getByRole('link', { name: 'Payments', exact: true })
		.click();
	await expect(page.getByRole('link', { name: 'Remove filter Queue: Payments' })).toBeVisible();
	expect(new URL(page.url()).searchParams.get('hours')).toBe('p90');
});

test('an hour of the week leads to as many handoffs as its cell says', async ({ page }) => {
	test.slow();
	await page.goto(`/waits?week=${week}&weeks=26`);
	const figure = page.locator('#figure-hours-before');
	await figure.locator('summary', { hasText: 'As a table' }).click();
	const row = figure.getByRole('row', { name: /^Tuesday 14–15 h/ });
	const n = await row.getByRole('cell').last().textContent();
	await row.getByRole('link').click();
	await expect(page).toHaveURL(/\/handoffs\?.*weekday=2&hour=14/);
	await expect(page.getByRole('heading', { level: 1 })).toContainText(n ?? 'no number');
});

test('a week without handoffs says so', async ({ page }) => {
	await page.goto('/waits?week=2024-01-01&weeks=1');
	await expect(page.getByText('No handoffs in this week')).toBeVisible();
	await expect(page.locator('figure')).toHaveCount(0);
});

test.describe('without scripts', () => {
	test.use({ javaScriptEnabled: false });

	test('waits are complete, and choices and filters work', async ({ page }) => {
		await page.goto(`/waits?week=${week}&weeks=26`);
		for (const figure of await page.locator('main figure').all())
			await expect(figure.locator('svg:visible').first()).toBeVisible();
		await choose(page, 'By', 'channel').click();
		await expect(
			page.locator('figcaption', { hasText: 'Waited longer after than before by channel' })
		).toBeVisible();
		await page.getByRole('combobox', { name: 'Period' }).selectOption('4');
		await page.getByRole('button', { name: 'Apply' }).click();
		await expect(page).toHaveURL(/weeks=4.*by=channel/);
		await expect(page.getByRole('heading', { level: 1 })).toContainText('4 weeks');
	});
});

test.describe('the log of the bank (needs ../shared/data)', () => {
	test.skip(!hasBank, 'needs ../shared/data');

	test('waits say which fields are missing, and how to log them', async ({ page, bank }) => {
		await page.goto(`${bank.url}/waits`);
		await expect(page.getByText('The log carries no csat')).toBeVisible();
		await expect(page.getByText('The log does not say how these handoffs ended')).toBeVisible();
		await expect(page.getByText(/the log carries no\s+necessary/)).toBeVisible();
		await expect(page.getByText('The log carries no resolved_at')).toBeVisible();
		await expect(
			page.locator('figcaption', { hasText: 'Chance of giving up, a minute' })
		).toBeVisible();
		await choose(page, 'By', 'trigger').click();
		await expect(page.getByText('The log carries no trigger here')).toBeVisible({
			timeout: 20_000
		});
	});
});
