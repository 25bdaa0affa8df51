/** The other contacts of one customer, around one handoff. */
import { formatDuration, formatNumber } from './format.ts';
import type { Path } from './week.ts';

/** A conversation that was not handed over, or a handoff. */
export type OtherContact = {
	/** null: the log does not say who had the conversation */
	path: Path | null;
	/** null where nothing was handed over */
	handoff_id: string | null;
	conversation_id: string;
	topic: string | null;
	channel: string | null;
	/** of a handoff its outcome, of another conversation its resolution */
	outcome: string | null;
	csat: number | null;
	/** when it began, 'YYYY-MM-DDTHH:MM'; of the same conversation when it was handed over */
	at_local: string;
	is_after: boolean;
	is_same_conversation: boolean;
	/** null where one of the two has no topic */
	is_same_topic: boolean | null;
	/** from the end of the earlier one to the beginning of the later one; below zero where they overlap */
	gap_s: number;
};

/** Contacts on one side of a handoff, in order, and how many there are beyond them. */
export type Side = { contacts: OtherContact[]; more: number };

export type OtherContacts = {
	before: Side;
	after: Side;
	/** sooner than this it belongs to the same matter */
	graceS: number;
	/** up to this it counts as a return */
	windowDays: number;
};

/** How far a contact is from the handoff, and what that counts as. */
export function distanceWords(
	contact: OtherContact,
	{ graceS, windowDays }: Pick<OtherContacts, 'graceS' | 'windowDays'>
): { distance: string; counts: string } {
	const { gap_s, is_after, is_same_conversation } = contact;
	if (is_same_conversation)
		return {
			distance: 'same conversation',
			counts: is_after ? 'later in it' : 'earlier in it'
		};
	if (gap_s < 0) return { distance: 'at the same time', counts: 'no return' };
	const distance = `${formatDuration(gap_s)} ${is_after ? 'after' : 'before'}`;
	if (gap_s <= graceS)
		return { distance, counts: `the same matter: within ${formatDuration(graceS)}` };
	const days = `${formatNumber(windowDays, Number.isInteger(windowDays) ? 0 : 1)} days`;
	return {
		distance,
		counts: gap_s <= windowDays * 86_400 ? `within ${days}` : `beyond ${days}`
	};
}
