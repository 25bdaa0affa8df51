/** Sets the numbers of a week against the usual weeks, the week before or the same week of last year. */
import { meanInterval } from '../../analysis/meanInterval.ts';
import { mover, type Bounded } from '../../analysis/mover.ts';
import { newcombe } from '../../analysis/newcombe.ts';
import { wilson, type Interval } from '../../analysis/wilson.ts';
import { addDays } from '../../dates.ts';
import type { Estimate } from '../../estimate.ts';
import { metrics } from '../../metrics.ts';
import { yearDays, type Comparison, type Scope } from '../../scope.ts';
import type { Charted } from '../../signal.ts';
import type { WeekChange } from '../../weekChange.ts';
import type { Week, WeekMetric } from '../../week.ts';
import { changeOf, readRow } from '../measure/changes.ts';
import type { ChartOptions } from '../measure/charted.ts';
import { whyNotCarried } from '../measure/measure.ts';
import { engine } from '../store/engine.ts';
import type { Chosen } from '../scope/scope.ts';

/** The numbers of the page that say what became of them. */
const changing = [
	'quality_score',
	'csat_top2',
	'csat_mean',
	'repeat_rate',
	'wait_before_p50',
	'wait_after_p50',
	'failure_share',
	'handoffs'
] as const satisfies readonly WeekMetric[];

type Asked = {
	scope: Scope;
	chosen: Chosen;
	charts: Record<WeekMetric, Charted>;
	options: ChartOptions;
};

/**
 * The changes of the numbers of a week against what the address asks for; unless it does, against the
 * usual weeks, and where there are too few of them against the week before. Repeat contacts are those
 * of the last week that was followed for the whole window.
 */
export async function readWeekChanges(asked: Asked): Promise<Week['changes']> {
	const found = await Promise.all(
		changing.map(async (id) => [id, await readChange(id, asked)] as const)
	);
	return Object.fromEntries(found.filter(([, change]) => change !== null));
}

async function readChange(
	id: WeekMetric,
	{ scope, chosen, charts, options }: Asked
): Promise<WeekChange | null> {
	const { openFrom } = options;
	const isOpen = id === 'repeat_rate' && openFrom !== undefined && scope.week >= openFrom;
	const week = isOpen ? addDays(openFrom, -7) : scope.week;
	const now = charts[id].weeks.find((one) => one.week === week)?.estimate;
	if (!now || now.value === null || now.n < metrics[id].floor) return null;
	const asked: Comparison = scope.against ?? 'usual';
	const { baseline } = charts[id];
	if (asked === 'usual' && baseline && baseline.last < week)
		return usualChange(id, { now, baseline, isWhole: isWhole(id, week, options) });
	if (asked === 'year') {
		if (scope.compared.lacks !== null) return null;
		return weekChange(id, chosen, [week, addDays(week, -yearDays)], 'year', options);
	}
	return weekChange(id, chosen, [week, addDays(week, -7)], 'before', options);
}

type Usual = { now: Estimate; baseline: NonNullable<Charted['baseline']>; isWhole: boolean };

/** Against the centre of the chart, so that difference and verdict are about the same number. */
function usualChange(id: WeekMetric, { now, baseline, isWhole }: Usual): WeekChange {
	const { centre, n } = baseline;
	const before: Estimate = { value: centre, n, low: null, high: null, coverage: null };
	const interval = isWhole ? intervalToUsual(id, now, baseline) : null;
	return {
		against: 'usual',
		before,
		difference: isWhole && now.value !== null ? now.value - centre : null,
		low: interval?.low ?? null,
		high: interval?.high ?? null
	};
}

function intervalToUsual(
	id: WeekMetric,
	now: Estimate,
	{ centre, n, sd, counted }: Usual['baseline']
): Interval | null {
	const { unit, interval } = metrics[id];
	const pooled = { hits: Math.round(centre * n), n };
	if (interval === 'wilson')
		return newcombe({ hits: Math.round((now.value ?? 0) * now.n), n: now.n }, pooled);
	const usual =
		unit === 'share'
			? wilson(pooled.hits, n)
			: sd === null
				? null
				: meanInterval({ n: counted.length, mean: centre, sd });
	return isBounded(now) && usual ? mover(now, { value: centre, ...usual }) : null;
}

const isBounded = (estimate: Estimate): estimate is Estimate & Bounded =>
	estimate.value !== null && estimate.low !== null && estimate.high !== null;

async function weekChange(
	id: WeekMetric,
	chosen: Chosen,
	weeks: [string, string],
	against: Comparison,
	options: ChartOptions
): Promise<WeekChange | null> {
	const { settings } = await engine();
	const filters = weeks.map((week) => ({ ...chosen, from: week, to: addDays(week, 7) }));
	if (filters.some((filter) => whyNotCarried(id, filter, []) !== null)) return null;
	const [now = null, before = null] = await Promise.all(
		filters.map((filter) => readRow(id, filter, options))
	);
	const change = changeOf(id, now, before, options.windowDays ?? settings.repeat_window_days);
	const isComparable = weeks.every((week) => isWhole(id, week, options));
	const [, earlier] = weeks;
	return {
		...change,
		...(isComparable ? {} : { difference: null, low: null, high: null }),
		dates: { first: earlier, last: addDays(earlier, 6) },
		against
	};
}

/** Whether a count of a week may be compared; what is no count may be in any week. */
const isWhole = (id: WeekMetric, week: string, { whole }: ChartOptions) =>
	metrics[id].unit !== 'count' ||
	whole === undefined ||
	(week >= whole.first && week <= whole.last);
