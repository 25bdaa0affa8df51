/** Short questions to a database. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteName } from './sql.ts';

/** The first value of the first row of a query; null when there is none. */
export const valueOf = async (connection: DuckDBConnection, sql: string) =>
	(await connection.runAndReadAll(sql)).getRows()[0]?.[0] ?? null;

/** How many rows there are `from` a table, which may carry a condition. */
export const countOf = async (connection: DuckDBConnection, from: string) =>
	Number(await valueOf(connection, `select count(*)::int from ${from}`));

/** Those of the columns of a table in which something stands. */
export async function filledColumns(
	connection: DuckDBConnection,
	table: string,
	columns: string[]
): Promise<string[]> {
	if (columns.length === 0) return [];
	const counts = columns.map((name) => `count(${quoteName(name)}) > 0`).join(', ');
	const [filled] = (await connection.runAndReadAll(`select ${counts} from ${table}`)).getRows();
	return columns.filter((_, i) => filled?.[i] === true);
}
