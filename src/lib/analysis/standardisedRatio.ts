import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { gammaQuantile } from './gammaQuantile.ts';
import type { Interval } from './wilson.ts';

/** Events seen over events expected; 1 is as expected. */
export type StandardisedRatio = {
	ratio: number;
	/** From the exact interval of a Poisson count (Garwood 1936). */
	exact: Interval;
	/** Byar's approximation to it (Breslow and Day 1987, section 2.3). */
	byar: Interval;
};

/** Interval of a count by Garwood's method, in events; of one that varies more, by quasi-likelihood. */
export function countInterval(observed: number, { level = 0.95, dispersion = 1 } = {}): Interval {
	const tail = (1 - level) / 2;
	const count = observed / dispersion;
	return {
		low: count > 0 ? dispersion * gammaQuantile(tail, count, 1) : 0,
		high: dispersion * gammaQuantile(1 - tail, count + 1, 1)
	};
}

/**
 * Standardised ratio of a count to its expectation, with both intervals. The expectation is taken as
 * known. With a `dispersion` above 1, variance over mean, the intervals are those of counts that
 * much smaller. Null where nothing is expected.
 */
export function standardisedRatio(
	observed: number,
	expected: number,
	{ level = 0.95, dispersion = 1 } = {}
): StandardisedRatio | null {
	if (!(expected > 0)) return null;
	const exact = countInterval(observed, { level, dispersion });
	const z = normalQuantile(0.5 + level / 2, 0, 1);
	const byar = (count: number, side: number) =>
		(dispersion * count * (1 - 1 / (9 * count) + (side * z) / (3 * Math.sqrt(count))) ** 3) /
		expected;
	const count = observed / dispersion;
	return {
		ratio: observed / expected,
		exact: { low: exact.low / expected, high: exact.high / expected },
		byar: { low: count > 0 ? Math.max(0, byar(count, -1)) : 0, high: byar(count + 1, 1) }
	};
}
