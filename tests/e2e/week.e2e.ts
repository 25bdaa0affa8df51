import type { APIRequestContext, Locator, Page } from '@playwright/test';
import type { Estimate } from '../../src/lib/estimate.ts';
import { addDays } from '../../src/lib/dates.ts';
import { formatNumber, formatValue } from '../../src/lib/format.ts';
import { metrics, type MetricId } from '../../src/lib/metrics.ts';
import { expect, test } from './app.ts';

type Where = Record<string, string>;

/** What the API measures in a week. */
async function measured(request: APIRequestContext, week: string, ids: MetricId[], where: Where) {
	const parameters = { metrics: ids.join(','), from: week, to: addDays(week, 7), ...where };
	const answer = await request.get('/api/metrics', { params: parameters });
	expect(answer.status()).toBe(200);
	const [row] = (await answer.json()) as Record<string, Estimate>[];
	return (id: MetricId): Estimate => {
		const estimate = row?.[id];
		if (!estimate) throw new Error(`no ${id} in the answer`);
		return estimate;
	};
}

/** One of the six numbers, by its heading. */
const card = (page: Page, name: string): Locator =>
	page
		.getByRole('region', { name: 'Six numbers' })
		.getByRole('article')
		.filter({ has: page.getByRole('heading', { name, exact: true }) });

const said = (estimate: Estimate, id: MetricId) => formatValue(estimate.value, metrics[id].unit);

/** The week that the page shows. */
const shown = (page: Page) => page.getByRole('combobox', { name: 'Week' }).inputValue();

/** Holds what stands on the page to what the API says. */
async function expectNumbers(page: Page, request: APIRequestContext, week: string, where: Where) {
	const ids: MetricId[] = ['handoffs', 'quality_score', 'csat_top2', 'csat_mean'];
	const of = await measured(request, week, ids, where);
	await expect(card(page, 'Handoffs')).toContainText(formatNumber(of('handoffs').n));
	const score = card(page, 'Quality score');
	if (of('quality_score').n >= metrics.quality_score.floor) {
		await expect(score).toContainText(said(of('quality_score'), 'quality_score'));
		await expect(score).toContainText(`n = ${formatNumber(of('quality_score').n)}`);
	} else await expect(score).toContainText('too few');
	const csat = card(page, 'CSAT after handoff');
	const id = of('csat_top2').n < 30 ? 'csat_top2' : 'csat_mean';
	if (of(id).n >= metrics[id].floor) {
		await expect(csat).toContainText(said(of(id), id));
		await expect(csat).toContainText(`n = ${formatNumber(of(id).n)}`);
	} else await expect(csat).toContainText('too few');
}

test('the week shows the numbers that the API gives for it', async ({ page, request }) => {
	await page.goto('/');
	await expectNumbers(page, request, await shown(page), {});
	await expect(page.getByText('Sample data:')).toBeVisible();
});

test('the week picker steps back and forth and jumps to a week', async ({ page, request }) => {
	await page.goto('/');
	const last = await shown(page);
	await page.getByRole('link', { name: 'Week before' }).click();
	await expect(page).toHaveURL(new RegExp(`week=${addDays(last, -7)}`));
	await expectNumbers(page, request, addDays(last, -7), {});
	await page.getByRole('link', { name: 'Week after' }).click();
	await expect(page).toHaveURL(new RegExp(`week=${last}`));
	await page.getByRole('combobox', { name: 'Week' }).selectOption({ value: addDays(last, -35) });
	await expect(page).toHaveURL(new RegExp(`week=${addDays(last, -35)}`));
	await expectNumbers(page, request, addDays(last, -35), {});
});

