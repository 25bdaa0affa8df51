/** What moved a metric from one period to another, group by group. */
import type { Interval } from './analysis/wilson.ts';
import type { MetricId } from './metrics.ts';
import type { Comparison } from './scope.ts';

/** Metrics that split into groups, and so can be asked what moved them. */
export const splittable = [
	'handoffs',
	'failure_share',
	'quality_score',
	'csat_top2',
	'csat_mean',
	'repeat_rate',
	'resolution_rate',
	'abandonment_rate',
	'late_rate',
	'cold_rate',
	'hidden_rate',
	'fought_rate',
	'misrouted_rate',
	'reask_rate',
	'handle_mean'
] as const satisfies readonly MetricId[];
export type SplittableMetric = (typeof splittable)[number];

/** Whole weeks: local dates, `to` excluded. */
export type Period = { from: string; to: string; weeks: number };

/**
 * mix: the group weighs more or less; rate: its own rate or mean changed; volume: there were more
 * conversations at all; share: the group became more of them; count: where conversations are not
 * known, all of a count's change.
 */
export type Effect = 'mix' | 'rate' | 'volume' | 'share' | 'count';

/** One group; the key null is that of handoffs without a value. */
export type MovedRow = {
	key: string | null;
	/** where the row is several groups, each too thin to say a rate of: which; the key then says nothing */
	joined?: (string | null)[];
	/**
	 * rows a week that carry the metric, and its value among them, null where there are none or too
	 * few; of a count the handoffs a week
	 */
	before: { n: number; value: number | null };
	after: { n: number; value: number | null };
	/** in the unit of the metric, one for each effect */
	parts: number[];
	/** 95 % interval of the rate part of a share */
	interval: Interval | null;
};

/** A change in its parts: Σ parts = totals, Σ totals = change, to the last digit. */
export type Moved = {
	metric: SplittableMetric;
	against: Comparison;
	before: number;
	after: number;
	change: number;
	effects: Effect[];
	totals: number[];
	rows: MovedRow[];
	beforePeriod: Period;
	afterPeriod: Period;
};

/** The split shown, null where neither period has rows for it; the metric and comparisons to choose. */
export type MovedChoice = {
	metric: SplittableMetric;
	against: Comparison | null;
	/** comparisons the log has weeks for */
	possible: Comparison[];
	/** a count of a week that the log does not hold all of: it is not set against whole weeks */
	isPart: boolean;
	moved: Moved | null;
};
