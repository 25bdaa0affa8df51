/** What the queries of queries/repeats give. */
import { z } from 'zod';

/** Whose next contact is asked for: handoffs, or conversations that the AI or people had alone. */
export const repeatPaths = ['handed_off', 'ai_only', 'human_only'] as const;
export type RepeatPath = (typeof repeatPaths)[number];

/**
 * A time of a life table, in days since the end of the handoff or conversation: how many customers
 * were still watched just before it, how many came back at it, on the same topic or another, and how
 * many were lost from sight. Groups of which nobody could be followed have no row.
 *
 * With `$until` 'same_topic' customers are watched to their next contact on the same topic,
 * whatever else they ask in between, and `other_topic` is 0. With 'first' or 'any_topic' they are
 * watched to their first contact: same_topic and other_topic are its two kinds, and their sum a
 * return on any topic. With `$channel` 'same' only contacts on the same channel count, and those
 * whose channel is unknown are left out. All who are watched beyond `$horizon_days` close the table
 * there as censored.
 */
export const lifeRow = z.strictObject({
	key1: z.string().nullable(),
	days: z.number(),
	at_risk: z.int(),
	same_topic: z.int(),
	other_topic: z.int(),
	censored: z.int()
});
export type LifeRow = z.infer<typeof lifeRow>;

/**
 * Where customers come back to: how many of the `n` followed of a group had their next contact, on
 * any topic, within `$window_days`, by its channel, topic and path. A group that nobody came back
 * from has no row. Those followed for less than the window are in `n`: shares of it are too low,
 * shares of all who came back are not.
 */
export const destinationRow = z.strictObject({
	key1: z.string().nullable(),
	next_channel: z.string().nullable(),
	topic_is: z.enum(['same', 'other', 'unknown']),
	next_topic: z.string().nullable(),
	next_path: z.enum([...repeatPaths, 'unknown']),
	contacts: z.int(),
	n: z.int()
});
export type DestinationRow = z.infer<typeof destinationRow>;

/**
 * How much the log limits what can be said: of the `contacts` of a path and filter, how many lack a
 * field or ended after the log, how many are `followed`, and how many of those the log could show
 * for the whole window and horizon, with the median of the days it could show (for want of a
 * contact: the median follow-up). `handoffs` are those of the filter, whatever the path;
 * `last_contact_on` is a local date of the whole log.
 */
export const repeatLimitsRow = z.strictObject({
	handoffs: z.int(),
	contacts: z.int(),
	without_customer: z.int(),
	without_topic: z.int(),
	without_channel: z.int(),
	ended_after_log: z.int(),
	followed: z.int(),
	watchable_for_window: z.int(),
	watchable_to_horizon: z.int(),
	median_possible_days: z.number().nullable(),
	last_contact_on: z.string().nullable()
});
export type RepeatLimitsRow = z.infer<typeof repeatLimitsRow>;

/**
 * Handoffs with and without a customer id: how many there are, how many of those of which it is
 * `known` were answered, and the wait of those who were, in seconds. `long_waits` are longer than the
 * median of all.
 */
export const identifiedRow = z.strictObject({
	is_identified: z.boolean(),
	handoffs: z.int(),
	customers: z.int(),
	known: z.int(),
	answered: z.int(),
	waits: z.int(),
	long_waits: z.int(),
	wait_p50_s: z.number().nullable(),
	wait_p90_s: z.number().nullable()
});
