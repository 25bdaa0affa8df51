import { start, waitAfter } from './facts.ts';
import type { Conversation, Handoff } from './records.ts';

/** The next contact of a customer, as the facts name it. Moments in milliseconds since 1970. */
export type Next = {
	next_same_topic_at: number | null;
	next_same_topic_channel_at: number | null;
	next_contact_at: number | null;
	next_channel_at: number | null;
	next_contact_conversation_id: string | null;
	next_contact_topic: string | null;
	next_contact_channel: string | null;
};

type Row = Pick<Handoff, 'conversation_id' | 'customer_id' | 'topic' | 'channel'>;
type Contact = Row & { start: number; isFirst: boolean };

const grace = 30 * 60 * 1000;

/** When a handoff was over, as its conversation's record or else the handoff itself says. */
export function endOf(handoff: Handoff, record: Conversation | undefined): number {
	const work = ((waitAfter(handoff) ?? 0) + (handoff.handle_s ?? 0)) * 1000;
	return record?.ended_at ?? handoff.resolved_at ?? handoff.handed_off_at + work;
}

const saysAll = (record: Conversation | undefined) =>
	record !== undefined && record.customer_id !== null && record.topic !== null;

/** A handoff as a contact: what the record of its conversation says goes first. */
export function filledIn(handoff: Handoff, record: Conversation | undefined) {
	const { conversation_id } = handoff;
	const [customer_id, topic, channel] = (['customer_id', 'topic', 'channel'] as const).map(
		(field) => record?.[field] ?? handoff[field]
	) as [string | null, string | null, string | null];
	const said = record?.started_at ?? start(handoff) ?? handoff.handed_off_at;
	const began = Math.min(said, handoff.handed_off_at);
	const row = { conversation_id, customer_id, topic, channel };
	return { row, began, place: handoff.handed_off_at };
}

/** Who came back after what: the next contacts in a log, a second time and one by one. */
export class NextContacts {
	readonly records: Map<string, Conversation>;
	readonly #contacts = new Map<string, Contact[]>();

	constructor(handoffs: Handoff[], conversations: Conversation[]) {
		this.records = new Map(conversations.map((row) => [row.conversation_id, row]));
		const inOrder = [
			...conversations.map((row) => ({ row, began: row.started_at, place: -Infinity })),
			...handoffs
				.filter(({ conversation_id }) => !saysAll(this.records.get(conversation_id)))
				.map((row) => filledIn(row, this.records.get(row.conversation_id)))
		].sort(
			(a, b) => a.began - b.began || compare(a.row.topic, b.row.topic) || a.place - b.place
		);
		for (const { row, began } of inOrder) this.#add(row, began);
	}

	/** Rows have to come in the order in which they began. */
	#add(row: Row, start: number) {
		if (row.customer_id === null) return;
		const contacts = this.#contacts.get(row.customer_id) ?? [];
		this.#contacts.set(row.customer_id, contacts);
		const known = contacts.filter((one) => one.conversation_id === row.conversation_id);
		const begun = known.find(({ topic }) => topic === row.topic);
		if (begun) begun.channel ??= row.channel;
		else contacts.push({ ...row, start, isFirst: known.length === 0 });
	}

	after(row: Row, ended: number): Next {
		const mine = row.customer_id === null ? [] : (this.#contacts.get(row.customer_id) ?? []);
		const later = mine
			.filter((one) => one.start > ended + grace)
			.filter((one) => one.isFirst || isSame(one.topic, row.topic));
		const onTopic = later.filter((one) => isSame(one.topic, row.topic));
		const onChannel = (one: Contact) => isSame(one.channel, row.channel);
		const at = (contacts: Contact[]) =>
			contacts.length === 0 ? null : Math.min(...contacts.map(({ start }) => start));
		const rank = (one: Contact) => (isSame(one.topic, row.topic) ? 0 : 1);
		const [next] = later.toSorted(
			(a, b) =>
				a.start - b.start ||
				rank(a) - rank(b) ||
				compare(a.conversation_id, b.conversation_id)
		);
		return {
			next_same_topic_at: at(onTopic),
			next_same_topic_channel_at: at(onTopic.filter(onChannel)),
			next_contact_at: at(later),
			next_channel_at: at(later.filter(onChannel)),
			next_contact_conversation_id: next?.conversation_id ?? null,
			next_contact_topic: next?.topic ?? null,
			next_contact_channel: next?.channel ?? null
		};
	}
}

const isSame = (a: string | null, b: string | null) => a !== null && a === b;

/** By code points, what is unknown last. */
function compare(a: string | null, b: string | null): number {
	if (a === b) return 0;
	if (a === null || b === null) return a === null ? 1 : -1;
	return a < b ? -1 : 1;
}
