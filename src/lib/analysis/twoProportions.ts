import probability from '@stdlib/stats-base-dists-hypergeometric-pmf';
import cumulative from '@stdlib/stats-base-dists-normal-cdf';
import { newcombe, type Tally } from './newcombe.ts';
import type { Interval } from './wilson.ts';

/** Two shares compared: a − b, its 95 % interval, and how likely chance alone goes as far apart. */
export type ShareComparison = Interval & { difference: number; p: number; test: 'z' | 'fisher' };

/** Tables as likely as the one seen, but for rounding, count as just as likely. */
const tie = 1e-7;

/**
 * Difference of two shares of independent groups with Newcombe's interval and a two-sided p-value:
 * mid-P Fisher where a cell of the table is expected to hold fewer than 5, else the pooled z-test.
 * Null when either n is 0.
 */
export function twoProportions(a: Tally, b: Tally): ShareComparison | null {
	const interval = newcombe(a, b);
	if (!interval) return null;
	const difference = a.hits / a.n - b.hits / b.n;
	return smallestExpected(a, b) < 5
		? { difference, ...interval, p: fisher(a, b).midP, test: 'fisher' }
		: { difference, ...interval, p: pooledZ(a, b).p, test: 'z' };
}

/**
 * z of the difference of two shares under one pooled share, and its two-sided p-value. Without a
 * hit, and with nothing but hits, z is null and p 1. Both n must be at least 1.
 */
export function pooledZ(a: Tally, b: Tally): { z: number | null; p: number } {
	const pooled = (a.hits + b.hits) / (a.n + b.n);
	const error = Math.sqrt(pooled * (1 - pooled) * (1 / a.n + 1 / b.n));
	if (!(error > 0)) return { z: null, p: 1 };
	const z = (a.hits / a.n - b.hits / b.n) / error;
	return { z, p: 2 * cumulative(-Math.abs(z), 0, 1) };
}

/**
 * Two-sided p-value of Fisher's exact test: the chance of a table no likelier than the one seen, at
 * its margins (Fisher 1935); `midP` counts the tables as likely as it by half (Lancaster 1961).
 */
export function fisher(a: Tally, b: Tally): { p: number; midP: number } {
	const n = a.n + b.n;
	const hits = a.hits + b.hits;
	const seen = probability(a.hits, n, hits, a.n);
	let rarer = 0;
	let tied = 0;
	for (let x = Math.max(0, hits - b.n); x <= Math.min(hits, a.n); x++) {
		const likely = probability(x, n, hits, a.n);
		if (Math.abs(likely - seen) <= tie * seen) tied += likely;
		else if (likely < seen) rarer += likely;
	}
	return { p: Math.min(1, rarer + tied), midP: Math.min(1, rarer + tied / 2) };
}

/** Smallest count that a cell of the table of both groups would hold if their shares were equal. */
function smallestExpected(a: Tally, b: Tally): number {
	const hits = a.hits + b.hits;
	const n = a.n + b.n;
	return (Math.min(a.n, b.n) * Math.min(hits, n - hits)) / n;
}
