import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';

/** Numbers that lead nowhere, by the page and the text they stand in, with the reason. */
const exceptions: { path: RegExp; text: RegExp; why: string }[] = [
	{ path: /./, text: /too few|: (none|0)\b(?![.\d])/, why: 'nothing to open' },
	{
		path: /./,
		text: /^Compared with|^The log carries no|^Fewer than/,
		why: 'about the log and its floors, not about handoffs of the choice'
	},
	{
		path: /^\/$/,
		text: /usually .* a week \(/,
		why: 'its handoffs are linked below the finding'
	},
	{
		path: /^\/gaps/,
		text: /, Expected: |, Came back: /,
		why: 'worked out; the failures, or those seen to come back, are linked in the same row'
	},
	{
		path: /^\/repeats/,
		text: /can be followed|Those with an id/,
		why: 'said of the table below, whose cells lead on; customers have no list'
	},
	{
		path: /^\/triggers/,
		text: /^Below \d|conversations were handed over for low confidence|^Just at|less often|more often/,
		why: 'counts of a simulation, and of decisions weighted by their distance'
	}
];

/**
 * Figures whose tables lead nowhere: what they draw stands in a table beside them, whose cells do
 * (curves), or is worked out (a simulation, a model, a curve over time, the whole that
 * rows are held against).
 */
const beside =
	/^figure-(foretelling-\w+|curves|curve-\w+|hazard|resolution|moved: All|threshold-\w+)/;

/** Columns of tables that are worked out from others of their row, which lead on. */
const derived = /, (Drawn in|drawn in|would have given up|Places?\b)[^:]*: /;

/**
 * Texts outside figures that count handoffs or conversations and hold no link; of a cell with its
 * row and column: "Delivery, Drawn in: 57.4 %".
 */
const unlinked = (page: Page) =>
	page.evaluate(() => {
		const counts =
			/n = \d|\d of \d|\d (handoffs|conversations)\b|^(\d[\d\u202f\u00a0 ]*|\d+\.\d %)$/;
		const found = new Map<Element, string>();
		const texts = document.createTreeWalker(
			document.querySelector('main') ?? document.body,
			NodeFilter.SHOW_TEXT
		);
		const out =
			'figure, pre, form, select, summary, caption, h1, h2, h3, dt, .panel, .filters, .pager, .banner';
		for (let node = texts.nextNode(); node; node = texts.nextNode()) {
			const holder = node.parentElement?.closest('td, th, li, p, dd');
			if (!holder || holder.closest(out) || holder.querySelector('a') || holder.closest('a'))
				continue;
			const text = holder.textContent.replace(/\s+/g, ' ').trim();
			if (!counts.test(text)) continue;
			const cells = [...(holder.closest('tr')?.children ?? [])];
			const heads = holder.closest('table')?.querySelectorAll('thead th');
			const column = heads?.[cells.indexOf(holder)]?.textContent.trim() ?? '';
			const named = holder.matches('td') && column !== '';
			const row = cells[0]?.textContent.replace(/\s+/g, ' ').trim();
			found.set(holder, named ? `${row ?? ''}, ${column}: ${text}` : text);
		}
		return [...found.values()];
	});

/** Figures whose table has a row with a number and no way on: their names, and that row. */
const unlinkedFigures = (page: Page) =>
	page.evaluate(() =>
		[...document.querySelectorAll('main figure')].flatMap((figure) => {
			const rows = [...figure.querySelectorAll('.data tbody tr')];
			const left = rows.find(
				(row) =>
					!row.querySelector('a') &&
					[...row.querySelectorAll('td')].some((cell) => /[1-9]/.test(cell.textContent))
			);
			return left ? [`${figure.id}: ${left.textContent.replace(/\s+/g, ' ').trim()}`] : [];
		})
	);

const paths = ['/', '/gaps', '/quality', '/csat', '/repeats', '/waits', '/triggers'];

test.use({ javaScriptEnabled: false });

for (const choice of ['', '&topic=Returns'])
	for (const path of paths)
		test(`every count and share of ${path}${choice && ' with a topic'} leads to what it counts`, async ({
			page
		}) => {
			await page.goto(`${path}?week=2026-11-09${choice}`);
			await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
			expect(await page.locator('main a[href*="handoffs?"]').count()).toBeGreaterThan(5);
			const left = (await unlinked(page)).filter(
				(text) =>
					!derived.test(text) &&
					!exceptions.some((one) => one.path.test(path) && one.text.test(text))
			);
			expect(left).toEqual([]);
			const figures = await unlinkedFigures(page);
			const isBeside = (text: string) =>
				beside.test(text) || (path === '/repeats' && text.startsWith('figure-groups:'));
			expect(figures.filter((text) => !isBeside(text))).toEqual([]);
		});
