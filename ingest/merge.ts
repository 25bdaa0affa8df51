/**
 * Merges staged rows into the store by key. A later line adds to an earlier one of the same key:
 * field by field, and only where it carries a value.
 */
import type { DuckDBConnection } from '@duckdb/node-api';
import { countOf, valueOf } from './ask.ts';
import { fieldsOf, type RecordKind } from './contract.ts';
import { keyOf, tableOf, madeId } from './tables.ts';
import { quoteName, quotePath, quoteText } from './sql.ts';

export type Effect = 'inserted' | 'replaced' | 'unchanged' | 'superseded';
export type FileEffects = Record<Effect, number>;

/**
 * Merges one kind of record. Leaves table `changed_<record>` with the keys that came or changed
 * and the customers they belong or belonged to.
 * @param files Parquet files of good rows, in the order of the import
 * @param importIds the id of the import of each file
 * @returns effects by file
 */
export async function mergeRecords(
	connection: DuckDBConnection,
	record: RecordKind,
	files: string[],
	importIds: string[]
): Promise<FileEffects[]> {
	const table = tableOf[record];
	const key = keyOf[record];
	const fields = fieldsOf(record)
		.map((field) => field.name)
		.filter((name) => name !== key);
	const list = (make: (name: string) => string) =>
		fields.map((name) => make(quoteName(name))).join(', ');

	await connection.run(
		`create or replace temp table arrived as
		select *, row_number() over (order by file_number, line) as place
		from read_parquet([${files.map(quotePath).join(', ')}])`
	);
	if (record === 'handoff') {
		await renameHandoffs(connection);
		await nameHandoffs(connection);
	}
	await connection.run(
		`create or replace temp table folded as
		with repeated as (select ${key} from arrived group by ${key} having count(*) > 1)
		select ${key}, ${list((f) => f)}, file_number from arrived
		where ${key} not in (select ${key} from repeated)
		union all
		select ${key}, ${list((f) => `last(${f} order by place) filter (where ${f} is not null) as ${f}`)}, last(file_number order by place)
		from arrived where ${key} in (select ${key} from repeated) group by ${key}`
	);
	const differs = fields
		.map(quoteName)
		.map((f) => `(n.${f} is not null and n.${f} is distinct from o.${f})`)
		.join(' or ');
	await connection.run(
		`create or replace temp table merged as
		select n.${key}, ${list((f) => `coalesce(n.${f}, o.${f}) as ${f}`)}, n.file_number,
			o.import_id, o.customer_id as former_customer_id, o.conversation_id as former_conversation_id,
			case when o.${key} is null then 'inserted' when ${differs} then 'replaced' else 'unchanged' end as effect
		from folded as n left join ${table} as o on o.${key} = n.${key}`
	);
	await connection.run(
		`delete from ${table} where ${key} in (select ${key} from merged where effect = 'replaced');
		insert into ${table} (${key}, ${list((f) => f)}, import_id)
		select ${key}, ${list((f) => f)}, coalesce(import_id, [${importIds.map(quoteText).join(', ')}][file_number + 1])
		from merged where effect <> 'unchanged'`
	);
	await assertUnique(connection, record);
	await connection.run(
		`create or replace temp table changed_${record} as
		select ${key}, conversation_id, customer_id, former_customer_id, former_conversation_id from merged where effect <> 'unchanged'`
	);
	return countEffects(connection, files.length);
}

/** A stored handoff that had to be given an id takes the one that a later line gives it. */
async function renameHandoffs(connection: DuckDBConnection): Promise<void> {
	await connection.run(
		`create or replace temp table renamed as
		select h.handoff_id as made_id, min(a.handoff_id) as given_id
		from handoffs as h join arrived as a
			on a.conversation_id = h.conversation_id and a.handed_off_at = h.handed_off_at
		where h.handoff_id = ${madeId('h')} and a.handoff_id not in (select handoff_id from handoffs)
		group by h.handoff_id having count(distinct a.handoff_id) = 1`
	);
	for (const table of ['handoffs', 'handoff_facts', 'reviews', 'phrase_members'])
		await connection.run(
			`update ${table} set handoff_id = given_id from renamed where handoff_id = made_id`
		);
	// Both ids may have been reviewed, one of them in another store: the later review holds.
	await connection.run(
		`update reviews set ended_at = later.reviewed_at
		from (
			select handoff_id, max(reviewed_at) as reviewed_at from reviews
			where handoff_id in (select given_id from renamed) group by handoff_id) as later
		where reviews.handoff_id = later.handoff_id and reviews.ended_at is null
			and reviews.reviewed_at < later.reviewed_at`
	);
}

/**
 * A handoff without an id takes that of the handoff of the same conversation at the same time,
 * else one made from both.
 */
async function nameHandoffs(connection: DuckDBConnection): Promise<void> {
	if ((await countOf(connection, 'arrived where handoff_id is null')) === 0) return;
	await connection.run(
		`create or replace temp table arrived as
		with
			unnamed as (select distinct conversation_id, handed_off_at from arrived where handoff_id is null),
			named as (
				select conversation_id, handed_off_at, min(handoff_id) as handoff_id
				from (
					select conversation_id, handed_off_at, handoff_id from handoffs
					union all
					select conversation_id, handed_off_at, handoff_id from arrived where handoff_id is not null)
				semi join unnamed using (conversation_id, handed_off_at)
				group by conversation_id, handed_off_at)
		select a.* replace (coalesce(
			a.handoff_id,
			n.handoff_id,
			${madeId('a')}) as handoff_id)
		from arrived as a left join named as n
			on n.conversation_id = a.conversation_id and n.handed_off_at = a.handed_off_at`
	);
}

async function assertUnique(connection: DuckDBConnection, record: RecordKind): Promise<void> {
	const key = keyOf[record];
	const twice = await valueOf(
		connection,
		`select ${key} from ${tableOf[record]} semi join merged using (${key}) group by ${key} having count(*) > 1 limit 1`
	);
	if (twice !== null) throw new Error(`the merge would hold ${record} ${String(twice)} twice`);
}

async function countEffects(connection: DuckDBConnection, files: number): Promise<FileEffects[]> {
	const effects = Array.from({ length: files }, () => ({
		inserted: 0,
		replaced: 0,
		unchanged: 0,
		superseded: 0
	}));
	const counted = await connection.runAndReadAll(
		`select file_number, effect, count(*)::int from merged group by all
		union all
		select file_number, 'superseded', count(*)::int - (select count(*)::int from merged as m where m.file_number = a.file_number)
		from arrived as a group by file_number`
	);
	for (const [file, effect, count] of counted.getRows()) {
		const counts = effects[Number(file)];
		if (counts) counts[effect as Effect] = Number(count);
	}
	return effects;
}
