/** Metrics week by week on control charts. */
import { binomialSigma } from '../../analysis/laney.ts';
import { meanChart, shareChart, type ControlChart } from '../../analysis/controlChart.ts';
import { signalChance } from '../../analysis/signalChance.ts';
import { addDays, mondayOf } from '../../dates.ts';
import type { Estimate } from '../../estimate.ts';
import { metrics, type MetricId, type Unit } from '../../metrics.ts';
import type { Scope } from '../../scope.ts';
import type { Charted } from '../../signal.ts';
import type { Dimension, Filter } from '../scope/filter.ts';
import { measure, whyNotCarried, emptyEstimate, type Tried } from './measure.ts';

/** How many weeks a chart shows. */
export const weeksShown = 26;

/** Any log begins after it. */
const always = '1970-01-01';

export type ChartOptions = Tried & {
	/** weeks to show up to the end of the filter; the chart is made from all there are */
	shown?: number;
	/** rates that need a time of watching: weeks from this Monday on are not yet known and not judged */
	openFrom?: string | undefined;
	/** counts need whole weeks: those before or after these Mondays are not judged */
	whole?: { first: string; last: string } | undefined;
};

/** The weeks that the log holds all of, as far as its first and last day tell. */
export function wholeWeeksOf({
	week,
	complete,
	log: { first }
}: Pick<Scope, 'week' | 'complete' | 'log'>): { first: string; last: string } {
	const monday = mondayOf(first);
	return {
		first: monday === first ? monday : addDays(monday, 7),
		last: complete ? week : addDays(week, -7)
	};
}

type Weekly = { week: string; estimate: Estimate };

/**
 * Metrics by week up to the end of a filter, of all it chooses or of each value of a dimension, on
 * control charts: p′ for shares, XmR for the rest. Charts are made from all weeks of the log, so that
 * a baseline stays where it was; `from` of the filter counts for nothing.
 * @returns a chart for each metric and value; the value is null without a dimension, and where the log has none
 */
export async function readCharted<Id extends MetricId>(
	filter: Omit<Filter, 'from'>,
	ids: readonly Id[],
	by?: Dimension,
	options: ChartOptions = {}
): Promise<{ key: string | null; charts: Record<Id, Charted> }[]> {
	const all = { ...filter, from: always };
	const dimensions: Dimension[] = by ? ['week', by] : ['week'];
	const carried = ids.filter((id) => whyNotCarried(id, all, dimensions) === null);
	const rows = await measure(all, carried, dimensions, options);
	const first = rows.reduce<string | null>(
		(least, { by: { week } }) =>
			least === null || String(week) < least ? String(week) : least,
		null
	);
	const weeks = first === null ? [] : mondays(first, filter.to);
	const keys = [...new Set(rows.map((row) => (by ? (row.by[by] ?? null) : null)))];
	return keys.map((key) => {
		const own = new Map(
			rows
				.filter((row) => (by ? (row.by[by] ?? null) : null) === key)
				.map((row) => [String(row.by.week), row.values])
		);
		const charts = ids.map((id) => {
			const weekly = weeks.map((week) => ({
				week,
				estimate: own.get(week)?.[id] ?? {
					...emptyEstimate(id),
					...(carried.includes(id) ? {} : { value: null })
				}
			}));
			return [id, chartOf(id, weekly, options)] as const;
		});
		return { key, charts: Object.fromEntries(charts) as Record<Id, Charted> };
	});
}

/** What a value of a unit can be. */
const bounds: Record<Unit, { least: number; most: number }> = {
	count: { least: 0, most: Infinity },
	s: { least: 0, most: Infinity },
	share: { least: 0, most: 1 },
	fraction: { least: 0, most: 1 },
	score: { least: 0, most: 100 },
	csat: { least: 1, most: 5 }
};

