/** Splits the change of a metric between two periods over the values of a dimension. */
import { dasGupta } from '../analysis/dasGupta.ts';
import { kitagawa, rateIntervals, type GroupChange } from '../analysis/kitagawa.ts';
import { exactParts } from '../analysis/apportionment.ts';
import { metrics } from '../metrics.ts';
import type { Effect, Moved, MovedRow, Period, SplittableMetric } from '../moved.ts';
import type { Dimension, Filter } from './filter.ts';
import { measure, whyNotCarried } from './measure.ts';
import type { Chosen } from './scope.ts';

/** A change without saying what it is compared with: that is for those who ask. */
export type Split = Omit<Moved, 'against'>;

type Group = { key: string | null; change: GroupChange };

/**
 * What moved a metric, by the values of a dimension, most moved first. A count is one of a week,
 * also where a period has several.
 * @returns null when a period has no rows that carry the metric
 */
export async function split(
	metric: SplittableMetric,
	chosen: Chosen,
	[before, after]: [Period, Period],
	dimension: Dimension = 'topic'
): Promise<Split | null> {
	const [first, second] = await Promise.all(
		[before, after].map(({ from, to }) =>
			measure({ ...chosen, from, to }, [metric], [dimension])
		)
	);
	const groups = grouped(first ?? [], second ?? [], ({ values, by }) => {
		const { n, value } = values[metric];
		const key = by[dimension] ?? null;
		if (metric === 'handoffs') return { key, n, sum: n };
		// Rows that are too few to say a rate of are left out: they are not rows with a rate of 0.
		return value === null ? { key, n: 0, sum: 0 } : { key, n, sum: n * value };
	}).filter(({ change: { before, after } }) => before.n > 0 || after.n > 0);
	const periods = { beforePeriod: before, afterPeriod: after };
	if (metric !== 'handoffs') return splitRate(metric, groups, periods);
	const conversations = await conversationsOf(chosen, [before, after], dimension);
	return splitCount(groups, conversations, periods);
}

type Periods = Pick<Moved, 'beforePeriod' | 'afterPeriod'>;

function splitRate(metric: SplittableMetric, groups: Group[], periods: Periods): Split | null {
	const changes = groups.map(({ change }) => change);
	const found = kitagawa(changes);
	if (!found) return null;
	const intervals = metrics[metric].unit === 'share' ? rateIntervals(changes) : [];
	const weeks = [periods.beforePeriod.weeks, periods.afterPeriod.weeks] as const;
	return {
		metric,
		...periods,
		before: found.before,
		after: found.after,
		change: found.change,
		effects: ['mix', 'rate'],
		totals: [found.mixTotal, found.rateTotal],
		rows: sorted(
			groups.map(({ key, change }, index) => ({
				key,
				before: side(change.before, weeks[0]),
				after: side(change.after, weeks[1]),
				parts: [found.mix[index] ?? 0, found.rate[index] ?? 0],
				interval: intervals[index] ?? null
			}))
		)
	};
}

const side = ({ n, sum }: { n: number; sum: number }, weeks: number) => ({
	n: n / weeks,
	value: n > 0 ? sum / n : null
});

function splitCount(
	groups: Group[],
	conversations: Group[] | null,
	periods: Periods
): Split | null {
	const weeks = [periods.beforePeriod.weeks, periods.afterPeriod.weeks] as const;
	const counts = groups.map(({ key, change }) => ({
		key,
		before: change.before.n / weeks[0],
		after: change.after.n / weeks[1]
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
	conversations: Group[] | null,
	weeks: readonly [number, number]
): Parts {
	const known = new Map(conversations?.map(({ key, change }) => [key, change]));
	const changes = counts.map(({ key, before, after }): GroupChange => {
		const change = known.get(key);
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
	periods: Period[],
	dimension: Dimension
): Promise<Group[] | null> {
	const filters = periods.map(({ from, to }): Filter => ({ ...chosen, from, to }));
	if (filters.some((filter) => whyNotCarried('handoff_rate', filter, [dimension]) !== null))
		return null;
	const [first, second] = await Promise.all(
		filters.map((filter) => measure(filter, ['handoff_rate'], [dimension]))
	);
	return grouped(first ?? [], second ?? [], ({ values, by }) => ({
		key: by[dimension] ?? null,
		n: values.handoff_rate.n,
		sum: 0
	}));
}

/** Rows of two periods side by side; a group that one of them lacks has nothing there. */
function grouped<Row>(
	before: Row[],
	after: Row[],
	read: (row: Row) => { key: string | null; n: number; sum: number }
): Group[] {
	const groups = new Map<string | null, GroupChange>();
	for (const [rows, period] of [
		[before, 'before'],
		[after, 'after']
	] as const)
		for (const row of rows) {
			const { key, n, sum } = read(row);
			const known = groups.get(key) ?? { before: { n: 0, sum: 0 }, after: { n: 0, sum: 0 } };
			groups.set(key, { ...known, [period]: { n, sum } });
		}
	return [...groups].map(([key, change]) => ({ key, change }));
}

/** Most moved first; groups that moved alike keep the order of their names. */
function sorted(rows: MovedRow[]): MovedRow[] {
	const moved = ({ parts }: MovedRow) => Math.abs(parts.reduce((sum, part) => sum + part, 0));
	return rows.sort((a, b) => moved(b) - moved(a));
}
