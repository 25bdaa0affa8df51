import cumulative from '@stdlib/stats-base-dists-normal-cdf';
import quantile from '@stdlib/stats-base-dists-normal-quantile';
import type { MeanSummary } from './meanInterval.ts';
import type { Interval } from './wilson.ts';

/** The values of two groups within one topic, and how much the topic counts, in any unit. */
export type MeanStratum = { a: MeanSummary; b: MeanSummary; weight: number };

/** A difference at one topic mix, in the unit of its means. */
export type MeanDifference = Interval & { difference: number; se: number; p: number };

/**
 * Difference of two means, a − b, when both groups have the topics in the same mix: the differences
 * within topics, weighted alike (direct standardisation), Σ W (ā − b̄), variance Σ W² (s²ₐ/nₐ + s²ᵦ/nᵦ),
 * normal interval and two-sided p. A share is a mean of 0 and 1. Topics in which either group has
 * fewer than two values are for the caller to leave out. Null without topics and without any spread.
 */
export function standardisedMeanDifference(
	strata: readonly MeanStratum[],
	level = 0.95
): MeanDifference | null {
	const whole = strata.reduce((sum, { weight }) => sum + weight, 0);
	if (!(whole > 0)) return null;
	let difference = 0;
	let variance = 0;
	for (const { a, b, weight } of strata) {
		if (!(weight > 0)) continue;
		if (!(a.n >= 2 && b.n >= 2)) return null;
		const share = weight / whole;
		difference += share * (a.mean - b.mean);
		variance += share * share * (a.sd ** 2 / a.n + b.sd ** 2 / b.n);
	}
	if (!(variance > 0)) return null;
	const se = Math.sqrt(variance);
	const half = quantile(0.5 + level / 2, 0, 1) * se;
	return {
		difference,
		se,
		low: difference - half,
		high: difference + half,
		p: 2 * cumulative(-Math.abs(difference) / se, 0, 1)
	};
}
