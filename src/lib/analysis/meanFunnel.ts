import quantile from '@stdlib/stats-base-dists-normal-quantile';
import type { MeanSummary } from './meanInterval.ts';
import type { Interval } from './wilson.ts';
import { winsorisedSquare } from './winsorise.ts';

/** What the means of groups are held against. */
export type MeanFunnel = {
	/** Mean of all values, in their unit. */
	target: number;
	/** Standard deviation within groups, pooled over them. */
	sd: number;
	/** How far each group lies from the target, in its own standard errors, in the order given. */
	z: number[];
	/** How much more the means differ than by chance; about 1 when chance explains all. */
	phi: number;
};

/**
 * A funnel for means (Spiegelhalter 2005, sections 3.3 and A.3): the mean of all values, the spread
 * within groups, pooled, and φ, the mean of the squared z-scores, winsorised at 10 % of either end.
 * Groups without values are left out by the caller. Null where no value differs within its group.
 */
export function meanFunnel(groups: readonly MeanSummary[]): MeanFunnel | null {
	const n = groups.reduce((sum, group) => sum + group.n, 0);
	const within = groups.filter((group) => group.n >= 2);
	const freedom = within.reduce((sum, group) => sum + group.n - 1, 0);
	const squares = within.reduce((sum, group) => sum + (group.n - 1) * group.sd ** 2, 0);
	if (!(n > 0 && freedom > 0 && squares > 0)) return null;
	const target = groups.reduce((sum, group) => sum + group.n * group.mean, 0) / n;
	const sd = Math.sqrt(squares / freedom);
	const z = groups.map((group) => (group.mean - target) / (sd / Math.sqrt(group.n)));
	return { target, sd, z, phi: winsorisedSquare(z) };
}

/**
 * Between which means a group of n lies by chance when its true mean is the target: target ± z·sd/√n.
 * With `overdispersion` above 1 the limits stand further away by its root. Null when n is 0.
 */
export function meanLimits(
	{ target, sd }: Pick<MeanFunnel, 'target' | 'sd'>,
	n: number,
	{ level = 0.95, overdispersion = 1 }: { level?: number; overdispersion?: number } = {}
): Interval | null {
	if (!(n > 0)) return null;
	const error = (sd / Math.sqrt(n)) * Math.sqrt(Math.max(1, overdispersion));
	const half = quantile(0.5 + level / 2, 0, 1) * error;
	return { low: target - half, high: target + half };
}
