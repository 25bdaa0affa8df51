/** The question that `GET /api/metrics` and `seam metrics` ask, and the forms of its answer. */
import { csvFormatRows } from 'd3-dsv';
import { z } from 'zod';
import { UsageError } from '../../../ingest/errors.ts';
import { metricIds, metrics, type MetricId } from '../metrics.ts';
import { isDate } from '../dates.ts';
import { filterDimensions } from '../scope.ts';
import { dimensions, type Dimension, type Filter } from './filter.ts';
import { measure, type MeasuredRow } from './measure.ts';

export const formats = ['json', 'csv', 'ndjson'] as const;
export type Format = (typeof formats)[number];

/** The media type of each form. */
export const mediaTypes: Record<Format, string> = {
	json: 'application/json',
	csv: 'text/csv; charset=utf-8',
	ndjson: 'application/x-ndjson'
};

export type MetricsQuery = { ids: MetricId[]; by: Dimension[]; filter: Filter; format: Format };

const date = (name: string) =>
	z
		.string({ error: `${name} is missing: give a local date such as 2026-08-01.` })
		.refine(isDate, {
			error: ({ input }) => `${name}=${String(input)} is not a date such as 2026-08-01.`
		});

const oneOf = <const T extends string>(name: string, allowed: readonly T[]) =>
	z.string().refine((input): input is T => allowed.some((word) => word === input), {
		error: ({ input }) => `${name}=${String(input)} is unknown. Allowed: ${allowed.join(', ')}.`
	});

/** Text divided by commas; empty parts do not count. */
const list = <T extends string>(item: z.ZodType<T, string>) =>
	z
		.string()
		.transform((text) => [
			...new Set(
				text
					.split(',')
					.map((part) => part.trim())
					.filter(Boolean)
			)
		])
		.pipe(z.array(item));

/** The parameters as they stand in the address; filters may be repeated. */
const metricsQuerySchema = z
	.strictObject({
		metrics: z
			.string({ error: `metrics is missing. Allowed: ${metricIds.join(', ')}.` })
			.pipe(list(oneOf('metrics', metricIds)))
			.refine((ids) => ids.length > 0, {
				error: `metrics is empty. Allowed: ${metricIds.join(', ')}.`
			}),
		by: list(oneOf('by', dimensions))
			.default([])
			.refine((by) => by.length <= 2, {
				error: 'by takes up to two dimensions, such as by=week,topic.'
			}),
		from: date('from'),
		to: date('to'),
		format: oneOf('format', formats).default('json'),
		...(Object.fromEntries(
			filterDimensions.map((dimension) => [dimension, z.array(z.string()).optional()])
		) as Record<(typeof filterDimensions)[number], z.ZodOptional<z.ZodArray<z.ZodString>>>)
	})
	.refine(({ from, to }) => from < to, {
		error: ({ input }) => {
			const { from, to } = input as { from: string; to: string };
			return `from=${from} to=${to} is a range that ends before it begins; to is excluded, so it must be a later date than from.`;
		}
	});

const known = ['metrics', 'by', 'from', 'to', 'format', ...filterDimensions];

/**
 * Reads the question from the parameters of an address.
 * @throws UsageError that names the value at fault and what is allowed
 */
export function readMetricsQuery(parameters: URLSearchParams): MetricsQuery {
	const given: Record<string, string | string[]> = {};
	for (const name of new Set(parameters.keys())) {
		if (!known.includes(name))
			throw new UsageError(`${name} is no parameter. Allowed: ${known.join(', ')}.`);
		const values = parameters.getAll(name);
		const isFilter = filterDimensions.some((dimension) => dimension === name);
		if (!isFilter && values.length > 1)
			throw new UsageError(`${name} is given ${values.length} times; give it once.`);
		given[name] = isFilter ? values : (values[0] ?? '');
	}
	const parsed = metricsQuerySchema.safeParse(given);
	if (!parsed.success)
		throw new UsageError(parsed.error.issues[0]?.message ?? 'the parameters cannot be read');
	const { metrics: ids, by, format, ...filter } = parsed.data;
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
