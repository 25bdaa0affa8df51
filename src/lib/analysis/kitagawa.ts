import { exactParts } from './apportionment.ts';
import { newcombe } from './newcombe.ts';
import type { Interval } from './wilson.ts';

/** A group in one period: n rows and the sum of their values. For a share the sum is its hits. */
export type GroupPeriod = { n: number; sum: number };

/** A group, such as a topic, in the two periods compared. */
export type GroupChange = { before: GroupPeriod; after: GroupPeriod };

/** A group's share of all rows and its rate, in both periods. */
export type GroupShares = {
	shareBefore: number;
	shareAfter: number;
	rateBefore: number;
	rateAfter: number;
};

/** Change of a rate or mean, in its unit: the parts of each group, in the order given, and their sums. */
export type Kitagawa = {
	before: number;
	after: number;
	change: number;
	mix: number[];
	rate: number[];
	mixTotal: number;
	rateTotal: number;
};

/**
 * What moved a rate or a mean, by group (Kitagawa 1955), centred: `mix` is the group having become
 * more or less of all, against how far its rate lies from the whole, so that growth of a group that
 * is better than the rest counts as better; `rate` is its own rate having changed. A group absent in
 * one period keeps the other's rate: all of it is mix. Σ mix = mixTotal, Σ rate = rateTotal and
 * mixTotal + rateTotal = change hold without any rounding, in any order (see `exactParts`); `change`
 * is after − before to twelve digits and more. Null when either period has no rows.
 */
export function kitagawa(groups: readonly GroupChange[]): Kitagawa | null {
	const shares = groupShares(groups);
	if (!shares) return null;
	const before = shares.reduce((sum, group) => sum + group.shareBefore * group.rateBefore, 0);
	const after = shares.reduce((sum, group) => sum + group.shareAfter * group.rateAfter, 0);
	const middle = (before + after) / 2;
	const mix = shares.map(
		(group) =>
			(group.shareAfter - group.shareBefore) *
			((group.rateBefore + group.rateAfter) / 2 - middle)
	);
	const rate = shares.map(
		(group) =>
			(group.rateAfter - group.rateBefore) * ((group.shareBefore + group.shareAfter) / 2)
	);
	const scale = Math.max(
		...shares.map((group) => Math.max(Math.abs(group.rateBefore), Math.abs(group.rateAfter)))
	);
	const { change, totals, parts } = exactParts([mix, rate], after - before, scale);
	const [mixTotal = 0, rateTotal = 0] = totals;
	return {
		before,
		after,
		change,
		mix: parts[0] ?? [],
		rate: parts[1] ?? [],
		mixTotal,
		rateTotal
	};
}

/**
 * Intervals of the `rate` parts where the measure is a share: Newcombe's of each group's change of
 * rate times its mean share of all rows. Null for a group absent in a period.
 */
export function rateIntervals(groups: readonly GroupChange[], level = 0.95): (Interval | null)[] {
	const shares = groupShares(groups);
	return groups.map(({ before, after }, index) => {
		const group = shares?.[index];
		const interval = newcombe(
			{ hits: after.sum, n: after.n },
			{ hits: before.sum, n: before.n },
			level
		);
		if (!group || !interval) return null;
		const weight = (group.shareBefore + group.shareAfter) / 2;
		return { low: weight * interval.low, high: weight * interval.high };
	});
}

/**
 * Share of all rows and rate of each group in both periods; a rate that is missing in one is that of
 * the other, 0 where both are. Null when either period has no rows.
 */
export function groupShares(groups: readonly GroupChange[]): GroupShares[] | null {
	const before = groups.reduce((sum, group) => sum + group.before.n, 0);
	const after = groups.reduce((sum, group) => sum + group.after.n, 0);
	if (!(before > 0) || !(after > 0)) return null;
	return groups.map((group) => {
		const rateBefore = group.before.n > 0 ? group.before.sum / group.before.n : null;
		const rateAfter = group.after.n > 0 ? group.after.sum / group.after.n : null;
		return {
			shareBefore: group.before.n / before,
			shareAfter: group.after.n / after,
			rateBefore: rateBefore ?? rateAfter ?? 0,
			rateAfter: rateAfter ?? rateBefore ?? 0
		};
	});
}
