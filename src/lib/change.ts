/** A number beside the same number of the period that it is compared with. */
import type { Dates } from './address.ts';
import type { Verdict } from './analysis/controlChart.ts';
import type { Estimate } from './estimate.ts';
import { formatDuration, formatNumber } from './format.ts';
import type { MetricId, Unit } from './metrics.ts';

/** From one period to the other, in the unit of the metric: now less before. */
export type Change = {
	/** the same number in the period compared with */
	before: Estimate;
	/** null where either period has no value, or too few to say one */
	difference: number | null;
	/** 95 % interval of the difference; null where the metric has no method for it */
	low: number | null;
	high: number | null;
	/** first and last day of the period compared with */
	dates?: Dates;
};

/** What the control chart of a metric says of the last week of the period. */
export type LastWeek = {
	/** Monday */
	week: string;
	/** false: the last weeks of the period are not known yet, and this is the last that is */
	isLast: boolean;
	estimate: Estimate;
	verdict: Verdict;
};

/**
 * One number of a page, made by `readChanges` and shown by `Measure`, of which its names are
 * properties: `<Measure id="late_rate" {...page.numbers.late_rate} {fields} />`.
 */
export type Changing = {
	estimate: Estimate;
	/** null: there is nothing to compare with; the filter bar says why */
	change: Change | null;
	/** null where the chart has too few weeks, or the last one does not count */
	last: LastWeek | null;
};

/**
 * The change of a number of one group among others, with the verdict of its own chart. `differs`:
 * stands up to all groups and measures looked at.
 */
export type GroupChange = Change & { differs: boolean; last: LastWeek | null };

/** Numbers of a page by metric. */
export type Numbers<Id extends MetricId = MetricId> = Record<Id, Changing>;

/** A difference with its sign and unit: "+4.7 points", "−12 s", "+0.14", "+420". */
export function formatChange(value: number, unit: Unit): string {
	const text = unitless(value, unit);
	const suffix = unit === 'share' || unit === 'score' ? '\u00a0points' : '';
	return `${text}${suffix}`;
}

/** The interval of a difference with its unit once: "+1.2 to +8.1", "−2 min to +10 s". */
export const formatChangeInterval = (low: number, high: number, unit: Unit): string =>
	`${unitless(low, unit)} to ${unitless(high, unit)}`;

function unitless(value: number, unit: Unit): string {
	const digits = digitsOf(value, unit);
	return value > 0 && /[1-9]/.test(digits) ? `+${digits}` : digits;
}

function digitsOf(value: number, unit: Unit): string {
	switch (unit) {
		case 'share':
			return formatNumber(100 * value, 1);
		case 'score':
			return formatNumber(value, 1);
		case 's':
			return formatDuration(value);
		case 'count':
			return formatNumber(value);
		case 'csat':
		case 'fraction':
			return formatNumber(value, 2);
	}
}

/** Whether the interval of a change leaves out zero; null where it has none. */
export function isApart({ low, high }: Pick<Change, 'low' | 'high'>): boolean | null {
	return low === null || high === null ? null : low > 0 || high < 0;
}
