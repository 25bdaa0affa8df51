import { EventEmitter, once } from 'node:events';
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';

/** Opens a page whose scripts come only when they are let through. */
async function withoutScriptsYet(page: Page, path: string): Promise<() => boolean> {
	const scripts = new EventEmitter();
	const there = once(scripts, 'come');
	await page.route(/\.js$/, async (route) => {
		await there;
		await route.continue();
	});
	await page.goto(path, { waitUntil: 'commit' });
	return () => scripts.emit('come');
}

test('what is chosen before the scripts come takes effect when they do', async ({ page }) => {
	let come = await withoutScriptsYet(page, '/');
	await page.getByRole('combobox', { name: 'What moved' }).selectOption('handle_mean');
	come();
	await expect(page).toHaveURL(/moved=handle_mean/);
	await expect(page.locator('#moved')).toContainText('What moved handle time, mean');

	come = await withoutScriptsYet(page, '/csat?weeks=4&topic=Cancellation');
	await page.getByRole('combobox', { name: 'Period' }).selectOption('13 weeks');
	await page.getByText('Topic (1)', { exact: true }).click();
	await page.getByRole('checkbox', { name: 'Billing dispute' }).check();
	await page.getByRole('checkbox', { name: 'Cancellation' }).uncheck();
	come();
	await expect(page).toHaveURL(/\/csat\?weeks=13&week=[\d-]+&topic=Billing\+dispute$/);
	await expect(page.getByRole('combobox', { name: 'Period' })).toHaveValue('13');

	come = await withoutScriptsYet(page, '/handoffs');
	const form = page.getByRole('form', { name: 'Search and narrow' });
	await form.getByRole('searchbox').fill('refund');
	await form.getByText('Columns and order', { exact: true }).click();
	await form.getByRole('combobox', { name: 'direction' }).selectOption('lowest first');
	come();
	// A list closes on Escape once they are there.
	const list = page.locator('details.facet').first();
	await list.locator('summary').click();
	await expect(async () => {
		await page.keyboard.press('Escape');
		await expect(list).not.toHaveAttribute('open', { timeout: 100 });
	}).toPass();
	await expect(form.getByRole('searchbox')).toHaveValue('refund');
	await expect(form.getByRole('combobox', { name: 'direction' })).toHaveValue('asc');
});

test('what needs scripts is offered once they are there', async ({ page }) => {
	const come = await withoutScriptsYet(page, '/');
	const menu = page.locator('#figure-routes .menu');
	await menu.locator('summary').click();
	await expect(menu.getByText('CSV', { exact: true })).toBeVisible();
	await expect(menu.getByText('SVG', { exact: true })).toBeHidden();
	come();
	const download = page.waitForEvent('download');
	await menu.getByText('SVG', { exact: true }).click();
	expect((await download).suggestedFilename()).toMatch(/\.svg$/);
});
