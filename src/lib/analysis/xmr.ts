/** 3 over 1.128, the mean range of two normal values in standard deviations, as charts print it. */
const limitFactor = 2.66;

/** Upper limit of ranges of two normal values over their mean. */
const rangeFactor = 3.267;

/** A mean range under this share of the centre is rounding of equal values, not a spread. */
const noRange = 1e-9;

/** Centre and limits of single values in their unit, and of the moving range, |change| from one to the next. */
export type Xmr = {
	centre: number;
	meanRange: number;
	low: number;
	high: number;
	rangeHigh: number;
	/** σ of a single value. */
	sigma: number;
};

/**
 * Chart of individual values and moving ranges (Shewhart 1931; Wheeler and Chambers 1992): 3 σ
 * limits, where σ comes from one value to the next, so that a slow drift does not widen them.
 * Null with fewer than two values, and where all are equal.
 */
export function xmr(values: readonly number[]): Xmr | null {
	if (values.length < 2) return null;
	const centre = mean(values);
	const meanRange = meanOfRanges(values);
	if (!(meanRange > noRange * Math.abs(centre))) return null;
	return {
		centre,
		meanRange,
		low: centre - limitFactor * meanRange,
		high: centre + limitFactor * meanRange,
		rangeHigh: rangeFactor * meanRange,
		sigma: (limitFactor * meanRange) / 3
	};
}

/** Mean of |change| from each value to the next; 0 with fewer than two. */
export function meanOfRanges(values: readonly number[]): number {
	const ranges = values.slice(1).map((value, index) => Math.abs(value - (values[index] ?? 0)));
	return ranges.length > 0 ? mean(ranges) : 0;
}

/** Mean of the values; NaN without any. */
export function mean(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}
