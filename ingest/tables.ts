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

/** SQL: the id of a handoff that was logged without one. */
export const madeId = (row: string) =>
	`${row}.conversation_id || '@' || strftime(${row}.handed_off_at, '%Y-%m-%dT%H:%M:%S.%fZ')`;

/** SQL: the key of a row as it was logged, also where a handoff has no id. */
export const loggedKey = (record: RecordKind, row: string) =>
	record === 'handoff'
		? `coalesce(${row}.handoff_id, ${madeId(row)})`
		: `${row}.${keyOf[record]}`;

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

/** The columns that `wanted` has and a table lacks or holds as another type. */
async function missingColumns(connection: DuckDBConnection, table: string) {
	const result = await connection.runAndReadAll(
		`select column_name, data_type from duckdb_columns() where table_name = 'wanted'
		except select column_name, data_type from duckdb_columns() where table_name = $table`,
		{ table }
	);
	return result.getRows().map(([name, type]) => ({ name: String(name), type: String(type) }));
}

/** A table whose rows are kept: a store made by an earlier version gains the new columns. */
async function keepTable(connection: DuckDBConnection, table: string, sql: string): Promise<void> {
	await connection.run(sql);
	await connection.run(
		sql.replace(/create table if not exists \w+/, 'create or replace temp table wanted')
	);
	for (const { name, type } of await missingColumns(connection, table))
		await connection.run(`alter table ${table} add column ${quoteName(name)} ${type}`);
}

/** A table made by a SELECT: made anew, empty, where an earlier version made it otherwise. */
async function deriveTable(
	connection: DuckDBConnection,
	table: string,
	sql: string
): Promise<void> {
	const columns = `from (${sql}) as derived limit 0`;
	const parameters = sql.includes('$timezone') ? { timezone: 'UTC' } : undefined;
	await connection.run(`create or replace temp table wanted as ${columns}`, parameters);
	if ((await missingColumns(connection, table)).length === 0) return;
	await connection.run(`create or replace table ${table} as ${columns}`, parameters);
}

/** What the derived tables are made by: another text of it derives everything anew. */
export async function derivation(queries: string): Promise<string> {
	const texts = await Promise.all(
		['contacts', ...derived].map((name) => tableSql(queries, name))
	);
	return texts.join('\n') + (await readFile(scalarMacros(queries), 'utf8'));
}

/** The macros and views over what is derived, each after those that it calls. */
export const rowMacros = ['rows', 'lists', 'handoffs', 'conversations'] as const;

const scalarMacros = (queries: string) => path.join(queries, 'macros.scalar.duckdb.sql');

const described = [
	'imports',
	'quarantine',
	'settings',
	'triggers',
	'late_limits',
	'reviews',
	'fixes',
	'phrase_models',
	'phrase_groups',
	'phrase_members'
];
const derived = [...Object.values(factsOf), 'topic_pace'];

/** Makes the tables and macros that are not there yet. `queries` is the folder of that name. */
export async function createTables(connection: DuckDBConnection, queries: string): Promise<void> {
	await connection.run(await readFile(scalarMacros(queries), 'utf8'));
	for (const record of recordKinds)
		await keepTable(connection, tableOf[record], createTableSql(record));
	for (const name of described) await keepTable(connection, name, await tableSql(queries, name));
	await createScratch(connection);
	for (const name of derived) await deriveTable(connection, name, await tableSql(queries, name));
	for (const name of rowMacros)
		await connection.run(
			await readFile(path.join(queries, `macros.${name}.duckdb.sql`), 'utf8')
		);
}

/** What the SELECTs that derive facts are told to look at; a table of the connection's own. */
export async function createScratch(connection: DuckDBConnection): Promise<void> {
	await connection.run(`
		create or replace temp table affected_handoffs (handoff_id varchar);
		create or replace temp table affected_conversations (conversation_id varchar);
		create or replace temp table affected_customers (customer_id varchar);
		create or replace temp table contacts (conversation_id varchar, customer_id varchar, topic varchar, channel varchar, started_at timestamp, is_first boolean)`);
}
