import cumulative from '@stdlib/stats-base-dists-normal-cdf';
import quantile from '@stdlib/stats-base-dists-normal-quantile';
import type { Tally } from './newcombe.ts';
import type { Interval } from './wilson.ts';

/** Hits of two groups within one topic. */
export type Pair = { a: Tally; b: Tally };

/** A difference of shares within topics, a − b, from `a` and `b` cases that have a counterpart. */
export type StratifiedDifference = Interval & {
	difference: number;
	p: number;
	a: number;
	b: number;
	/** Whether enough is expected for the test to hold (Mantel and Fleiss 1980). */
	isTestable: boolean;
};

/**
 * Difference of two shares within topics: Mantel and Haenszel's weights n₁n₀/N, so that topics need
 * no least number of cases and those with one group alone say nothing; Sato's variance (1989), normal
 * interval; p by the Cochran–Mantel–Haenszel test, two-sided, without correction. Null where no topic
 * has both groups, or all ended alike.
 */
export function mantelHaenszel(strata: readonly Pair[]): StratifiedDifference | null {
	const sum = { weight: 0, top: 0, p: 0, q: 0, hits: 0, expected: 0, variance: 0, a: 0, b: 0 };
	let least = 0;
	let most = 0;
	for (const { a, b } of strata) {
		const n = a.n + b.n;
		if (!(a.n > 0 && b.n > 0)) continue;
		const hits = a.hits + b.hits;
		sum.a += a.n;
		sum.b += b.n;
		sum.weight += (a.n * b.n) / n;
		sum.top += (a.hits * b.n - b.hits * a.n) / n;
		sum.p += (a.n ** 2 * b.hits - b.n ** 2 * a.hits + (a.n * b.n * (b.n - a.n)) / 2) / n ** 2;
		sum.q += (a.hits * (b.n - b.hits) + b.hits * (a.n - a.hits)) / (2 * n);
		sum.hits += a.hits;
		sum.expected += (a.n * hits) / n;
		if (n > 1) sum.variance += (a.n * b.n * hits * (n - hits)) / (n ** 2 * (n - 1));
		least += Math.max(0, hits - b.n);
		most += Math.min(hits, a.n);
	}
	if (!(sum.weight > 0 && sum.variance > 0)) return null;
	const difference = sum.top / sum.weight;
	const se = Math.sqrt(Math.max(0, difference * sum.p + sum.q)) / sum.weight;
	const half = quantile(0.975, 0, 1) * se;
	const z = (sum.hits - sum.expected) / Math.sqrt(sum.variance);
	return {
		difference,
		low: Math.max(-1, difference - half),
		high: Math.min(1, difference + half),
		p: 2 * cumulative(-Math.abs(z), 0, 1),
		a: sum.a,
		b: sum.b,
		isTestable: Math.min(sum.expected - least, most - sum.expected) >= 5
	};
}
