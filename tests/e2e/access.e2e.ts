/** What holds for every page: WCAG 2.2 AA, nothing cut off or beyond the screen, the keyboard. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { join } from 'node:path';
import { seam as command } from '../cli/run.ts';
import { readHandoffs } from '../second/records.ts';
import { expect, test, type Seam } from './app.ts';

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

type Looked = {
	name: string;
	path: string | ((seam: Seam) => string);
	/** what is opened on it, by its words; of several the last */
	opened?: string[];
};

const week = 'week=2026-11-09';

/** A fix of the sample's mended gap, so that the ledger is not empty; other tests find it so again. */
let fix = '';
test.beforeAll(async ({ seam }) => {
	const words = ['--topic', 'Warranty', '--on', '2026-08-17', '--what', 'Battery article'];
	const { stdout } = await command(['fix', 'add', ...words, '--json'], { data: seam.data });
	fix = String((JSON.parse(stdout) as { fix_id: number }).fix_id);
});
test.afterAll(async ({ seam }) => {
	await command(['fix', 'withdraw', fix], { data: seam.data });
});

const pages: Looked[] = [
	{ name: 'the week', path: '/', opened: ['Quality score', 'As a table', 'Topic'] },
	{
		name: 'gaps',
		path: `/gaps?${week}&weeks=13&emerging=no`,
		opened: ['Without excess', 'The newest']
	},
	{
		name: 'one gap',
		path: `/gaps/Returns?${week}&weeks=26`,
		opened: ['More groups', 'Said otherwise', 'Rename or merge', 'The newest', 'Record a fix']
	},
	{ name: 'fixes', path: '/fixes' },
	{ name: 'a fix', path: () => `/fixes/${fix}` },
	{ name: 'quality', path: '/quality?by=trigger&w_context=abc' },
	{ name: 'CSAT', path: '/csat', opened: ['As a table'] },
	{ name: 'repeats', path: `/repeats?${week}&match=any&by=outcome`, opened: ['As a table'] },
	{ name: 'waits', path: `/waits?${week}&weeks=26&by=trigger&hours=p90`, opened: ['As a table'] },
	{ name: 'triggers', path: `/triggers?${week}&threshold=0.7` },
	{
		name: 'the list of handoffs',
		path: `/handoffs?${week}&weeks=1&late=yes&wait_before_s=60..&rows=25&back=/waits`,
		opened: ['Narrow', 'Columns and order']
	},
	{
		name: 'the list of conversations',
		path: `/conversations?${week}&weeks=1&path=ai_only&repeated=yes&silent=1&rows=25&back=/csat`,
		opened: ['Narrow', 'Columns and order']
	},
	{ name: 'a handoff', path: (seam) => `/handoffs/${firstOf(seam)}?list=%2F` },
	{ name: 'definitions', path: `/definitions?${week}`, opened: ['Formula as run'] }
];

function firstOf(seam: Seam): string {
	const [first] = readHandoffs(join(seam.data, 'sample', 'handoffs.csv'));
	return encodeURIComponent(first?.handoff_id ?? '');
}

/** Opens a page and waits until every figure is live. */
async function open(page: Page, path: string, opened: string[] = []) {
	await page.goto(path);
	await expect(page.locator('figure .still')).toHaveCount(0);
	for (const words of opened) await page.locator('summary', { hasText: words }).last().click();
}

const addressOf = ({ path }: Looked, seam: Seam) => (typeof path === 'string' ? path : path(seam));

/** What breaks a rule, in light colours, and what cannot be read in dark ones. */
async function broken(page: Page) {
	const found = async (axe: AxeBuilder) =>
		(await axe.analyze()).violations.map(({ id, nodes }) => [
			id,
			nodes.map(({ html, failureSummary }) => [html, failureSummary])
		]);
	const light = await found(new AxeBuilder({ page }).withTags(wcag));
	// Colours are all that a dark page has of its own.
	await page.emulateMedia({ colorScheme: 'dark' });
	return { light, dark: await found(new AxeBuilder({ page }).withRules(['color-contrast'])) };
}

