import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { newFolder } from './folder.ts';
import { handoffLog, seam, start } from './run.ts';

async function folderWith(files: Record<string, string>) {
	const home = await newFolder();
	await mkdir(join(home, 'logs'));
	for (const [name, text] of Object.entries(files)) await writeFile(join(home, name), text);
	return { home, data: join(home, 'data') };
}

type Counts = Record<
	'lines' | 'inserted' | 'replaced' | 'unchanged' | 'superseded' | 'quarantined' | 'seconds',
	number
>;
type Report = { files: (Counts & { file: string; source: string })[]; total: Counts };

describe('seam import', () => {
	test('prints counts that add up to the lines, file by file and in all', async () => {
		const { home, data } = await folderWith({
			'logs/a.csv': handoffLog(20) + 'c0,2026-08-01T10:00:00Z,Returns,chat,7\n',
			'logs/b.csv': handoffLog(10, 'd') + 'd99,yesterday,Refunds,chat,1\n'
		});
		// relative to where the command is typed
		const { code, stdout, stderr } = await seam(['import', 'logs', '--json'], {
			data,
			cwd: home
		});
		expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
		const { files, total } = JSON.parse(stdout) as Report;
		const counted = ({ lines, inserted, superseded, quarantined }: Counts) => ({
			lines,
			inserted,
			superseded,
			quarantined
		});
		expect(files.map(({ file, source }) => [file, source])).toEqual([
			[join(home, 'logs', 'a.csv'), 'seam'],
			[join(home, 'logs', 'b.csv'), 'seam']
		]);
		expect(files.map(counted)).toEqual([
			{ lines: 21, inserted: 20, superseded: 1, quarantined: 0 },
			{ lines: 11, inserted: 10, superseded: 0, quarantined: 1 }
		]);
		expect(counted(total)).toEqual({
			lines: 32,
			inserted: 30,
			superseded: 1,
			quarantined: 1
		});
		for (const row of [...files, total])
			expect(
				row.inserted + row.replaced + row.unchanged + row.superseded + row.quarantined
			).toBe(row.lines);
	});

	test('ends with 0 when lines are refused, and says so', async () => {
		const { home, data } = await folderWith({
			'log.csv': handoffLog(5) + 'x,never,Refunds,chat,1\n'
		});
		const { code, stdout } = await seam(['import', join(home, 'log.csv')], { data });
		expect(code).toBe(0);
		expect(stdout).toContain('read as seam, 6 lines: 5 inserted, 1 quarantined');
		expect(stdout).toContain('1 line refused and set aside: seam quarantine shows why.');
		const refused = await seam(['quarantine'], { data });
		expect(refused.stdout).toContain(`${join(home, 'log.csv')}:7: handed_off_at`);
		const raw = await seam(['quarantine', '--format', 'raw', '--file', 'log.csv'], { data });
		expect(raw.stdout).toBe(
			'conversation_id,handed_off_at,topic,channel,wait_after_s\nx,never,Refunds,chat,1\n'
		);
	});

	test('a dry run counts and changes nothing; doing it twice inserts nothing', async () => {
		const { home, data } = await folderWith({ 'log.csv': handoffLog(12) });
		const log = join(home, 'log.csv');
		const dry = await seam(['import', log, '--dry-run', '--json'], { data });
		expect(JSON.parse(dry.stdout)).toMatchObject({ total: { inserted: 12 }, dry_run: true });
		expect((await seam(['status', '--json'], { data })).stdout).toContain('"handoffs":0');
		const first = await seam(['import', log, '--json'], { data });
		expect(JSON.parse(first.stdout)).toMatchObject({ total: { lines: 12, inserted: 12 } });
		const second = await seam(['import', log, '--json'], { data });
		expect(JSON.parse(second.stdout)).toMatchObject({
			total: { lines: 12, inserted: 0, replaced: 0, unchanged: 12 }
		});
	});

	test('an interrupted import leaves nothing behind', async () => {
		const files = Array.from({ length: 30 }, (_, i) => [
			`logs/${String(i).padStart(2, '0')}.csv`,
			handoffLog(4000, `${i}-`)
		]);
		const { home, data } = await folderWith(
			Object.fromEntries(files) as Record<string, string>
		);
		const { child, answer } = start(['import', join(home, 'logs')], { data });
		// Staging has begun once its folder is there.
		const scratch = join(data, 'tmp');
		while (child.exitCode === null && (await readdir(scratch).catch(() => [])).length === 0)
			await new Promise((resolve) => setTimeout(resolve, 20));
		child.kill('SIGINT');
		expect(await answer).toEqual({
			code: 130,
			stdout: '',
			stderr: 'seam: Interrupted: nothing was imported.\n'
		});
		expect(await readdir(scratch)).toEqual([]);
		expect(await readdir(data)).not.toContain('seam.duckdb.wal');
		expect((await seam(['status', '--json'], { data })).stdout).toContain('"handoffs":0');
	});

	test.each([
		['a file that no source knows', 'a,b\n1,2\n', /fit no source/],
		['a file that is not text', '\u0000\u0001\u0002PNG\n', /log\.csv/]
	])('%s fails with one sentence that names it', async (_, text, said) => {
		const { home, data } = await folderWith({ 'log.csv': text });
		const { code, stdout, stderr } = await seam(['import', join(home, 'log.csv')], { data });
		expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
		expect(stderr).toMatch(said);
		expect(stderr.trim().split('\n')).toHaveLength(1);
	});

	test('real rows take the place of the sample, and the command says so', async () => {
		const { home, data } = await folderWith({ 'log.csv': handoffLog(3) });
		const sample = join(home, 'shop');
		const words = ['--out', sample, '--weeks', '2', '--conversations', '200'];
		const written = await seam(['sample', ...words], { data });
		expect(written.code).toBe(0);
		expect((await seam(['import', sample], { data })).code).toBe(0);
		expect((await seam(['status', '--json'], { data })).stdout).toContain('"sample":true');
		const real = await seam(['import', join(home, 'log.csv')], { data });
		expect(real.stdout).toContain('The sample data has gone.');
		const status = JSON.parse((await seam(['status', '--json'], { data })).stdout) as object;
		expect(status).toMatchObject({ sample: false, handoffs: 3, conversations: 0 });
	});
});
