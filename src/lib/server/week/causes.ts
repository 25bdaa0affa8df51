/** Finds what the change of a metric is made of, in as few words as will do. */
import { DOUBLE, VARCHAR } from '@duckdb/node-api';
import { z } from 'zod';
import { kitagawa } from '../../analysis/kitagawa.ts';
import type { Cause, CauseDimension } from '../../findings.ts';
import type { Effect, SplittableMetric } from '../../moved.ts';
import type { Filter } from '../scope/filter.ts';
import { measure, metricParameters } from '../measure/measure.ts';
import { split } from './moved.ts';
import type { Counted } from './movedSides.ts';
import { query } from '../store/query.ts';
import type { Chosen } from '../scope/scope.ts';

/** The part of a change that is worth a sentence. */
const leastSecond = 0.2;
/** What the largest part must at least be, and how much more than the group's share of the rows. */
const leastFirst = 0.3;
const leastSurplus = 0.15;

const key = z.string().nullable();
export const aboveRow = z.strictObject({ key1: key, key2: key, n: z.int(), hits: z.int() });
export const moveRow = z.strictObject({
	key1: key,
	queue: z.string().nullable(),
	resolved_queue: z.string().nullable(),
	moved: z.int()
});

/** A part of a change, and whether its group has become more of all. */
type Part = { key: string | null; effect: Effect; part: number; grew: boolean };

/**
 * The topics that most of a change of all handoffs lies in: the largest part, and a second one where
 * it is a fifth of the change or more. Null where there are no two topics.
 */
export async function topicCauses(
	metric: SplittableMetric,
	chosen: Chosen,
	periods: [Counted, Counted]
): Promise<Cause[] | null> {
	const found = await split(metric, chosen, periods);
	if (!found || found.rows.length < 2) return null;
	const total = (of: 'before' | 'after') => found.rows.reduce((sum, row) => sum + row[of].n, 0);
	const [n0, n1] = [total('before'), total('after')];
	const parts = found.rows.flatMap(({ key, joined, parts, before, after }) =>
		joined
			? []
			: parts.map((part, index) => ({
					key,
					effect: found.effects[index] ?? 'rate',
					part,
					grew: after.n / n1 > before.n / n0
				}))
	);
	const causes = largest(parts, found.change).map((part): Cause => ({
		...part,
		dimension: 'topic',
		trigger: null
	}));
	return Promise.all(
		causes.map(async (cause) =>
			cause.effect === 'rate'
				? { ...cause, trigger: await triggerOf(metric, chosen, periods, cause.key) }
				: cause
		)
	);
}

/** A cause that is not split by effect. */
const whole = { effect: 'all', grew: null, trigger: null } as const;

/** The trigger that most of the change within a topic hangs on, where one does. */
async function triggerOf(
	metric: SplittableMetric,
	chosen: Chosen,
	periods: [Counted, Counted],
	topic: string | null
): Promise<string | null> {
	const causes = await withinTopic(metric, chosen, periods, topic, ['trigger']);
	return causes?.[0]?.key ?? null;
}

/**
 * What the change within a topic is made of: a value of one of the dimensions, the most telling one.
 * Null where none of them has two values.
 */
export async function withinTopic(
	metric: SplittableMetric,
	chosen: Chosen,
	periods: [Counted, Counted],
	topic: string | null,
	dimensions: Exclude<CauseDimension, 'topic' | 'moved'>[]
): Promise<Cause[] | null> {
	const own = { ...chosen, topic: [topic ?? ''] };
	const candidates = await Promise.all(
		dimensions.map(async (dimension) => {
			const found = await split(metric, own, periods, dimension);
			if (!found || found.rows.length < 2) return null;
			const n = found.rows.reduce((sum, row) => sum + row.before.n + row.after.n, 0);
			return found.rows.map(({ key, joined, parts, before, after }) => ({
				dimension,
				key: joined ? null : key,
				share: parts.reduce((sum, part) => sum + part, 0) / found.change,
				weight: (before.n + after.n) / n
			}));
		})
	);
	const known = candidates.filter((rows) => rows !== null);
	if (known.length === 0) return null;
	const telling = known
		.flat()
		.filter(({ key, share, weight }) => {
			const told = Math.min(share, 1);
			return key !== null && told >= leastFirst && told - weight >= leastSurplus;
		})
		.sort((a, b) => Math.min(b.share, 1) - b.weight - (Math.min(a.share, 1) - a.weight));
	return telling
		.slice(0, 1)
		.map(({ dimension, key, share }) => ({ ...whole, dimension, key, share }));
}

