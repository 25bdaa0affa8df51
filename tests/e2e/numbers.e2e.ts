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
		path: /^\/($|\?|quality|csat|repeats|gaps)/,
		text: /95 % interval.*n = |have a survey answer|Quality score|handoffs?(,| so far)/,
		why: 'the sentence of a page says in words what its cards, which lead on, show below it'
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
	},
	{
		path: /^\/repeats/,
		text: /^(AI|Person) only, ended after the log: /,
		why: 'the list of conversations does not tell these from others that cannot be followed'
	},
	{
		path: /^\/triggers/,
		text: /^Kept by the AI, |conversations are labelled/,
		why: 'labelled conversations that the AI kept stand in no list'
	}
];

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
			'figure, pre, form, select, summary, caption, h1, h2, h3, dt, .panel, .filters, .health, .pager, .banner';
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

const paths = ['/', '/quality', '/csat', '/repeats', '/waits', '/triggers'];

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
		});
