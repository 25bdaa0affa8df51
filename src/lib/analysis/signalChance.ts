import cumulative from '@stdlib/stats-base-dists-t-cdf';

/** Variance of a range of two normal values, covariance of ranges that share one, and mean, of σ = 1. */
const rangeVariance = 2 - 4 / Math.PI;
const rangeCovariance = (4 / Math.PI) * (Math.sqrt(3) / 2 + Math.PI / 12 - 1);
const rangeMean = 2 / Math.sqrt(Math.PI);

/** Squared coefficient of variation of the mean moving range of so many values. */
function rangeVariation(values: number): number {
	const ranges = values - 1;
	const variance = (ranges * rangeVariance + 2 * (ranges - 1) * rangeCovariance) / ranges ** 2;
	return variance / rangeMean ** 2;
}

/**
 * Degrees of freedom of a σ that is taken from moving ranges of so many values: those of the χ with
 * the same coefficient of variation (Patnaik 1950). Every inner range shares a value with the next,
 * so 12 values give 6.8 and not 11.
 */
export function rangeFreedom(values: number): number {
	return 1 / (2 * rangeVariation(values));
}

/**
 * How often chance alone puts a week at least so many σ from the centre, to either side, when centre
 * and σ come from a baseline of so many steady weeks: a t-test of one new value (Hahn 1970), since a
 * short baseline knows neither well. Three σ are 0.3 % where both are known, 2.1 % after 12 weeks.
 */
export function signalChance(distance: number, baseline: number): number {
	// A mean range is unbiased for σ, where t asks for the root of an unbiased variance.
	const t = (distance * Math.sqrt(1 + rangeVariation(baseline))) / Math.sqrt(1 + 1 / baseline);
	return 2 * cumulative(-Math.abs(t), rangeFreedom(baseline));
}
