import type { Estimate } from '../../src/lib/estimate.ts';
import { formatNumber, formatValue } from '../../src/lib/format.ts';
import { expect, test } from './app.ts';

const scoped = [
	'/quality',
	'/csat',
	'/repeats',
	'/waits',
	'/triggers',
	'/handoffs',
	'/definitions'
];

test('a range of dates is chosen, counts those days and steps by its length', async ({
	page,
	request
}) => {
	await page.goto('/csat?topic=Delivery');
	// Scripts that come later would take the choice back.
	await expect(page.locator('figure .still')).toHaveCount(0);
	await page.getByRole('combobox', { name: 'Period' }).selectOption('Dates');
	await page.getByLabel('from', { exact: true }).fill('2026-08-05');
	await page.getByLabel('to', { exact: true }).fill('2026-09-16');
	await page.getByRole('button', { name: 'Show' }).click();
	await expect(page).toHaveURL(/\?from=2026-08-05&to=2026-09-16&topic=Delivery$/);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('CSAT, 5 Aug – 16 Sep 2026');

	const answer = await request.get('/api/metrics', {
		params: { metrics: 'csat_top2', from: '2026-08-05', to: '2026-09-17', topic: 'Delivery' }
	});
	const [row] = (await answer.json()) as { csat_top2: Estimate }[];
	const numbers = page.getByRole('region', { name: 'Leading numbers' });
	await expect(numbers).toContainText(formatValue(row?.csat_top2.value ?? null, 'share'));
	await expect(numbers).toContainText(`n = ${formatNumber(row?.csat_top2.n ?? 0)}`);
	await expect(page.getByText('Compared with 23 Jun – 4 Aug 2026.')).toBeVisible();

	await page.getByRole('link', { name: 'Period before' }).click();
	await expect(page).toHaveURL(/from=2026-06-23&to=2026-08-04&topic=Delivery/);
	await page
		.getByRole('navigation', { name: 'Pages' })
		.getByRole('link', { name: 'Week' })
		.click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('3–9 Aug 2026');
	await expect(page.getByText('This page is of one week')).toBeVisible();
});

for (const path of scoped)
	test(`${path} looks at a range that cuts weeks, and says so`, async ({ page }) => {
		await page.goto(`${path}?from=2026-08-05&to=2026-09-16`);
		await expect(page.getByLabel('from', { exact: true })).toHaveValue('2026-08-05');
		await expect(page.getByLabel('to', { exact: true })).toHaveValue('2026-09-16');
		await expect(
			page.getByText('The period begins on a Wednesday and ends on a Wednesday')
		).toBeVisible();
	});

test.describe('without scripts', () => {
	test.use({ javaScriptEnabled: false });

	test('dates and comparison are a plain form', async ({ page }) => {
		await page.goto('/csat?week=2026-11-09&weeks=4');
		await expect(page.getByLabel('from', { exact: true })).toBeHidden();
		await page.getByRole('combobox', { name: 'Period' }).selectOption('Dates');
		await page.getByLabel('from', { exact: true }).fill('2026-10-05');
		await page.getByLabel('to', { exact: true }).fill('2026-10-09');
		await page.getByRole('combobox', { name: 'against' }).selectOption('year');
		await page.getByRole('button', { name: 'Show' }).click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('CSAT, 5–9 Oct 2026');
		await expect(page.getByText('Nothing to compare with: the log begins on')).toBeVisible();

		await page.getByRole('combobox', { name: 'Period' }).selectOption('13 weeks');
		await page.getByRole('button', { name: 'Apply' }).click();
		await expect(page.getByRole('heading', { level: 1 })).toContainText('CSAT, 13 weeks to');
	});

	for (const path of [...scoped, '/'])
		test(`dates that run backwards are left out on ${path}, and said`, async ({ page }) => {
			const answer = await page.goto(`${path}?from=2026-09-13&to=2026-08-03`);
			expect(answer?.status()).toBe(200);
			await expect(
				page.getByText('The dates were left out: 3 Aug 2026 comes before 13 Sep 2026.')
			).toBeVisible();
		});
});

test('a value that other filters leave nothing of is still found', async ({ page }) => {
	await page.goto('/quality?week=2026-11-09&weeks=1&channel=voice&topic=Delivery');
	const trigger = page.locator('details', { has: page.getByText('Trigger', { exact: true }) });
	await trigger.first().locator('summary').click();
	const counts = await trigger.first().locator('.n').allTextContents();
	expect(counts).toContain('0');
	expect(counts.map(Number)).toEqual(counts.map(Number).sort((a, b) => b - a));
});

test('a number of Quality leads to its handoffs, as many as it is the share of', async ({
	page,
	request
}) => {
	await page.goto('/quality?from=2026-08-05&to=2026-09-16');
	const card = page.locator('article', {
		has: page.getByRole('heading', { name: 'Fought for' })
	});
	await card.locator('a.value').click();
	await expect(page).toHaveURL(/\/handoffs\?from=2026-08-05&to=2026-09-16&fought=yes/);

	const answer = await request.get('/api/metrics', {
		params: { metrics: 'fought_rate', from: '2026-08-05', to: '2026-09-17' }
	});
	const [row] = (await answer.json()) as { fought_rate: Estimate }[];
	const hits = Math.round((row?.fought_rate.value ?? NaN) * (row?.fought_rate.n ?? NaN));
	await expect(page.getByRole('main')).toContainText(`${formatNumber(hits)} handoffs`);
});
