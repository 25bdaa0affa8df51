import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { parseLines } from '../second/csv.ts';
import { expect, test } from './app.ts';

const week = 'week=2026-11-09&weeks=1';

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const table = (page: Page) => page.getByRole('region', { name: 'Handoffs', exact: true });
const bodyRows = (page: Page) => table(page).locator('tbody tr');
/** How many handoffs the heading says. */
const counted = async (page: Page) =>
	Number(
		/^[\d\u202f]+/.exec((await heading(page).textContent()) ?? '')?.[0].replace('\u202f', '')
	);
const column = (page: Page, index: number) =>
	table(page).locator(`tbody tr :nth-child(${index})`).locator('> a, > .cell').allTextContents();

/** Opens the form that narrows the list, and what is folded in it. */
async function openForm(page: Page) {
	await page.locator('summary', { hasText: 'Narrow' }).click();
	const folded = page.locator('details.group:not([open]) > summary');
	while ((await folded.count()) > 0) await folded.first().click();
}

test('the list says what it holds, and every narrowing is a chip that can be taken away', async ({
	page
}) => {
	await page.goto(`/handoffs?${week}`);
	await expect(heading(page)).toHaveText(/^\d+ handoffs: 9–15 Nov 2026$/);
	const all = await counted(page);
	await openForm(page);
	await page.getByRole('combobox', { name: 'late', exact: true }).selectOption('yes');
	await page.getByRole('textbox', { name: 'Time with the AI, s' }).fill('600..');
	await page.getByRole('button', { name: 'Show' }).locator('visible=true').last().click();
	await expect(page).toHaveURL(/late=yes&wait_before_s=600\.\.$/);
	await expect(heading(page)).toHaveText(
		/^\d+ handoffs: late, time with the AI from 10 min, 9–15 Nov 2026$/
	);
	const narrowed = await counted(page);
	expect(narrowed).toBeLessThan(all);
	await page.getByRole('link', { name: 'Remove time with the AI from 10 min' }).click();
	await expect(heading(page)).toHaveText(/^\d+ handoffs: late, 9–15 Nov 2026$/);
	expect(await counted(page)).toBeGreaterThanOrEqual(narrowed);
	await page.getByRole('link', { name: 'Clear these' }).click();
	await expect(heading(page)).toHaveText(/^\d+ handoffs: 9–15 Nov 2026$/);
	expect(await counted(page)).toBe(all);
});

test('nothing is compared on the list, and the bar does not say so', async ({ page }) => {
	await page.goto(`/handoffs?${week}&against=year`);
	await expect(page.getByRole('combobox', { name: 'Period' })).toBeVisible();
	await expect(page.getByRole('combobox', { name: 'against' })).toHaveCount(0);
	await expect(page.getByText(/^Compared with/)).toHaveCount(0);
});

test('the keyboard sorts by a column and turns the order', async ({ page }) => {
	await page.goto(`/handoffs?${week}`);
	const csat = table(page).getByRole('columnheader', { name: 'CSAT' });
	/** Those known: the rest come last. */
	const ratings = async () => (await column(page, 8)).filter((text) => text !== '–').map(Number);
	await csat.getByRole('link').focus();
	await page.keyboard.press('Enter');
	await expect(csat).toHaveAttribute('aria-sort', 'descending');
	const down = await ratings();
	expect(down[0]).toBe(5);
	expect(down).toEqual(down.toSorted((a, b) => b - a));
	await expect(csat.getByRole('link')).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(csat).toHaveAttribute('aria-sort', 'ascending');
	const up = await ratings();
	expect(up[0]).toBe(1);
	expect(up).toEqual(up.toSorted((a, b) => a - b));
});

test('a search finds words, and an id whatever the period', async ({ page }) => {
	await page.goto(`/handoffs?${week}&columns=handoff_id,question,summary,resolution`);
	const [id = ''] = await column(page, 1);
	const search = page.getByRole('searchbox');
	await search.fill('REFUND');
	await search.press('Enter');
	await expect(heading(page)).toContainText('“REFUND”');
	for (const text of await bodyRows(page).allTextContents()) expect(text).toMatch(/refund/i);
	await page.goto('/handoffs?week=2026-09-07&weeks=1');
	await search.fill(id);
	await search.press('Enter');
	await expect(heading(page)).toHaveText(`1 handoff of the id ${id}`);
	await expect(page.getByText('period and filters are set aside')).toBeVisible();
	await bodyRows(page).getByRole('link').click();
	await expect(page).toHaveURL(new RegExp(`/handoffs/${id}`));
});

