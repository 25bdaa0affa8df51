/** Measures metrics: a formula per file in queries/metrics, the intervals from src/lib/analysis. */
import { DOUBLE, LIST, listValue, STRUCT, structValue, VARCHAR } from '@duckdb/node-api';
import { z } from 'zod';
import { UsageError } from '../../../../ingest/errors.ts';
import { kaplanMeier } from '../../analysis/kaplanMeier.ts';
import { meanInterval, ratingInterval } from '../../analysis/meanInterval.ts';
import { wilson } from '../../analysis/wilson.ts';
import { metrics, type MetricId } from '../../metrics.ts';
import type { Estimate } from '../../estimate.ts';
import { engine, withSnapshot } from '../store/engine.ts';
import {
	conversationDimensions,
	filterType,
	filterValue,
	lackedByConversations,
	type Dimension,
	type Filter
} from '../scope/filter.ts';
import { query, type Parameters } from '../store/query.ts';
import type { Settings } from '../settings/settings.ts';

/** One group: its keys (null = the log has no value there) and what was measured of it. */
export type MeasuredRow<Id extends MetricId = MetricId> = {
	by: Partial<Record<Dimension, string | null>>;
	values: Record<Id, Estimate>;
};

const group = {
	key1: z.string().nullable(),
	key2: z.string().nullable(),
	possible: z.int(),
	n: z.int()
};

/** What a metric's query may give; its columns tell which estimate is made of it. */
export const metricRow = z.union([
	z.strictObject({ ...group, hits: z.int() }),
	z.strictObject({ ...group, value: z.number().nullable() }),
	z.strictObject({ ...group, mean: z.number().nullable(), sd: z.number().nullable() }),
	z.strictObject({ ...group, total: z.number(), total_of_squares: z.number() }),
	z.strictObject({
		...group,
		at_risk_at_window: z.int(),
		days: z.array(z.number()).nullable(),
		at_risk: z.array(z.int()).nullable(),
		repeats: z.array(z.int()).nullable()
	})
]);
export type MetricRow = z.infer<typeof metricRow>;

/** Fewer than these still followed at the end of the window: the rate is not said. */
export const leastAtRisk = 10;

type Spread = { value: number | null; low: number | null; high: number | null };
const nothing: Spread = { value: null, low: null, high: null };

function spreadOf(row: MetricRow, windowDays: number): Spread {
	if ('hits' in row) {
		if (row.n === 0) return nothing;
		return {
			value: row.hits / row.n,
			...(wilson(row.hits, row.n) ?? { low: null, high: null })
		};
	}
	if ('value' in row) return { value: row.value, low: null, high: null };
	if ('mean' in row) {
		if (row.mean === null) return nothing;
		const interval = row.sd ? meanInterval({ n: row.n, mean: row.mean, sd: row.sd }) : null;
		return { value: row.mean, low: interval?.low ?? null, high: interval?.high ?? null };
	}
	if ('total' in row) {
		if (row.n === 0) return nothing;
		const interval = ratingInterval({
			n: row.n,
			sum: row.total,
			sumOfSquares: row.total_of_squares
		});
		return {
			value: row.total / row.n,
			low: interval?.low ?? null,
			high: interval?.high ?? null
		};
	}
	if (row.at_risk_at_window < leastAtRisk) return nothing;
	const survival = kaplanMeier(
		{ time: row.days ?? [], atRisk: row.at_risk ?? [], events: row.repeats ?? [] },
		windowDays
	);
	// No one came back: the life table has no step, and the rate is zero.
	if (!survival) return { value: 0, low: null, high: null };
	return { value: survival.rate, low: survival.low, high: survival.high };
}

/** The estimate that a row of a metric's query stands for. */
export function estimateOf(row: MetricRow, windowDays: number): Estimate {
	return {
		...spreadOf(row, windowDays),
		n: row.n,
		coverage: row.possible === 0 ? null : row.n / row.possible
	};
}

