/** Metrics week by week on control charts. */
import { binomialSigma } from '../analysis/laney.ts';
import { meanChart, shareChart, type ControlChart } from '../analysis/controlChart.ts';
import { signalChance } from '../analysis/signalChance.ts';
import { addDays } from '../dates.ts';
import type { Estimate } from '../estimate.ts';
import { metrics, type MetricId } from '../metrics.ts';
import type { Charted } from '../signal.ts';
import type { Dimension, Filter } from './filter.ts';
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
};

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

/** Puts a metric's weeks, oldest first and none left out, on the chart that suits its unit. */
export function chartOf(
	id: MetricId,
	weekly: Weekly[],
	{ shown = weeksShown, openFrom }: ChartOptions = {}
): Charted {
	const isOpen = (week: string) =>
		openFrom !== undefined && metrics[id].interval === 'log-log' && week >= openFrom;
	const chart: ControlChart | null =
		metrics[id].unit === 'share'
			? shareChart(
					weekly.map(({ week, estimate: { value, n } }) =>
						value === null || isOpen(week) ? { hits: 0, n: 0 } : { hits: value * n, n }
					)
				)
			: meanChart(
					weekly.map(({ estimate: { value, n } }) => ({ value: n > 0 ? value : null, n }))
				);
	const weeks = weekly.map(({ week, estimate }, index) => {
		const charted = chart?.weeks[index];
		return {
			week,
			estimate,
			centre: charted?.centre ?? null,
			low: charted?.low ?? null,
			high: charted?.high ?? null,
			verdict: charted?.verdict ?? null
		};
	});
	return {
		weeks: weeks.slice(-shown),
		baseline: chart && baselineOf(chart, weekly),
		last: chart && lastOf(id, chart)
	};
}

function lastOf(id: MetricId, { weeks }: ControlChart): Charted['last'] {
	const last = weeks.at(-1);
	if (!last || last.distance === null || last.baseline === null || last.centre === null)
		return null;
	const { value, distance, baseline: size, centre, n } = last;
	const sigma = distance === 0 ? null : ((value ?? centre) - centre) / distance;
	if (sigma === null || !(sigma > 0) || !(centre > 0)) return null;
	const { unit } = metrics[id];
	const byChance =
		unit === 'share'
			? binomialSigma(centre, n)
			: unit === 'count'
				? Math.sqrt(centre)
				: 1 / Math.sqrt(n);
	return { distance, size, spread: sigma / byChance, chance: signalChance(distance, size) };
}

/** The baseline in force in the last week; one that only that week completes counts from the next on. */
function baselineOf({ weeks, baselines }: ControlChart, weekly: Weekly[]): Charted['baseline'] {
	const judged = weeks.findLast(({ centre }) => centre !== null);
	const inForce =
		baselines.findLast(({ to }, index) => index === 0 || to < weeks.length - 1) ?? baselines[0];
	const [first, last] = [weekly[inForce?.from ?? -1], weekly[inForce?.to ?? -1]];
	const centre = judged?.centre ?? null;
	if (!first || !last || centre === null) return null;
	return { first: first.week, last: last.week, centre };
}

/** Every Monday from one to the day before another. */
function mondays(first: string, before: string): string[] {
	const weeks: string[] = [];
	for (let week = first; week < before; week = addDays(week, 7)) weeks.push(week);
	return weeks;
}
