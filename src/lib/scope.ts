/** What a page looks at: a period, what it is compared with, the values chosen. Its address holds all of it. */
import { addDays, daysBetween, mondayOf } from './dates.ts';

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

/** Those that conversations carry as well; numbers over conversations know no others. */
export const conversationFilters = [
	'topic',
	'channel',
	'language',
	'customer_tier',
	'ai_version'
] as const satisfies readonly FilterDimension[];

/** A value of a filter with the handoffs of the period that have it, under the other filters. */
export type FacetValue = { value: string; n: number; chosen: boolean };

/** Lengths in weeks that a period can have besides any two dates. */
export const spans = [1, 4, 13, 26, 52] as const;
export type Span = (typeof spans)[number];

/** Pages whose address carries a scope. */
export const scopedPages = [
	'/',
	'/gaps',
	'/quality',
	'/csat',
	'/repeats',
	'/waits',
	'/triggers',
	'/handoffs',
	'/conversations',
	'/definitions'
] as const;
export type ScopedPage = (typeof scopedPages)[number];

/**
 * What a period is compared with: the weeks that the control charts call usual (the week page only),
 * the period of the same length before it, or the same weeks of the year before, 364 days earlier, so
 * that weekdays stand against weekdays.
 */
export const comparisons = ['usual', 'before', 'year'] as const;
export type Comparison = (typeof comparisons)[number];
/** Comparisons of a period of any length. */
export const spanComparisons = ['before', 'year'] as const;
export type SpanComparison = (typeof spanComparisons)[number];

/** Local dates, `to` excluded. */
export type Range = { from: string; to: string };

/** The period that another one is compared with. */
export type Compared = Range & {
	against: SpanComparison;
	/** the log begins within it: `from` is where, and counts cannot be compared */
	isPart: boolean;
	/**
	 * why there is nothing to compare with: the log begins after it, or the period is longer than the
	 * year that lies between; null where there is
	 */
	lacks: 'log' | 'overlap' | null;
};

/** Weeks are Mondays, 'YYYY-MM-DD'; '' among the values of a facet is the empty bucket. */
export type Scope = Range & {
	/** the week that the last day of the period falls in */
	week: string;
	/** how many whole weeks the period holds; null: it goes from one date to another */
	span: Span | null;
	/** false while the log ends before the period does */
	complete: boolean;
	/** the comparison that the address asks for; null: it leaves it to the page */
	against: Comparison | null;
	compared: Compared;
	/** first and last local date of the log */
	log: { first: string; last: string };
	/** what of the address was not understood and left out, a sentence each */
	periodNotes: string[];
	/** every week of the log that has handoffs under the filter, oldest first */
	weeks: { week: string; n: number }[];
	facets: Record<FilterDimension, FacetValue[]>;
};

/** Days of a period. */
export const daysOf = ({ from, to }: Range) => daysBetween(from, to);

/**
 * The whole weeks that a period lies in. What is shown week by week covers these, so that no point of
 * a line is a part of a week only because the period begins or ends within one.
 */
export const wholeWeeks = ({ from, to }: Range): Range => ({
	from: mondayOf(from),
	to: addDays(mondayOf(addDays(to, -1)), 7)
});

/** Mondays of the weeks that a period lies in, oldest first. */
export function weeksOf(period: Range): string[] {
	const whole = wholeWeeks(period);
	return Array.from({ length: daysOf(whole) / 7 }, (_, at) => addDays(whole.from, 7 * at));
}

/** The period that one is compared with. */
export function comparedPeriod({ from, to }: Range, against: SpanComparison): Range {
	const days = against === 'before' ? daysBetween(from, to) : yearDays;
	return { from: addDays(from, -days), to: addDays(to, -days) };
}

/** From a weekday to the same weekday of the year before. */
export const yearDays = 364;
