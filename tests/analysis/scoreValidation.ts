/** Inputs of the reference case of a score, a good or bad end, and CSAT for each handoff. */
export type ScoredHandoffs = Record<'score' | 'good' | 'csat', number[]>;

/** Its expected values, as far as one test needs them. */
export type ScoreExpected = Record<
	| 'auc'
	| 'brier'
	| 'calibration_slope'
	| 'calibration_intercept_recalibrated'
	| 'calibration_in_the_large'
	| 'spearman'
	| 'spearman_p',
	number
> & {
	delong_ci95: [number, number];
	bins: { mean_score: number; rate: number; n: number }[];
};
