import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';
import { gammaQuantile } from './gammaQuantile.ts';
import { mover } from './mover.ts';
import { countInterval } from './standardisedRatio.ts';
import type { Interval } from './wilson.ts';

/**
 * A count against what is expected of it at the rate of an earlier one: `past` is that earlier count
 * and a half (Jeffreys), times what is looked at over what it was out of makes `expected`.
 */
export type AgainstPast = { observed: number; expected: number; past: number };

/** How far a count exceeds one that is itself but counted. */
export type PastExcess = {
	/** Of the ratio of the two rates. */
	ratio: Interval;
	/** Of the count less its expectation, in events. */
	excess: Interval;
	/** Variance of the count over its mean, were the rate unchanged: the past's chance is in it. */
	dispersion: number;
	/** By what a count has to be divided to tell as much of the ratio as both counts together. */
	scale: number;
};

/**
 * Ratio and difference of two Poisson counts, the earlier of which says what is expected of the later.
 * Given their sum the later is binomial, so the ratio has Jeffreys' interval of its share (Brown, Cai
 * and DasGupta 2001); the difference is put together from the intervals of both (Zou and Donner 2008).
 * With the rate unchanged the later count is negative binomial, a Poisson of a gamma. A `dispersion`
 * above 1 counts as that many fewer events. Where weeks are in both counts the intervals are too wide.
 */
export function againstPast(
	{ observed, expected, past }: AgainstPast,
	{ level = 0.95, dispersion = 1 } = {}
): PastExcess {
	const tail = (1 - level) / 2;
	const half = 0.5;
	const before = Math.max(0, past - half) / dispersion + half;
	const odds = (p: number) => {
		const share = betaQuantile(p, observed / dispersion + half, before);
		return ((share / (1 - share)) * past) / expected;
	};
	const mean = (p: number) => (dispersion * gammaQuantile(p, before, 1) * expected) / past;
	return {
		ratio: { low: observed > 0 ? odds(tail) : 0, high: odds(1 - tail) },
		excess: mover(
			{ value: observed, ...countInterval(observed, { level, dispersion }) },
			{ value: expected, low: mean(tail), high: mean(1 - tail) }
		),
		dispersion: dispersion * (1 + expected / past),
		scale: dispersion * (1 + observed / past)
	};
}
