/** The question that `GET /api/metrics` and `seam metrics` ask, and the forms of its answer. */
import { csvFormatRows } from 'd3-dsv';
import { z } from 'zod';
import type { Estimate } from '../../estimate.ts';
import { metricIds, metrics, type MetricId } from '../../metrics.ts';
import { dimensions, type Dimension, type Filter } from '../scope/filter.ts';
import { measure, type MeasuredRow } from './measure.ts';
import { date, filterParameters, listOf, oneOf, readParameters } from '../http/parameters.ts';

export const formats = ['json', 'csv', 'ndjson'] as const;
export type Format = (typeof formats)[number];

/** The media type of each form. */
export const mediaTypes: Record<Format, string> = {
	json: 'application/json',
	csv: 'text/csv; charset=utf-8',
	ndjson: 'application/x-ndjson'
};

export type MetricsQuery = { ids: MetricId[]; by: Dimension[]; filter: Filter; format: Format };

/** The parameters as they stand in the address; filters may be repeated. */
export const metricsParameters = z
	.strictObject({
		metrics: listOf('metrics', metricIds, 'Ids of metrics, divided by commas.').refine(
			(ids) => ids.length > 0,
			{ error: `metrics is empty. Allowed: ${metricIds.join(', ')}.` }
		),
		by: listOf('by', dimensions, 'Up to two dimensions, divided by commas.')
			.default([])
			.refine((by) => by.length <= 2, {
				error: 'by takes up to two dimensions, such as by=week,topic.'
			}),
		from: date('from', 'First local date.'),
		to: date('to', 'Local date after the last one.'),
		format: oneOf('format', formats, 'Form of the answer.').default('json'),
		...filterParameters
	})
	.refine(({ from, to }) => from < to, {
		error: ({ input }) => {
			const { from, to } = input as { from: string; to: string };
			return `from=${from} to=${to} is a range that ends before it begins; to is excluded, so it must be a later date than from.`;
		}
	});

/** A metric in a group. */
export const estimateSchema = z.strictObject({
	value: z.number().nullable().describe('Null where it cannot be computed.'),
	n: z.int().describe('Rows that carry the fields of the metric.'),
	low: z
		.number()
		.nullable()
		.describe('Lower end of the 95 % interval; null where there is none.'),
	high: z.number().nullable().describe('Upper end of the 95 % interval.'),
	coverage: z
		.number()
		.nullable()
		.describe('n over the rows that could have carried the fields; null where there are none.')
}) satisfies z.ZodType<Estimate>;

const each = <Key extends string, Value extends z.ZodType>(keys: readonly Key[], value: Value) =>
	Object.fromEntries(keys.map((key) => [key, value])) as Record<Key, Value>;

/** One group: the dimensions asked for (null: the log has no value there), and the metrics. */
export const metricsRowSchema = z.strictObject({
	...each(dimensions, z.string().nullable().optional()),
	...each(metricIds, estimateSchema.optional())
});

/**
 * Reads the question from the parameters of an address.
 * @throws UsageError that names the value at fault and what is allowed
 */
export function readMetricsQuery(parameters: URLSearchParams): MetricsQuery {
	const { metrics: ids, by, format, ...filter } = readParameters(metricsParameters, parameters);
	return { ids: withCompanions(ids), by, format, filter };
}

/** A metric that misleads alone brings the one that must stand beside it. */
function withCompanions(ids: MetricId[]): MetricId[] {
	return [
		...new Set(
			ids.flatMap((id) => {
				const { companion } = metrics[id];
				return companion ? [id, companion] : [id];
			})
		)
	];
}

/** One answered row: the keys, then an estimate per metric. */
type FlatRow = Record<string, unknown>;

const flat = (row: MeasuredRow): FlatRow => ({ ...row.by, ...row.values });

/** Measures and answers in the form asked for. */
export async function answerMetrics({ ids, by, filter, format }: MetricsQuery): Promise<string> {
	const rows = await measure(filter, ids, by);
	if (format === 'json') return JSON.stringify(rows.map(flat)) + '\n';
	if (format === 'ndjson') return rows.map((row) => JSON.stringify(flat(row)) + '\n').join('');
	const header = [
		...by,
		...ids.flatMap((id) => [id, `${id}_n`, `${id}_low`, `${id}_high`, `${id}_coverage`])
	];
	const cell = (value: unknown) => (value === null || value === undefined ? '' : String(value));
	const lines = rows.map((row) => [
		...by.map((dimension) => cell(row.by[dimension])),
		...ids.flatMap((id) => {
			const { value, n, low, high, coverage } = row.values[id];
			return [value, n, low, high, coverage].map(cell);
		})
	]);
	return csvFormatRows([header, ...lines]) + '\n';
}
