/** What became of a share of each trigger, queue or topic since the period compared with. */
import cumulative from '@stdlib/stats-base-dists-normal-cdf';
import { datesOf } from '../../address.ts';
import { benjaminiHochberg } from '../../analysis/benjaminiHochberg.ts';
import { mover } from '../../analysis/mover.ts';
import { twoProportions } from '../../analysis/twoProportions.ts';
import type { GroupChange, LastWeek } from '../../change.ts';
import type { Estimate } from '../../estimate.ts';
import { metrics, type MetricId } from '../../metrics.ts';
import { wholeWeeks, type Scope } from '../../scope.ts';
import type { Dimension } from '../scope/filter.ts';
import { filterOf, type Chosen } from '../scope/scope.ts';
import { lastOf } from './changes.ts';
import { readCharted, type ChartOptions } from './charted.ts';
import { emptyEstimate, measure } from './measure.ts';

/** A number of a group now and before; `before` null: there is nothing to compare with. */
export type Compared = {
	id: MetricId;
	now: Estimate;
	before: Estimate | null;
	last: LastWeek | null;
};

/**
 * The changes of numbers of groups, in their order, judged together (Benjamini–Hochberg at 5 %):
 * shares by Newcombe's interval and the two-proportion test, repeat rates by the intervals of both
 * periods, medians and counts without interval. Null where there is nothing to compare with.
 */
export function compareGroups(compared: readonly Compared[]): (GroupChange | null)[] {
	const found = compared.map(differenceOf);
	const ps = found.flatMap((one) => (one && one.p !== null ? [one.p] : []));
	const verdicts = benjaminiHochberg(ps).rejected.values();
	return found.map((one, at) => {
		const { before = null, last = null } = compared[at] ?? {};
		if (!one || !before) return null;
		const { p, ...change } = one;
		return { ...change, before, last, differs: p !== null && (verdicts.next().value ?? false) };
	});
}

type Difference = Pick<GroupChange, 'difference' | 'low' | 'high'> & { p: number | null };

function differenceOf({ id, now, before }: Compared): Difference | null {
	if (!before) return null;
	const { floor, interval } = metrics[id];
	const none = { difference: null, low: null, high: null, p: null };
	if (now.value === null || before.value === null) return none;
	if (now.n < floor || before.n < floor) return none;
	const difference = now.value - before.value;
	if (interval === 'wilson') {
		const tally = ({ value, n }: Estimate) => ({ hits: Math.round((value ?? 0) * n), n });
		const { low, high, p } = twoProportions(tally(now), tally(before)) ?? none;
		return { difference, low, high, p };
	}
	const [a, b] = [boundedOf(now), boundedOf(before)];
	if (interval !== 'log-log' || !a || !b) return { ...none, difference };
	const { low, high } = mover(a, b);
	const error = (high - low) / (2 * 1.959964);
	const p = error > 0 ? 2 * cumulative(-Math.abs(difference) / error, 0, 1) : 1;
	return { difference, low, high, p };
}

function boundedOf({ value, low, high }: Estimate) {
	return value === null || low === null || high === null ? null : { value, low, high };
}

/** What the control charts of each group say of the last week of a period, by group and metric. */
export async function readLastWeeks<Id extends MetricId>(
	scope: Scope,
	chosen: Chosen,
	ids: readonly Id[],
	dimension: Dimension,
	options: ChartOptions = {}
): Promise<(key: string | null, id: Id) => LastWeek | null> {
	const { to } = wholeWeeks(scope);
	const rows = await readCharted({ ...filterOf(scope, chosen), to }, ids, dimension, options);
	const charts = new Map(rows.map(({ key, charts }) => [key, charts]));
	return (key, id) => lastOf(charts.get(key)?.[id], scope, options.openFrom);
}

/** The changes of one metric of handoffs by the values of a dimension. */
export async function readGroupChanges(
	scope: Scope,
	chosen: Chosen,
	id: MetricId,
	dimension: Dimension
): Promise<Map<string | null, GroupChange>> {
	if (scope.compared.lacks !== null) return new Map();
	const [now, before, lastWeekOf] = await Promise.all([
		measure(filterOf(scope, chosen), [id], [dimension]),
		measure(filterOf(scope.compared, chosen), [id], [dimension]),
		readLastWeeks(scope, chosen, [id], dimension)
	]);
	const keyOf = ({ by }: (typeof now)[number]) => by[dimension] ?? null;
	const changes = compareGroups(
		now.map((row) => ({
			id,
			now: row.values[id],
			before:
				before.find((earlier) => keyOf(earlier) === keyOf(row))?.values[id] ??
				emptyEstimate(id),
			last: lastWeekOf(keyOf(row), id)
		}))
	);
	const dates = datesOf(scope.compared);
	return new Map(
		now.flatMap((row, at) => {
			const change = changes[at];
			return change ? [[keyOf(row), { ...change, dates }] as const] : [];
		})
	);
}
