import type { Page } from '@playwright/test';
import { rm, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Estimate } from '../../src/lib/estimate.ts';
import { formatNumber, formatValue } from '../../src/lib/format.ts';
import { seam as command } from '../cli/run.ts';
import { expect, startSeam, test } from './app.ts';

const words = 'Among those who answered, at the same topic mix; not proof of cause.';

const paths = (page: Page) => page.getByRole('region', { name: 'The three paths in numbers' });
const triggers = (page: Page) => page.getByRole('region', { name: 'CSAT by trigger' });

test('CSAT shows three paths, answers, weeks, topics, triggers and waits', async ({
	page,
	request
}) => {
	await page.goto('/csat?week=2026-11-09');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		'CSAT, 26 weeks to 15 Nov 2026'
	);
	for (const caption of [
		'Satisfied share of the three paths',
		'Answers on 1–5 by path',
		'Handed over: satisfied share by week',
		'AI only: satisfied share by week',
		'Person only: satisfied share by week',
		'Mean CSAT by topic and path',
		'Satisfied share by topic, surely low first',
		'Satisfied share by trigger, surely low first',
		'Satisfied share by time with the AI',
		'Satisfied share by wait for a person'
	])
		await expect(page.locator('figcaption', { hasText: caption })).toBeVisible();
	await expect(page.getByText(words, { exact: true })).toBeVisible();

	const answer = await request.get('/api/metrics', {
		params: { metrics: 'csat_top2', from: '2026-05-18', to: '2026-11-16' }
	});
	const [row] = (await answer.json()) as { csat_top2: Estimate }[];
	const { value = null, n = 0 } = row?.csat_top2 ?? {};
	await expect(paths(page)).toContainText(formatValue(value, 'share'));
	await expect(paths(page)).toContainText(`n = ${formatNumber(n)}`);
});

test('the trigger made late stands first, and its link looks at it alone', async ({ page }) => {
	await page.goto('/csat');
	const first = triggers(page).getByRole('row').nth(1);
	await expect(first).toContainText('Asked for a person');
	await expect(first).toContainText('lower');
	await first.getByRole('link', { name: 'Asked for a person' }).click();
	await expect(page).toHaveURL(/trigger=customer_request/);
	await expect(triggers(page).getByRole('row')).toHaveCount(2);
	await expect(triggers(page)).toContainText('no others');
	await expect(page.getByText('have no trigger')).toBeVisible();
});

test.describe('without scripts', () => {
	test.use({ javaScriptEnabled: false });

	test('CSAT is complete, and its filters are a plain form', async ({ page }) => {
		await page.goto('/csat');
		for (const figure of await page.locator('main figure').all())
			await expect(figure.locator('svg:visible').first()).toBeVisible();
		await page.getByText('Topic', { exact: true }).first().click();
		await page.getByRole('checkbox', { name: 'Delivery' }).check();
		await page.getByRole('combobox', { name: 'Period' }).selectOption('13');
		await page.getByRole('button', { name: 'Apply' }).click();
		await expect(page).toHaveURL(/weeks=13.*topic=Delivery/);
		await expect(page.getByRole('heading', { level: 1 })).toContainText('13 weeks');
		await expect(
			page.getByRole('region', { name: 'CSAT by topic' }).getByRole('row')
		).toHaveCount(2);
	});
});

test.describe('logs that say less', () => {
	test('without csat the page says so and how to log it, without conversations it shows one path', async ({
		page
	}) => {
		test.setTimeout(120_000);
		const folder = await mkdtemp(join(tmpdir(), 'seam-csat-'));
		const data = join(folder, 'data');
		const log = async (name: string, lines: string[]) => {
			const file = join(folder, name);
			await writeFile(file, lines.join('\n') + '\n');
			const { code } = await command(['import', file, '--timezone', 'UTC'], { data });
			expect(code).toBe(0);
		};
		const ids = Array.from({ length: 40 }, (_, at) => `c-${at}`);
		const time = '2026-11-11T12:00:00Z';
		await log('silent.csv', [
			'conversation_id,handed_off_at,topic',
			...ids.map((id) => `${id},${time},Refunds`)
		]);
		let seam = await startSeam({ data });
		try {
			await page.goto(`${seam.url}/csat`);
			await expect(page.getByText(/The log carries no csat/)).toBeVisible();
			await expect(page.getByText('docs/log-format.md')).toBeVisible();
			await expect(page.locator('figure')).toHaveCount(0);
			// A page that still loads its scripts would miss the server.
			await page.goto('about:blank');
			await seam.stop();
			await log('answers.csv', [
				'conversation_id,handed_off_at,csat',
				...ids.map((id, at) => `${id},${time},${(at % 5) + 1}`)
			]);
			seam = await startSeam({ data });
			await page.goto(`${seam.url}/csat`);
			await expect(page.getByText(/The log has no conversation records/)).toBeVisible();
			await expect(paths(page).getByRole('columnheader')).toHaveText(['Handed over']);
			await expect(paths(page)).toContainText('40.0 %');
			await expect(page.getByText(/The log carries no trigger/)).toBeVisible();
		} finally {
			await page.goto('about:blank');
			await seam.stop();
			await rm(folder, { recursive: true, force: true });
		}
	});
});
