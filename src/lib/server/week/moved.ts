/** Splits the change of a metric between two periods over the values of a dimension. */
import { dasGupta } from '../../analysis/dasGupta.ts';
import { kitagawa, rateIntervals, type GroupChange } from '../../analysis/kitagawa.ts';
import { exactParts } from '../../analysis/apportionment.ts';
import { metrics } from '../../metrics.ts';
import type { Effect, Moved, MovedRow, SplittableMetric } from '../../moved.ts';
import type { Dimension, Filter } from '../scope/filter.ts';
import { leastAtRisk, measure, whyNotCarried } from '../measure/measure.ts';
import { addSides, isThin, noSide, readSides, type Counted, type Side } from './movedSides.ts';
import type { Chosen } from '../scope/scope.ts';

/** A change without saying what it is compared with: that is for those who ask. */
export type Split = Omit<Moved, 'against'>;

type Group = {
	key: string | null;
	/** groups that are one row */
	joined?: (string | null)[];
	before: Side;
	after: Side;
};

/**
 * What moved a metric, by the values of a dimension, most moved first. A count is one of a week,
 * also where a period has several. Groups of which too few were followed in either period to say a
 * rate are one row.
 * @returns null when a period has no rows that carry the metric, or too few to say a rate of
 */
export async function split(
	metric: SplittableMetric,
	chosen: Chosen,
	[before, after]: [Counted, Counted],
	dimension: Dimension = 'topic'
): Promise<Split | null> {
	const [first, second] = await Promise.all(
		[before, after].map((period) => readSides(metric, chosen, period, dimension))
	);
	const groups = joinedThin(paired(first ?? new Map(), second ?? new Map()));
	const periods = { beforePeriod: bare(before), afterPeriod: bare(after) };
	if (metric !== 'handoffs') return splitRate(metric, groups, periods);
	const conversations = await conversationsOf(chosen, [before, after], dimension);
	return splitCount(groups, conversations, periods);
}

type Periods = Pick<Moved, 'beforePeriod' | 'afterPeriod'>;

const bare = ({ from, to, weeks }: Counted) => ({ from, to, weeks });

/** The groups of two periods side by side; one that a period lacks has nothing there. */
function paired(before: Map<string | null, Side>, after: Map<string | null, Side>): Group[] {
	const keys = new Set([...before.keys(), ...after.keys()]);
	return [...keys].map((key) => ({
		key,
		before: before.get(key) ?? noSide,
		after: after.get(key) ?? noSide
	}));
}

/** Joins the groups that are too thin to say a rate of. */
function joinedThin(groups: Group[]): Group[] {
	const thin = groups.filter(({ before, after }) => isThin(before) || isThin(after));
	if (thin.length === 0) return groups;
	const together = (of: 'before' | 'after') =>
		thin.reduce((sum, group) => addSides(sum, group[of]), noSide);
	return [
		...groups.filter((group) => !thin.includes(group)),
		{
			key: null,
			joined: thin.map(({ key }) => key).sort((a, b) => (a ?? '').localeCompare(b ?? '')),
			before: together('before'),
			after: together('after')
		}
	];
}

function splitRate(metric: SplittableMetric, groups: Group[], periods: Periods): Split | null {
	if ((['before', 'after'] as const).some((of) => isTooFew(groups, of))) return null;
	const found = kitagawa(groups);
	if (!found) return null;
	const intervals = metrics[metric].unit === 'share' ? rateIntervals(groups.map(within)) : [];
	return {
		metric,
		...periods,
		before: found.before,
		after: found.after,
		change: found.change,
		effects: ['mix', 'rate'],
		totals: [found.mixTotal, found.rateTotal],
		rows: sorted(
			groups.map(({ before, after, ...names }, index) => ({
				...names,
				before: shown(before, periods.beforePeriod.weeks),
				after: shown(after, periods.afterPeriod.weeks),
				parts: [found.mix[index] ?? 0, found.rate[index] ?? 0],
				interval: intervals[index] ?? null
			}))
		)
	};
}

/** Whether a whole period has fewer still watched at the end of the window than a rate needs. */
function isTooFew(groups: Group[], of: 'before' | 'after'): boolean {
	const { atRisk } = groups.reduce((sum, group) => addSides(sum, group[of]), noSide);
	return atRisk !== null && atRisk < leastAtRisk;
}

