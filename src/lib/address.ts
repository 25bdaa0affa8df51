import { triggerWords } from './charts/words.ts';
import type { FilterDimension, Scope, ScopedPage, Span } from './scope.ts';
import { filterDimensions } from './scope.ts';

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

/** What of a scope stands in an address. */
export type Place = { week: string; span?: Span; filters?: Active[]; extras?: Extra[] };

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

/** An address: "/?week=2026-11-09&topic=Refunds", "/csat?week=2026-11-09&weeks=26". */
export function address<Path extends ScopedPage>(
	path: Path,
	{ week, span, filters = [], extras = [] }: Place
): `${Path}?${string}` {
	const query = new URLSearchParams({ week });
	if (span !== undefined) query.set('weeks', String(span));
	for (const { dimension, value } of filters) query.append(dimension, value);
	for (const [name, value] of extras) query.append(name, value);
	return `${path}?${query.toString()}`;
}

/** What of a page's query goes along to another page: week, period and filters, no more. */
export function carried(query: URLSearchParams): '' | `?${string}` {
	const kept = ['week', 'weeks', ...filterDimensions];
	const along = new URLSearchParams([...query].filter(([name]) => kept.includes(name)));
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
