import quantile from '@stdlib/stats-base-dists-normal-quantile';
import type { Interval } from './wilson.ts';

/** What one cluster, such as all handoffs of one customer, adds to both sides of a ratio. */
export type Cluster = { numerator: number; denominator: number };

/**
 * Ratio of two sums over clusters with the standard error of the delta method, which keeps the rows
 * of one customer together instead of taking them as independent (linearisation, Cochran 1977).
 * The interval is normal and not kept within 0–1. Error and interval are null with fewer than two
 * clusters, the interval too where the clusters do not differ; null when the denominators add up to 0.
 */
export function ratioDelta(
	clusters: readonly Cluster[],
	level = 0.95
): { ratio: number; se: number | null; interval: Interval | null } | null {
	const k = clusters.length;
	const denominator = clusters.reduce((sum, cluster) => sum + cluster.denominator, 0);
	if (!(denominator > 0)) return null;
	const ratio = clusters.reduce((sum, cluster) => sum + cluster.numerator, 0) / denominator;
	if (k < 2) return { ratio, se: null, interval: null };
	const squares = clusters.reduce(
		(sum, cluster) => sum + (cluster.numerator - ratio * cluster.denominator) ** 2,
		0
	);
	const se = Math.sqrt((squares * k) / (k - 1)) / denominator;
	if (!(se > Number.EPSILON * Math.abs(ratio))) return { ratio, se: 0, interval: null };
	const half = quantile(0.5 + level / 2, 0, 1) * se;
	return { ratio, se, interval: { low: ratio - half, high: ratio + half } };
}
