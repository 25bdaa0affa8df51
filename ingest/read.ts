/**
 * Reads one file into the staging tables, line by line: `records` (line, raw, one column per
 * column of the log, all text) and `unreadable` (line, raw, reason).
 *
 * DuckDB reads, decodes and decompresses the lines; they are divided into fields here, so that
 * every field keeps the number and the exact text of the line it came from, and a line that
 * cannot be divided costs that line only.
 */
import type { DuckDBConnection } from '@duckdb/node-api';
import { countOf, filledColumns } from './ask.ts';
import { LogError, messageOf } from './errors.ts';
import type { LogFile } from './files.ts';
import { quoteName, quotePath, quoteText } from './sql.ts';

/** A line longer than this is refused. */
const longestLine = 16_000_000;

/** How many lines of a JSON log are looked at to learn its columns. */
const linesToKnowKeys = 1000;

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

/** The first two lines that say something. */
async function firstLines(connection: DuckDBConnection): Promise<string[]> {
	const first = await connection.runAndReadAll(
		`select trim(raw) from lines where trim(coalesce(raw, '')) <> '' order by line limit 2`
	);
	return first.getRows().map(([line]) => String(line));
}

async function readNothing(connection: DuckDBConnection): Promise<ReadLog> {
	await connection.run('create or replace view records as select line, raw from lines limit 0');
	return { columns: [], header: null };
}

/** The file's lines, numbered from 1; those that are not in its encoding become unreadable. */
async function readLines(connection: DuckDBConnection, file: LogFile): Promise<void> {
	const options = [
		'header = false',
		`delim = e'\\x1f'`,
		`quote = ''`,
		`escape = ''`,
		`comment = ''`,
		'auto_detect = false',
		'strict_mode = false',
		`columns = {raw: 'VARCHAR'}`,
		'store_rejects = true',
		`max_line_size = ${longestLine}`,
		`buffer_size = ${4 * longestLine}`,
		`compression = ${quoteText(file.compression)}`,
		`encoding = 'utf-8'`
	];
	await connection.run('drop table if exists reject_errors; drop table if exists reject_scans');
	await connection.run(
		`create or replace table lines as
		select row_number() over () as line, raw from read_csv(${quotePath(file.copy ?? file.path)}, ${options.join(', ')})`
	);
	const rejected = await countOf(connection, 'reject_errors');
	if (rejected === 0) return;
	await connection.run(
		`create or replace temp table rejected as
		select line, raw, reason, line - row_number() over (order by line) as lines_before, row_number() over (order by line) as number
		from (
			select
				line,
				any_value(coalesce(csv_line, '')) as raw,
				any_value(case error_type
					when 'INVALID ENCODING' then ${quoteText(`is not UTF-8; save the file as UTF-8 or import it with --encoding latin-1`)}
					when 'LINE SIZE OVER MAXIMUM' then 'is longer than ${longestLine} bytes'
					else error_message end) as reason
			from reject_errors group by line)`
	);
	await connection.run(
		'insert into unreadable select line, left(raw, 100000), reason from rejected'
	);
	await connection.run(
		`create or replace table lines as
		select l.line + coalesce(r.number, 0) as line, l.raw
		from lines as l asof left join rejected as r on l.line > r.lines_before`
	);
}

