/** What a period holds of a metric, group by group, in parts that make up its number. */
import { censoringWeights } from '../../analysis/censoringWeights.ts';
import { metrics } from '../../metrics.ts';
import type { Period, SplittableMetric } from '../../moved.ts';
import type { Dimension, Filter } from '../scope/filter.ts';
import { leastAtRisk, measure, metricParameters, metricRow } from '../measure/measure.ts';
import { query } from '../store/query.ts';
import type { Chosen } from '../scope/scope.ts';

/** A period, and of a baseline the Mondays that count; the others are left out. */
export type Counted = Period & { counted?: readonly string[] };

/** A group in a period: Σ sum / Σ n over all groups is the number of the period. */
export type Side = {
	n: number;
	sum: number;
	/** handoffs behind it, as they are */
	rows: number;
	/** watched to the end of the window; null where the metric asks for no watching */
	atRisk: number | null;
};

type WeekRow = Side & { week: string; key: string | null };

/** No handoff of a group in a period. */
export const noSide: Side = { n: 0, sum: 0, rows: 0, atRisk: null };

/** Too few were watched for the whole window to say a rate. */
export const isThin = ({ rows, atRisk }: Side) =>
	rows > 0 && atRisk !== null && atRisk < leastAtRisk;

/**
 * The groups of a period. Weeks weigh as they do in the centre of a control chart, so that a
 * baseline's number is that centre: for shares by their rows, for means all alike.
 */
export async function readSides(
	metric: SplittableMetric,
	chosen: Chosen,
	{ from, to, counted }: Counted,
	dimension: Dimension
): Promise<Map<string | null, Side>> {
	const filter: Filter = { ...chosen, from, to };
	const all =
		metric === 'repeat_rate'
			? await repeatRows(filter, dimension)
			: await plainRows(metric, filter, dimension);
	const rows = all.filter(({ week, n }) => n > 0 && (counted?.includes(week) ?? true));
	const isShare = metrics[metric].unit === 'share';
	return metric === 'handoffs' || isShare ? added(rows) : added(weighedAlike(rows));
}

/** Adds the sides of a group, or of several that are joined. */
export const addSides = (a: Side, b: Side): Side => ({
	n: a.n + b.n,
	sum: a.sum + b.sum,
	rows: a.rows + b.rows,
	atRisk: a.atRisk === null && b.atRisk === null ? null : (a.atRisk ?? 0) + (b.atRisk ?? 0)
});

function added(rows: WeekRow[]): Map<string | null, Side> {
	const sides = new Map<string | null, Side>();
	for (const row of rows) sides.set(row.key, addSides(sides.get(row.key) ?? noSide, row));
	return sides;
}

/** Gives every week the mean number of rows: what is added up then is the mean of the weeks. */
function weighedAlike(rows: WeekRow[]): WeekRow[] {
	const sizes = new Map<string, number>();
	for (const { week, n } of rows) sizes.set(week, (sizes.get(week) ?? 0) + n);
	const mean = [...sizes.values()].reduce((sum, size) => sum + size, 0) / sizes.size;
	return rows.map((row) => {
		const weight = mean / (sizes.get(row.week) ?? mean);
		return { ...row, n: row.n * weight, sum: row.sum * weight };
	});
}

async function plainRows(
	metric: SplittableMetric,
	filter: Filter,
	dimension: Dimension
): Promise<WeekRow[]> {
	const rows = await measure(filter, [metric], ['week', dimension]);
	return rows.map(({ by, values }) => {
		const { n, value } = values[metric];
		return {
			week: String(by.week),
			key: by[dimension] ?? null,
			n,
			sum: metric === 'handoffs' ? n : n * (value ?? 0),
			rows: n,
			atRisk: null
		};
	});
}

/** Repeats of each group, weighed by who was lost from sight among all handoffs of the week. */
async function repeatRows(filter: Filter, dimension: Dimension): Promise<WeekRow[]> {
	const [whole, groups] = await Promise.all([
		lifeTables(filter, ['week']),
		lifeTables(filter, ['week', dimension])
	]);
	const weights = new Map(whole.map(({ week, n, table }) => [week, censoringWeights(table, n)]));
	return groups.map(({ week, key, n, table: { time, events }, atRisk }) => ({
		week,
		key,
		n,
		sum: time.reduce(
			(sum, at, row) => sum + (events[row] ?? 0) * (weights.get(week)?.get(at) ?? NaN),
			0
		),
		rows: n,
		atRisk
	}));
}

async function lifeTables(filter: Filter, by: Dimension[]) {
	const rows = await query('metrics/repeat_rate', metricRow, await metricParameters(filter, by));
	return rows.flatMap((row) =>
		'days' in row
			? [
					{
						week: String(row.key1),
						key: row.key2,
						n: row.n,
						atRisk: row.at_risk_at_window,
						table: {
							time: row.days ?? [],
							atRisk: row.at_risk ?? [],
							events: row.repeats ?? []
						}
					}
				]
			: []
	);
}
