import { metricIds, metrics } from '../../src/lib/metrics.ts';
import { formatValue } from '../../src/lib/format.ts';
import { expect, test } from './app.ts';

const week = '2026-11-09';

test('every metric has its words, its formula and its value, which is that of the API', async ({
	page,
	request
}) => {
	await page.goto(`/definitions?week=${week}`);
	for (const id of metricIds) {
		const entry = page.locator(`#${id}`);
		await expect(entry.getByText(metrics[id].definition)).toBeVisible();
		await expect(entry.locator('pre')).toContainText(`-- ${id}: `);
	}
	const answer = await request.get('/api/metrics', {
		params: { metrics: 'late_rate,repeat_rate', from: '2026-08-17', to: '2026-11-16' }
	});
	const [row] = (await answer.json()) as Record<string, { value: number }>[];
	for (const id of ['late_rate', 'repeat_rate'] as const)
		await expect(page.locator(`#${id}`)).toContainText(
			formatValue(row?.[id]?.value ?? null, 'share')
		);
});

test('a formula leads to the shared parts it takes from', async ({ page }) => {
	await page.goto(`/definitions?week=${week}`);
	const entry = page.locator('#late_rate');
	await entry.getByText('Formula as run').click();
	await entry.getByRole('link', { name: 'selected_handoffs' }).click();
	await expect(page).toHaveURL(/#part-selected_handoffs$/);
	const part = page.locator('#part-selected_handoffs');
	await expect(part).toBeInViewport();
	await part.getByText('Formula as run').click();
	await part.getByRole('link', { name: 'handoff_facts' }).click();
	await expect(page.locator('#part-handoff_facts')).toBeInViewport();
});

test('the definition under a number leads to all of it, with period and filters', async ({
	page
}) => {
	await page.goto(`/csat?week=${week}&topic=Refunds`);
	const panel = page.locator('details.definition').first();
	await panel.locator('summary').click();
	await panel.getByRole('link', { name: 'All of it' }).first().click();
	await expect(page).toHaveURL(/\/definitions\?.*topic=Refunds.*#csat_/);
	await expect(page.locator(':target')).toBeInViewport();
});

test('other definitions stand beside ours, and containment never without who came back', async ({
	page
}) => {
	await page.goto(`/definitions?week=${week}`);
	for (const title of [
		'Resolved after a handoff',
		'Contained or resolved by the AI',
		'Repeat contacts'
	]) {
		const family = page.locator('#others section', {
			has: page.getByRole('heading', { name: title, exact: true })
		});
		await expect(family.getByText('to ours').first()).toBeVisible();
		await expect(family.getByText('Gains:').first()).toBeVisible();
	}
	const rows = page.locator('#others-containment li');
	await expect(rows).toHaveCount(9);
	for (const row of await rows.all()) await expect(row.getByText('came back')).toBeVisible();
});

test('under a filter that conversations do not carry, it says so', async ({ page }) => {
	await page.goto(`/definitions?week=${week}&trigger=customer_request`);
	await expect(page.locator('#others-containment li')).toHaveCount(1);
	await expect(page.locator('#others-containment')).toContainText('which carry no trigger');
});

test('typing finds metrics by their words', async ({ page }) => {
	await page.goto(`/definitions?week=${week}`);
	await page.getByRole('searchbox', { name: 'Find a metric' }).fill('fought');
	await expect(page.locator('#late_rate')).toHaveCount(0);
	await expect(page.locator('#fought_rate')).toBeVisible();
});

test.describe('without scripts', () => {
	test.use({ javaScriptEnabled: false });

	test('definitions are complete, and the search works', async ({ page }) => {
		await page.goto(`/definitions?week=${week}`);
		const index = page.getByRole('navigation', { name: 'On this page' });
		await index.getByRole('link', { name: 'Cold', exact: true }).click();
		await expect(page.locator('#cold_rate')).toBeInViewport();
		const search = page.getByRole('searchbox', { name: 'Find a metric' });
		await search.fill('wait person');
		await search.press('Enter');
		await expect(page).toHaveURL(/week=2026-11-09&q=wait\+person/);
		await expect(page.locator('#wait_after_p50')).toBeVisible();
		await expect(page.locator('#cold_rate')).toHaveCount(0);
	});
});
