/** The lines of a file, as they stand in it: table `lines` (line, raw). */
import type { DuckDBConnection } from '@duckdb/node-api';
import { countOf } from './ask.ts';
import type { LogFile } from './files.ts';
import { quotePath, quoteText } from './sql.ts';

/** A line longer than this is refused. */
export const longestLine = 16_000_000;

/** SQL: a file as one row (raw) a line. */
function linesOf(file: LogFile, encoding: 'utf-8' | 'latin-1'): string {
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
		`encoding = ${quoteText(encoding)}`
	];
	return `read_csv(${quotePath(file.copy ?? file.path)}, ${options.join(', ')})`;
}

/** The file's lines, numbered from 1; those that are not in its encoding become unreadable. */
export async function readLines(connection: DuckDBConnection, file: LogFile): Promise<void> {
	await connection.run('drop table if exists reject_errors; drop table if exists reject_scans');
	await connection.run(
		`create or replace table lines as
		select row_number() over () as line, raw from ${linesOf(file, 'utf-8')}`
	);
	const rejected = await countOf(connection, 'reject_errors');
	if (rejected === 0) return;
	await connection.run(
		`create or replace temp table rejected as
		select line, raw, reason, is_foreign, line - row_number() over (order by line) as lines_before, row_number() over (order by line) as number
		from (
			select
				line,
				any_value(coalesce(csv_line, '')) as raw,
				bool_or(error_type = 'INVALID ENCODING') as is_foreign,
				any_value(case error_type
					when 'INVALID ENCODING' then ${quoteText(`is not UTF-8; save the file as UTF-8 or import it with --encoding latin-1`)}
					when 'LINE SIZE OVER MAXIMUM' then 'is longer than ${longestLine} bytes'
					else error_message end) as reason
			from reject_errors group by line)`
	);
	await connection.run(
		'insert into unreadable select line, left(raw, 100000), reason from rejected where not is_foreign'
	);
	await keepForeign(connection, file);
	await connection.run(
		`create or replace table lines as
		select l.line + coalesce(r.number, 0) as line, l.raw
		from lines as l asof left join rejected as r on l.line > r.lines_before`
	);
}

/**
 * DuckDB tells a line that is not UTF-8 with its foreign bytes lost. They are read again as
 * Latin-1, which gives every byte a letter, so that the line can be mended and imported.
 */
async function keepForeign(connection: DuckDBConnection, file: LogFile): Promise<void> {
	if ((await countOf(connection, 'rejected where is_foreign')) === 0) return;
	await connection.run(
		`insert into unreadable
		select r.line, left(l.raw, 100000), r.reason
		from (select row_number() over () as line, raw from ${linesOf(file, 'latin-1')}) as l
		join rejected as r on r.line = l.line and r.is_foreign`
	);
}

/** The first two lines that say something. */
export async function firstLines(connection: DuckDBConnection): Promise<string[]> {
	const first = await connection.runAndReadAll(
		`select trim(raw) from lines where trim(coalesce(raw, '')) <> '' order by line limit 2`
	);
	return first.getRows().map(([line]) => String(line));
}

/** Name of a column of the log: `line` and `raw` are taken by the record itself. */
export const columnName = (name: string) => (/^(line|raw)$/i.test(name) ? `${name}_1` : name);
