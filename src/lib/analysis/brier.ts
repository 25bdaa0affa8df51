/** How far scores, read as chances of a good end, were off. */
export type Brier = {
	/** Mean squared distance, 0 (always right) to 1. */
	brier: number;
	/** What always saying the share of good ends would have given. */
	ofBaseRate: number;
	/** 1 − brier / ofBaseRate: above 0 the score says more than the share alone; null without both kinds of end. */
	skill: number | null;
	n: number;
};

/**
 * Brier score (Brier 1950) of scores 0–1 for a later good (true or 1) or bad end, beside that of the
 * share of good ends. Null without rows.
 */
export function brier(scores: number[], ends: (boolean | number)[]): Brier | null {
	const n = scores.length;
	if (n === 0) return null;
	let squares = 0;
	let good = 0;
	for (const [index, score] of scores.entries()) {
		const end = ends[index] ? 1 : 0;
		squares += (score - end) ** 2;
		good += end;
	}
	const ofBaseRate = (good / n) * (1 - good / n);
	const value = squares / n;
	return { brier: value, ofBaseRate, skill: ofBaseRate > 0 ? 1 - value / ofBaseRate : null, n };
}
