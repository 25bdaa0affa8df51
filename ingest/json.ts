/** Logs in JSON: a document or an object a line → records. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { filledColumns } from './ask.ts';
import type { LogFile } from './files.ts';
import { columnName, longestLine } from './lines.ts';
import type { ReadLog } from './read.ts';
import { quoteName, quotePath, quoteText } from './sql.ts';

/** How many lines of a JSON log are looked at to learn its columns. */
const linesToKnowKeys = 1000;

/** A file that is one JSON document → lines, an object each. */
export async function readJsonDocument(
	connection: DuckDBConnection,
	file: LogFile,
	format: 'array' | 'unstructured'
): Promise<void> {
	await connection.run(
		`create or replace table lines as
		select row_number() over () as line, json::varchar as raw
		from read_json_objects(${quotePath(file.copy ?? file.path)}, format = ${quoteText(format)}, maximum_object_size = ${longestLine}, compression = ${quoteText(file.compression === 'none' ? 'uncompressed' : file.compression)})`
	);
}

/** Lines that are JSON objects → records. */
export async function readJson(connection: DuckDBConnection, wanted: string[]): Promise<ReadLog> {
	const isObject = `json_valid(raw) and json_type(raw) = 'OBJECT'`;
	await connection.run(
		`insert into unreadable
		select line, raw, case when json_valid(raw) then 'is JSON, but not an object' else 'is not JSON' end
		from lines where trim(coalesce(raw, '')) <> '' and not coalesce(case when json_valid(raw) then json_type(raw) = 'OBJECT' end, false)`
	);
	const keys = await connection.runAndReadAll(
		`select key, min(line * 1000 + place) as first_seen from (
			select line, unnest(json_keys(raw)) as key, generate_subscripts(json_keys(raw), 1) as place
			from (select line, raw from lines where raw is not null and ${isObject} order by line limit ${linesToKnowKeys}))
		group by key order by first_seen`
	);
	const columns = [...new Set([...keys.getRows().map(([key]) => String(key)), ...wanted])].filter(
		(key) => key !== '' && !key.includes('"')
	);
	const selected = columns.map(
		(key) =>
			`json_extract_string(raw, ${quoteText(`$."${key}"`)}) as ${quoteName(columnName(key))}`
	);
	await connection.run(
		`create or replace view records as select ${['line', 'raw', ...selected].join(', ')} from lines where raw is not null and ${isObject}`
	);
	return {
		columns: await filledColumns(connection, 'records', columns.map(columnName)),
		header: null
	};
}