/** How far a page scrolls sideways, and what lies beyond the screen or is cut off at it. */
const beyond = (page: Page) =>
	page.evaluate(() => {
		const wide = document.documentElement.clientWidth;
		// What only screen readers get is clipped whole.
		const isUnseen = (element: Element | null): boolean =>
			element !== null &&
			(getComputedStyle(element).clipPath === 'inset(50%)' ||
				isUnseen(element.parentElement));
		// A table may be scrolled in its own frame.
		const visible = [...document.querySelectorAll('body *')].filter(
			(element) =>
				element.checkVisibility() &&
				!element.closest('.skip, [aria-hidden="true"]') &&
				!isUnseen(element) &&
				!element.parentElement?.closest('.scroll')
		);
		const said = (element: Element) =>
			`${element.tagName} ${element.className} ${element.textContent.slice(0, 40)}`;
		return {
			scroll: document.documentElement.scrollWidth - wide,
			outside: visible
				.filter((element) => {
					const { left, right, width } = element.getBoundingClientRect();
					return width > 0 && (left < -1 || right > wide + 1);
				})
				.map(said),
			cut: visible
				.filter(
					(element) =>
						element instanceof HTMLElement &&
						['hidden', 'clip'].includes(getComputedStyle(element).overflowX) &&
						element.scrollWidth > element.clientWidth + 1
				)
				.map(said)
		};
	});

for (const looked of pages) {
	test(`${looked.name}: no rule of WCAG 2.2 AA is broken, in light colours and dark`, async ({
		page,
		seam
	}) => {
		// Every text of a long page is held against its ground.
		test.setTimeout(120_000);
		await page.emulateMedia({ colorScheme: 'light' });
		await open(page, addressOf(looked, seam), looked.opened);
		expect(await broken(page)).toEqual({ light: [], dark: [] });
	});

	test(`${looked.name}: at 390, 768, 1440 and 1600 px and on paper nothing is cut off or beyond the edge`, async ({
		page,
		seam
	}) => {
		await page.setViewportSize({ width: 390, height: 900 });
		await open(page, addressOf(looked, seam), looked.opened);
		for (const width of [390, 768, 1440, 1600]) {
			await page.setViewportSize({ width, height: 900 });
			// Figures are drawn again once the width has settled.
			await expect
				.poll(() => beyond(page), { message: `at ${String(width)} px` })
				.toEqual({ scroll: 0, outside: [], cut: [] });
		}
		// A4 at 96 dpi without its margins of 10 mm.
		await page.setViewportSize({ width: 718, height: 1047 });
		await page.emulateMedia({ media: 'print' });
		await expect
			.poll(() => beyond(page), { message: 'on paper' })
			.toEqual({ scroll: 0, outside: [], cut: [] });
	});
}

test('the keyboard reaches the filters and the definitions, in the order of the page', async ({
	page
}) => {
	await open(page, '/');
	const reached: string[] = [];
	for (let i = 0; i < 100 && reached.at(-1) !== 'moved'; i++) {
		await page.keyboard.press('Tab');
		const focused = page.locator(':focus');
		if ((await focused.count()) === 0) break;
		reached.push(
			await focused.evaluate((element) =>
				element instanceof HTMLSelectElement
					? element.name
					: element.textContent.trim().replaceAll(/\s+/g, ' ')
			)
		);
	}
	const order = [
		'Skip to content',
		'week',
		'against',
		'Topic',
		'Trigger',
		'Route',
		'Channel',
		'Quality score',
		'Handoffs',
		'moved'
	];
	const places = order.map((name) => reached.lastIndexOf(name));
	expect(reached).toEqual(expect.arrayContaining(order));
	expect(places).toEqual([...places].sort((a, b) => a - b));

	// A focused one opens with Enter and shows where the focus is.
	const topic = page.locator('summary', { hasText: 'Topic' }).first();
	await topic.focus();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('checkbox', { name: 'Refunds' })).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(page.getByRole('checkbox', { name: 'Refunds' })).toBeHidden();
	await page.keyboard.press('Shift+Tab');
	await page.keyboard.press('Tab');
	expect(await topic.evaluate((element) => getComputedStyle(element).outlineStyle)).not.toBe(
		'none'
	);
});
