import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seam as command } from '../cli/run.ts';
import { expect, startSeam, test, type Seam } from './app.ts';

let home: string;
let seam: Seam;

test.beforeAll(async () => {
	home = await mkdtemp(join(tmpdir(), 'seam-empty-'));
	const data = join(home, 'data');
	// A store that something was imported into gets no sample.
	await writeFile(join(home, 'empty.csv'), 'conversation_id,handed_off_at\n');
	expect((await command(['import', join(home, 'empty.csv')], { data })).code).toBe(0);
	seam = await startSeam({ data });
});

test.afterAll(async () => {
	await seam?.stop();
	await rm(home, { recursive: true, force: true });
});

test('a store without handoffs says how to fill it, and fills while the page is open', async ({
	page
}) => {
	await page.goto(seam.url);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('No handoffs yet');
	await expect(page.getByText('npx seam import FILE')).toBeVisible();
	await expect(page.getByText('Sample data:')).toHaveCount(0);

	const log = 'conversation_id,handed_off_at,topic\na,2026-08-03T10:00:00Z,Refunds\n';
	await writeFile(join(home, 'one.csv'), log);
	const { code } = await command(['import', join(home, 'one.csv')], { data: seam.data });
	expect(code).toBe(0);
	await page.reload();
	await expect(page.getByText(/^1 handoff\b/).first()).toBeVisible();
});
