import type { Tally } from './newcombe.ts';
import { wilson, type Interval } from './wilson.ts';
import { meanOfRanges } from './xmr.ts';

/** Mean range of two normal values in standard deviations. */
const rangeInSigmas = 1.128;

/** A spread under this is rounding of equal shares. */
const noSpread = 1e-9;

/** Baseline of a chart of shares: pooled share, each share's z-score against it, and their spread from one to the next. */
export type Laney = {
	centre: number;
	z: number[];
	sigmaZ: number;
	limits: (n: number) => Interval;
	/** How far a share of n lies from the centre, in σ; negative below. */
	distance: (share: number, n: number) => number;
};

/**
 * Laney's p′ chart (Laney 2002) of shares one after the other: binomial 3 σ limits for each n, times
 * how much more the shares vary from one to the next than a binomial does, so that large n do not
 * cry wolf. Where the baseline's shares are all equal, plain binomial limits; where it is all hits
 * or none, those around the furthest share that its Wilson interval admits. Limits stay within 0–1.
 * Null when nothing was seen.
 */
export function laney(baseline: readonly Tally[]): Laney | null {
	const filled = baseline.filter(({ n }) => n > 0);
	const n = filled.reduce((sum, week) => sum + week.n, 0);
	const hits = filled.reduce((sum, week) => sum + week.hits, 0);
	const likely = wilson(hits, n);
	if (!likely) return null;

	const centre = hits / n;
	const between = hits > 0 && hits < n;
	const z = filled.map((week) =>
		between ? (week.hits / week.n - centre) / binomialSigma(centre, week.n) : 0
	);
	const sigmaZ = meanOfRanges(z) / rangeInSigmas;
	const widened = sigmaZ > noSpread ? sigmaZ : 1;
	const [lowest, highest] = [hits === n ? likely.low : centre, hits === 0 ? likely.high : centre];
	return {
		centre,
		z,
		sigmaZ,
		limits: (size) => ({
			low: Math.max(0, lowest - 3 * widened * binomialSigma(lowest, size)),
			high: Math.min(1, highest + 3 * widened * binomialSigma(highest, size))
		}),
		distance: (share, size) => {
			const from = share < centre ? lowest : highest;
			return (share - from) / (widened * binomialSigma(from, size));
		}
	};
}

/** Standard deviation of a share of n that chance alone gives. */
export function binomialSigma(share: number, n: number): number {
	return Math.sqrt((share * (1 - share)) / n);
}
