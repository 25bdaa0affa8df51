/** Measures numbers in a period and in the one it is compared with. */
import { datesOf } from '../../address.ts';
import { mover } from '../../analysis/mover.ts';
import { newcombe } from '../../analysis/newcombe.ts';
import { welch } from '../../analysis/welch.ts';
import type { Interval } from '../../analysis/wilson.ts';
import type { MeanSummary } from '../../analysis/meanInterval.ts';
import type { Change, Changing, LastWeek, Numbers } from '../../change.ts';
import type { Estimate } from '../../estimate.ts';
import { metrics, type MetricId } from '../../metrics.ts';
import { wholeWeeks, type Scope } from '../../scope.ts';
import type { Charted } from '../../signal.ts';
import { readCharted, type ChartOptions } from './charted.ts';
import { engine } from '../store/engine.ts';
import type { Filter } from '../scope/filter.ts';
import {
	emptyEstimate,
	estimateOf,
	metricParameters,
	metricRow,
	whyNotCarried,
	type MetricRow
} from './measure.ts';
import { query } from '../store/query.ts';
import { filterOf, type Chosen } from '../scope/scope.ts';

/** Charts that the page has read anyway, up to the end of its last week. */
type Given<Id extends MetricId> = ChartOptions & { charts?: Record<Id, Charted> | null };

/**
 * Numbers of a page with their change against the comparison of its scope and with what their control
 * charts say of its last week: two queries a metric, and one more where its chart is not given.
 *
 * In a reader: `numbers: await readChanges(scope, chosen, ['wait_after_p50', 'abandonment_rate'])`,
 * typed `Numbers<…>`; on the page `<Numbers {page} ids={[…]} />`, or one of them as
 * `<Measure id="abandonment_rate" {...page.numbers.abandonment_rate} {fields} />`.
 *
 * Intervals of differences: Newcombe for shares, Welch for means, for repeat rates the intervals of
 * both periods put together (mover); none for percentiles and counts. A count is compared only where
 * the log holds all of both periods.
 */
export async function readChanges<Id extends MetricId>(
	scope: Scope,
	chosen: Chosen,
	ids: readonly Id[],
	options: Given<Id> = {}
): Promise<Numbers<Id>> {
	const now = filterOf(scope, chosen);
	const before = scope.compared.lacks === null ? filterOf(scope.compared, chosen) : null;
	const [charts, windowDays] = await Promise.all([
		options.charts === undefined ? readCharts(now, ids, options) : options.charts,
		options.windowDays ?? engine().then(({ settings }) => settings.repeat_window_days)
	]);
	const areCountsWhole = scope.complete && !scope.compared.isPart;
	const measured = ids.map(async (id) => {
		if (whyNotCarried(id, now, []) !== null)
			return [id, { estimate: unknown, change: null, last: null }] as const;
		const [row, earlier] = await Promise.all([
			readRow(id, now, options),
			before && readRow(id, before, options)
		]);
		const estimate = row ? estimateOf(row, windowDays) : emptyEstimate(id);
		const changing: Changing = {
			estimate,
			change: before && {
				...changeOf(id, row, earlier ?? null, windowDays),
				dates: datesOf(scope.compared),
				...(metrics[id].unit === 'count' && !areCountsWhole ? nothing : {})
			},
			last: lastOf(charts?.[id], scope, options.openFrom)
		};
		return [id, changing] as const;
	});
	return Object.fromEntries(await Promise.all(measured)) as Numbers<Id>;
}

const unknown: Estimate = { value: null, n: 0, low: null, high: null, coverage: null };
const nothing = { difference: null, low: null, high: null };

async function readCharts<Id extends MetricId>(
	filter: Filter,
	ids: readonly Id[],
	options: ChartOptions
): Promise<Record<Id, Charted> | null> {
	const [all] = await readCharted(
		{ ...filter, to: wholeWeeks(filter).to },
		ids,
		undefined,
		options
	);
	return all?.charts ?? null;
}

/** The row of a metric over all that a filter chooses; null where it gives none. */
export async function readRow(
	id: MetricId,
	filter: Filter,
	options: ChartOptions
): Promise<MetricRow | null> {
	const [row] = await query(
		`metrics/${id}`,
		metricRow,
		await metricParameters(filter, [], options)
	);
	return row ?? null;
}

/** What became of a metric between two periods, each a row of its query, null where it gave none. */
export function changeOf(
	id: MetricId,
	now: MetricRow | null,
	before: MetricRow | null,
	windowDays: number
): Change {
	const [a, b] = [now, before].map((row) =>
		row ? estimateOf(row, windowDays) : emptyEstimate(id)
	) as [Estimate, Estimate];
	const { floor } = metrics[id];
	if (a.value === null || b.value === null || a.n < floor || b.n < floor)
		return { before: b, ...nothing };
	const interval = now && before && intervalOf([now, before], [a, b]);
	return {
		before: b,
		difference: a.value - b.value,
		low: interval?.low ?? null,
		high: interval?.high ?? null
	};
}

function intervalOf(
	[now, before]: [MetricRow, MetricRow],
	[a, b]: [Estimate, Estimate]
): Interval | null {
	if ('hits' in now && 'hits' in before) return newcombe(now, before);
	const [first, second] = [summaryOf(now), summaryOf(before)];
	if (first && second) return welch(first, second);
	if (!('days' in now)) return null;
	if (a.value === null || a.low === null || a.high === null) return null;
	if (b.value === null || b.low === null || b.high === null) return null;
	return mover(
		{ value: a.value, low: a.low, high: a.high },
		{ value: b.value, low: b.low, high: b.high }
	);
}

function summaryOf(row: MetricRow): MeanSummary | null {
	if ('mean' in row)
		return row.mean === null || row.sd === null
			? null
			: { n: row.n, mean: row.mean, sd: row.sd };
	if (!('total' in row) || row.n < 2) return null;
	const mean = row.total / row.n;
	const squares = Math.max(0, row.total_of_squares - row.n * mean * mean);
	return { n: row.n, mean, sd: Math.sqrt(squares / (row.n - 1)) };
}

/** What a chart says of the last week of a period, or of the last one that is known. */
export function lastOf(
	chart: Charted | undefined,
	scope: Scope,
	openFrom?: string
): LastWeek | null {
	const isOpen = openFrom !== undefined && scope.week >= openFrom;
	const found = isOpen
		? chart?.weeks.findLast(({ verdict, week }) => verdict !== null && week >= scope.from)
		: chart?.weeks.find(({ week }) => week === scope.week);
	if (!found?.verdict) return null;
	const { week, estimate, verdict } = found;
	return { week, isLast: week === scope.week, estimate, verdict };
}
