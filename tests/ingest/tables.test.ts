import { describe, expect, it } from 'vitest';
import { createTables } from '../../ingest/tables.ts';
import { root, TestStore } from './store.ts';

const queries = `${root}queries`;
const rows = [
	{ handoff_id: 'h1', conversation_id: 'c1', handed_off_at: '2026-11-09T14:03:22Z', topic: 'a' },
	{ handoff_id: 'h2', conversation_id: 'c2', handed_off_at: '2026-11-09T15:03:22Z', handle_s: 9 },
	{ handoff_id: 'h3', conversation_id: 'c3' }
];

describe('a store that an earlier version made', () => {
	it('gains the columns it lacks, keeps its rows and takes new ones', async () => {
		const store = await TestStore.open({ timezone: 'UTC' });
		try {
			await store.import(await store.write('log.ndjson', rows));
			const before = await store.contents();
			// The view over the facts and every column that a version may not have had.
			await store.connection.run(`
				drop view logged;
				alter table handoffs drop column lacked;
				alter table quarantine drop column record_key;
				alter table handoff_facts drop column is_cold`);
			await createTables(store.connection, queries);
			await store.connection.run(`update settings set fingerprint = 'of an earlier version'`);
			await store.apply({});
			const after = await store.contents();
			for (const table of ['handoffs', 'handoff_facts', 'imports'])
				expect(after[table]).toEqual(before[table]);
			const more = [{ ...rows[1], lacked: 'empathy' }];
			await store.import(await store.write('more.ndjson', more));
			expect(
				await store.column(`select lacked from handoff_facts where handoff_id = 'h2'`)
			).toEqual(['empathy']);
		} finally {
			await store.close();
		}
	});
});
