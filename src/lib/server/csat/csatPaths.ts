/** CSAT of the three ways a contact can go, over one and the same period and filter. */
import { z } from 'zod';
import type { Estimate } from '../../estimate.ts';
import type { CsatRow, Path } from '../../week.ts';
import { engine } from '../store/engine.ts';
import { conversationDimensions, type Filter } from '../scope/filter.ts';
import { estimateOf, measure, metricParameters } from '../measure/measure.ts';
import { query } from '../store/query.ts';

export const pathRow = z.strictObject({
	key1: z.string().nullable(),
	path: z.enum(['ai_only', 'human_only']),
	possible: z.int(),
	n: z.int(),
	hits: z.int(),
	total: z.number(),
	total_of_squares: z.number()
});

/** Answers of one path in one group; `key` null: the log has no value there, or nothing was split. */
export type PathGroup = {
	key: string | null;
	path: Path;
	/** conversations of the path, handoffs where it is handed off */
	conversations: number;
	csat_top2: Estimate;
	csat_mean: Estimate;
};

/** CSAT of the three paths; the AI-only and human-only ones know no route, trigger, queue or team. */
export async function readPaths(filter: Filter, by?: 'topic' | 'week'): Promise<PathGroup[]> {
	const split = by ? [by] : [];
	const carried = Object.fromEntries(
		Object.entries(filter).filter(
			([name]) =>
				name === 'from' || name === 'to' || conversationDimensions.some((d) => d === name)
		)
	) as Filter;
	const { settings } = await engine();
	const [handedOff, others] = await Promise.all([
		measure(filter, ['handoffs', 'csat_top2', 'csat_mean'], split),
		query('csat/by_path', pathRow, await metricParameters(carried, split))
	]);
	return [
		...handedOff.map((row): PathGroup => ({
			key: (by && row.by[by]) ?? null,
			path: 'handed_off',
			conversations: row.values.handoffs.n,
			csat_top2: row.values.csat_top2,
			csat_mean: row.values.csat_mean
		})),
		...others.map(({ key1, path, possible, n, hits, total, total_of_squares }): PathGroup => {
			const group = { key1, key2: null, possible, n };
			return {
				key: key1,
				path,
				conversations: possible,
				csat_top2: estimateOf({ ...group, hits }, settings.repeat_window_days),
				csat_mean: estimateOf(
					{ ...group, total, total_of_squares },
					settings.repeat_window_days
				)
			};
		})
	];
}

/** The same for the charts that show it by topic, or altogether. */
export async function readCsat(filter: Filter, byTopic: boolean): Promise<CsatRow[]> {
	const groups = await readPaths(filter, byTopic ? 'topic' : undefined);
	return groups.map(({ key, path, csat_top2, csat_mean }) => ({
		topic: key,
		path,
		csat_top2,
		csat_mean
	}));
}
