/** What a page looks at: a period of whole weeks and the values chosen. Its address holds all of it. */

/** Dimensions that a filter may choose values of, in the order of the bar. */
export const filterDimensions = [
	'topic',
	'trigger',
	'route',
	'channel',
	'queue',
	'language',
	'customer_tier',
	'ai_version',
	'team'
] as const;
export type FilterDimension = (typeof filterDimensions)[number];

/** A value of a filter with the handoffs of the period that have it, under the other filters. */
export type FacetValue = { value: string; n: number; chosen: boolean };

/** Lengths a period can have, in weeks. */
export const spans = [1, 4, 13, 26, 52] as const;
export type Span = (typeof spans)[number];

/** Pages whose address carries a scope. */
export const scopedPages = ['/', '/quality', '/csat', '/repeats'] as const;
export type ScopedPage = (typeof scopedPages)[number];

/** Weeks are Mondays, 'YYYY-MM-DD'; '' among the values of a facet is the empty bucket. */
export type Scope = {
	/** the last week of the period */
	week: string;
	/** how many weeks the period holds */
	span: Span;
	/** local dates of the period, `to` excluded */
	from: string;
	to: string;
	/** false while the log ends before the period does */
	complete: boolean;
	/** every week of the log that has handoffs under the filter, oldest first */
	weeks: { week: string; n: number }[];
	facets: Record<FilterDimension, FacetValue[]>;
};
