/** Rows of queries/gaps. */
import { z } from 'zod';

const topic = z.string().nullable();

const cell = {
	/** Monday */
	week: z.string(),
	topic,
	channel: z.string().nullable(),
	is_in_period: z.boolean()
};

export const volumeRow = z.strictObject({
	...cell,
	conversations: z.int(),
	routed: z.int(),
	unrouted: z.int()
});
export type VolumeRow = z.infer<typeof volumeRow>;

export const failureRow = z.strictObject({ ...cell, failures: z.int() });
export type FailureRow = z.infer<typeof failureRow>;

export const evidenceRow = z.strictObject({
	topic,
	trigger: z.string().nullable(),
	lacked: z.string().nullable(),
	outcome: z.string().nullable(),
	failures: z.int()
});
export type EvidenceRow = z.infer<typeof evidenceRow>;

export const ratingRow = z.strictObject({
	topic,
	is_failure: z.boolean(),
	handoffs: z.int(),
	answers: z.int(),
	total: z.number(),
	total_of_squares: z.number()
});
export type RatingRow = z.infer<typeof ratingRow>;

export const repeatWorkRow = z.strictObject({
	topic,
	contacts: z.int(),
	known: z.int(),
	mean_work_s: z.number().nullable()
});
export type RepeatWorkRow = z.infer<typeof repeatWorkRow>;

export const phraseHandoffRow = z.strictObject({
	phrase: z.string(),
	is_failure: z.boolean(),
	trigger: z.string().nullable(),
	lacked: z.string().nullable(),
	outcome: z.string().nullable(),
	handoffs: z.int(),
	handled: z.int(),
	mean_handle_s: z.number().nullable(),
	handle_squares: z.number(),
	answers: z.int(),
	total: z.number(),
	total_of_squares: z.number()
});
export type PhraseHandoffRow = z.infer<typeof phraseHandoffRow>;

export const phraseRepeatRow = z.strictObject({
	phrase: z.string(),
	possible: z.int(),
	n: z.int(),
	at_risk_at_window: z.int(),
	days: z.array(z.number()).nullable(),
	at_risk: z.array(z.int()).nullable(),
	repeats: z.array(z.int()).nullable()
});
export type PhraseRepeatRow = z.infer<typeof phraseRepeatRow>;

export const cameBackRow = z.strictObject({
	conversation_id: z.string(),
	topic: z.string(),
	channel: z.string().nullable(),
	language: z.string().nullable(),
	resolution: z.string().nullable(),
	local_day: z.string(),
	started_local: z.string(),
	after_s: z.number(),
	back_conversation_id: z.string().nullable(),
	back_day: z.string().nullable(),
	is_back_ai_only: z.boolean().nullable(),
	is_back_human_only: z.boolean().nullable(),
	back_handoff_id: z.string().nullable(),
	back_trigger: z.string().nullable(),
	back_question: z.string().nullable()
});
