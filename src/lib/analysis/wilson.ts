import quantile from '@stdlib/stats-base-dists-normal-quantile';

/** Both ends of a confidence interval, in the unit of the value. */
export type Interval = { low: number; high: number };

/**
 * Interval of a share by Wilson's score method (Wilson 1927; Newcombe 1998, method 3).
 * Hits out of n, both counts; ends 0–1; null when n is 0.
 */
export function wilson(hits: number, n: number, level = 0.95): Interval | null {
	if (!(n > 0)) return null;
	const z = quantile(0.5 + level / 2, 0, 1);
	const share = hits / n;
	const scale = 1 + (z * z) / n;
	const centre = (share + (z * z) / (2 * n)) / scale;
	const half = (z / scale) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
	// At the ends of the scale the interval ends there too, whatever rounding says.
	return {
		low: hits === 0 ? 0 : Math.max(0, centre - half),
		high: hits === n ? 1 : Math.min(1, centre + half)
	};
}
