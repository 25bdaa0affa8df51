import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Opens the week and waits until every figure is live. */
async function open(page: Page, path = '/') {
	await page.goto(path);
	await expect(page.locator('figure .still')).toHaveCount(0);
}

for (const colorScheme of ['light', 'dark'] as const)
	test.describe(colorScheme, () => {
		test.use({ colorScheme });

		test(`the week breaks no rule of WCAG 2.2 AA in ${colorScheme} colours`, async ({
			page
		}) => {
			await open(page);
			/** What is broken on the page, or in some part of it. */
			const check = async (part = 'html') => {
				const { violations } = await new AxeBuilder({ page })
					.withTags(wcag)
					.include(part)
					.analyze();
				return violations.map(({ id, nodes }) => ({
					id,
					at: nodes.map(({ target, failureSummary }) => [
						target.join(' '),
						failureSummary
					])
				}));
			};
			expect(await check()).toEqual([]);
			await page.locator('summary', { hasText: 'Quality score' }).click();
			await page.locator('summary', { hasText: 'As a table' }).last().click();
			expect(await check('details[open]'), 'with a definition and a table open').toEqual([]);
			await page.locator('summary', { hasText: 'Topic' }).first().click();
			expect(await check('form'), 'with a filter open').toEqual([]);
		});
	});

for (const width of [390, 768, 1440, 1600])
	test(`at ${width} px nothing is cut off or has to be scrolled to sideways`, async ({
		page
	}) => {
		await page.setViewportSize({ width, height: 900 });
		await open(page);
		const found = await page.evaluate(() => {
			const wide = document.documentElement.clientWidth;
			const visible = [...document.querySelectorAll('body *')].filter(
				(element) =>
					element.checkVisibility() &&
					!element.closest('.visually-hidden, .skip, [aria-hidden="true"]')
			);
			return {
				scroll: document.documentElement.scrollWidth - wide,
				outside: visible
					.filter((element) => {
						const { left, right, width } = element.getBoundingClientRect();
						return width > 0 && (left < -1 || right > wide + 1);
					})
					.map((element) => `${element.tagName} ${element.textContent.slice(0, 40)}`),
				cut: visible
					.filter(
						(element) =>
							element instanceof HTMLElement &&
							['hidden', 'clip'].includes(getComputedStyle(element).overflowX) &&
							element.scrollWidth > element.clientWidth + 1
					)
					.map((element) => `${element.tagName} ${element.textContent.slice(0, 40)}`)
			};
		});
		expect(found).toEqual({ scroll: 0, outside: [], cut: [] });
	});

test('the keyboard reaches the filters and the definitions, in the order of the page', async ({
	page
}) => {
	await open(page);
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
