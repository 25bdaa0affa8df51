import type { ConversationNarrowing } from '../../conversations.ts';
import type { Narrowing } from '../../handoffs.ts';
import type { Choices } from '../../repeats.ts';

const day = 86_400;

/**
 * Handoffs or conversations seen to be followed by a contact within some days, in their list; that of
 * conversations knows no channels of returns.
 */
export function returnsWithin({ match, on }: Pick<Choices, 'match' | 'on'>, days: number) {
	if (on === 'same') return null;
	const seen = { from: null, to: days * day };
	return { ranges: match === 'same' ? { back_s: seen } : { contact_s: seen } };
}

/** Conversations without a customer id, those that can be followed, and for how many days. */
export const limitsOf = (days: number) =>
	({
		identified: { flags: { identified: false } },
		followed: { flags: { followed: true } },
		watchable: { ranges: { watched_s: { from: days * day, to: null } } }
	}) satisfies Record<string, ConversationNarrowing>;

/** The column that says when the contact came that counts as a return. */
const columns = {
	same: { any: 'back_s', same: 'back_channel_s' },
	any: { any: 'contact_s', same: 'contact_channel_s' }
} as const;

/** Handoffs seen to be followed by a contact that counts as a return within some days. */
export const handoffsWithin = (
	{ match, on }: Pick<Choices, 'match' | 'on'>,
	days: number
): Narrowing => ({ ranges: { [columns[match][on]]: { from: null, to: days * day } } });

/** Handoffs whose customer can be followed. */
export const canBeFollowed: Narrowing = { flags: { followed: true } };

/** The same, as far as the log shows so many days after them. */
export const watchedFor = (days: number): Narrowing => ({
	...canBeFollowed,
	ranges: { watched_s: { from: days * day, to: null } }
});

/** Handoffs that ended after the last contact of the log. */
export const endedAfterLog: Narrowing = { ranges: { watched_s: null } };

/** Of a next contact: its topic beside that of the handoff, its topic, channel and path. */
export type Target = {
	topicIs?: 'same' | 'other' | 'unknown';
	topic?: string | null;
	channel?: string | null;
	path?: string | null;
};

/** Handoffs seen to be followed by any contact within some days, by where it led. */
export function destination(days: number, to: Target = {}): Narrowing {
	const answers = { same: true, other: false, unknown: null };
	const values = { next_topic: to.topic, next_channel: to.channel, next_path: to.path };
	return {
		...handoffsWithin({ match: 'any', on: 'any' }, days),
		flags: to.topicIs ? { same_topic: answers[to.topicIs] } : {},
		values: Object.fromEntries(
			Object.entries(values).flatMap(([column, value]) =>
				value === undefined ? [] : [[column, [value ?? '']]]
			)
		)
	};
}
