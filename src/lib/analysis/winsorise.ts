/** What is cut at either end before groups are asked how much more they differ than chance. */
const cut = 0.1;

/**
 * Mean of squared z-scores after the outermost 10 % of either end are drawn in to the quantiles
 * there: the overdispersion factor φ of a funnel plot (Spiegelhalter 2005). NaN without values.
 */
export function winsorisedSquare(z: readonly number[]): number {
	const sorted = [...z].sort((a, b) => a - b);
	const low = quantileOf(sorted, cut);
	const high = quantileOf(sorted, 1 - cut);
	const squares = z.map((value) => Math.min(high, Math.max(low, value)) ** 2);
	return squares.reduce((sum, square) => sum + square, 0) / z.length;
}

/** Quantile of sorted values, linear between neighbours. */
function quantileOf(sorted: number[], p: number): number {
	const at = p * (sorted.length - 1);
	const below = sorted[Math.floor(at)] ?? 0;
	const above = sorted[Math.ceil(at)] ?? 0;
	return below + (above - below) * (at - Math.floor(at));
}
