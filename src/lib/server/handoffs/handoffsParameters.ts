/** The parameters of the list of handoffs as a file: those of its page, and the form. */
import { z } from 'zod';
import { contextItems } from '../../../../ingest/contract.ts';
import { isDate } from '../../dates.ts';
import {
	columnIds,
	flagIds,
	flags,
	listColumns,
	numberColumns,
	pageLengths,
	type Flag,
	type NumberColumn
} from '../../handoffs.ts';
import { comparisons, spans } from '../../scope.ts';
import { fileFormats } from './handoffFile.ts';
import { filterParameters, oneOf } from '../http/parameters.ts';

const text = (description: string) => z.string().optional().meta({ description });

const day = (name: string, description: string) =>
	z
		.string()
		.refine(isDate, {
			error: ({ input }) => `${name}=${String(input)} is not a date such as 2026-08-01.`
		})
		.optional()
		.meta({ format: 'date', description });

const flagOf = (flag: Flag) =>
	oneOf(
		flag,
		['yes', 'no', 'unknown'],
		`Only handoffs that are ${flags[flag].yes}, or not.`
	).optional();

/** Items of context, each of which narrows further. */
const itemsOf = (name: string, description: string) =>
	z.array(oneOf(name, contextItems)).optional().meta({ description });

const flagParameters = Object.fromEntries(flagIds.map((flag) => [flag, flagOf(flag)])) as Record<
	Flag,
	ReturnType<typeof flagOf>
>;

const rangeParameters = Object.fromEntries(
	numberColumns.map((column) => [
		column,
		text(`${listColumns[column].label}: a range such as 60..120, 2.., ..4, or none.`)
	])
) as Record<NumberColumn, z.ZodOptional<z.ZodString>>;

/** Values are read by `readAsked` as on the page; what it leaves out there is refused here. */
export const handoffsParameters = z.strictObject({
	format: oneOf('format', fileFormats, 'Form of the file.').default('csv'),
	from: day('from', 'First local date of the period.'),
	to: day('to', 'Last local date of the period, included, as on the pages.'),
	week: day(
		'week',
		'A day of the last week of the period; without dates or week the last full one.'
	),
	weeks: oneOf('weeks', spans.map(String), 'Length of the period in weeks.').optional(),
	...filterParameters,
	outcome: z.array(z.string()).optional().meta({
		description: 'Only these outcomes; again for several; empty for those without one.'
	}),
	has: itemsOf('has', 'Only handoffs that this item of context travelled with; again for more.'),
	lacks: itemsOf(
		'lacks',
		'Only handoffs that log their context, without this item of it; again for more.'
	),
	...flagParameters,
	...rangeParameters,
	weekday: text('1 (Monday) to 7, local.'),
	hour: text('0 to 23, local.'),
	q: text('Words to find in question, summary and resolution, or the id of a handoff.'),
	sort: oneOf('sort', columnIds, 'Column that the list is sorted by.').optional(),
	dir: oneOf('dir', ['asc', 'desc'], 'Direction of the sort.').optional(),
	columns: text('Ids of columns, divided by commas; without it, all.'),
	against: oneOf('against', comparisons, 'Of the page; a file knows no comparison.').optional(),
	rows: oneOf('rows', pageLengths.map(String), 'Of the page; a file has all rows.').optional(),
	back: text('Of the page.')
});
