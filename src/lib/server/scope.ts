/** Reads what a page looks at from its address and from the log. */
import { addDays, daysBetween, isDate, mondayOf } from '../dates.ts';
import {
	filterDimensions,
	spans,
	type FacetValue,
	type FilterDimension,
	type Scope,
	type Span
} from '../scope.ts';
import type { Log } from '../week.ts';
import type { Filter } from './filter.ts';
import { measure } from './measure.ts';

/** The whole calendar. */
const ever = { from: '1970-01-01', to: '2101-01-01' };

/** How many weeks before the last one tell on which weekdays a team works. */
const weeksLookedAt = 4;

/** Values chosen of each dimension; '' is no value. */
export type Chosen = Partial<Record<FilterDimension, string[]>>;

/** What an address asks for: `week` null = the last full one, `span` null = the page's own. */
export type Choice = { week: string | null; span: Span | null; chosen: Chosen };

/** Reads the choice of a page from its address; what it does not understand it leaves out. */
export function readChoice(parameters: URLSearchParams): Choice {
	const week = parameters.get('week');
	const span = Number(parameters.get('weeks'));
	const chosen: Chosen = {};
	for (const dimension of filterDimensions) {
		const values = parameters.getAll(dimension);
		if (values.length > 0) chosen[dimension] = [...new Set(values)];
	}
	return {
		week: week && isDate(week) && week >= ever.from && week < ever.to ? mondayOf(week) : null,
		span: spans.find((one) => one === span) ?? null,
		chosen
	};
}

/** The rows of a scope: its period and the values chosen. */
export const filterOf = ({ from, to }: Pick<Scope, 'from' | 'to'>, chosen: Chosen): Filter => ({
	...chosen,
	from,
	to
});

/**
 * The scope of a page, within a snapshot of the store.
 * @param span the page's own length of period, where the address names none
 * @returns null when the store holds no handoff
 */
export async function readScope(choice: Choice, log: Log, span: Span): Promise<Scope | null> {
	const { chosen } = choice;
	const [first, last] = [log.first?.slice(0, 10), log.last?.slice(0, 10)];
	if (first === undefined || last === undefined) return null;
	const [counted, full] = await Promise.all([
		measure({ ...ever, ...chosen }, ['handoffs'], ['week']),
		lastFullWeek(first, last)
	]);
	const week = choice.week ?? full ?? mondayOf(last);
	const weeksLong = choice.span ?? span;
	const to = addDays(week, 7);
	const from = addDays(to, -7 * weeksLong);
	return {
		week,
		span: weeksLong,
		from,
		to,
		complete: full !== null && week <= full,
		weeks: counted.map((row) => ({ week: String(row.by.week), n: row.values.handoffs.n })),
		facets: await readFacets({ from, to, ...chosen })
	};
}

/**
 * The last week that the log holds all of, as far as can be told: it reaches the last weekday on
 * which the weeks before had handoffs (a team may rest on Sunday). Null when there is none.
 */
async function lastFullWeek(first: string, last: string): Promise<string | null> {
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

/** Values of each dimension with the handoffs they have under the other dimensions' filters. */
async function readFacets(filter: Filter): Promise<Record<FilterDimension, FacetValue[]>> {
	const facets = await Promise.all(
		filterDimensions.map(async (dimension) => {
			const chosen = filter[dimension] ?? [];
			const rows = await measure(
				{ ...filter, [dimension]: undefined },
				['handoffs'],
				[dimension]
			);
			const counted = rows.map((row) => ({
				value: row.by[dimension] ?? '',
				n: row.values.handoffs.n
			}));
			const absent = chosen
				.filter((value) => !counted.some((row) => row.value === value))
				.map((value) => ({ value, n: 0 }));
			const values = [...counted, ...absent].map((row) => ({
				...row,
				chosen: chosen.includes(row.value)
			}));
			return [dimension, values.sort((a, b) => b.n - a.n)] as const;
		})
	);
	return Object.fromEntries(facets) as Record<FilterDimension, FacetValue[]>;
}
