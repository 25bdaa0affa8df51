import { activeFilters, placeOf, type Place } from '../../address.ts';
import { conversationsAddress, type ConversationNarrowing } from '../../conversations.ts';
import { handoffsAddress, type Narrowing } from '../../handoffs.ts';
import { filterDimensions, type FilterDimension, type Scope } from '../../scope.ts';

/**
 * What a page's address asks for, with the period spelt out where the page has chosen it: a link that
 * is sent on shows the same next week.
 */
export function pinned(url: URL, scope: Partial<Pick<Scope, 'week' | 'span'>> | null): string {
	const query = new URLSearchParams(url.searchParams);
	const { week, span } = scope ?? {};
	if (week !== undefined && !query.has('week') && !query.has('from')) query.set('week', week);
	const isSpanned = url.pathname !== '/' && typeof span === 'number';
	if (isSpanned && !query.has('weeks') && !query.has('from')) query.set('weeks', String(span));
	return query.size > 0 ? `?${query.toString()}` : '';
}

/** Filters of a scope with one value, null = none logged, of some dimensions in place of the chosen ones. */
export const narrowed = (
	{ facets }: Pick<Scope, 'facets'>,
	values: Partial<Record<FilterDimension, string | null>>
): NonNullable<Place['filters']> => [
	...activeFilters(facets).filter(({ dimension }) => !(dimension in values)),
	...filterDimensions.flatMap((dimension) => {
		const value = values[dimension];
		return value === undefined ? [] : [{ dimension, value: value ?? '' }];
	})
];

/** The handoffs behind a mark of a page's figure; the list links back to the page. */
export const handoffsBehind = (
	{ pathname, search }: URL,
	scope: Scope,
	values: Partial<Record<FilterDimension, string | null>>,
	narrowing: Narrowing = {},
	place: Partial<Place> = {}
) =>
	handoffsAddress(
		placeOf(scope, { filters: narrowed(scope, values), ...place }),
		narrowing,
		pathname + search
	);

/** The conversations behind a mark or number of a page; the list links back to the page. */
export const conversationsBehind = (
	{ pathname, search }: URL,
	scope: Scope,
	values: Partial<Record<FilterDimension, string | null>>,
	narrowing: ConversationNarrowing = {}
) =>
	conversationsAddress(
		placeOf(scope, { filters: narrowed(scope, values) }),
		narrowing,
		pathname + search
	);

/** A title as the name of a file: "handoffs-by-week-26-weeks-to-15-nov". */
export function fileName(title: string, ending: string): string {
	const words = title
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.slice(0, 80)
		.replace(/^-|-$/g, '');
	return `${words || 'figure'}.${ending}`;
}

/** Where a week of a page's figure leads: to the same page of that week, with all else as it is. */
export function weekAddress({ pathname, searchParams }: URL, week: string): string {
	const period = ['week', 'weeks', 'from', 'to'];
	const query = new URLSearchParams([
		['week', week],
		...(pathname === '/' ? [] : [['weeks', '1']]),
		...[...searchParams].filter(([name]) => !period.includes(name))
	]);
	return `${pathname}?${query.toString()}`;
}
