import type { Page } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seam as command } from '../cli/run.ts';
import { readHandoffs } from '../second/records.ts';
import { expect, test, type Seam } from './app.ts';

const addressOf = (id: string) => `/handoffs/${encodeURIComponent(id)}`;

/** A handoff of the sample with a question, by its place among those. */
function idOf(seam: Seam, place: number): string {
	const lines = readHandoffs(join(seam.data, 'sample', 'handoffs.csv'));
	const named = lines.flatMap(({ handoff_id, necessary }) =>
		necessary === null && handoff_id !== null ? [handoff_id] : []
	);
	const id = named[place];
	if (id === undefined) throw new Error('the sample has no such handoff');
	return id;
}

/** The page of the last full week, without naming it. */
const theWeek = '/';

/** Boxes of the texts of the time line that lie over each other. */
const overlaps = (page: Page) =>
	page.evaluate(() => {
		const texts = [...document.querySelectorAll('#way svg.plot text, figure svg.plot text')]
			.filter((text) => text.textContent.trim() !== '')
			.map((text) => ({ said: text.textContent, box: text.getBoundingClientRect() }));
		return texts.flatMap((a, at) =>
			texts
				.slice(at + 1)
				.filter(
					({ box }) =>
						a.box.left < box.right - 1 &&
						box.left < a.box.right - 1 &&
						a.box.top < box.bottom - 2 &&
						box.top < a.box.bottom - 2
				)
				.map((b) => [a.said, b.said])
		);
	});

const review = (page: Page) => page.locator('#review');

async function fill(page: Page, necessary: string, lacked: string, note: string) {
	const form = review(page);
	await form.getByRole('radio', { name: necessary, exact: true }).check();
	await form.getByLabel('What did the AI lack?').selectOption(lacked);
	await form.getByLabel('Note').fill(note);
	await form.getByLabel('Your name').fill('Ann');
	await form.getByRole('button', { name: 'Save review' }).click();
}

test('a handoff is reviewed on its page, and the review outlives an import of the same log', async ({
	page,
	seam
}) => {
	const id = idOf(seam, 0);
	await page.goto(addressOf(id));
	await expect(page.getByText(`Handoff ${id}, conversation`)).toBeVisible();
	for (const name of [
		'What happened',
		'Other contacts of the customer',
		'Quality score',
		'What travelled',
		'What was said'
	])
		await expect(page.getByRole('heading', { name })).toBeVisible();
	await expect(review(page)).toContainText('not reviewed');

	await fill(page, 'No', 'information', 'The returns page says it.');
	const said = 'no person needed, AI lacked information (Ann, ';
	await expect(review(page)).toContainText(said);
	await expect(review(page)).toContainText('The returns page says it.');

	const log = join(seam.data, 'sample', 'handoffs.csv');
	const imported = await command(['import', log], { data: seam.data });
	expect(imported.code, imported.stderr).toBe(0);
	await page.reload();
	await expect(review(page)).toContainText(said);

	await fill(page, 'Unsure', '', '');
	await expect(review(page)).toContainText('reviewed: unsure (Ann, ');
	await expect(review(page).getByText('The returns page says it.')).toHaveCount(0);
	await review(page).getByRole('button', { name: 'Withdraw it' }).click();
	await expect(review(page)).toContainText('not reviewed');
});

test('at 390 px no label of the time line lies over another, for any of twelve handoffs', async ({
	page,
	seam
}) => {
	test.setTimeout(120_000);
	await page.setViewportSize({ width: 390, height: 900 });
	for (let place = 0; place < 12; place++) {
		const id = idOf(seam, 20 + 37 * place);
		await page.goto(addressOf(id));
		await expect(page.locator('figure .still')).toHaveCount(0);
		expect(await overlaps(page), id).toEqual([]);
	}
});

