/** The handoffs to look at first: the lowest-scoring ones of a filter. */
import { INTEGER } from '@duckdb/node-api';
import { z } from 'zod';
import type { WorstHandoff } from '../../handoff.ts';
import { withSnapshot } from '../store/engine.ts';
import type { Filter } from '../scope/filter.ts';
import { metricParameters } from '../measure/measure.ts';
import { query } from '../store/query.ts';
import { readReviews } from '../reviews/reviews.ts';

const text = z.string().nullable();
const number = z.number().nullable();
const count = z.int().nullable();
const flag = z.boolean().nullable();

/** What every query about single handoffs gives of them. */
export const seenColumns = {
	handoff_id: z.string(),
	handed_off_local: z.string(),
	topic: text,
	trigger: text,
	route: text,
	channel: text,
	queue: text,
	resolved_queue: text,
	wait_before_s: number,
	wait_after_s: number,
	handle_s: number,
	csat: number,
	outcome: text,
	score: number,
	score_coverage: z.number(),
	resolution_efficiency: number,
	is_late: flag,
	is_cold: flag,
	is_hidden: flag,
	is_fought: flag,
	is_misrouted: flag,
	is_resolved: flag,
	is_answered: flag,
	human_requests: count,
	ai_attempts: count,
	reasked: count,
	transfers: count,
	context: z.array(z.string()).nullable(),
	missing: z.array(z.string()).nullable(),
	late_limit_s: z.number(),
	late_ai_attempts: z.int(),
	gap_target_s: z.number(),
	gap_worst_s: z.number(),
	question: text,
	summary: text,
	necessary: flag,
	lacked: text
};

export const worstRow = z.strictObject(seenColumns);

/**
 * The handoffs of a filter with the lowest quality scores, of those of which at least half of the
 * weight is known. Equal scores: more failure modes first, then lower CSAT, longer wait for a
 * person, id.
 * @param most how many at most
 */
export function readWorst(filter: Filter, most = 10): Promise<WorstHandoff[]> {
	return withSnapshot(async () => {
		const { values, types } = await metricParameters(filter, []);
		const rows = await query('handoff/worst', worstRow, {
			values: { ...values, most },
			types: { ...types, most: INTEGER }
		});
		const reviews = await readReviews(rows.map(({ handoff_id }) => handoff_id));
		return rows.map((row) => ({ ...row, review: reviews.get(row.handoff_id) ?? null }));
	});
}