test('pages go forward and back over the same rows', async ({ page }) => {
	await page.goto(`/handoffs?${week}&rows=25&columns=handoff_id,csat&sort=csat&dir=desc`);
	const pages = page.getByRole('navigation', { name: 'Pages of the list' });
	const status = page.locator('.pager').getByRole('status');
	await expect(status).toHaveText(/^1–25 of \d+$/);
	const first = await column(page, 1);
	await pages.getByRole('link', { name: 'Next page' }).click();
	await expect(status).toHaveText(/^26–50 of \d+$/);
	const second = await column(page, 1);
	expect(new Set([...first, ...second]).size).toBe(50);
	await pages.getByRole('link', { name: 'Next page' }).click();
	await expect(status).toHaveText(/^51–75 of \d+$/);
	await pages.getByRole('link', { name: 'Page before' }).click();
	await expect(status).toHaveText(/^26–50 of \d+$/);
	expect(await column(page, 1)).toEqual(second);
	await pages.getByRole('link', { name: 'First page' }).click();
	await expect(status).toHaveText(/^1–25 of \d+$/);
	expect(await column(page, 1)).toEqual(first);
});

test('columns are chosen and stand in the address', async ({ page }) => {
	await page.goto(`/handoffs?${week}`);
	await page.locator('summary', { hasText: 'Columns and order' }).click();
	const columns = page.getByRole('group', { name: 'Columns' });
	for (const name of ['Question', 'CSAT', 'Score'])
		await columns.getByRole('checkbox', { name, exact: true }).uncheck();
	await columns.getByRole('checkbox', { name: 'Summary' }).check();
	await page.getByRole('button', { name: 'Show' }).locator('visible=true').last().click();
	await expect(page).toHaveURL(/columns=handed_off_local%2Ctopic|columns=handed_off_local,topic/);
	await expect(table(page).getByRole('columnheader')).toHaveText([
		/^When/,
		'Topic',
		'Trigger',
		'Channel',
		'Time with the AI',
		'Wait for a person',
		'Outcome',
		'Summary'
	]);
});

test('an empty list says what it is narrowed by and leads out', async ({ page }) => {
	await page.goto(`/handoffs?${week}&late=yes&q=nowhereatall`);
	await expect(heading(page)).toHaveText('0 handoffs: late, “nowhereatall”, 9–15 Nov 2026');
	await expect(page.getByText(/None of the \d+\s+handoffs\s+of this period/)).toBeVisible();
	await page.getByRole('link', { name: 'without “nowhereatall”' }).click();
	await expect(heading(page)).toHaveText(/^\d+ handoffs: late, 9–15 Nov 2026$/);
	await expect(bodyRows(page).first()).toBeVisible();
});

test('the CSV holds the handoffs of the list, all of its pages, in its order', async ({ page }) => {
	await page.goto(
		`/handoffs?${week}&late=yes&rows=25&columns=handoff_id,topic,csat&sort=topic&dir=asc`
	);
	const total = await counted(page);
	const downloading = page.waitForEvent('download');
	await page.getByRole('link', { name: 'CSV' }).click();
	const download = await downloading;
	expect(download.suggestedFilename()).toBe('handoffs-2026-11-09-to-2026-11-15.csv');
	const text = (await readFile(await download.path(), 'utf8')).replace('\ufeff', '');
	const lines = parseLines(text);
	expect(lines).toHaveLength(total);
	expect(total).toBeGreaterThan(25);
	expect(lines.slice(0, 25).map(({ handoff_id }) => handoff_id)).toEqual(await column(page, 1));
	expect(lines.slice(0, 25).map(({ topic }) => topic ?? '–')).toEqual(await column(page, 2));
});

test.describe('without scripts', () => {
	test.use({ javaScriptEnabled: false });

	test('the list is narrowed, searched, sorted and paged all the same', async ({ page }) => {
		await page.goto(`/handoffs?${week}&rows=25`);
		await openForm(page);
		await page.getByRole('combobox', { name: 'late', exact: true }).selectOption('yes');
		await page.getByRole('searchbox').fill('refund');
		await page.getByRole('button', { name: 'Search' }).click();
		await expect(heading(page)).toHaveText(/^\d+ handoffs?: late, “refund”, 9–15 Nov 2026$/);
		await page.getByRole('link', { name: 'Remove “refund”' }).click();
		await expect(heading(page)).toHaveText(/^\d+ handoffs: late, 9–15 Nov 2026$/);
		await table(page).getByRole('link', { name: 'Topic' }).click();
		await expect(table(page).getByRole('columnheader', { name: 'Topic' })).toHaveAttribute(
			'aria-sort',
			'ascending'
		);
		await page.getByRole('link', { name: 'Next page' }).click();
		await expect(page.locator('.pager')).toContainText('26–50 of');
	});
});
