import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { join } from 'node:path';
import { seam as command } from '../cli/run.ts';
import { readHandoffs } from '../second/records.ts';
import { expect, test, type Seam } from './app.ts';

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
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
	for (const name of ['What happened', 'Quality score', 'What travelled', 'What was said'])
		await expect(page.getByRole('heading', { name })).toBeVisible();
	await expect(review(page)).toContainText('not reviewed');

	await fill(page, 'No', 'information', 'The returns page says it.');
	const said = 'no person needed, AI lacked information (Ann, ';
	await expect(review(page)).toContainText(said);
	await expect(review(page)).toContainText('The returns page says it.');

	const imported = await command(['import', join(seam.data, 'sample')], { data: seam.data });
	expect(imported.code, imported.stderr).toBe(0);
	await page.reload();
	await expect(review(page)).toContainText(said);

	await fill(page, 'Unsure', '', '');
	await expect(review(page)).toContainText('reviewed: unsure (Ann, ');
	await expect(review(page).getByText('The returns page says it.')).toHaveCount(0);
	await review(page).getByRole('button', { name: 'Withdraw it' }).click();
	await expect(review(page)).toContainText('not reviewed');
});

for (const colorScheme of ['light', 'dark'] as const)
	test.describe(colorScheme, () => {
		test.use({ colorScheme });

		test(`the page of a handoff breaks no rule of WCAG 2.2 AA in ${colorScheme} colours`, async ({
			page,
			seam
		}) => {
			await page.goto(addressOf(idOf(seam, 1)));
			const { violations } = await new AxeBuilder({ page }).withTags(wcag).analyze();
			expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual(
				[]
			);
		});
	});

for (const width of [390, 768, 1440])
	test(`at ${width} px the page of a handoff has not to be scrolled sideways`, async ({
		page,
		seam
	}) => {
		await page.setViewportSize({ width, height: 900 });
		await page.goto(addressOf(idOf(seam, 1)));
		const beyond = await page.evaluate(
			() => document.documentElement.scrollWidth - document.documentElement.clientWidth
		);
		expect(beyond).toBe(0);
	});

test.describe('without scripts', () => {
	test.use({ javaScriptEnabled: false });

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

test('a form of another site is refused, and none sends its reader to another site', async ({
	request,
	seam
}) => {
	const post = (origin: string, from: string) =>
		request.post(`${addressOf(idOf(seam, 3))}?/review`, {
			form: { necessary: 'yes', from },
			headers: { origin, accept: 'text/html' },
			maxRedirects: 0
		});
	expect((await post('https://elsewhere.example', '/')).status()).toBe(403);
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