/** Puts a metric's weeks, oldest first and none left out, on the chart that suits its unit. */
export function chartOf(
	id: MetricId,
	weekly: Weekly[],
	{ shown = weeksShown, openFrom, whole }: ChartOptions = {}
): Charted {
	const { unit, interval } = metrics[id];
	const isOpen = (week: string) =>
		(interval === 'log-log' && openFrom !== undefined && week >= openFrom) ||
		(unit === 'count' && whole !== undefined && (week < whole.first || week > whole.last));
	const chart: ControlChart | null =
		unit === 'share'
			? shareChart(
					weekly.map(({ week, estimate: { value, n } }) =>
						value === null || isOpen(week) ? { hits: 0, n: 0 } : { hits: value * n, n }
					)
				)
			: meanChart(
					weekly.map(({ week, estimate: { value, n } }) =>
						n === 0 || isOpen(week) ? { value: null, n: 0 } : { value, n }
					)
				);
	// Limits are set by the spread alone: a wait below 0 is none.
	const { least, most } = bounds[unit];
	const within = (limit: number | null = null) =>
		limit === null ? null : Math.min(Math.max(limit, least), most);
	const weeks = weekly.map(({ week, estimate }, index) => {
		const charted = chart?.weeks[index];
		return {
			week,
			estimate,
			centre: charted?.centre ?? null,
			low: within(charted?.low),
			high: within(charted?.high),
			verdict: charted?.verdict ?? null
		};
	});
	return {
		weeks: weeks.slice(-shown),
		baseline: chart && baselineOf(chart, weekly),
		last: chart && lastOf(id, chart, weekly)
	};
}

function lastOf(id: MetricId, { weeks }: ControlChart, weekly: Weekly[]): Charted['last'] {
	const index = weeks.findLastIndex(({ verdict }) => verdict !== null);
	const [last, at] = [weeks[index], weekly[index]];
	if (!last || !at || last.distance === null || last.baseline === null || last.centre === null)
		return null;
	const { value, distance, baseline: size, centre, n, verdict } = last;
	const sigma = distance === 0 ? null : ((value ?? centre) - centre) / distance;
	if (verdict === null || sigma === null || !(sigma > 0) || !(centre > 0)) return null;
	const { unit } = metrics[id];
	const byChance =
		unit === 'share'
			? binomialSigma(centre, n)
			: unit === 'count'
				? Math.sqrt(centre)
				: 1 / Math.sqrt(n);
	const chance = signalChance(distance, size);
	return { week: at.week, verdict, distance, size, spread: sigma / byChance, chance };
}

/** The baseline in force in the last judged week; one that only that week completes counts from the next on. */
function baselineOf({ weeks, baselines }: ControlChart, weekly: Weekly[]): Charted['baseline'] {
	const judgedAt = weeks.findLastIndex(({ centre }) => centre !== null);
	const inForce = baselines.findLast(({ to }, index) => index === 0 || to < judgedAt);
	const [first, last] = [weekly[inForce?.from ?? -1], weekly[inForce?.to ?? -1]];
	const centre = weeks[judgedAt]?.centre ?? null;
	if (!first || !last || centre === null) return null;
	const counted = weeks
		.map(({ n, value, verdict }, index) => ({
			week: weekly[index]?.week ?? '',
			n,
			value: value ?? 0,
			verdict
		}))
		.slice(inForce?.from, (inForce?.to ?? 0) + 1)
		.filter(({ verdict }) => verdict !== null);
	return {
		first: first.week,
		last: last.week,
		counted: counted.map(({ week }) => week),
		centre,
		n: counted.reduce((sum, { n }) => sum + n, 0),
		sd: deviation(counted.map(({ value }) => value))
	};
}

function deviation(values: number[]): number | null {
	if (values.length < 2) return null;
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
	return Math.sqrt(squares / (values.length - 1));
}

/** Every Monday from one to the day before another. */
function mondays(first: string, before: string): string[] {
	const weeks: string[] = [];
	for (let week = first; week < before; week = addDays(week, 7)) weeks.push(week);
	return weeks;
}