/** Repeats weighed for those lost from sight can be more than all there are. */
const within = ({ before, after }: Group): GroupChange => ({
	before: { n: before.n, sum: Math.min(before.sum, before.n) },
	after: { n: after.n, sum: Math.min(after.sum, after.n) }
});

const shown = (side: Side, weeks: number) => ({
	n: side.rows / weeks,
	value: side.n > 0 && !isThin(side) ? side.sum / side.n : null
});

function splitCount(
	groups: Group[],
	conversations: Map<string | null, GroupChange> | null,
	periods: Periods
): Split | null {
	const weeks = [periods.beforePeriod.weeks, periods.afterPeriod.weeks] as const;
	const counts = groups.map(({ key, before, after }) => ({
		key,
		before: before.n / weeks[0],
		after: after.n / weeks[1]
	}));
	const total = (of: 'before' | 'after') => counts.reduce((sum, count) => sum + count[of], 0);
	const [before, after] = [total('before'), total('after')];
	if (counts.length === 0) return null;
	const { effects, parts, totals, change } = partsOfCount(counts, conversations, weeks);
	return {
		metric: 'handoffs',
		...periods,
		before,
		after,
		change,
		effects,
		totals,
		rows: sorted(
			counts.map(({ key, before, after }, index) => ({
				key,
				before: { n: before, value: before },
				after: { n: after, value: after },
				parts: parts.map((part) => part[index] ?? 0),
				interval: null
			}))
		)
	};
}

type Count = { key: string | null; before: number; after: number };
type Parts = { effects: Effect[]; parts: number[][]; totals: number[]; change: number };

/** Volume, share and rate where every group with handoffs has conversations, else the counts alone. */
function partsOfCount(
	counts: Count[],
	conversations: Map<string | null, GroupChange> | null,
	weeks: readonly [number, number]
): Parts {
	const changes = counts.map(({ key, before, after }): GroupChange => {
		const change = conversations?.get(key);
		return {
			before: { n: (change?.before.n ?? 0) / weeks[0], sum: before },
			after: { n: (change?.after.n ?? 0) / weeks[1], sum: after }
		};
	});
	const isKnown = changes.every(
		({ before, after }) =>
			(before.n > 0 || before.sum === 0) && (after.n > 0 || after.sum === 0)
	);
	const found = isKnown ? dasGupta(changes) : null;
	if (found)
		return {
			effects: ['volume', 'share', 'rate'],
			parts: [found.volume, found.share, found.rate],
			totals: [found.totals.volume, found.totals.share, found.totals.rate],
			change: found.change
		};
	const moved = counts.map(({ before, after }) => after - before);
	const largest = Math.max(...counts.map(({ before, after }) => Math.max(before, after)), 1);
	const exact = exactParts(
		[moved],
		moved.reduce((sum, one) => sum + one, 0),
		largest
	);
	return { effects: ['count'], parts: exact.parts, totals: exact.totals, change: exact.change };
}

/** Conversations that could be handed over, by group; null where they cannot be split or filtered so. */
async function conversationsOf(
	chosen: Chosen,
	periods: [Counted, Counted],
	dimension: Dimension
): Promise<Map<string | null, GroupChange> | null> {
	const filters = periods.map(({ from, to }): Filter => ({ ...chosen, from, to }));
	if (filters.some((filter) => whyNotCarried('handoff_rate', filter, [dimension]) !== null))
		return null;
	const [before, after] = await Promise.all(
		periods.map(async ({ from, to, counted }) => {
			const filter: Filter = { ...chosen, from, to };
			const rows = await measure(filter, ['handoff_rate'], ['week', dimension]);
			const ns = new Map<string | null, number>();
			for (const { by, values } of rows) {
				if (counted && !counted.includes(String(by.week))) continue;
				const key = by[dimension] ?? null;
				ns.set(key, (ns.get(key) ?? 0) + values.handoff_rate.n);
			}
			return ns;
		})
	);
	const keys = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])]);
	return new Map(
		[...keys].map((key) => [
			key,
			{
				before: { n: before?.get(key) ?? 0, sum: 0 },
				after: { n: after?.get(key) ?? 0, sum: 0 }
			}
		])
	);
}

/** Most moved first; groups that moved alike keep the order of their names. */
function sorted(rows: MovedRow[]): MovedRow[] {
	const moved = ({ parts }: MovedRow) => Math.abs(parts.reduce((sum, part) => sum + part, 0));
	return rows.sort((a, b) => moved(b) - moved(a));
}