/** Goes through the list: each saved review leads to the next handoff, the last one back. */
async function reviewAll(page: Page) {
	await page.goto('/');
	const lowest = page.locator('section.worst');
	const counted = lowest.getByRole('status');
	const before = Number(((await counted.textContent()) ?? '').trim().split(' ')[0]);
	const ids: string[] = [];
	await lowest.getByRole('link', { name: /^Review (one by one|the next one)$/ }).click();
	const list = page.getByRole('navigation', { name: 'List to review' });
	for (let done = before; done < 10; done++) {
		await expect(list.getByRole('status')).toHaveText(`${done} of 10 reviewed`);
		const url = new URL(page.url());
		expect(url.searchParams.get('list')).toMatch(/^\/\?week=/);
		ids.push(url.pathname);
		await review(page).getByRole('radio', { name: 'No', exact: true }).check();
		// The browser remembers the name of the first time.
		if (done === before) await review(page).getByLabel('Your name').fill('Ann');
		await review(page).getByRole('button', { name: 'Save and go on' }).click();
	}
	await expect(page).toHaveURL(/\/\?week=.*#lowest$/);
	await expect(counted).toHaveText('10 of 10 reviewed');
	expect(new Set(ids).size).toBe(10 - before);
	for (const path of ids) {
		await page.goto(path);
		await review(page).getByRole('button', { name: 'Withdraw it' }).click();
		await expect(review(page)).not.toContainText('no person needed (');
	}
}

test('the ten of a week are reviewed one after the other', async ({ page }) => {
	test.setTimeout(120_000);
	await reviewAll(page);
});

test('all reviews are a file that is taken in again', async ({ page, request, seam }) => {
	const id = idOf(seam, 5);
	await page.goto(addressOf(id));
	await fill(page, 'No', 'information', '=1+1');
	await expect(review(page)).toContainText('no person needed');
	const download = page.waitForEvent('download');
	await review(page).getByRole('link', { name: 'CSV', exact: true }).click();
	const file = join(seam.data, 'reviews.csv');
	await (await download).saveAs(file);
	expect((await download).suggestedFilename()).toMatch(/^seam-reviews-\d{4}-\d\d-\d\d\.csv$/);
	await review(page).getByRole('button', { name: 'Withdraw it' }).click();
	await expect(review(page)).toContainText('not reviewed');
	const taken = await command(['reviews', 'import', file, '--json'], { data: seam.data });
	expect(taken.code, taken.stderr).toBe(0);
	// Withdrawn is withdrawn: the file is of before.
	await page.reload();
	await expect(review(page)).toContainText('not reviewed');
	const line = JSON.stringify({
		handoff_id: id,
		necessary: true,
		reviewer: 'Ben',
		reviewed_at: new Date().toISOString()
	});
	await writeFile(join(seam.data, 'ben.ndjson'), line);
	const more = await command(['reviews', 'import', join(seam.data, 'ben.ndjson')], {
		data: seam.data
	});
	expect(more.code, more.stderr).toBe(0);
	await page.reload();
	await expect(review(page)).toContainText('person needed (Ben, ');
	const exported = await command(['reviews', 'export'], { data: seam.data });
	expect(exported.stdout).toContain(`,'=1+1,`);
	const answer = await request.post('/api/reviews', { data: { path: file } });
	expect(answer.status()).toBe(403);
	await review(page).getByRole('button', { name: 'Withdraw it' }).click();
});

test.describe('without scripts', () => {
	test.use({ javaScriptEnabled: false });

	test('the ten of a week are reviewed one after the other', async ({ page }) => {
		test.setTimeout(120_000);
		await reviewAll(page);
	});

	test.describe('refused', () => {
		test.use({ silence: /400/ });

		test('a form that is refused keeps what was typed, and goes where it would have', async ({
			page,
			seam
		}) => {
			const id = idOf(seam, 6);
			await page.goto(`${addressOf(id)}?list=${encodeURIComponent(theWeek)}`);
			// What a browser would not let through.
			const long = `${'typed '.repeat(400)}end`;
			await page.locator('textarea').evaluate((field) => {
				field.removeAttribute('maxlength');
			});
			const form = review(page);
			await form.getByRole('radio', { name: 'Unsure' }).check();
			await form.getByLabel('What did the AI lack?').selectOption('empathy');
			await form.getByLabel('Note').fill(long);
			await form.getByLabel('Your name').fill('Ann');
			await form.getByRole('button', { name: 'Save and go on' }).click();
			await expect(form.getByRole('alert')).toContainText('longer than 2000 characters');
			await expect(form.getByLabel('Note')).toHaveValue(long);
			await expect(form.getByLabel('Your name')).toHaveValue('Ann');
			await expect(form.getByLabel('What did the AI lack?')).toHaveValue('empathy');
			await expect(form.getByRole('radio', { name: 'Unsure' })).toBeChecked();
			await expect(page.getByRole('navigation', { name: 'List to review' })).toBeVisible();
			await form.getByLabel('Note').fill('short');
			await form.getByRole('button', { name: 'Save and go on' }).click();
			await expect(page).toHaveURL(/\/handoffs\/.*list=/);
			expect(page.url()).not.toContain(addressOf(id));
			await expect(review(page).getByLabel('Your name')).toHaveValue('Ann');
			await page.goto(addressOf(id));
			await expect(review(page)).toContainText('short');
			await review(page).getByRole('button', { name: 'Withdraw it' }).click();
		});
	});

	test('a handoff is reviewed, and the reader comes back to where the form was', async ({
		page,
		seam
	}) => {
		const id = idOf(seam, 2);
		await page.goto(addressOf(id));
		await fill(page, 'Yes', 'authority', '');
		await expect(page).toHaveURL(`${seam.url}${addressOf(id)}#review`);
		await expect(review(page)).toContainText('person needed, AI lacked authority (Ann, ');
		await review(page).getByRole('button', { name: 'Withdraw it' }).click();
		await expect(review(page)).toContainText('not reviewed');
	});
});

test('a form of another site or without a name is refused, and none sends its reader to another site', async ({
	request,
	seam
}) => {
	const post = (origin: string, from: string, reviewer = 'Ann') =>
		request.post(`${addressOf(idOf(seam, 3))}?/review`, {
			form: { necessary: 'yes', from, reviewer },
			headers: { origin, accept: 'text/html' },
			maxRedirects: 0
		});
	expect((await post('https://elsewhere.example', '/')).status()).toBe(403);
	const nameless = await post(seam.url, '/', ' ');
	expect(nameless.status()).toBe(400);
	expect(await nameless.text()).toContain('Say who reviews');
	const back = await post(seam.url, '//elsewhere.example/');
	expect(back.status()).toBe(303);
	expect(back.headers()['location']).toBe(addressOf(idOf(seam, 3)));
});

test.describe('an id that no handoff has', () => {
	test.use({ silence: /404/ });

	test('is said to the reader', async ({ page }) => {
		const answer = await page.goto(addressOf('no/such id?'));
		expect(answer?.status()).toBe(404);
		await expect(page.getByText('No handoff has the id no/such id?.')).toBeVisible();
	});
});
