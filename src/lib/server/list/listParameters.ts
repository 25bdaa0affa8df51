/** What the parameters of lists as files have in common; values are read as on their pages. */
import { z } from 'zod';
import { isDate } from '../../dates.ts';
import { pageLengths, type Columns, type Flags } from '../../list.ts';
import { comparisons, spans } from '../../scope.ts';
import { filterParameters, oneOf } from '../http/parameters.ts';
import { fileFormats } from './listFile.ts';

/** A parameter that is a text. */
export const text = (description: string) => z.string().optional().meta({ description });

const day = (name: string, description: string) =>
	z
		.string()
		.refine(isDate, {
			error: ({ input }) => `${name}=${String(input)} is not a date such as 2026-08-01.`
		})
		.optional()
		.meta({ format: 'date', description });

/** The form of the file, its period and its filters. */
export const scopeParameters = {
	format: oneOf('format', fileFormats, 'Form of the file.').default('csv'),
	from: day('from', 'First local date of the period.'),
	to: day('to', 'Last local date of the period, included, as on the pages.'),
	week: day(
		'week',
		'A day of the last week of the period; without dates or week the last full one.'
	),
	weeks: oneOf('weeks', spans.map(String), 'Length of the period in weeks.').optional(),
	...filterParameters
};

/** A flag each: "Only handoffs that are late, or not." */
export function flagParameters<Id extends string>(rows: string, flags: Flags<Id>) {
	const flagOf = (id: Id) =>
		oneOf(
			id,
			['yes', 'no', 'unknown'],
			`Only ${rows} that are ${flags[id].yes}, or not.`
		).optional();
	return Object.fromEntries((Object.keys(flags) as Id[]).map((id) => [id, flagOf(id)])) as Record<
		Id,
		ReturnType<typeof flagOf>
	>;
}

/** A range each of some columns. */
export const rangeParameters = <Id extends string>(columns: Columns, ids: readonly Id[]) =>
	Object.fromEntries(
		ids.map((id) => [
			id,
			text(`${columns[id]?.label ?? id}: a range such as 60..120, 2.., ..4, or none.`)
		])
	) as Record<Id, z.ZodOptional<z.ZodString>>;

/** The order of a list; and what its page takes, which a file leaves aside. */
export const orderParameters = (columnIds: readonly string[]) => ({
	sort: oneOf('sort', columnIds, 'Column that the list is sorted by.').optional(),
	dir: oneOf('dir', ['asc', 'desc'], 'Direction of the sort.').optional(),
	columns: text('Ids of columns, divided by commas; without it, all.'),
	against: oneOf('against', comparisons, 'Of the page; a file knows no comparison.').optional(),
	rows: oneOf('rows', pageLengths.map(String), 'Of the page; a file has all rows.').optional(),
	back: text('Of the page.')
});
