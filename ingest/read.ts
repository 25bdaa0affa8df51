/**
 * Reads one file into the staging tables, line by line: `records` (line, raw, one column per
 * column of the log, all text) and `unreadable` (line, raw, reason). DuckDB reads, decodes and
 * decompresses the lines.
 */
import type { DuckDBConnection } from '@duckdb/node-api';
import { readDelimited } from './delimited.ts';
import { LogError, messageOf } from './errors.ts';
import type { LogFile } from './files.ts';
import { readJson, readJsonDocument } from './json.ts';
import { firstLines, readLines } from './lines.ts';
import { quotePath } from './sql.ts';

export type ReadLog = {
	/** Names of the log's columns. */
	columns: string[];
	/** First line of a delimited file, as written; null for JSON and Parquet. */
	header: string | null;
};

/**
 * @param wanted columns that a JSON log shall have even if its first lines do not show them
 * @throws LogError when the file as a whole cannot be read
 */
export async function readLog(
	connection: DuckDBConnection,
	file: LogFile,
	wanted: string[]
): Promise<ReadLog> {
	await connection.run(
		`create or replace table unreadable (line bigint, raw varchar, reason varchar)`
	);
	try {
		if (file.isParquet) {
			await connection.run(
				`create or replace table lines as
				select file_row_number + 1 as line, to_json(columns)::varchar as raw
				from (select file_row_number, struct_pack(*columns(* exclude (file_row_number))) as columns
				from read_parquet(${quotePath(file.path)}, file_row_number = true))`
			);
			return await readJson(connection, wanted);
		}
		await readLines(connection, file);
		const [first, second] = await firstLines(connection);
		if (first === undefined) return await readNothing(connection);
		if (first.includes('\0'))
			throw new LogError(
				`${file.path} holds NUL characters in its first line. If it is UTF-16, import it with --encoding utf-16.`
			);
		if (first.startsWith('[')) await readJsonDocument(connection, file, 'array');
		else if (first.startsWith('{') && !second?.startsWith('{') && !first.endsWith('}'))
			await readJsonDocument(connection, file, 'unstructured');
		return /^[[{]/.test(first)
			? await readJson(connection, wanted)
			: await readDelimited(connection, file);
	} catch (error) {
		if (error instanceof LogError) throw error;
		throw new LogError(`${file.path} cannot be read: ${messageOf(error).split('\n')[0]}`);
	}
}

async function readNothing(connection: DuckDBConnection): Promise<ReadLog> {
	await connection.run('create or replace view records as select line, raw from lines limit 0');
	return { columns: [], header: null };
}
