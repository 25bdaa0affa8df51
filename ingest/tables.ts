/** The tables of the store: those of the contract, and those that queries/tables describes. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { fieldsOf, recordKinds, type RecordKind } from './contract.ts';
import { quoteName } from './sql.ts';

/** Name of the table that holds a record. */
export const tableOf: Record<RecordKind, string> = {
	handoff: 'handoffs',
	conversation: 'conversations'
};

/** Key of a record's table. */
export const keyOf: Record<RecordKind, string> = {
	handoff: 'handoff_id',
	conversation: 'conversation_id'
};

/** Facts derived from a record. */
export const factsOf: Record<RecordKind, string> = {
	handoff: 'handoff_facts',
	conversation: 'conversation_facts'
};

/** The `create table` of a record, made from the contract. No key index: a merge keeps keys unique. */
export function createTableSql(record: RecordKind): string {
	const columns = fieldsOf(record).map(({ name, kind, required }) => {
		const isKept = required || name === keyOf[record];
		return `\t${quoteName(name)} ${kind.column.toLowerCase()}${isKept ? ' not null' : ''}`;
	});
	columns.push('\timport_id varchar not null');
	return `create table if not exists ${tableOf[record]} (\n${columns.join(',\n')}\n);\n`;
}

/** Reads a file of queries/tables. */
export const tableSql = (queries: string, name: string) =>
	readFile(path.join(queries, 'tables', `${name}.sql`), 'utf8');

const described = ['imports', 'quarantine', 'settings', 'triggers', 'late_limits'];

/** Makes the tables and macros that are not there yet. `queries` is the folder of that name. */
export async function createTables(connection: DuckDBConnection, queries: string): Promise<void> {
	await connection.run(await readFile(path.join(queries, 'macros.scalar.duckdb.sql'), 'utf8'));
	for (const record of recordKinds) await connection.run(createTableSql(record));
	for (const name of described) await connection.run(await tableSql(queries, name));
	await createScratch(connection);
	for (const facts of Object.values(factsOf)) {
		await connection.run(
			`create table if not exists ${facts} as from (${await tableSql(queries, facts)}) as derived limit 0`,
			{ timezone: 'UTC' }
		);
	}
	await connection.run(
		`create table if not exists topic_pace as from (${await tableSql(queries, 'topic_pace')}) as derived limit 0`
	);
	await connection.run(await readFile(path.join(queries, 'macros.rows.duckdb.sql'), 'utf8'));
}

/** What the SELECTs that derive facts are told to look at; a table of the connection's own. */
export async function createScratch(connection: DuckDBConnection): Promise<void> {
	await connection.run(`
		create or replace temp table affected_handoffs (handoff_id varchar);
		create or replace temp table affected_conversations (conversation_id varchar);
		create or replace temp table affected_customers (customer_id varchar);
		create or replace temp table contacts (conversation_id varchar, customer_id varchar, topic varchar, started_at timestamp)`);
}
