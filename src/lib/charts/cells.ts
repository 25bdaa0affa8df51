import type { Spread } from '../csat.ts';
import {
	absent,
	formatEstimate,
	formatInterval,
	formatNumber,
	formatValue,
	outOf
} from '../format.ts';
import type { Unit } from '../metrics.ts';
import { weekDays } from './weeks.ts';

/**
 * A cell that is data. A column has the same of `value`, `low`, `high` and `words` in all its rows, each a
 * column of the CSV (chartCsv.ts); null: not known.
 */
export type Datum = {
	/** what a reader sees: "77.8 % (75.5–79.9 %)", "too few" */
	text: string;
	/** in the base unit, shares 0–1 and times in seconds; a day as 'YYYY-MM-DD' */
	value?: number | string | null;
	low?: number | null;
	high?: number | null;
	/** for the CSV as well, where they say more than the value */
	words?: string;
	/** the base unit for the heading: "s", "share"; without it a plain number */
	unit?: string | undefined;
};

/** Words, or data with the words that say it. */
export type Cell = string | Datum;

/** What a reader sees of a cell. */
export const cellText = (cell: Cell) => (typeof cell === 'string' ? cell : cell.text);

/** What a base unit is called in a heading. */
export const unitName = (unit: Unit): string | undefined =>
	unit === 'share' || unit === 's' ? unit : outOf[unit];

/** A count, or a plain number to some decimals; `missing` stands where there is none. */
export const numberCell = (value: number | null, decimals = 0, missing = absent): Datum => ({
	text: value === null ? missing : formatNumber(value, decimals),
	value
});

/** A value without an interval; `missing` stands where there is none. */
export const valueCell = (value: number | null, unit: Unit, missing = absent): Datum => ({
	text: value === null ? missing : formatValue(value, unit),
	value,
	unit: unitName(unit)
});

/** A value with its interval; `missing` stands where there is none. */
export function estimateCell(
	estimate: Spread | null | undefined,
	unit: Unit,
	missing = absent
): Datum {
	const { value = null, low = null, high = null } = estimate ?? {};
	return {
		text: value === null ? missing : formatEstimate({ value, low, high }, unit),
		value,
		low: value === null ? null : low,
		high: value === null ? null : high,
		unit: unitName(unit)
	};
}

/** From one value to another, such as the limits of a chart. */
export const rangeCell = (low: number | null, high: number | null, unit: Unit): Datum => ({
	text: formatInterval(low, high, unit) ?? absent,
	low,
	high,
	unit: unitName(unit)
});

/** A week: its days in words, its Monday as data. */
export const weekCell = (monday: string): Datum => ({
	text: weekDays(monday),
	value: monday,
	unit: 'Monday'
});
