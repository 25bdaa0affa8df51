/**
 * Delimited logs: CSV, TSV and their kin → records. Lines are divided into fields here, so that
 * every field keeps the number and the exact text of the line it came from, and a line that cannot
 * be divided costs that line only.
 */
import type { DuckDBConnection } from '@duckdb/node-api';
import { countOf } from './ask.ts';
import { LogError } from './errors.ts';
import type { LogFile } from './files.ts';
import { columnName, longestLine } from './lines.ts';
import type { ReadLog } from './read.ts';
import { quoteName, quoteText } from './sql.ts';

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
export async function readDelimited(connection: DuckDBConnection, file: LogFile): Promise<ReadLog> {
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
