/** Reads what a page looks at from its address and from the log. */
import { z } from 'zod';
import { UsageError } from '../../../../ingest/errors.ts';
import { addDays, daysBetween, isDate, mondayOf } from '../../dates.ts';
import { formatDate } from '../../format.ts';
import {
	comparedPeriod,
	comparisons,
	daysOf,
	filterDimensions,
	spanComparisons,
	spans,
	yearDays,
	type Compared,
	type Comparison,
	type FacetValue,
	type FilterDimension,
	type Range,
	type Scope,
	type Span
} from '../../scope.ts';
import type { Log } from '../../week.ts';
import { AddressReader } from '../http/addressReader.ts';
import { filterType, filterValue, type Filter } from './filter.ts';
import { measure } from '../measure/measure.ts';
import { query } from '../store/query.ts';
import { mondayOfText } from './weekText.ts';

/** The whole calendar. */
const ever = { from: '1970-01-01', to: '2101-01-01' };

/** How many weeks before the last one tell on which weekdays a team works. */
const weeksLookedAt = 4;

/** Values chosen of each dimension; '' is no value. */
export type Chosen = Partial<Record<FilterDimension, string[]>>;

/** What an address asks for: `week` null = the last full one, `span` null = the page's own. */
export type Choice = {
	week: string | null;
	span: Span | null;
	/** a period by its first and last day, both included; an end left open is the log's; null: none */
	dates: { first: string | null; last: string | null } | null;
	against: Comparison | null;
	chosen: Chosen;
	/** what of the address was not understood and left out, a sentence each */
	notes: string[];
};

/** Reads the choice of a page from its address; what it does not understand it leaves out. */
export function readChoice(parameters: URLSearchParams): Choice {
	const reader = new AddressReader(parameters);
	const week = readWeek(parameters.get('week')?.trim() ?? '');
	const weeks = reader.oneOf('weeks', [...spans, 'dates'] as const);
	const span = weeks === 'dates' ? null : weeks;
	const against = reader.oneOf('against', comparisons);
	const chosen: Chosen = {};
	for (const dimension of filterDimensions) {
		const values = parameters.getAll(dimension);
		if (values.length > 0) chosen[dimension] = [...new Set(values)];
	}
	// A form without scripts sends all its fields: a number of weeks says which are meant.
	const { dates, notes } = span === null ? readDates(parameters) : { dates: null, notes: [] };
	return {
		week: week.monday,
		span,
		dates,
		notes: [...week.notes, ...notes, ...reader.notes],
		against,
		chosen
	};
}

/** '' is no week; one that is not understood is left out, with a note. */
function readWeek(text: string): { monday: string | null; notes: string[] } {
	if (text === '') return { monday: null, notes: [] };
	try {
		return { monday: mondayOfText(text), notes: [] };
	} catch (error) {
		if (!(error instanceof UsageError)) throw error;
		return { monday: null, notes: [`The week was left out: ${error.message}`] };
	}
}

const isDay = (text: string) => isDate(text) && text >= ever.from && text < ever.to;

function readDates(parameters: URLSearchParams): Pick<Choice, 'dates' | 'notes'> {
	const given = (name: string) => parameters.get(name)?.trim() || null;
	const [first, last] = [given('from'), given('to')];
	const [wrong] = [first, last].filter((text) => text !== null && !isDay(text));
	if (wrong !== undefined)
		return leftOut(`“${wrong}” is not a day between 1970 and 2100 such as 2026-08-03`);
	if (first !== null && last !== null && last < first)
		return leftOut(`${formatDate(last)} comes before ${formatDate(first)}`);
	return { dates: first === null && last === null ? null : { first, last }, notes: [] };
}

const leftOut = (why: string) => ({ dates: null, notes: [`The dates were left out: ${why}.`] });

/** The same choice on the page of one week: of a period by dates its last week. */
export function lastWeekOf(choice: Choice): Choice {
	const { dates, notes } = choice;
	if (!dates) return { ...choice, span: 1 };
	return {
		...choice,
		span: 1,
		dates: null,
		week: dates.last === null ? null : mondayOf(dates.last),
		notes: [...notes, 'This page is of one week: the last one of the dates chosen.']
	};
}

/** The choice with what else of its address was not understood. */
export const withNotes = <Asked extends Choice>(
	choice: Asked,
	notes: readonly string[]
): Asked => ({
	...choice,
	notes: [...choice.notes, ...notes]
});

/** The rows of a scope: its period and the values chosen. */
export const filterOf = ({ from, to }: Pick<Scope, 'from' | 'to'>, chosen: Chosen): Filter => ({
	...chosen,
	from,
	to
});

/**
 * The scope of a page, within a snapshot of the store.
 * @param span the page's own length of period, where the address names none
 * @param of what its weeks and facets count; conversations carry fewer dimensions
 * @returns null when the store holds no handoff
 */
