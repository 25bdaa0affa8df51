import type { Page } from '@playwright/test';
import type { Estimate } from '../../src/lib/estimate.ts';
import { addDays } from '../../src/lib/dates.ts';
import { formatNumber, formatValue } from '../../src/lib/format.ts';
import { expect, test } from './app.ts';

/** Opens the page and waits until every figure is live. */
async function open(page: Page, query = '') {
	await page.goto(`/quality${query}`);
	await expect(page.locator('figure .still')).toHaveCount(0);
}

const card = (page: Page, name: string) =>
	page.getByRole('article').filter({ has: page.getByRole('heading', { name, exact: true }) });

test('every section is there, and the score is the one that the API gives', async ({
	page,
	request
}) => {
	await open(page);
	for (const name of ['Quality score', 'Context completeness', 'Late', 'Wrong queue'])
		await expect(card(page, name)).toBeVisible();
	for (const name of [
		'Where it is high and low',
		'Missing context, and what it costs',
		'Weights to try',
		'Does the score foretell CSAT and repeats?'
	])
		await expect(page.getByRole('heading', { name })).toBeVisible();
	for (const title of [
		/^Scores of single handoffs/,
		/^Failure modes by topic/,
		/against its number/
	])
		await expect(page.locator('figcaption').filter({ hasText: title })).toBeVisible();

	const to = addDays(await page.getByRole('combobox', { name: 'up to' }).inputValue(), 7);
	const answer = await request.get('/api/metrics', {
		params: { metrics: 'quality_score,misrouted_rate', from: addDays(to, -26 * 7), to }
	});
	const [row] = (await answer.json()) as Record<string, Estimate>[];
	const score = row?.quality_score;
	if (!score) throw new Error('no score');
	await expect(card(page, 'Quality score')).toContainText(formatValue(score.value, 'score'));
	await expect(card(page, 'Quality score')).toContainText(`n = ${formatNumber(score.n)}`);
	await expect(card(page, 'Wrong queue')).toContainText(
		formatValue(row.misrouted_rate?.value ?? null, 'share')
	);
});

test('a grouping is chosen by a link, and a group in the table filters the page', async ({
	page
}) => {
	await open(page, '?w_context=2');
	await page.getByRole('navigation', { name: 'By' }).getByRole('link', { name: 'queue' }).click();
	await expect(page).toHaveURL(/by=queue/);
	await expect(page).toHaveURL(/w_context=2/);
	const table = page.getByRole('region', { name: 'Quality score by queue' });
	await table.getByRole('link', { name: 'Payments' }).click();
	await expect(page).toHaveURL(/queue=Payments/);
	await expect(page.getByRole('link', { name: 'Remove filter Queue: Payments' })).toBeVisible();
	await expect(table.getByRole('row')).toHaveCount(2);
});

test('weights stand in the address, move the ranking, and a word is refused by name', async ({
	page
}) => {
	await open(page, '?by=team');
	await page.getByRole('spinbutton', { name: 'Context' }).fill('5');
	await page.getByRole('button', { name: 'Try weights' }).click();
	await expect(page).toHaveURL(/w_context=5/);
	await expect(page).toHaveURL(/by=team/);
	const ranking = page.getByRole('region', { name: 'Ranking of topics under other weights' });
	await expect(ranking.getByRole('columnheader', { name: 'Place, tried' })).toBeVisible();
	await page.getByRole('link', { name: 'Back to the settings' }).click();
	await expect(page).not.toHaveURL(/w_context/);
	await expect(ranking.getByRole('columnheader', { name: 'Place, tried' })).toHaveCount(0);
	await page.goto('/quality?w_routing=much');
	await expect(page.getByRole('alert')).toContainText('Routing: “much” is no number');
});

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('quality is complete: figures, numbers, and weights by a plain form', async ({ page }) => {
		await page.goto('/quality?topic=Payment');
		await expect(page.locator('figure svg').first()).toBeVisible();
		await expect(page.getByRole('heading', { name: 'Weights to try' })).toBeVisible();
		await page.getByRole('spinbutton', { name: 'Resolution' }).fill('0');
		await page.getByRole('button', { name: 'Try weights' }).click();
		await expect(page).toHaveURL(/w_resolution=0/);
		await expect(page).toHaveURL(/topic=Payment/);
		await expect(page.getByText('Back to the settings')).toBeVisible();
	});
});
