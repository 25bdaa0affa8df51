import cumulative from '@stdlib/stats-base-dists-t-cdf';
import quantile from '@stdlib/stats-base-dists-t-quantile';
import type { MeanSummary } from './meanInterval.ts';
import type { Interval } from './wilson.ts';

/** Two means compared: a − b in their unit, its interval, Student's t with its degrees of freedom, two-sided p. */
export type MeanComparison = Interval & { difference: number; t: number; df: number; p: number };

/** Variances that add up to less are rounding of equal values, not a spread. */
const noVariance = 1e-9;

/**
 * Difference of the means of two independent groups whose spreads may differ (Welch 1947).
 * Null when either has fewer than two values, and when neither has any spread.
 */
export function welch(a: MeanSummary, b: MeanSummary, level = 0.95): MeanComparison | null {
	if (!(a.n >= 2) || !(b.n >= 2) || !(a.sd ** 2 + b.sd ** 2 > noVariance)) return null;
	const ofA = a.sd ** 2 / a.n;
	const ofB = b.sd ** 2 / b.n;
	const error = Math.sqrt(ofA + ofB);
	const df = (ofA + ofB) ** 2 / (ofA ** 2 / (a.n - 1) + ofB ** 2 / (b.n - 1));
	const difference = a.mean - b.mean;
	const t = difference / error;
	const half = quantile(0.5 + level / 2, df) * error;
	return {
		difference,
		low: difference - half,
		high: difference + half,
		t,
		df,
		p: 2 * cumulative(-Math.abs(t), df)
	};
}