export async function readScope(
	choice: Choice,
	log: Log,
	span: Span,
	of: 'handoffs' | 'conversations' = 'handoffs'
): Promise<Scope | null> {
	const { chosen } = choice;
	const [first, last] = [log.first?.slice(0, 10), log.last?.slice(0, 10)];
	if (first === undefined || last === undefined) return null;
	const [counted, full] = await Promise.all([
		measure({ ...ever, ...chosen }, [of], ['week']),
		lastFullWeek(first, last)
	]);
	const byDates = readRange(choice, { first, last });
	const week = choice.week ?? full ?? mondayOf(last);
	const weeksLong = choice.span ?? span;
	const to = addDays(week, 7);
	const period = byDates.range ?? { from: addDays(to, -7 * weeksLong), to };
	const end = addDays(period.to, -1);
	return {
		...period,
		week: mondayOf(end),
		span: byDates.range ? null : weeksLong,
		complete: (full !== null && period.to <= addDays(full, 7)) || end < last,
		against: choice.against,
		compared: readCompared(period, choice.against, first),
		log: { first, last },
		periodNotes: [...choice.notes, ...byDates.notes],
		weeks: counted.map((row) => ({ week: String(row.by.week), n: row.values[of].n })),
		facets: await readFacets({ ...period, ...chosen }, of)
	};
}

/** The period of the dates asked for; an end left open is that of the log. */
function readRange(
	{ dates }: Choice,
	log: { first: string; last: string }
): { range: Range | null; notes: string[] } {
	if (!dates) return { range: null, notes: [] };
	const first = dates.first ?? log.first;
	const last = dates.last ?? log.last;
	if (last < first) {
		const why =
			dates.last === null
				? `the log ends on ${formatDate(log.last)}, before ${formatDate(first)}`
				: `the log begins on ${formatDate(log.first)}, after ${formatDate(last)}`;
		return { range: null, notes: leftOut(why).notes };
	}
	return { range: { from: first, to: addDays(last, 1) }, notes: [] };
}

/** What a period is compared with, and whether the log holds all of it. */
function readCompared(period: Range, asked: Comparison | null, logFirst: string): Compared {
	const against = spanComparisons.find((one) => one === asked) ?? 'before';
	const compared = comparedPeriod(period, against);
	const overlaps = against === 'year' && daysOf(period) > yearDays;
	const lacks = overlaps ? 'overlap' : compared.to <= logFirst ? 'log' : null;
	const isPart = lacks === null && compared.from < logFirst;
	return { ...compared, ...(isPart && { from: logFirst }), against, isPart, lacks };
}

/**
 * The last week that the log holds all of, as far as can be told: it reaches the last weekday on
 * which the weeks before had handoffs (a team may rest on Sunday). Null when there is none.
 */
export async function lastFullWeek(first: string, last: string): Promise<string | null> {
	const week = mondayOf(last);
	if (addDays(week, 6) === last) return week;
	if (week === mondayOf(first)) return null;
	const before = { from: addDays(week, -7 * weeksLookedAt), to: week };
	const days = await measure(before, ['handoffs'], ['day']);
	const closes = days
		.map(({ by }) => String(by.day))
		.map((day) => addDays(day, daysBetween(mondayOf(day), week)))
		.reduce((latest, day) => (day > latest ? day : latest), week);
	return last >= closes ? week : addDays(week, -7);
}

export const facetRow = z.strictObject({
	dimension: z.enum(filterDimensions),
	value: z.string(),
	n: z.int()
});

const facetQueries = { handoffs: 'scope/facets', conversations: 'scope/conversation_facets' };

/**
 * Values of each dimension with the handoffs or conversations they have under the other dimensions'
 * filters, most first: all that the period knows, also those that have none there, and those chosen.
 */
async function readFacets(
	filter: Filter,
	of: keyof typeof facetQueries
): Promise<Record<FilterDimension, FacetValue[]>> {
	const { from, to } = filter;
	const rows = await query(facetQueries[of], facetRow, {
		values: { filter: filterValue(filter), period: filterValue({ from, to }) },
		types: { filter: filterType, period: filterType }
	});
	const facets = filterDimensions.map((dimension) => {
		const chosen = filter[dimension] ?? [];
		const counted = rows.filter((row) => row.dimension === dimension);
		const absent = chosen
			.filter((value) => !counted.some((row) => row.value === value))
			.map((value) => ({ value, n: 0 }));
		const values = [...counted, ...absent].map(({ value, n }) => ({
			value,
			n,
			chosen: chosen.includes(value)
		}));
		return [
			dimension,
			values.sort((a, b) => b.n - a.n || (a.value < b.value ? -1 : 1))
		] as const;
	});
	return Object.fromEntries(facets) as Record<FilterDimension, FacetValue[]>;
}
