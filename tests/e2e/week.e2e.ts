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
	await page.getByRole('link', { name: 'Week before', exact: true }).click();
	await expect(page).toHaveURL(new RegExp(`week=${addDays(last, -7)}`));
	await expectNumbers(page, request, addDays(last, -7), {});
	await page.getByRole('link', { name: 'Week after', exact: true }).click();
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
		const picture = figure.locator('.box');
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

test('what stands out is said first, and leads to the week of its topic', async ({ page }) => {
	await page.goto('/');
	const last = await shown(page);
	const findings = page.getByRole('region', { name: 'Findings' });
	let said = 0;
	for (const back of [4, 3, 2, 1, 0]) {
		await page.goto(`/?week=${addDays(last, -7 * back)}`);
		const n = await findings.getByRole('listitem').count();
		expect(n).toBeLessThanOrEqual(3);
		said += n;
		if (n === 0) await expect(findings).toContainText('Nothing to report:');
		else await expect(findings.getByRole('listitem').first()).toContainText('(signal).');
	}
	// The sample has a gap that grows and a topic that does: five of its last weeks say something.
	expect(said).toBeGreaterThan(0);

	const growing = findings.getByRole('link', { name: /^Returns, / });
	for (let back = 0; back < 5 && (await growing.count()) === 0; back++)
		await page.goto(`/?week=${addDays(last, -7 * back)}`);
	await expect(findings).toContainText('Parcel locker');
	const week = await shown(page);
	await growing.click();
	await expect(page).toHaveURL(`/?week=${week}&topic=Returns`);
	await expect(page.getByRole('list', { name: 'Active filters' })).toContainText(
		'Topic: Returns'
	);
});

test('numbers stand on control charts: verdict, limits, and both in the table', async ({
	page
}) => {
	await page.goto('/');
	const score = card(page, 'Quality score');
	await expect(score).toContainText(/(signal|shift to check|steady)\s*limits \d/);
	await score.getByText('As a table').click();
	for (const name of ['Limits', 'Verdict'])
		await expect(score.getByRole('columnheader', { name })).toBeVisible();
});

test('what moved is chosen, stands in the address and stays when a filter is set', async ({
	page
}) => {
	await page.goto('/');
	const week = await shown(page);
	const form = page.getByRole('form', { name: 'What moved' });
	await form.getByRole('combobox', { name: 'What moved' }).selectOption('handle_mean');
	await expect(page).toHaveURL(new RegExp(`week=${week}&moved=handle_mean`));
	await page.getByRole('combobox', { name: 'against' }).selectOption('before');
	await expect(page).toHaveURL(/against=before/);
	await expect(page.locator('#moved')).toContainText('What moved handle time, mean');
	await page.getByText('Channel', { exact: true }).first().click();
	await page.getByRole('checkbox', { name: 'chat' }).check();
	await expect(page).toHaveURL(/against=before.*channel=chat.*moved=handle_mean/);
	await expect(page.locator('#moved')).toContainText('What moved handle time, mean');
});

/** The row of a list, its place counted from 1. */
const lowest = (page: Page, place: number) => page.locator(`#lowest-${place}`);

test('the ten lowest-scoring handoffs are listed, and reviewed without leaving', async ({
	page
}) => {
	await page.goto('/');
	const rows = page.getByRole('table', { name: 'Lowest-scoring handoffs' }).locator('tbody tr');
	await expect(rows).toHaveCount(10);
	const scores = await rows.evaluateAll((all) =>
		all.map((row) =>
			Number(/[\d.]+/.exec(row.querySelector('.number')?.textContent ?? '')?.[0])
		)
	);
	expect(scores.every((score) => score >= 0 && score <= 100)).toBe(true);
	expect(scores).toEqual(scores.toSorted((a, b) => a - b));

	const row = lowest(page, 4);
	const address = page.url();
	await row.locator('summary').click();
	await row.getByRole('radio', { name: 'No', exact: true }).check();
	await row.getByLabel('Your name').fill('Ann');
	await row.getByRole('button', { name: 'Save review' }).click();
	await expect(row).toContainText('reviewed: no person needed');
	await expect(row.locator('summary')).toBeFocused();
	expect(page.url()).toBe(address);
	await row.locator('summary').click();
	await row.getByRole('button', { name: 'Withdraw it' }).click();
	await expect(row).toContainText('not reviewed');

	await row.getByRole('rowheader').getByRole('link').click();
	await expect(page.getByRole('heading', { name: 'What happened' })).toBeVisible();
});

