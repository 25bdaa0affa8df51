/** Derives the facts that pages group by, for the rows an import changed and no others. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { recordKinds } from './contract.ts';
import { createScratch, factsOf, keyOf, tableOf, tableSql } from './tables.ts';

/**
 * Marks what changes with the rows in `changed_handoff` and `changed_conversation`: they
 * themselves, the other contacts of their customers (whose next contact may be another now), and
 * the other records of the same conversation, also of the one that a handoff belonged to before.
 */
export async function markChanged(connection: DuckDBConnection): Promise<void> {
	await createScratch(connection);
	await connection.run(`
		insert into affected_customers
		select distinct customer_id from (
			select unnest([customer_id, former_customer_id]) as customer_id from changed_handoff
			union all
			select unnest([customer_id, former_customer_id]) as customer_id from changed_conversation
			union all
			select customer_id from handoffs
			where conversation_id in (select conversation_id from changed_conversation))
		where customer_id is not null;
		insert into affected_handoffs
		select handoff_id from changed_handoff
		union
		select handoff_id from handoffs
		where customer_id in (select customer_id from affected_customers)
			or conversation_id in (select conversation_id from changed_conversation);
		insert into affected_conversations
		select conversation_id from changed_conversation
		union
		select conversation_id from conversations
		where customer_id in (select customer_id from affected_customers)
			or conversation_id in (
				select unnest([conversation_id, former_conversation_id]) from changed_handoff)`);
}

/** Marks every row: after the zone or the settings changed. */
export async function markAll(connection: DuckDBConnection): Promise<void> {
	await createScratch(connection);
	await connection.run(`
		insert into affected_handoffs
		select handoff_id from handoffs union select handoff_id from handoff_facts;
		insert into affected_conversations
		select conversation_id from conversations union select conversation_id from conversation_facts;
		insert into affected_customers
		select customer_id from handoffs where customer_id is not null
		union
		select customer_id from conversations where customer_id is not null`);
}

/**
 * Derives anew what is marked and forgets the marks.
 * @param timezone the team's zone, an IANA name
 */
export async function derive(
	connection: DuckDBConnection,
	queries: string,
	timezone: string
): Promise<void> {
	// Rows of an open transaction are not counted in the plan, which then takes an as-of join of
	// millions for one of a few rows and loops over it.
	await connection.run('set asof_loop_join_threshold = 0');
	// The next contact is looked for among all contacts of the customers of the marked rows.
	await connection.run(`
		insert into affected_customers
		select customer_id from (
			select customer_id from handoffs where handoff_id in (select handoff_id from affected_handoffs)
			union
			select customer_id from conversations
			where conversation_id in (select conversation_id from affected_conversations))
		where customer_id is not null and customer_id not in (select customer_id from affected_customers)`);
	await connection.run(
		`create or replace temp table contacts as ${await tableSql(queries, 'contacts')}`
	);
	for (const record of recordKinds) {
		const facts = factsOf[record];
		const key = keyOf[record];
		await connection.run(
			`delete from ${facts} where ${key} in (select ${key} from affected_${tableOf[record]})`
		);
		await connection.run(`insert into ${facts} ${await tableSql(queries, facts)}`, {
			timezone
		});
	}
	await connection.run(
		`delete from topic_pace; insert into topic_pace ${await tableSql(queries, 'topic_pace')}`
	);
	await createScratch(connection);
}