/** What is known of a group that has no rows. */
export function emptyEstimate(metric: MetricId): Estimate {
	const value = metrics[metric].unit === 'count' ? 0 : null;
	return { value, n: 0, low: null, high: null, coverage: null };
}

const weightsType = STRUCT({
	context: DOUBLE,
	routing: DOUBLE,
	smoothness: DOUBLE,
	resolution: DOUBLE
});

/** What may be tried out on a page in place of the settings. */
export type Tried = { weights?: Settings['score_weights']; windowDays?: number };

/** The parameters that the queries of metrics share. */
export async function metricParameters(
	filter: Filter,
	by: Dimension[],
	tried: Tried = {}
): Promise<Parameters> {
	const { settings } = await engine();
	return {
		values: {
			filter: filterValue(filter),
			by: listValue(by),
			weights: structValue(tried.weights ?? settings.score_weights),
			window_days: tried.windowDays ?? settings.repeat_window_days
		},
		types: { filter: filterType, by: LIST(VARCHAR), weights: weightsType, window_days: DOUBLE }
	};
}

/**
 * Measures metrics over the handoffs (or conversations) of a filter, split by up to two dimensions.
 * @returns one row per group, ordered by its keys; without `by`, one row
 * @throws UsageError when conversations do not carry what they are split or filtered by
 */
export async function measure<Id extends MetricId>(
	filter: Filter,
	ids: readonly Id[],
	by: Dimension[] = [],
	tried: Tried = {}
): Promise<MeasuredRow<Id>[]> {
	for (const id of ids) checkCarried(id, filter, by);
	const parameters = await metricParameters(filter, by, tried);
	const windowDays = tried.windowDays ?? (await engine()).settings.repeat_window_days;
	const measured = await withSnapshot(() =>
		Promise.all(
			ids.map(async (id) => ({
				id,
				rows: await query(`metrics/${id}`, metricRow, parameters)
			}))
		)
	);
	const groups = new Map<string, MeasuredRow<Id>>();
	const groupOf = (key1: string | null, key2: string | null) => {
		const name = JSON.stringify([key1, key2]);
		const known = groups.get(name);
		if (known) return known;
		const [first, second] = by;
		const made: MeasuredRow<Id> = {
			by: { ...(first && { [first]: key1 }), ...(second && { [second]: key2 }) },
			values: Object.fromEntries(ids.map((id) => [id, emptyEstimate(id)])) as Record<
				Id,
				Estimate
			>
		};
		groups.set(name, made);
		return made;
	};
	if (by.length === 0) groupOf(null, null);
	for (const { id, rows } of measured)
		for (const row of rows)
			groupOf(row.key1, row.key2).values[id] = estimateOf(row, windowDays);
	return [...groups.values()].sort((a, b) => compareKeys(by, a, b));
}

/** Says why a metric over conversations cannot be split or filtered so, where it cannot. */
export function whyNotCarried(id: MetricId, filter: Filter, by: Dimension[]): string | null {
	if (metrics[id].population !== 'conversations') return null;
	const split = by.find((dimension) => !conversationDimensions.includes(dimension));
	const lacking = split ?? lackedByConversations(filter);
	if (lacking === undefined) return null;
	return `${id} counts conversations, which carry no ${lacking}. They can be ${split ? 'split' : 'filtered'} by ${conversationDimensions.join(', ')}.`;
}

function checkCarried(id: MetricId, filter: Filter, by: Dimension[]): void {
	const why = whyNotCarried(id, filter, by);
	if (why !== null) throw new UsageError(why);
}

/** Keys in the order of their code points, the empty bucket last. */
function compareKeys(
	by: Dimension[],
	a: Pick<MeasuredRow, 'by'>,
	b: Pick<MeasuredRow, 'by'>
): number {
	for (const dimension of by) {
		const x = a.by[dimension] ?? null;
		const y = b.by[dimension] ?? null;
		if (x === y) continue;
		if (x === null) return 1;
		if (y === null) return -1;
		return x < y ? -1 : 1;
	}
	return 0;
}
