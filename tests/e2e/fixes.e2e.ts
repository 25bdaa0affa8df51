/** Fixes from a gap's page to the ledger: recorded, judged, edited, withdrawn. */
import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './app.ts';

const gap = '/gaps/Warranty?week=2026-11-09&weeks=13';

/** The day on which the sample's gap was mended. */
function readFixDay(data: string): string {
	const truth = JSON.parse(readFileSync(join(data, 'sample', 'truth.json'), 'utf8')) as {
		planted: { id: string; parameters: { fix_date: string } }[];
	};
	return truth.planted.find(({ id }) => id === 'fixed_gap')?.parameters.fix_date ?? '';
}

const fixes = (page: Page) => page.locator('#fixes');

/** Fills the form of a gap's page and sends it. */
async function record(page: Page, given: { what: string; day: string; link: string }) {
	const form = fixes(page).locator('details');
	if ((await form.getAttribute('open')) === null) await form.locator('summary').click();
	await form.getByLabel('What was done').fill(given.what);
	await form.getByLabel('Live since').fill(given.day);
	await form.getByLabel('Who').fill('Ann');
	await form.getByLabel('Link to the article or ticket').fill(given.link);
	await form.getByRole('button', { name: 'Record' }).click();
}

/** What a reader does, with scripts or without. */
async function tellFix(page: Page, data: string) {
	const day = readFixDay(data);
	await page.goto(gap);
	await record(page, { what: 'Battery article', day, link: 'javascript:alert(1)' });
	await expect(fixes(page).getByRole('alert')).toContainText('not an address');
	await expect(fixes(page).getByLabel('What was done')).toHaveValue('Battery article');
	await expect(fixes(page).getByLabel('Live since')).toHaveValue(day);

	await record(page, { what: 'Battery article', day, link: 'https://kb.example.com/battery' });
	const entry = fixes(page).getByRole('listitem').filter({ hasText: 'Battery article' });
	await expect(entry).toContainText('Verified: against');
	await expect(entry.getByRole('link', { name: 'kb.example.com' })).toHaveAttribute(
		'rel',
		/noopener/
	);

	await entry.getByRole('link', { name: 'Battery article' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Battery article');
	await expect(page.locator('#figure-weeks')).toBeVisible();
	await page.getByLabel('What was done').fill('Battery article, second version');
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		'Battery article, second version'
	);

	await page.goto('/fixes?status=verified');
	const row = page.getByRole('row').filter({ hasText: 'second version' });
	await expect(row).toContainText('Verified');
	await row.getByRole('link', { name: 'second version' }).click();
	await page.getByRole('button', { name: 'Withdraw it' }).click();
	await expect(page.getByText('No fix is recorded.')).toBeVisible();
}

test('a fix is recorded on the page of its gap, judged, edited and withdrawn', async ({
	page,
	seam
}) => {
	test.setTimeout(120_000);
	await tellFix(page, seam.data);
});

test.describe('without scripts', () => {
	test.use({ javaScriptEnabled: false, silence: /Failed to load resource/ });
	test('a fix is recorded on the page of its gap, judged, edited and withdrawn', async ({
		page,
		seam
	}) => {
		test.setTimeout(120_000);
		await tellFix(page, seam.data);
	});
});

test('the page of a gap counts the failures that its link to the handoffs leads to', async ({
	page
}) => {
	await page.goto(gap);
	const link = page.locator('.headline a');
	const n = /^([\d\s]+) failure/.exec(((await link.textContent()) ?? '').trim())?.[1]?.trim();
	await link.click();
	await expect(page).toHaveURL(/\/handoffs\?.*route=failure/);
	await expect(page.getByRole('heading', { level: 1 })).toContainText(n ?? 'no number');
});

test('a phrase group is renamed on the page of its topic', async ({ page }) => {
	await page.goto('/gaps/Returns?week=2026-11-09&weeks=26');
	const group = page.locator('#words article').first();
	await group.locator('summary', { hasText: 'Rename' }).click();
	await group.getByLabel('Name').fill('Parcel locker');
	await group.getByRole('button', { name: 'Rename' }).click();
	await expect(page.getByRole('heading', { level: 3, name: 'Parcel locker' })).toBeVisible();
});

test('a topic that the log does not hold has no page', async ({ page }) => {
	const answer = await page.request.get('/gaps/Nothing%20of%20the%20kind');
	expect(answer.status()).toBe(404);
	expect((await page.request.get('/fixes/99')).status()).toBe(404);
	expect((await page.request.get('/gaps/Returns?phrase=p99-1')).status()).toBe(404);
});
