import type { Narrowing } from '../../handoffs.ts';
import { countedHandoffs } from '../../narrowings.ts';

/** Scores are put into spans when they are rounded to so much. */
const rounding = 1e-6;

/** A bound that a score which rounds up to it lies above. */
const below = (score: number) => Number((score - rounding).toFixed(6));

/** Handoffs that are counted in the score, from one score up to, and without, another. */
export function scoredWithin(from: number, to: number): Narrowing {
	const { ranges, ...order } = countedHandoffs.quality_score ?? {};
	const score = { from: from === 0 ? null : below(from), to: to === 100 ? null : below(to) };
	return { ...order, ranges: { ...ranges, score } };
}

/** Handoffs of which less than half of the score is known. */
export const uncounted: Narrowing = {
	ranges: { score_coverage: { from: null, to: below(0.5) } }
};
