/** `tolerance` in turns, above 0; `lateness` between −1 and 1. */
export type GttOptions = { tolerance?: number; lateness?: number };

/**
 * Golden Transfer within Tolerance of one conversation (Liu et al. 2021): how near in time the
 * handoffs lie to the turns labelled as right for one, 1 exact to 0 far. Each handoff scores
 * exp(−d² / ((1 − λ·sign d) · 2 (T + 10⁻⁷)²)) at its best label, d turns late, and the scores are
 * averaged. With `lateness` λ above 0 late handoffs are forgiven less and early ones more.
 *
 * Without handoff and label it is 1, with only one of both 0. A label that no handoff is near
 * costs nothing where another handoff is near another label.
 */
export function gtt(
	handoffs: readonly number[],
	labels: readonly number[],
	{ tolerance = 1, lateness = 0 }: GttOptions = {}
): number {
	if (handoffs.length === 0 && labels.length === 0) return 1;
	if (handoffs.length === 0 || labels.length === 0) return 0;
	const scale = 2 * (tolerance + 1e-7) ** 2;
	const scores = handoffs.map((turn) =>
		Math.max(
			...labels.map((label) => {
				const late = turn - label;
				return Math.exp(-(late ** 2) / ((1 - lateness * Math.sign(late)) * scale));
			})
		)
	);
	return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}
