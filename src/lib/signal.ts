/** What a metric did week by week, with what is to be made of it. */
import type { Verdict } from './analysis/controlChart.ts';
import type { Estimate } from './estimate.ts';

/** One week of a metric with its control limits; all of them null where the week is not judged. */
export type ChartedWeek = {
	/** Monday, 'YYYY-MM-DD' */
	week: string;
	estimate: Estimate;
	centre: number | null;
	/** 3 σ limits */
	low: number | null;
	high: number | null;
	verdict: Verdict | null;
};

/** A metric over the weeks shown, oldest first. */
export type Charted = {
	weeks: ChartedWeek[];
	/**
	 * the baseline that the last judged week is judged by, first and last Monday and all that count, its
	 * centre (of a share pooled over its n rows, else the mean of its weeks); null where the log has
	 * fewer than 8 weeks that count
	 */
	baseline: {
		first: string;
		last: string;
		counted: string[];
		centre: number;
		n: number;
		/** standard deviation of the values of its weeks; null where fewer than two */
		sd: number | null;
	} | null;
	/** where the last week that is judged stands; null where none is or the baseline has no spread */
	last: {
		/** Monday */
		week: string;
		verdict: Verdict;
		/** from the centre, in σ, negative below */
		distance: number;
		/** weeks in the baseline */
		size: number;
		/** σ of a week by the baseline, in units of what chance alone would give a week of its n */
		spread: number;
		/** chance of such a week if nothing had changed, 0–1 */
		chance: number;
	} | null;
};

/** Words of a verdict. */
export const verdictWords: Record<Verdict, string> = {
	signal: 'signal',
	shift: 'shift to check',
	steady: 'steady'
};
