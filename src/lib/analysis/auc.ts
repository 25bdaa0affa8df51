import quantile from '@stdlib/stats-base-dists-normal-quantile';
import { midranks } from './midranks.ts';

/** How well a score tells good ends from bad ones, with its interval. */
export type Auc = {
	/** Chance that a good end has the higher score of a good and a bad one; ties count half. */
	auc: number;
	/** Null with fewer than two of either kind, and where every pair is told apart. */
	se: number | null;
	low: number | null;
	high: number | null;
	good: number;
	bad: number;
};

/**
 * Area under the ROC curve of a score for a later good (true or 1) or bad end, with the interval of
 * DeLong, DeLong and Clarke-Pearson (1988), kept within 0–1. A half is no better than chance; under
 * a half, the score points the wrong way. Null without an end of either kind.
 */
export function auc(scores: number[], ends: (boolean | number)[], level = 0.95): Auc | null {
	const goodScores = scores.filter((_, index) => ends[index]);
	const badScores = scores.filter((_, index) => !ends[index]);
	const good = goodScores.length;
	const bad = badScores.length;
	if (good === 0 || bad === 0) return null;

	// Ranks among all less ranks among one's own kind count the pairs won against the other kind.
	const ranks = midranks([...goodScores, ...badScores]);
	const won = (own: number[], offset: number, others: number) => {
		const among = midranks(own);
		return own.map((_, index) => ((ranks[offset + index] ?? 0) - (among[index] ?? 0)) / others);
	};
	const ofGood = won(goodScores, 0, bad);
	const ofBad = won(badScores, good, good);
	const area = ofGood.reduce((sum, share) => sum + share, 0) / good;

	const variance = varianceOf(ofGood) / good + varianceOf(ofBad) / bad;
	if (!(variance > 0)) return { auc: area, se: null, low: null, high: null, good, bad };
	const se = Math.sqrt(variance);
	const half = quantile(0.5 + level / 2, 0, 1) * se;
	return {
		auc: area,
		se,
		low: Math.max(0, area - half),
		high: Math.min(1, area + half),
		good,
		bad
	};
}

function varianceOf(values: number[]): number {
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
