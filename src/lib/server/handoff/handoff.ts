/** Everything the page of one handoff shows. */
import { VARCHAR } from '@duckdb/node-api';
import { z } from 'zod';
import type { Handoff } from '../../handoff.ts';
import { engine, withSnapshot } from '../store/engine.ts';
import { metricParameters } from '../measure/measure.ts';
import { query } from '../store/query.ts';
import { readReview } from '../reviews/reviews.ts';
import { seenColumns } from '../week/worst.ts';

const text = z.string().nullable();
const number = z.number().nullable();
const flag = z.boolean().nullable();

export const handoffRow = z.strictObject({
	...seenColumns,
	conversation_id: z.string(),
	customer_id: text,
	subtopic: text,
	language: text,
	customer_tier: text,
	ai_version: text,
	team: text,
	local_week: z.string(),
	began_local: text,
	replied_local: text,
	resolved_local: text,
	ended_local: z.string(),
	next_contact_local: text,
	next_contact_after_s: number,
	is_next_same_topic: flag,
	time_to_resolution_s: number,
	began_before_s: number,
	replied_after_s: number,
	handed_off_to_resolved_s: number,
	ended_after_s: z.number(),
	watched_s: z.number(),
	is_wait_disputed: flag,
	announced: flag,
	confidence: number,
	sentiment_start: number,
	sentiment_end: number,
	required_context: z.array(z.string()),
	context_completeness: number,
	routing_accuracy: number,
	transition_smoothness: number,
	p20_s: number,
	p80_s: number,
	resolution: text
});

/** The whole calendar. */
const ever = { from: '1970-01-01', to: '2101-01-01' };

/** The handoff of an id; null where no handoff has it. */
export function readHandoff(id: string): Promise<Handoff | null> {
	return withSnapshot(async () => {
		const { values, types } = await metricParameters(ever, []);
		const [row] = await query('handoff/one', handoffRow, {
			values: { ...values, handoff_id: id },
			types: { ...types, handoff_id: VARCHAR }
		});
		if (!row) return null;
		const { context_completeness, routing_accuracy, transition_smoothness, ...rest } = row;
		const { settings } = await engine();
		return {
			...rest,
			components: {
				context: context_completeness,
				routing: routing_accuracy,
				smoothness: transition_smoothness,
				resolution: row.resolution_efficiency
			},
			weights: settings.score_weights,
			review: await readReview(id)
		};
	});
}
