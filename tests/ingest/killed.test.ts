import { execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './store.ts';

const seamFile = path.join(root, 'scripts', 'seam.js');
const lines = 120_000;
let home: string;
let log: string;
beforeAll(async () => {
	home = await mkdtemp(path.join(tmpdir(), 'seam-killed-'));
	log = path.join(home, 'log.csv');
	const rows = Array.from(
		{ length: lines },
		(_, i) => `c${i},2026-11-09T14:03:22Z,p${i % 999},Refunds,word ${i}`
	);
	await writeFile(
		log,
		['conversation_id,handed_off_at,customer_id,topic,question', ...rows, ''].join('\n')
	);
});
afterAll(() => rm(home, { recursive: true, force: true }));

const environment = (data: string) => ({ ...process.env, SEAM_DATA: data, NODE_OPTIONS: '' });
async function seam(data: string, ...words: string[]): Promise<Record<string, unknown>> {
	const { stdout } = await promisify(execFile)(process.execPath, [seamFile, ...words, '--json'], {
		env: environment(data)
	});
	return JSON.parse(stdout) as Record<string, unknown>;
}

/** Folders of imports under way. */
function stagingOf(data: string): string[] {
	const tmp = path.join(data, 'tmp');
	return existsSync(tmp) ? readdirSync(tmp).filter((name) => name !== 'spill') : [];
}

/** Starts an import and kills it as soon as `when` holds or it is done; says whether it was killed. */
async function killed(data: string, when: (sinceStaging: number) => boolean): Promise<boolean> {
	const child = spawn(process.execPath, [seamFile, 'import', log], {
		env: environment(data),
		stdio: 'ignore'
	});
	const ended = new Promise<NodeJS.Signals | null>((resolve) =>
		child.on('exit', (_, signal) => resolve(signal))
	);
	let staging = 0;
	const timer = setInterval(() => {
		if (staging === 0 && stagingOf(data).length > 0) staging = Date.now();
		if (staging > 0 && when(Date.now() - staging)) child.kill('SIGKILL');
	}, 5);
	const signal = await ended;
	clearInterval(timer);
	return signal === 'SIGKILL';
}

describe('an import that is killed', () => {
	it('leaves a store that opens, holds nothing of it and takes the log again', async () => {
		const data = path.join(home, 'data');
		let kills = 0;
		for (const wait of [0, 500, 1400]) {
			if (!(await killed(data, (ms) => ms >= wait))) break;
			kills++;
			const status = await seam(data, 'status');
			expect(status, `killed after ${wait} ms`).toMatchObject({
				handoffs: 0,
				quarantined: 0,
				last_import: null
			});
			expect(stagingOf(data)).toEqual([]);
		}
		expect(kills).toBeGreaterThan(1);
		const report = await seam(data, 'import', log);
		expect(report.total).toMatchObject({ lines, inserted: lines, quarantined: 0 });
		expect(await seam(data, 'status')).toMatchObject({ handoffs: lines });
	}, 120_000);
});

/** A small disk, where this machine lets us have one. */
function smallDisk(): string | null {
	const folder = path.join(tmpdir(), `seam-small-${process.pid}`);
	try {
		execFileSync('mkdir', ['-p', folder]);
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', folder], {
			stdio: 'ignore'
		});
		execFileSync('umount', [folder]);
		return folder;
	} catch {
		return null;
	}
}
const disk = smallDisk();

describe.skipIf(disk === null)('an import onto a full disk (needs leave to mount)', () => {
	it('says so in one sentence and imports nothing', async () => {
		const folder = disk ?? '';
		await mkdir(folder, { recursive: true });
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', folder]);
		try {
			const data = path.join(folder, 'data');
			const error = await seam(data, 'import', log).then(
				() => null,
				(thrown: { stderr: string; code: number }) => thrown
			);
			const said = (error?.stderr ?? '')
				.split('\n')
				.filter((line) => line.startsWith('seam:'));
			expect(said[0]).toBe(
				`seam: The disk that holds ${data} is full. Nothing was imported; free some space and run it again.`
			);
			expect(error?.code).toBe(1);
			expect(await seam(data, 'status')).toMatchObject({ handoffs: 0, last_import: null });
		} finally {
			execFileSync('umount', [folder]);
			await rm(folder, { recursive: true });
		}
	}, 60_000);
});
