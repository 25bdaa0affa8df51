import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashIdentity, hashIdentitySql, identityKey } from '../../ingest/identity.ts';
import { TestStore, type Row } from './store.ts';

let store: TestStore;
beforeAll(async () => {
	store = await TestStore.open({}, 'seam.duckdb');
});
afterAll(() => store.close());

const people = ['anna.meier@example.org', 'Ünïcøde-Kundin-77', "o'hara-4711"];
const agents = ['agent-smith-00042', 'agent-frida-00043'];
const rows: Row[] = people.flatMap((customer_id, i) =>
	agents.map((agent_id, n) => ({
		handoff_id: `h${i}-${n}`,
		conversation_id: `c${i}-${n}`,
		handed_off_at: '2026-11-09T14:03:22Z',
		customer_id: ` ${customer_id} `,
		agent_id
	}))
);
const conversations = people.map((customer_id, i) => ({
	record: 'conversation',
	conversation_id: `x${i}`,
	started_at: '2026-11-09T14:03:22Z',
	handled_by: 'ai',
	customer_id
}));

describe('identities', () => {
	it('are hashed alike in SQL and in TypeScript', async () => {
		const key = await identityKey(store.folder);
		const texts = [...people, 'x', 'é', '🙂', 'a'.repeat(500)];
		for (const text of texts) {
			const [hash] = await store.column(
				`select ${hashIdentitySql(key, `'${text.replaceAll("'", "''")}'`)}`
			);
			expect(hash).toBe(hashIdentity(key, text));
		}
	});

	it('stand in no table and not in the file of the database', async () => {
		await store.import(await store.write('log.ndjson', [...rows, ...conversations]));
		await store.connection.run('checkpoint');
		const tables = await store.column(
			`select table_name from information_schema.tables where table_schema = 'main' and table_type <> 'VIEW'`
		);
		expect(tables).toContain('handoff_facts');
		for (const table of tables)
			for (const identity of [...people, ...agents]) {
				const found = await store.column(
					`select count(*)::int from "${String(table)}" as t where contains(t::varchar, '${identity.replaceAll("'", "''")}')`
				);
				expect(found, `${String(table)}: ${identity}`).toEqual([0]);
			}
		const bytes = await readFile(path.join(store.folder, 'seam.duckdb'));
		for (const identity of [...people, ...agents])
			expect(bytes.includes(identity), identity).toBe(false);
	});

	it('stay the same person: in both records, with spaces around, in a later import', async () => {
		const key = await identityKey(store.folder);
		const hashes = people.map((person) => hashIdentity(key, person)).sort();
		expect(await store.column('select distinct customer_id from handoffs order by 1')).toEqual(
			hashes
		);
		expect(
			await store.column('select distinct customer_id from conversations order by 1')
		).toEqual(hashes);
	});

	it('have a key that only its owner can read, and that stays', async () => {
		const key = await identityKey(store.folder);
		expect(key).toHaveLength(32);
		expect(await identityKey(store.folder)).toEqual(key);
		expect((await stat(path.join(store.folder, 'identity.key'))).mode & 0o777).toBe(0o600);
	});

	it('are refused a damaged key, which would make strangers of all customers', async () => {
		const folder = await mkdtemp(path.join(tmpdir(), 'seam-key-'));
		await writeFile(path.join(folder, 'identity.key'), 'half a key');
		await expect(identityKey(folder)).rejects.toThrow(/identity\.key is no key of 64/);
		await rm(folder, { recursive: true });
	});

	it('are kept where the settings say so', async () => {
		const open = await TestStore.open({ hash_identities: false });
		try {
			await open.import(await open.write('log.ndjson', rows));
			expect(
				await open.column('select distinct customer_id from handoffs order by 1')
			).toEqual([...people].sort());
			await expect(stat(path.join(open.folder, 'identity.key'))).rejects.toThrow();
		} finally {
			await open.close();
		}
	});
});
