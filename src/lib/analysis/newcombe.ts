import { wilson, type Interval } from './wilson.ts';

/** Hits out of n, both counts. */
export type Tally = { hits: number; n: number };

/**
 * Interval of the difference of two shares of independent groups, a − b, from the Wilson intervals
 * of both (Newcombe 1998, hybrid score, method 10). Ends −1 to 1; null when either n is 0.
 */
export function newcombe(a: Tally, b: Tally, level = 0.95): Interval | null {
	const ofA = wilson(a.hits, a.n, level);
	const ofB = wilson(b.hits, b.n, level);
	if (!ofA || !ofB) return null;
	const shareA = a.hits / a.n;
	const shareB = b.hits / b.n;
	const difference = shareA - shareB;
	return {
		low: Math.max(-1, difference - Math.hypot(shareA - ofA.low, ofB.high - shareB)),
		high: Math.min(1, difference + Math.hypot(ofA.high - shareA, shareB - ofB.low))
	};
}
