import cumulative from '@stdlib/stats-base-dists-binomial-cdf';
import quantile from '@stdlib/stats-base-dists-binomial-quantile';
import type { Tally } from './newcombe.ts';
import type { Interval } from './wilson.ts';
import { winsorisedSquare } from './winsorise.ts';

/**
 * Between which shares a group of n lies by chance, when its true share is the target (0–1):
 * interpolated exact binomial limits (Spiegelhalter 2005, appendix A.1.1). With `overdispersion`
 * above 1 they stand further from the target by its root. Null when n is 0.
 */
export function funnelLimits(
	target: number,
	n: number,
	{ level = 0.95, overdispersion: phi = 1 }: { level?: number; overdispersion?: number } = {}
): Interval | null {
	if (!(n > 0)) return null;
	if (target <= 0 || target >= 1) return { low: target, high: target };
	const stretch = Math.sqrt(Math.max(1, phi));
	const limit = (p: number) => {
		const exact = interpolated(p, n, target) / n;
		return Math.min(1, Math.max(0, target + (exact - target) * stretch));
	};
	return { low: limit(0.5 - level / 2), high: limit(0.5 + level / 2) };
}

/**
 * How much more the shares of groups differ than by chance: φ, the mean of their squared z-scores
 * against the pooled share, winsorised at 10 % of either end (Spiegelhalter 2005). About 1 when
 * chance explains all. Groups of n = 0 are left out; null when none is left, and when the pooled
 * share is 0 or 1.
 */
export function overdispersion(
	groups: readonly Tally[]
): { target: number; z: number[]; phi: number } | null {
	const filled = groups.filter(({ n }) => n > 0);
	const n = filled.reduce((sum, group) => sum + group.n, 0);
	const target = filled.reduce((sum, group) => sum + group.hits, 0) / n;
	if (!(target > 0 && target < 1)) return null;
	const z = filled.map(
		(group) => (group.hits / group.n - target) / Math.sqrt((target * (1 - target)) / group.n)
	);
	return { target, z, phi: winsorisedSquare(z) };
}

/** The count at which a binomial reaches p, read off between its steps. Under 0 where its first step is beyond p. */
function interpolated(p: number, n: number, share: number): number {
	const count = quantile(p, n, share);
	const reached = cumulative(count, n, share);
	const before = cumulative(count - 1, n, share);
	return count - (reached - p) / (reached - before);
}
