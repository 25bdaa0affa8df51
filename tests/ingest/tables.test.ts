import { describe, expect, it } from 'vitest';
import { createTables } from '../../ingest/tables.ts';
import { root, TestStore } from './store.ts';

const queries = `${root}queries`;
const rows = [
	{ handoff_id: 'h1', conversation_id: 'c1', handed_off_at: '2026-11-09T14:03:22Z', topic: 'a' },
	{ handoff_id: 'h2', conversation_id: 'c2', handed_off_at: '2026-11-09T15:03:22Z', handle_s: 9 },
	{ handoff_id: 'h3', conversation_id: 'c3' },
	...['2026-11-10T14:00:00Z', '2026-11-12T14:00:00Z'].map((started_at, i) => ({
		conversation_id: `of the same customer ${i}`,
		customer_id: 'p1',
		topic: 'a',
		channel: 'chat',
		started_at,
		handled_by: 'ai'
	}))
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
				alter table handoff_facts drop column is_cold;
				alter table conversation_facts drop column next_contact_conversation_id;
				alter table conversation_facts drop column next_channel_at`);
			await createTables(store.connection, queries);
			await store.connection.run(`update settings set fingerprint = 'of an earlier version'`);
			await store.apply({});
			const after = await store.contents();
			for (const table of [
				'handoffs',
				'conversations',
				'handoff_facts',
				'conversation_facts',
				'imports'
			])
				expect(after[table]).toEqual(before[table]);
			expect(
				await store.column(
					`select next_contact_conversation_id from conversation_facts order by started_at`
				)
			).toEqual(['of the same customer 1', null]);
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
