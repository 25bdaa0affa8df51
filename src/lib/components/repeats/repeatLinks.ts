import { ofPath } from '../../conversationNarrowings.ts';
import type { ConversationNarrowing } from '../../conversations.ts';
import type { Narrowing } from '../../handoffs.ts';
import type { ListAddress } from '../../list.ts';
import type { Choices, RepeatsPage } from '../../repeats.ts';
import type { Path } from '../../week.ts';
import { conversationsBehind, handoffsBehind } from '../figure/figureAddress.ts';

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
		endedAfterLog: { flags: { after_log: true } },
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

/**
 * The handoffs, or conversations of a path, seen to come back within some days; null where the list
 * does not tell, which is that of conversations on one channel.
 */
export function backWithin(
	url: URL,
	page: RepeatsPage,
	path: Path,
	days: number
): ListAddress | null {
	if (path === 'handed_off')
		return handoffsBehind(url, page, {}, handoffsWithin(page.choices, days));
	const seen = returnsWithin(page.choices, days);
	return seen && conversationsBehind(url, page, {}, ofPath(path, seen));
}

/** Those of a path that can be followed; null on one channel: of those only that have one. */
export function followedOf(url: URL, page: RepeatsPage, path: Path): ListAddress | null {
	if (page.choices.on === 'same') return null;
	return path === 'handed_off'
		? handoffsBehind(url, page, {}, canBeFollowed)
		: conversationsBehind(url, page, {}, ofPath(path, limitsOf(0).followed));
}
