import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { hasBank } from '../second/bank.ts';
import { parseLines } from '../second/csv.ts';
import { expect, test } from './app.ts';

const week = 'week=2026-11-09&weeks=1';

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const table = (page: Page) => page.getByRole('region', { name: 'Conversations', exact: true });
const numberIn = (text: string | null) => Number((text ?? '').replace(/[^\d].*$|\s/gu, ''));

/** How many conversations the heading says. */
const counted = async (page: Page) =>
	numberIn(((await heading(page).textContent()) ?? '').replace('\u202f', ''));

test('the list says what it holds, and every narrowing is a chip that can be taken away', async ({
	page
}) => {
	await page.goto(`/conversations?${week}`);
	await expect(heading(page)).toHaveText(/^[\d\u202f]+ conversations: 9–15 Nov 2026$/);
	const all = await counted(page);
	await page.locator('summary', { hasText: 'Narrow' }).click();
	await page.getByRole('checkbox', { name: /^AI only/ }).check();
	await page.getByRole('combobox', { name: 'came back' }).selectOption('yes');
	await page.getByRole('button', { name: 'Show' }).locator('visible=true').last().click();
	await expect(page).toHaveURL(/path=ai_only&repeated=yes$/);
	await expect(heading(page)).toHaveText(
		/^\d+ conversations: AI only, came back, 9–15 Nov 2026$/
	);
	expect(await counted(page)).toBeLessThan(all);
	await page.getByRole('link', { name: 'Remove AI only' }).click();
	await expect(heading(page)).toHaveText(/^\d+ conversations: came back, 9–15 Nov 2026$/);
	await page.getByRole('link', { name: 'Clear these' }).click();
	await expect(heading(page)).toHaveText(/^[\d\u202f]+ conversations: 9–15 Nov 2026$/);
	expect(await counted(page)).toBe(all);
});

test('CSAT of AI only opens the conversations it counts, and they lead back', async ({ page }) => {
	await page.goto('/csat?week=2026-11-09&weeks=26');
	const answered = page
		.getByRole('region', { name: 'The three paths in numbers' })
		.getByRole('row', { name: /^Satisfied \(4 or 5\), as answered/ })
		.getByRole('cell')
		.nth(1)
		.getByRole('link')
		.last();
	const n = Number(((await answered.textContent()) ?? '').replace(/\D/g, ''));
	await answered.click();
	await expect(heading(page)).toHaveText(/AI only, CSAT known, 18 May – 15 Nov 2026$/);
	expect(await counted(page)).toBe(n);
	await page.getByRole('link', { name: 'Back to CSAT' }).click();
	await expect(page).toHaveURL('/csat?week=2026-11-09&weeks=26');
});

test('false containment opens those who came back, and each the contact it came back with', async ({
	page
}) => {
	await page.goto('/repeats?week=2026-11-09&weeks=26');
	const row = page
		.getByRole('region', { name: 'Containment by topic' })
		.getByRole('row', { name: /^All/ });
	const seen = row.getByRole('link').last();
	const n = Number(((await seen.textContent()) ?? '').replace(/\D/g, ''));
	await seen.click();
	await expect(heading(page)).toHaveText(/AI only, back on the topic up to 7 d, /);
	expect(await counted(page)).toBe(n);
	const names = await table(page).getByRole('columnheader').allTextContents();
	const column = names.findIndex((name) => name.trim() === 'Back on the topic');
	const cell = table(page).locator('tbody tr').first().locator('th, td').nth(column);
	const back = cell.getByRole('link');
	await expect(back).toHaveAttribute('href', /^\/conversations\?.*q=/);
	await back.click();
	await expect(heading(page)).toHaveText(/^1 conversation of the id /);
});

test('a handed-over conversation leads to its handoff', async ({ page }) => {
	await page.goto(`/conversations?${week}&path=handed_off&handoffs=1`);
	await table(page).getByRole('link', { name: 'handed over' }).first().click();
	await expect(page).toHaveURL(/\/handoffs\//);
	await expect(heading(page)).toBeVisible();
});

test('a file of the list has its rows', async ({ page }) => {
	await page.goto(`/conversations?${week}&path=human_only&columns=path,csat`);
	const all = await counted(page);
	const waiting = page.waitForEvent('download');
	await page.getByRole('link', { name: 'CSV', exact: true }).click();
	const download = await waiting;
	expect(download.suggestedFilename()).toBe('conversations-2026-11-09-to-2026-11-15.csv');
	const lines = parseLines((await readFile(await download.path(), 'utf8')).replace('\ufeff', ''));
	expect(lines).toHaveLength(all);
	expect(new Set(lines.map((line) => line.path))).toEqual(new Set(['human_only']));
});

test('a filter that conversations do not carry is set aside, in words', async ({ page }) => {
	await page.goto(`/conversations?${week}&route=failure`);
	await expect(
		page.getByText('Conversations carry no route: what was chosen of it')
	).toBeVisible();
});

test.describe('without scripts', () => {
	test.use({ javaScriptEnabled: false });

	test('the list is narrowed, sorted and paged', async ({ page }) => {
		await page.goto(`/conversations?${week}&rows=25`);
		await page.locator('summary', { hasText: 'Narrow' }).click();
		await page.getByRole('checkbox', { name: /^AI only/ }).check();
		await page.getByRole('button', { name: 'Show' }).locator('visible=true').last().click();
		await expect(heading(page)).toHaveText(/conversations: AI only, 9–15 Nov 2026$/);
		await table(page).getByRole('link', { name: 'CSAT' }).click();
		await expect(table(page).getByRole('columnheader', { name: 'CSAT' })).toHaveAttribute(
			'aria-sort',
			'descending'
		);
		await page.getByRole('link', { name: 'Next page' }).click();
		await expect(page.getByRole('status')).toHaveText(/^\s*26–50 of /);
	});
});

test.describe('the log of the bank (needs ../shared/data)', () => {
	test.skip(!hasBank, 'needs ../shared/data');

	test('a log without conversation records says what to add', async ({ page, bank }) => {
		await page.goto(`${bank.url}/conversations`);
		await expect(heading(page)).toHaveText('Conversations');
		await expect(page.getByText('The log has no conversation records')).toBeVisible();
		await expect(page.getByText('docs/log-format.md')).toBeVisible();
	});
});
