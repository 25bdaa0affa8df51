/** A table that somebody gives as a file: CSV, also as a spreadsheet has saved it. */
import { open } from 'node:fs/promises';
import { dsvFormat } from 'd3-dsv';
import { LogError, messageOf, UsageError } from '../../../../ingest/errors.ts';

/** A line that was not taken, by its number in the file, from 1, and why. */
export type RefusedLine = { line: number; reason: string };

/** The rows of a table as they stand, with their lines; those of a wrong length are refused. */
export type CsvTable = {
	names: string[];
	rows: { line: number; cells: string[] }[];
	refused: RefusedLine[];
};

/** Parts of a table, in the order in which they are tried. */
const separators = [',', ';', '\t'];

/**
 * Reads a table divided by commas, semicolons or tabs; cells at the end may be left out.
 * @param sign a column that it has, by which the separator is found
 */
export function readCsvTable(body: string, sign: string): CsvTable {
	const head = body.split(/\r\n|\r|\n/, 1)[0] ?? '';
	const separator = separators.find((one) => namesOf(head.split(one)).includes(sign)) ?? ',';
	const [header = [], ...records] = dsvFormat(separator).parseRows(body);
	const names = namesOf(header);
	const table: CsvTable = { names, rows: [], refused: [] };
	let next = 1 + linesOf(header);
	for (const cells of records) {
		const line = next;
		next += linesOf(cells);
		if (cells.every((cell) => cell.trim() === '')) continue;
		if (cells.slice(names.length).some((cell) => cell.trim() !== ''))
			table.refused.push({
				line,
				reason: `has ${cells.length} cells, the header ${names.length}`
			});
		else table.rows.push({ line, cells });
	}
	return table;
}

const namesOf = (header: string[]) => header.map((name) => name.replace(/^"(.*)"$/, '$1').trim());

/** Lines of a file that a record takes. */
const linesOf = (record: string[]) =>
	record.reduce((lines, cell) => lines + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 1);

/**
 * @param what the table is of, as in "columns of reviews"
 * @throws LogError for a column that is lacking, not known, or there twice
 */
export function requireColumns(
	names: readonly string[],
	{
		what,
		columns,
		required
	}: { what: string; columns: readonly string[]; required: readonly string[] }
): void {
	const unknown = names.find((name) => !columns.includes(name));
	const lacking = required.find((name) => !names.includes(name));
	const twice = names.find((name, at) => names.indexOf(name) < at);
	const fault =
		lacking !== undefined
			? `has no column ${lacking}`
			: unknown !== undefined
				? `has a column “${unknown}”, which ${what} do not have`
				: twice !== undefined && `has the column ${twice} twice`;
	if (fault) throw new LogError(`The file ${fault}; columns of ${what}: ${columns.join(', ')}.`);
}

/** No file of such a kind comes near this, in bytes. */
const mostBytes = 256 * 2 ** 20;

/**
 * The text of a file of this machine.
 * @param what it is of, for its error
 * @throws UsageError where there is no such file, LogError where it is no text
 */
export async function readGivenFile(path: string, what: string): Promise<string> {
	const file = await open(path).catch((error: NodeJS.ErrnoException) => {
		throw error.code === 'ENOENT'
			? new UsageError(`${path} does not exist.`)
			: new LogError(`${path} cannot be read (${messageOf(error)}).`);
	});
	try {
		const { size } = await file.stat();
		if (size > mostBytes)
			throw new LogError(
				`${path} has ${size} bytes; a file of ${what} has ${mostBytes} at most.`
			);
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
			await file.readFile()
		);
	} catch (error) {
		if (error instanceof LogError) throw error;
		throw new LogError(
			error instanceof TypeError
				? `${path} is not UTF-8: save it as CSV UTF-8.`
				: `${path} cannot be read (${messageOf(error)}).`
		);
	} finally {
		await file.close();
	}
}
