import { byteOrderMark, csvLine, type Cell as CsvCell } from '../csv.ts';
import { absent } from '../format.ts';
import type { Cell, Datum } from './cells.ts';
import type { Chart } from './chart.ts';

const parts = ['value', 'low', 'high', 'words'] as const;
type Part = (typeof parts)[number];

/** A column of the CSV: a heading, and what it takes of a cell of the table. */
type Column = { at: number; heading: string; of: (cell: Cell) => CsvCell };

/**
 * The table of a figure as data for a spreadsheet: plain numbers in base units (shares 0–1, times in
 * seconds), weeks as their Mondays, an interval as two columns of its own (`low`, `high`), nothing
 * where there is no value. Headings name the unit and are unique. UTF-8 with a byte order mark,
 * RFC 4180; texts that a spreadsheet would run are defused (csv.ts).
 */
export function chartCsv({ table: { head, rows } }: Pick<Chart, 'table'>): string {
	const columns = head.flatMap((name, at) =>
		columnsOf(
			name,
			at,
			rows.flatMap((cells) => cells[at] ?? [])
		)
	);
	const lines = rows.map((cells) => columns.map(({ at, of }) => of(cells[at] ?? '')));
	return byteOrderMark + [unique(columns), ...lines].map(csvLine).join('');
}

function columnsOf(name: string, at: number, cells: Cell[]): Column[] {
	const data = cells.filter((cell) => typeof cell !== 'string');
	if (data.length === 0) return [{ at, heading: plain(name), of: textOf }];
	const unit = data.find((datum) => datum.unit !== undefined)?.unit;
	return parts
		.filter((part) => hasPart(data, part))
		.map((part) => ({
			at,
			heading: headingOf(plain(name), part, unit),
			of: (cell) => (typeof cell === 'string' ? null : datumOf(cell, part))
		}));
}

/** Values without a single interval, such as the medians of weeks, have no columns for them. */
function hasPart(data: Datum[], part: Part): boolean {
	const isInterval = (part === 'low' || part === 'high') && data.some((one) => 'value' in one);
	return data.some((one) => (isInterval ? (one[part] ?? null) !== null : part in one));
}

function headingOf(name: string, part: Part, unit: string | undefined): string {
	if (part === 'words') return `${name}, in words`;
	return (part === 'value' ? name : `${name} ${part}`) + (unit ? ` (${unit})` : '');
}

/** Digits that a sum of halves or hundredths did not have are left out: 0.3, not 0.30000000000000004. */
function datumOf(datum: Datum, part: Part): CsvCell {
	const value = datum[part];
	if (typeof value !== 'number') return value;
	return Number.isFinite(value) ? Number(value.toPrecision(12)) : null;
}

function textOf(cell: Cell): string {
	return cell === absent || typeof cell !== 'string' ? '' : plain(cell);
}

/** Ordinary spaces in place of those that keep a number on one line. */
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

/** Names of the log can be headings, and the same as others: the second gets a number. */
function unique(columns: Column[]): string[] {
	const taken = new Set<string>();
	return columns.map(({ heading }) => {
		let name = heading;
		for (let nth = 2; taken.has(name); nth += 1) name = `${heading} (${nth})`;
		taken.add(name);
		return name;
	});
}
