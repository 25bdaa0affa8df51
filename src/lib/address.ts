import { triggerWords } from './charts/words.ts';
import { addDays } from './dates.ts';
import type { Comparison, FilterDimension, Scope, ScopedPage, Span } from './scope.ts';
import { daysOf, filterDimensions } from './scope.ts';

/** Names of the filters as pages write them. */
export const dimensionNames: Record<FilterDimension, string> = {
	topic: 'Topic',
	trigger: 'Trigger',
	route: 'Route',
	channel: 'Channel',
	queue: 'Queue',
	language: 'Language',
	customer_tier: 'Tier',
	ai_version: 'AI version',
	team: 'Team'
};

/** Names of the periods a page can look at. */
export const spanNames: Record<Span, string> = {
	1: 'One week',
	4: '4 weeks',
	13: '13 weeks',
	26: '26 weeks',
	52: '52 weeks'
};

/** A filter that is on. */
export type Active = { dimension: FilterDimension; value: string };

/** What a page's address holds besides its scope: weights tried, a window, a metric chosen. */
export type Extra = [name: string, value: string];

/**
 * What of a scope stands in an address. `placeOf` makes one of a scope; links are made by
 * `address(path, placeOf(page, { filters }))`, so that they keep the period, whatever it is.
 */
export type Place = {
	week: string;
	/** weeks up to that one; left out on the page of a week, null where the period goes by dates */
	span?: Span | null;
	/** a period by its first and last day, both included; it goes before week and span */
	dates?: Dates | null;
	/** left out where the page chooses itself */
	against?: Comparison | null;
	filters?: Active[];
	extras?: Extra[];
};

/** First and last day of a period, both included: `from` and `to` in addresses of pages. */
export type Dates = { first: string; last: string };

/** First and last day of a period. */
export const datesOf = ({ from, to }: Pick<Scope, 'from' | 'to'>): Dates => ({
	first: from,
	last: addDays(to, -1)
});

/**
 * Where a page stands: its period, its comparison and its filters, with what is to be different.
 * `{ span: undefined, dates: null }` makes it a place on the page of a week.
 */
export const placeOf = (scope: Scope, changed: Partial<Place> = {}): Place => ({
	week: scope.week,
	span: scope.span,
	dates: scope.span === null ? datesOf(scope) : null,
	against: scope.against,
	filters: activeFilters(scope.facets),
	...changed
});

/** The filters that are on, in the order of the bar. */
export function activeFilters(facets: Scope['facets']): Active[] {
	return filterDimensions.flatMap((dimension) =>
		facets[dimension].filter(({ chosen }) => chosen).map(({ value }) => ({ dimension, value }))
	);
}

/** The dimensions worth offering: those the log says something of, and those that are chosen by. */
export function offered(facets: Scope['facets']): FilterDimension[] {
	return filterDimensions.filter((dimension) =>
		facets[dimension].some(({ value, chosen }) => value !== '' || chosen)
	);
}

/**
 * An address: "/?week=2026-11-09&topic=Refunds", "/csat?week=2026-11-09&weeks=26",
 * "/csat?from=2026-08-03&to=2026-09-13&against=year".
 */
export function address<Path extends ScopedPage>(path: Path, place: Place): `${Path}?${string}` {
	return `${path}?${new URLSearchParams(placeParameters(place)).toString()}`;
}

/** What an address holds, name by name: for the hidden fields of forms. */
export const placeParameters = (place: Place): Extra[] => [
	...periodParameters(place),
	...(place.filters ?? []).map(({ dimension, value }): Extra => [dimension, value]),
	...(place.extras ?? [])
];

function periodParameters({ week, span, dates, against }: Place): Extra[] {
	const compared: Extra[] = against ? [['against', against]] : [];
	if (dates) return [['from', dates.first], ['to', dates.last], ...compared];
	return [
		['week', week],
		...(typeof span === 'number' ? [['weeks', String(span)] satisfies Extra] : []),
		...compared
	];
}

/** Names that hold the period and its comparison in an address. */
export const periodNames = ['week', 'weeks', 'from', 'to', 'against'] as const;

/** What of a page's query goes along to another page: period, comparison and filters, no more. */
export function carried(query: URLSearchParams): '' | `?${string}` {
	const kept: readonly string[] = [...periodNames, ...filterDimensions];
	const along = new URLSearchParams(
		[...query].filter(
			// A form without scripts sends its unused fields, empty; the empty value of a filter means one.
			([name, value]) =>
				kept.includes(name) &&
				(value !== '' || filterDimensions.some((one) => one === name))
		)
	);
	return along.size > 0 ? `?${along.toString()}` : '';
}

/** A filter value in words; the empty bucket is "(none)". */
export function valueWords({ dimension, value }: Active): string {
	if (value === '') return '(none)';
	if (dimension === 'trigger') return triggerWords(value);
	if (dimension !== 'route') return value;
	return { failure: 'Failure', topic: 'Topic' }[value] ?? value;
}

/** The nearest weeks with handoffs before and after one; undefined where there is none. */
export function neighbours(
	weeks: Scope['weeks'],
	week: string
): { before: string | undefined; after: string | undefined } {
	const filled = weeks.filter(({ n }) => n > 0);
	return {
		before: filled.findLast((one) => one.week < week)?.week,
		after: filled.find((one) => one.week > week)?.week
	};
}

/**
 * The periods beside one that goes by dates: each as long, ending or beginning where it does. Null
 * where the log holds no handoff that way.
 */
export function steps(scope: Pick<Scope, 'from' | 'to' | 'weeks'>): {
	before: Dates | null;
	after: Dates | null;
} {
	const { from, to } = scope;
	const days = daysOf(scope);
	const filled = scope.weeks.filter(({ n }) => n > 0);
	const moved = (by: number) => datesOf({ from: addDays(from, by), to: addDays(to, by) });
	return {
		before: filled.some(({ week }) => week < from) ? moved(-days) : null,
		after: filled.some(({ week }) => addDays(week, 7) > to) ? moved(days) : null
	};
}
