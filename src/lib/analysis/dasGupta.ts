import { exactParts } from './apportionment.ts';
import { groupShares, type GroupChange } from './kitagawa.ts';

/** Change of a count: the parts of each group, in the order given, and their sums. */
export type DasGupta = {
	change: number;
	volume: number[];
	share: number[];
	rate: number[];
	totals: { volume: number; share: number; rate: number };
};

/**
 * Why there are more or fewer handoffs, by group: `volume` from there being more conversations at
 * all, `share` from the group having become more of them, `rate` from more of its conversations
 * being handed over (Das Gupta 1993, three factors; the same as Shapley's). n of a period are
 * conversations, sums handoffs; those of a group without conversations do not count. A group absent
 * in one period keeps the other's rate. The sums of the parts are the totals, and those of the
 * totals the change, without any rounding and in any order (see `exactParts`). Null when either
 * period has no conversations.
 */
export function dasGupta(groups: readonly GroupChange[]): DasGupta | null {
	const shares = groupShares(groups);
	if (!shares) return null;
	const total = (period: 'before' | 'after', of: 'n' | 'sum') =>
		groups.reduce((sum, group) => sum + (group[period].n > 0 ? group[period][of] : 0), 0);
	const n: Pair = [total('before', 'n'), total('after', 'n')];
	const factors = shares.map((group): { share: Pair; rate: Pair } => ({
		share: [group.shareBefore, group.shareAfter],
		rate: [group.rateBefore, group.rateAfter]
	}));
	const rows = [
		factors.map(({ share, rate }) => effect(n, share, rate)),
		factors.map(({ share, rate }) => effect(share, rate, n)),
		factors.map(({ share, rate }) => effect(rate, n, share))
	];
	const handoffs: Pair = [total('before', 'sum'), total('after', 'sum')];
	const exact = exactParts(rows, handoffs[1] - handoffs[0], Math.max(...n, ...handoffs));
	const [volume = [], share = [], rate = []] = exact.parts;
	const [ofVolume = 0, ofShare = 0, ofRate = 0] = exact.totals;
	return {
		change: exact.change,
		volume,
		share,
		rate,
		totals: { volume: ofVolume, share: ofShare, rate: ofRate }
	};
}

/** A factor before and after. */
type Pair = [number, number];

/** What the change of one factor of three does, averaged over the orders in which they may change. */
function effect([a0, a1]: Pair, [b0, b1]: Pair, [c0, c1]: Pair): number {
	return (a1 - a0) * ((b0 * c0 + b1 * c1) / 3 + (b0 * c1 + b1 * c0) / 6);
}
