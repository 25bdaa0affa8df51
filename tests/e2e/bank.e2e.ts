import { rm, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatDuration, formatNumber } from '../../src/lib/format.ts';
import { bankFile, bankZone, hasBank, readBank } from '../second/bank.ts';
import { secondMeasure } from '../second/second.ts';
import { expect, startSeam, test, type Seam } from './app.ts';
import { seam as command } from '../cli/run.ts';

const week = { from: '1999-05-10', to: '1999-05-17' };

test.describe('the log of the bank (needs ../shared/data)', () => {
	test.skip(!hasBank, 'needs ../shared/data');
	let bank: Seam;
	let data: string;
	let imported: { total: Record<string, number> };

	test.beforeAll(async () => {
		test.setTimeout(180_000);
		data = await mkdtemp(join(tmpdir(), 'seam-bank-'));
		const months = [1, 2, 3, 4, 5].map((month) => fileURLToPath(bankFile(month)));
		const { code, stdout } = await command(['import', ...months, '--json'], { data });
		expect(code).toBe(0);
		imported = JSON.parse(stdout) as typeof imported;
		bank = await startSeam({ data });
	});

	test.afterAll(async () => {
		await bank?.stop();
		await rm(data, { recursive: true, force: true });
	});

	test('five months come in by one command, the 200 calls with a negative time set aside', () => {
		expect(imported.total).toMatchObject({
			lines: 175_333,
			inserted: 175_133,
			quarantined: 200
		});
	});

	test('the week of 10 May 1999 shows what a count over the raw file gives', async ({ page }) => {
		const calls = readBank(5);
		const second = (id: Parameters<typeof secondMeasure>[3]) => {
			const [estimate] = secondMeasure(calls, [], week, id, [], {
				timezone: bankZone
			}).values();
			if (!estimate || estimate.value === null) throw new Error(`no ${id}`);
			return estimate.value;
		};
		await page.goto(`${bank.url}/?week=${week.from}`);
		const numbers = page.getByRole('region', { name: 'Six numbers' });
		const card = (name: string) =>
			numbers
				.getByRole('article')
				.filter({ has: page.getByRole('heading', { name, exact: true }) });
		await expect(card('Handoffs')).toContainText(formatNumber(second('handoffs')));
		await expect(card('Wait before → after')).toContainText(
			`${formatDuration(second('wait_before_p50'))} → ${formatDuration(second('wait_after_p50'))}`
		);
		await expect(page.getByText('Sample data:')).toHaveCount(0);
	});

	test('the page says that trigger and csat are missing and how to log them', async ({
		page
	}) => {
		await page.goto(`${bank.url}/?week=${week.from}`);
		for (const [name, field] of [
			['Failure handoffs', 'trigger'],
			['CSAT after handoff', 'csat']
		] as const) {
			const card = page
				.getByRole('article')
				.filter({ has: page.getByRole('heading', { name, exact: true }) });
			await expect(card).toContainText(new RegExp(`carries no .*${field}`));
			await expect(card).toContainText('docs/log-format.md');
		}
	});
});
