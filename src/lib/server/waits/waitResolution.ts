/** Time from the start of the conversation to its resolution. */
import { z } from 'zod';
import { routes } from '../../waits.ts';
import type { Resolved, ResolvedCurve, WaitsPage } from '../../waits.ts';
import type { Filter } from '../scope/filter.ts';
import { metricParameters } from '../measure/measure.ts';
import { query } from '../store/query.ts';
import { behind } from '../store/recorder.ts';
import { shareOf } from './waitBins.ts';

export const resolutionTimeRow = z.strictObject({
	key1: z.string().nullable(),
	possible: z.int(),
	n: z.int(),
	p50: z.number().nullable(),
	p90: z.number().nullable()
});

export const resolvedByRow = z.strictObject({
	key1: z.string().nullable(),
	from_s: z.number().nullable(),
	to_s: z.number().nullable(),
	n: z.int()
});
type ResolvedByRow = z.infer<typeof resolvedByRow>;

/** Handoffs with a known end that a curve needs. */
const leastOfCurve = 30;

/** Median, 90th percentile and curve of the time to resolution: all, by route and by topic. */
export async function readResolution(filter: Filter): Promise<WaitsPage['resolution']> {
	const [whole, byRoute, byTopic, ends] = await Promise.all([
		readTimes(filter, null),
		readTimes(filter, 'route'),
		readTimes(filter, 'topic'),
		behind('resolution', async () =>
			query('waits/resolved_by', resolvedByRow, await metricParameters(filter, ['route']))
		)
	]);
	return {
		all: whole[0] ?? { key: null, handoffs: 0, time: { n: 0, p50: null, p90: null } },
		routes: byRoute.filter(({ key }) => key !== null),
		topics: byTopic.sort((a, b) => (b.time.p50 ?? -1) - (a.time.p50 ?? -1)),
		curves: [
			curveOf('all', ends),
			...routes.map((route) =>
				curveOf(
					route,
					ends.filter(({ key1 }) => key1 === route)
				)
			)
		].filter(({ n }) => n >= leastOfCurve)
	};
}

async function readTimes(filter: Filter, by: 'route' | 'topic' | null): Promise<Resolved[]> {
	const parameters = await metricParameters(filter, by ? [by] : []);
	const rows = await query('waits/resolution', resolutionTimeRow, parameters);
	return rows.map(({ key1, possible, n, p50, p90 }) => ({
		key: key1,
		handoffs: possible,
		time: { n, p50, p90 }
	}));
}

/** Share of handoffs with a known end that were resolved by the end of each span. */
export function curveOf(key: string, rows: ResolvedByRow[]): ResolvedCurve {
	const n = rows.reduce((sum, row) => sum + row.n, 0);
	const ends = new Set(rows.flatMap(({ from_s, to_s }) => (from_s === null ? [] : (to_s ?? []))));
	const by = (at_s: number) =>
		rows.reduce((sum, row) => sum + (row.to_s !== null && row.to_s <= at_s ? row.n : 0), 0);
	return {
		key,
		n,
		points: [...ends]
			.sort((a, b) => a - b)
			.map((at_s) => {
				const { value, low, high } = shareOf(by(at_s), n);
				return { at_s, value, low, high };
			})
	};
}