test('CSAT by path and topic has its own page', async ({ page }) => {
	await page.goto('/');
	const figures = page.locator('main figcaption');
	await expect(figures.first()).toBeAttached();
	expect((await figures.allTextContents()).filter((title) => title.includes('path'))).toEqual([]);
	await page.getByRole('navigation').getByRole('link', { name: 'CSAT', exact: true }).click();
	await expect(page).toHaveURL(/\/csat/);
	await expect(page.getByRole('heading', { level: 1 })).toContainText('CSAT');
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

	test('what moved is a plain form, its choice stands in the address, and its table adds up', async ({
		page
	}) => {
		await page.goto('/');
		const week = await shown(page);
		await page.goto(`/?week=${week}&against=before&channel=chat&channel=email&moved=late_rate`);
		const form = page.getByRole('form', { name: 'What moved' });
		const metric = form.getByRole('combobox', { name: 'What moved' });
		await expect(metric).toHaveValue('late_rate');
		await metric.selectOption('cold_rate');
		await form.getByRole('button', { name: 'Show' }).click();
		const asked = new URL(page.url());
		expect(asked.search).toBe(
			`?week=${week}&against=before&channel=chat&channel=email&moved=cold_rate`
		);
		expect(asked.hash).toBe('#moved');

		const moved = page.locator('#moved');
		await expect(moved.locator('figure svg:visible').first()).toBeVisible();
		await expect(moved).toContainText('What moved cold, topic by topic');
		await moved.getByText('As a table').click();
		const cells = await moved
			.locator('tbody tr')
			.evaluateAll((rows) =>
				rows.map((row) => [...row.children].map((cell) => cell.textContent.trim()))
			);
		const points = cells.map((row) =>
			row
				.slice(-3)
				.map((cell) =>
					Math.round(100 * Number(/^\+?(-?[\d.]+) /.exec(cell.replace('−', '-'))?.[1]))
				)
		);
		expect(points.flat().filter((digits) => !Number.isInteger(digits))).toEqual([]);
		const topics = points.slice(0, -1);
		expect(topics.length).toBeGreaterThan(5);
		for (const column of [0, 1, 2])
			expect(topics.reduce((sum, row) => sum + (row[column] ?? NaN), 0)).toBe(
				points.at(-1)?.[column]
			);
		for (const [mix = NaN, rate = NaN, together] of points) expect(mix + rate).toBe(together);
	});

	test('a review from the list of lowest scores comes back to its row', async ({ page }) => {
		await page.goto('/');
		const week = await shown(page);
		await page.goto(`/?week=${week}&channel=chat`);
		const row = lowest(page, 2);
		await row.locator('summary').click();
		await row.getByRole('radio', { name: 'Yes' }).check();
		await row.getByLabel('Your name').fill('Ann');
		await row.getByRole('button', { name: 'Save review' }).click();
		await expect(page).toHaveURL(`/?week=${week}&channel=chat#lowest-2`);
		await expect(row).toContainText('reviewed: person needed (Ann, ');
		await row.locator('summary').click();
		await row.getByRole('button', { name: 'Withdraw it' }).click();
		await expect(page).toHaveURL(`/?week=${week}&channel=chat#lowest-2`);
		await expect(row).toContainText('not reviewed');
	});
});
