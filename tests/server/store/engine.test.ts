import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
	closeEngine,
	engine,
	withConnection,
	withSnapshot
} from '../../../src/lib/server/store/engine.ts';
import { measure } from '../../../src/lib/server/measure/measure.ts';
import { ever, TestStore } from '../store.ts';

const module = new URL('../../../src/lib/server/store/engine.ts', import.meta.url);

let store: TestStore;
beforeAll(async () => {
	store = await TestStore.open();
	await store.import('two.csv', 'conversation_id,handed_off_at\n' + lines(2));
});
afterAll(() => store.close());

function lines(count: number, outcome = ''): string {
	return Array.from({ length: count }, (_, at) => `c${at},2026-06-01T12:00:00Z${outcome}\n`).join(
		''
	);
}

const run = (sql: string) =>
	withConnection(async (connection) => (await connection.runAndReadAll(sql)).getRows());

/** Opens the same data folder in a process of its own and gives what it says. */
async function elsewhere(): Promise<{ code: number; said: string }> {
	const program = `
		const { engine } = await import(${JSON.stringify(module.href)});
		try { await engine(); console.log('opened'); process.exit(0); }
		catch (error) { console.log(error.name + ': ' + error.message); process.exit(error.exitCode); }`;
	const child = spawn(
		process.execPath,
		['--import', 'tsx', '--input-type=module', '-e', program],
		{
			cwd: fileURLToPath(new URL('../../..', import.meta.url)),
			env: { ...process.env, SEAM_DATA: store.data },
			stdio: ['ignore', 'pipe', 'pipe']
		}
	);
	let said = '';
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
	const [code] = (await once(child, 'close')) as [number];
	return { code, said: said.trim() };
}

describe('the engine', () => {
	it('opening twice gives the same database', async () => {
		const [one, other] = await Promise.all([engine(), engine()]);
		expect(other.instance).toBe(one.instance);
	});

	it('a module that was reloaded gives the same database', async () => {
		const { instance } = await engine();
		vi.resetModules();
		const reloaded = (await import('../../../src/lib/server/store/engine.ts')) as {
			engine: typeof engine;
		};
		expect(reloaded.engine).not.toBe(engine);
		expect((await reloaded.engine()).instance).toBe(instance);
	});

	it('another process is told in one sentence who holds the database', async () => {
		const { code, said } = await elsewhere();
		expect(said).toMatch(
			/^StoreError: The database \S+seam\.duckdb is held by another process/
		);
		expect(said).toContain(String(process.pid));
		expect(said.split('\n')).toHaveLength(1);
		expect(code).toBe(1);
	});

	it('closing writes everything into the one file, which another process then may open', async () => {
		await closeEngine();
		const files = await readdir(store.data);
		expect(files).toContain('seam.duckdb');
		expect(files.filter((file) => file.endsWith('.wal'))).toEqual([]);
		expect(await elsewhere()).toEqual({ code: 0, said: 'opened' });
		const [row] = await measure(ever, ['handoffs']);
		expect(row?.values.handoffs.value).toBe(2);
	});

	it('closing twice, or before anything was opened, does nothing', async () => {
		await closeEngine();
		await closeEngine();
		await engine();
	});

	it('a data folder that is a file is refused with its path', async () => {
		const file = join(store.logs, 'no-folder');
		await writeFile(file, '');
		await closeEngine();
		process.env.SEAM_DATA = file;
		try {
			await expect(engine()).rejects.toThrow(`The data folder ${file} cannot be written`);
		} finally {
			process.env.SEAM_DATA = store.data;
		}
		expect((await engine()).folder).toBe(store.data);
	});

	it('a database that is none is refused with its path', async () => {
		await closeEngine();
		const other = await mkdtemp(join(store.logs, 'other-'));
		await writeFile(join(other, 'seam.duckdb'), 'something else altogether\n'.repeat(1000));
		process.env.SEAM_DATA = other;
		try {
			await expect(engine()).rejects.toThrow(
				/seam\.duckdb cannot be opened \(.+\)\. Move it away/
			);
		} finally {
			process.env.SEAM_DATA = store.data;
		}
	});
});

describe('connections that serve pages', () => {
	beforeAll(async () => {
		expect(await readdir(store.data)).toContain('identity.key');
		await writeFile(join(store.logs, 'outside.csv'), 'a\n1\n');
		const instance = await DuckDBInstance.create(join(store.logs, 'outside.duckdb'));
		instance.closeSync();
	});

	it.each([
		['a file of the system', () => "from read_csv('/etc/passwd')"],
		['a text of the system', () => "from read_text('/etc/passwd')"],
		['a file beside the data folder', () => `from '${join(store.logs, 'outside.csv')}'`],
		[
			'the key of the identities',
			() => `from read_text('${join(store.data, 'identity.key')}')`
		],
		['the names in a folder', () => "from glob('/etc/*')"],
		['a folder above, by dots', () => `from read_text('${store.data}/tmp/../identity.key')`],
		['another database', () => `attach '${join(store.logs, 'outside.duckdb')}'`],
		['a network address', () => "from read_csv('http://127.0.0.1:9/x.csv')"]
	])('cannot read %s', async (_, sql) => {
		await engine();
		await expect(run(sql())).rejects.toThrow(/permission|disabled|configuration/i);
	});

	it.each([
		['write a file', () => `copy (select 1) to '${join(store.logs, 'written.csv')}'`],
		['open the doors again', () => 'set enable_external_access = true'],
		['widen what they may read', () => "set allowed_directories = ['/']"],
		['load an extension', () => 'load httpfs']
	])('cannot %s', async (_, sql) => {
		await expect(run(sql())).rejects.toThrow();
		expect(await readdir(store.logs)).not.toContain('written.csv');
	});
});

describe('queries during an import', () => {
	const ids = ['handoffs', 'abandonment_rate', 'not_connected_rate'] as const;
	const header = 'conversation_id,handed_off_at,outcome\n';

	it('see the old state or the new one, never half of either', async () => {
		await store.import('old.csv', header + lines(20_000, ',abandoned'));
		const importing = store.import('new.csv', header + lines(20_000, ',not_connected'));
		const states = new Set<string>();
		let isDone = false;
		const done = importing.then(() => (isDone = true));
		while (!isDone) {
			const [row] = await measure(ever, ids);
			states.add(ids.map((id) => row?.values[id].value).join(' '));
		}
		await done;
		const [row] = await measure(ever, ids);
		states.add(ids.map((id) => row?.values[id].value).join(' '));
		expect([...states]).toEqual(['20000 1 0', '20000 0 1']);
	});

	it('of one snapshot see the same state, also when an import ends between them', async () => {
		const seen = await withSnapshot(async () => {
			const before = await measure(ever, ids);
			await store.import('more.csv', header + 'one,2026-06-01T12:00:00Z,abandoned\n');
			return [before, await measure(ever, ids)];
		});
		expect(seen[1]).toEqual(seen[0]);
		const [now] = await measure(ever, ids);
		expect(now?.values.handoffs.value).toBe(20_001);
	});

	it('an import that fails leaves nothing behind', async () => {
		const before = await measure(ever, ids);
		await writeFile(join(store.logs, 'odd.csv'), 'a,b\n1,2\n');
		const good = store.import('good.csv', header + 'g,2026-06-01T12:00:00Z,abandoned\n', {
			source: 'anonymous-bank'
		});
		await expect(good).rejects.toThrow('lacks what anonymous-bank needs');
		expect(await measure(ever, ids)).toEqual(before);
		expect(await readdir(join(store.data, 'tmp'))).toEqual([]);
	});
});