async function readJsonDocument(
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
async function readJson(connection: DuckDBConnection, wanted: string[]): Promise<ReadLog> {
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

/** `line` and `raw` are taken by the record itself. */
const columnName = (name: string) => (/^(line|raw)$/i.test(name) ? `${name}_1` : name);

const delimiters = [',', '\t', ';', '|'];

/** The delimiter that stands in the header most often, outside of quotes. */
function delimiterOf(header: string): string {
	const bare = header.replace(/"(?:[^"]|"")*"/g, '');
	const counts = delimiters.map((delimiter) => bare.split(delimiter).length);
	return delimiters[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** SQL: a line as a list of fields, quotes taken off; null where its quotes do not fit. */
function fieldsSql(raw: string, delimiter: string): string {
	const d = quoteText(delimiter);
	const pattern = quoteText(
		`("(?:[^"]|"")*"|[^${delimiter}"\\n][^${delimiter}\\n]*|)[${delimiter}]`
	);
	const cells = `regexp_extract_all(${raw} || ${d}, ${pattern}, 1)`;
	return `case
		when not contains(${raw}, '"') then string_split(${raw}, ${d})
		when list_sum(list_transform(${cells}, lambda cell: length(cell) + 1)) = length(${raw}) + 1
			then list_transform(${cells}, lambda cell: case when starts_with(cell, '"') then replace(cell[2:-2], '""', '"') else cell end)
		end`;
}

/** SQL: as `fieldsSql`; one more delimiter at the end of a line means nothing. */
function dividedSql(raw: string, delimiter: string, columns: number): string {
	return `list_transform([${fieldsSql(raw, delimiter)}], lambda cells:
		case when len(cells) = ${columns + 1} and cells[-1] = '' then cells[:-2] else cells end)[1]`;
}

/** Lines of a delimited file (RFC 4180, any of the usual delimiters) → records. */
async function readDelimited(connection: DuckDBConnection, file: LogFile): Promise<ReadLog> {
	const [headerRow] = (
		await connection.runAndReadAll(
			`select line, raw from lines where trim(coalesce(raw, '')) <> '' order by line limit 1`
		)
	).getRows();
	const headerLine = Number(headerRow?.[0]);
	const header = String(headerRow?.[1]);
	const delimiter = delimiterOf(header);
	const names = (
		await connection.runAndReadAll(`select unnest(${fieldsSql(quoteText(header), delimiter)})`)
	)
		.getRows()
		.map(([name]) => columnName(String(name).trim()));
	if (names.length === 0)
		throw new LogError(`${file.path}: the quotes of its header line do not fit.`);
	if (names.length > 1 && names.at(-1) === '') names.pop();
	checkHeader(file, names);
	await connection.run(
		`create or replace table divided as
		select line, raw, ${dividedSql('raw', delimiter, names.length)} as cells from lines where line > ${headerLine}`
	);
	await joinBrokenLines(connection, names.length, delimiter);
	const selected = names.map((name, i) => `cells[${i + 1}] as ${quoteName(name)}`);
	await connection.run(
		`create or replace view records as
		select ${['line', 'raw', ...selected].join(', ')} from divided where len(cells) = ${names.length}`
	);
	await connection.run(
		`insert into unreadable
		select line, raw, case
			when cells is null then 'has a quote that is not closed or stands inside a field'
			else 'has ' || len(cells) || ' columns, the header has ${names.length}' end
		from divided where len(cells) is distinct from ${names.length};
		drop table lines`
	);
	return { columns: names, header };
}

function checkHeader(file: LogFile, names: string[]): void {
	const unnamed = names.indexOf('');
	if (unnamed >= 0)
		throw new LogError(`${file.path}: column ${unnamed + 1} has no name in the header line.`);
	const twice = names.find(
		(name, i) => names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) < i
	);
	if (twice !== undefined)
		throw new LogError(`${file.path}: two columns are named ${twice}; rename one of them.`);
}

/** A record that spans more lines than this is taken for a stray quote. */
const mostLinesOfRecord = 10_000;

/**
 * A quoted field may hold line ends, so that a record spans several lines. A line that opens a
 * quote is joined with those down to the next one with an odd number of quotes, which closes it,
 * if together they divide into the header's columns; else the quote is a stray one and spoils its
 * own line only. Where two such spans meet in a line, the earlier one has it.
 */
async function joinBrokenLines(
	connection: DuckDBConnection,
	columns: number,
	delimiter: string
): Promise<void> {
	const isBlank = `trim(coalesce(raw, '')) = ''`;
	if ((await countOf(connection, `divided where cells is null and not ${isBlank}`)) === 0) {
		await connection.run(`delete from divided where ${isBlank}`);
		return;
	}
	await connection.run(
		`create or replace temp table spans as
		with
			odd as (
				select line, cells is null as opens, lead(line) over (order by line) as last_line
				from divided where length(replace(raw, '"', '')) % 2 <> length(raw) % 2),
			open as (
				select line, last_line from odd where opens and last_line - line < ${mostLinesOfRecord}),
			joined as (
				select o.line, o.last_line, count(*) as lines, sum(length(coalesce(d.raw, ''))) as length, string_agg(coalesce(d.raw, ''), chr(10) order by d.line) as raw
				from open as o join divided as d on d.line between o.line and o.last_line
				group by o.line, o.last_line),
			cut as (
				select line, last_line, raw, ${dividedSql('raw', delimiter, columns)} as cells
				from joined where lines = last_line - line + 1 and length < ${longestLine}),
			whole as (
				select *, line is distinct from lag(last_line) over (order by line) as is_apart
				from cut where len(cells) = ${columns}),
			chains as (select *, sum(is_apart::int) over (order by line) as chain from whole)
		select * from chains qualify row_number() over (partition by chain order by line) % 2 = 1`
	);
	await connection.run(
		`delete from divided where line in (select unnest(range(line, last_line + 1)) from spans);
		insert into divided select line, raw, cells from spans;
		delete from divided where ${isBlank}`
	);
}
