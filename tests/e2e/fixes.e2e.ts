/** Fixes from a gap's page to the ledger: recorded, judged, edited, withdrawn. */
import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csvFormat, csvParse } from 'd3-dsv';
import { seam as command } from '../cli/run.ts';
import { handoffsOf, questionsOf } from '../server/phrases/questions.ts';
import { expect, startSeam, test } from './app.ts';

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
	const file = await page.getByRole('link', { name: 'CSV' }).getAttribute('href');
	const answer = await page.request.get(file ?? '');
	expect(answer.headers()['content-disposition']).toContain('seam-fix-ledger.csv');
	const [line] = csvParse((await answer.text()).replace(/^\ufeff/, ''));
	expect(line).toMatchObject({
		...{ topic: 'Warranty', who: 'Ann', done_on: day, status: 'verified' },
		what: 'Battery article, second version'
	});
	await row.getByRole('link', { name: 'second version' }).click();
	await page.getByRole('button', { name: 'Withdraw it' }).click();
	await expect(page.getByText('No fix is recorded.')).toBeVisible();
	await tellGroupFix(page);
}

/** A fix of a phrase group, from the form of the ledger; changed to the topic as a whole. */
async function tellGroupFix(page: Page) {
	const about = page.getByLabel('Topic, or phrase group in it');
	const option = about.locator('optgroup[label="Returns"] option').nth(1);
	const title = (await option.textContent())?.trim() ?? '';
	expect(title).toMatch(/^“.+”$/);
	await about.selectOption((await option.getAttribute('value')) ?? '');
	await page.getByLabel('What was done').fill('Locker article');
	await page.getByLabel('Live since').fill('2026-10-05');
	await page.getByRole('button', { name: 'Record' }).click();
	const row = page.getByRole('row').filter({ hasText: 'Locker article' });
	await expect(row).toContainText(title);
	await row.getByRole('link', { name: 'Locker article' }).click();
	await expect(about).toHaveValue(/^Returns#p\d+-\d+$/);
	await about.selectOption('Returns as a whole');
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.locator('.done')).not.toContainText(title);
	await expect(about).toHaveValue('Returns#');
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

test('a phrase group is renamed and merged on the page of its topic, and taken out again', async ({
	page
}) => {
	await page.goto('/gaps/Returns?week=2026-11-09&weeks=26');
	const group = page.locator('#words article').first();
	const name = (await group.getByRole('heading', { level: 3 }).textContent())?.trim() ?? '';
	await group.locator('summary', { hasText: 'Rename' }).click();
	await group.getByLabel('Name').fill('Parcel locker');
	await group.getByRole('button', { name: 'Rename' }).click();
	const renamed = page
		.locator('#words article')
		.filter({ has: page.getByRole('heading', { level: 3, name: 'Parcel locker' }) });
	await expect(renamed).toHaveCount(1);

	const other = page.locator('#words article').nth(1);
	const second = (await other.getByRole('heading', { level: 3 }).textContent())?.trim() ?? '';
	expect(second).not.toBe(name);
	await other.locator('summary', { hasText: 'merge' }).click();
	await other.getByLabel('Merge into').selectOption({ label: 'Parcel locker' });
	await other.getByRole('button', { name: 'Merge' }).click();
	const takeOut = renamed.getByRole('button', { name: `Take out ${second}` });
	await expect(takeOut).toBeVisible();
	await takeOut.click();
	await expect(page.getByRole('heading', { level: 3, name: second })).toBeVisible();
	await expect(takeOut).toHaveCount(0);
});

test('proposed groups are dismissed, and the others accepted all at once', async ({ page }) => {
	const home = await mkdtemp(join(tmpdir(), 'seam-proposals-'));
	const data = join(home, 'data');
	/** Imports questions and has them grouped, as a running server would. */
	const take = async (name: string, questions: string[]) => {
		const rows = handoffsOf(name, questions);
		const file = join(home, `${name}.csv`);
		await writeFile(file, csvFormat(rows));
		for (const words of [
			['import', file, '--timezone', 'UTC'],
			['phrases', 'update']
		]) {
			const done = await command(words, { data });
			expect(done.code, done.stderr).toBe(0);
		}
	};
	await take('a', questionsOf('parcel', 40));
	await take('b', [
		...questionsOf('invoice', 30),
		...questionsOf('password', 30),
		...questionsOf('scooter', 30)
	]);
	const seam = await startSeam({ data });
	try {
		await page.goto(`${seam.url}/gaps/Refunds?week=2026-10-05&weeks=4`);
		const proposed = page.locator('.proposals article');
		await expect(proposed).toHaveCount(3);
		const first = proposed.first();
		const name = (await first.getByRole('heading').textContent())?.trim() ?? '';
		await first.getByRole('button', { name: 'Dismiss' }).click();
		await expect(proposed).toHaveCount(2);
		await page.getByRole('button', { name: 'Accept all 2' }).click();
		await expect(proposed).toHaveCount(0);
		await expect(page.locator('#words article')).toHaveCount(3);
		await expect(page.getByRole('heading', { level: 3, name, exact: true })).toHaveCount(0);
	} finally {
		await seam.stop();
		await rm(home, { recursive: true, force: true });
	}
});

test('a topic that the log does not hold has no page', async ({ page }) => {
	const answer = await page.request.get('/gaps/Nothing%20of%20the%20kind');
	expect(answer.status()).toBe(404);
	expect((await page.request.get('/fixes/99')).status()).toBe(404);
	expect((await page.request.get('/gaps/Returns?phrase=p99-1')).status()).toBe(404);
});
