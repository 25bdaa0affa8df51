/** Row shapes of queries/triggers. */
import { z } from 'zod';

const text = z.string().nullable();
const number = z.number().nullable();

export const withinRow = z.strictObject({
	route: text,
	trigger: text,
	topic: text,
	handoffs: z.int(),
	before_n: z.int(),
	before_mean: number,
	before_sd: number,
	attempts_n: z.int(),
	attempts_sum: z.number(),
	attempts_squares: z.number(),
	late_n: z.int(),
	late_hits: z.int(),
	resolution_n: z.int(),
	resolution_hits: z.int(),
	outcome_n: z.int(),
	abandonment_hits: z.int(),
	not_connected_hits: z.int(),
	handback_hits: z.int(),
	csat_n: z.int(),
	csat_hits: z.int(),
	repeat_n: z.int(),
	repeat_hits: z.int(),
	avoidable_n: z.int(),
	avoidable_hits: z.int(),
	misrouted_n: z.int(),
	misrouted_hits: z.int()
});
export type WithinRow = z.infer<typeof withinRow>;

export const requestRow = z.strictObject({
	key1: text,
	requests: z.int().nullable(),
	handoffs: z.int(),
	before_n: z.int(),
	before_p50_s: number,
	before_p90_s: number,
	after_n: z.int(),
	after_p50_s: number,
	csat_n: z.int(),
	csat_hits: z.int(),
	resolution_n: z.int(),
	resolution_hits: z.int()
});
export type RequestRow = z.infer<typeof requestRow>;

export const decisionRow = z.strictObject({
	way: z.enum(['kept', 'threshold', 'other', 'unnamed']),
	/** hundredths; null: no confidence logged */
	bin: z.int().nullable(),
	n: z.int(),
	known: z.int(),
	resolved: z.int()
});
export type DecisionRow = z.infer<typeof decisionRow>;

export const turnRow = z.strictObject({
	is_handed_over: z.boolean(),
	route: text,
	trigger: text,
	handoff_turns: z.array(z.int()),
	right_turns: z.array(z.int()),
	conversations: z.int()
});
export type TurnRow = z.infer<typeof turnRow>;

export const latenessRow = z.strictObject({
	route: text,
	trigger: text,
	turns: z.int(),
	handoffs: z.int()
});
export type LatenessRow = z.infer<typeof latenessRow>;

export const handbackRow = z.strictObject({
	key1: text,
	handed_back: z.int(),
	again: z.int(),
	came_back: z.int(),
	stayed: z.int()
});
export type HandbackRow = z.infer<typeof handbackRow>;

export const chainRow = z.strictObject({
	handoffs: z.int(),
	conversations: z.int(),
	known: z.int(),
	resolved: z.int()
});

export const judgedRow = z.strictObject({
	route: text,
	trigger: text,
	judged_by: z.enum(['log', 'seam']),
	is_needed: z.boolean().nullable(),
	lacked: text,
	n: z.int()
});
export type JudgedRow = z.infer<typeof judgedRow>;

export const confidentRow = z.strictObject({ bin: z.int(), n: z.int() });