/** The pair of queues that most of a change of the wrong-queue share lies in. */
export async function moveCauses(
	chosen: Chosen,
	periods: [Counted, Counted],
	topic: string | null
): Promise<Cause[]> {
	const own = { ...chosen, topic: [topic ?? ''] };
	const [before, after] = await Promise.all(
		periods.map(async (period) => {
			const filter: Filter = { ...own, from: period.from, to: period.to };
			const [moves, weeks] = await Promise.all([
				query('week/moves', moveRow, await metricParameters(filter, ['week'])),
				measure(filter, ['misrouted_rate'], ['week'])
			]);
			const known = weeks
				.filter(({ by }) => isCounted(period, by.week))
				.map(({ values }) => values.misrouted_rate);
			return {
				rows: moves.filter(({ key1 }) => isCounted(period, key1)),
				n: known.reduce((sum, { n }) => sum + n, 0),
				hits: known.reduce((sum, { n, value }) => sum + n * (value ?? 0), 0)
			};
		})
	);
	if (!before?.n || !after?.n) return [];
	const change = after.hits / after.n - before.hits / before.n;
	const shareOf = ({ rows, n }: typeof before, name: string) =>
		rows.reduce((sum, row) => sum + (nameOf(row) === name ? row.moved : 0), 0) / n;
	const names = [...new Set([...before.rows, ...after.rows].map(nameOf))].filter(
		(name) => name !== null
	);
	const [most] = names
		.map((name) => ({ name, share: (shareOf(after, name) - shareOf(before, name)) / change }))
		.sort((a, b) => b.share - a.share);
	return most && most.share >= leastFirst
		? [{ ...whole, dimension: 'moved', key: most.name, share: most.share }]
		: [];
}

/** Whether a week is one that its period is made of: a chart skips those of too few. */
const isCounted = ({ counted }: Counted, week: string | null | undefined) =>
	counted === undefined || (typeof week === 'string' && counted.includes(week));

function nameOf({ queue, resolved_queue }: z.infer<typeof moveRow>): string | null {
	return queue === null || resolved_queue === null ? null : `${queue} → ${resolved_queue}`;
}

/**
 * The topics behind a change of a median wait: medians do not split, so what is split is the share of
 * handoffs that waited longer than the usual median.
 */
export async function waitCauses(
	wait: 'before' | 'after',
	usual: number,
	chosen: Chosen,
	periods: [Counted, Counted]
): Promise<Cause[] | null> {
	const [before, after] = await Promise.all(
		periods.map(async (period) => {
			const filter: Filter = { ...chosen, from: period.from, to: period.to };
			const { values, types } = await metricParameters(filter, ['week', 'topic']);
			const rows = await query('week/above', aboveRow, {
				values: { ...values, wait, limit_s: usual },
				types: { ...types, wait: VARCHAR, limit_s: DOUBLE }
			});
			return rows.filter(({ key1 }) => isCounted(period, key1));
		})
	);
	const keys = [...new Set([...(before ?? []), ...(after ?? [])].map(({ key2 }) => key2))];
	const of = (rows: z.infer<typeof aboveRow>[] | undefined, key: string | null) =>
		(rows ?? [])
			.filter(({ key2 }) => key2 === key)
			.reduce((sum, { n, hits }) => ({ n: sum.n + n, sum: sum.sum + hits }), {
				n: 0,
				sum: 0
			});
	const groups = keys.map((key) => ({ before: of(before, key), after: of(after, key) }));
	const found = kitagawa(groups);
	if (!found || groups.length < 2) return null;
	const total = (of: 'before' | 'after') => groups.reduce((sum, group) => sum + group[of].n, 0);
	const [n0, n1] = [total('before'), total('after')];
	const parts = keys.flatMap((key, index) => {
		const group = groups[index];
		const grew = (group?.after.n ?? 0) / n1 > (group?.before.n ?? 0) / n0;
		return [
			{ key, effect: 'mix' as const, part: found.mix[index] ?? 0, grew },
			{ key, effect: 'rate' as const, part: found.rate[index] ?? 0, grew }
		];
	});
	return largest(parts, found.change).map((part) => ({
		...part,
		dimension: 'topic',
		trigger: null
	}));
}

/** The largest part that goes the way of the change, and the next one if it is large too. */
function largest(
	parts: Part[],
	change: number
): { key: string | null; effect: Effect; share: number; grew: boolean | null }[] {
	return parts
		.map(({ key, effect, part, grew }) => ({
			key,
			effect,
			share: part / change,
			grew: effect === 'mix' ? grew : null
		}))
		.filter(({ share }) => Number.isFinite(share) && share >= leastSecond)
		.sort((a, b) => b.share - a.share)
		.slice(0, 2);
}
