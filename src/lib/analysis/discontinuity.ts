import quantile from '@stdlib/stats-base-dists-normal-quantile';
import type { Interval } from './wilson.ts';

/** Cases of one confidence and one response, such as resolved 1 and not resolved 0. */
export type Placed = { x: number; y: number; n?: number };

/** Jump of the response at a threshold, below less above, from `n` cases around it. */
export type Jump = Interval & { effect: number; se: number; n: number };

/**
 * Regression discontinuity: how far the response below a threshold lies above that on its other
 * side, just there (Thistlethwaite and Campbell 1960; Hahn, Todd and van der Klaauw 2001). A line on
 * either side within the bandwidth, cases at the threshold above it, weighted by triangular kernel;
 * robust standard error HC1, normal interval. It says nothing about other thresholds. Null where a
 * side has no two different values of x, or the lines leave no spread.
 */
export function discontinuity(
	rows: readonly Placed[],
	threshold: number,
	bandwidth: number
): Jump | null {
	const near = rows
		.map(({ x, y, n = 1 }) => ({ x: x - threshold, y, n }))
		.filter(({ x, n }) => n > 0 && Math.abs(x) <= bandwidth)
		.map((row) => ({ ...row, weight: 1 - Math.abs(row.x) / bandwidth }));
	const n = near.reduce((sum, row) => sum + row.n, 0);
	const below = level(near.filter(({ x }) => x < 0));
	const above = level(near.filter(({ x }) => x >= 0));
	if (!below || !above || n <= 4) return null;
	const se = Math.sqrt(((below.variance + above.variance) * n) / (n - 4));
	if (!(se > 0)) return null;
	const effect = below.value - above.value;
	const half = quantile(0.975, 0, 1) * se;
	return { effect, se, n, low: effect - half, high: effect + half };
}

type Weighed = { x: number; y: number; n: number; weight: number };

/** The weighted line of one side at x = 0, and its robust variance without a small-sample factor. */
function level(rows: Weighed[]): { value: number; variance: number } | null {
	const sum = (of: (row: Weighed) => number) =>
		rows.reduce((total, row) => total + row.n * of(row), 0);
	const s0 = sum(({ weight }) => weight);
	const s1 = sum(({ weight, x }) => weight * x);
	const s2 = sum(({ weight, x }) => weight * x * x);
	const determinant = s0 * s2 - s1 * s1;
	if (!(determinant > 1e-12 * s0 * s2)) return null;
	const t0 = sum(({ weight, y }) => weight * y);
	const t1 = sum(({ weight, x, y }) => weight * x * y);
	const value = (s2 * t0 - s1 * t1) / determinant;
	const slope = (s0 * t1 - s1 * t0) / determinant;
	const variance = sum(({ x, y, weight }) => {
		const pull = (weight * (s2 - s1 * x)) / determinant;
		return (pull * (y - value - slope * x)) ** 2;
	});
	return { value, variance };
}
