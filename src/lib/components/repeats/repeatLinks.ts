import type { ConversationNarrowing } from '../../conversations.ts';
import type { Choices } from '../../repeats.ts';

/**
 * Handoffs or conversations seen to be followed by a contact within some days, in their list; the
 * lists know no channels of returns.
 */
export function returnsWithin({ match, on }: Pick<Choices, 'match' | 'on'>, days: number) {
	if (on === 'same') return null;
	const seen = { from: null, to: days * 86_400 };
	return { ranges: match === 'same' ? { back_s: seen } : { contact_s: seen } };
}

/** Conversations without a customer id, those that can be followed, and for how many days. */
export const limitsOf = (days: number) =>
	({
		identified: { flags: { identified: false } },
		followed: { flags: { followed: true } },
		watchable: { ranges: { watched_s: { from: days * 86_400, to: null } } }
	}) satisfies Record<string, ConversationNarrowing>;