test('filters change the address and the numbers, and chips take them away', async ({
	page,
	request
}) => {
	await page.goto('/');
	const week = await shown(page);
	const pick = async (facet: string, value: string) => {
		await page.getByText(facet, { exact: true }).first().click();
		await page.getByRole('checkbox', { name: value }).check();
	};
	await pick('Topic', 'Cancellation');
	await expect(page).toHaveURL(/topic=Cancellation/);
	await expectNumbers(page, request, week, { topic: 'Cancellation' });
	await page.keyboard.press('Escape');
	await pick('Channel', 'chat');
	await expect(page).toHaveURL(/channel=chat/);
	await expectNumbers(page, request, week, { topic: 'Cancellation', channel: 'chat' });
	await page.keyboard.press('Escape');
	await pick('Route', 'Failure');
	await expect(page).toHaveURL(/route=failure/);
	const all = { topic: 'Cancellation', channel: 'chat', route: 'failure' };
	await expectNumbers(page, request, week, all);

	const chips = page.getByRole('list', { name: 'Active filters' });
	await chips.getByRole('link', { name: 'Remove filter Route: Failure' }).click();
	await expect(page).not.toHaveURL(/route=/);
	await expectNumbers(page, request, week, { topic: 'Cancellation', channel: 'chat' });
	await page.goBack();
	await expect(page).toHaveURL(/route=failure/);
	await expectNumbers(page, request, week, all);
	await page.getByRole('link', { name: 'Clear filters' }).click();
	await expect(page).not.toHaveURL(/topic=|channel=|route=/);
	await expectNumbers(page, request, week, {});
	await expect(chips).toHaveCount(0);
});

test('figures come alive without moving anything, and say values where one points', async ({
	page
}) => {
	await page.addInitScript(() => {
		const shifts = { sum: 0 };
		Object.assign(window, { shifts });
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries())
				shifts.sum += (entry as PerformanceEntry & { value: number }).value;
		}).observe({ type: 'layout-shift', buffered: true });
	});
	await page.goto('/');
	// The server's pictures go when the live ones are there.
	await expect(page.locator('figure svg').first()).toBeVisible();
	await expect(page.locator('figure .still')).toHaveCount(0);
	const shift = await page.evaluate(
		() => (window as Window & { shifts?: { sum: number } }).shifts?.sum
	);
	expect(shift).toBeLessThan(0.001);

	for (const caption of ['Failure and topic handoffs by week', 'Quality score']) {
		const figure = page.locator('figure').filter({ hasText: caption }).first();
		const picture = figure.getByRole('img').first();
		await picture.scrollIntoViewIfNeeded();
		const tip = figure.locator('[aria-label="tip"]');
		await expect(tip.locator('text')).toHaveCount(0);
		const box = await picture.boundingBox();
		if (!box) throw new Error('the figure has no box');
		await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
		await page.mouse.move(box.x + box.width / 2, box.y + box.height * 0.6, { steps: 3 });
		await expect(tip.locator('text').first()).toBeVisible();
		await expect(tip).toContainText(/\d/);
		await page.mouse.move(0, 0);
		await expect(tip.locator('text')).toHaveCount(0);
	}
});

test('a definition opens from the name of a number', async ({ page }) => {
	await page.goto('/');
	const score = card(page, 'Quality score');
	await expect(score.getByText(metrics.quality_score.definition)).toBeHidden();
	await score.getByRole('heading', { name: 'Quality score' }).first().click();
	await expect(score.getByText(metrics.quality_score.definition)).toBeVisible();
});

test.describe('an address that leads nowhere', () => {
	test.use({ silence: /404/ });

	test('says so and shows the way back', async ({ page }) => {
		const missing = await page.goto('/nowhere');
		expect(missing?.status()).toBe(404);
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no such page');
		await page.goto('/?week=1990-01-01');
		await expect(page.getByText('No handoffs in this week')).toBeVisible();
		await page
			.getByRole('link', { name: /2026|202\d/ })
			.first()
			.click();
		await expect(card(page, 'Handoffs')).toBeVisible();
	});
});

test.describe('without scripts', () => {
	test.use({ javaScriptEnabled: false });

	test('the page is complete, and its filters are a plain form', async ({ page, request }) => {
		await page.goto('/');
		const week = await shown(page);
		await expectNumbers(page, request, week, {});
		for (const figure of await page.locator('main figure').all())
			await expect(figure.locator('svg:visible').first()).toBeVisible();
		expect(await page.locator('main figure').count()).toBeGreaterThanOrEqual(10);

		await page.getByText('Topic', { exact: true }).first().click();
		await page.getByRole('checkbox', { name: 'Delivery' }).check();
		await page
			.getByRole('combobox', { name: 'Week' })
			.selectOption({ value: addDays(week, -14) });
		await page.getByRole('button', { name: 'Apply' }).click();
		await expect(page).toHaveURL(/topic=Delivery/);
		await expectNumbers(page, request, addDays(week, -14), { topic: 'Delivery' });
	});
});
