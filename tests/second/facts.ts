import { quantile } from './estimate.ts';
import type { Watched } from './estimate.ts';
import type { Conversation, Handoff } from './records.ts';

const failureTriggers = [
	'low_confidence',
	'repeated_question',
	'customer_request',
	'frustration',
	'out_of_scope',
	'ai_error',
	'tool_failure',
	'repeated_failure'
];
const topicTriggers = [
	'billing_dispute',
	'transaction_dispute',
	'cancellation',
	'legal_compliance',
	'vulnerable_customer',
	'high_value_account',
	'policy_exception',
	'account_security',
	'sensitive_topic',
	'human_authority'
];
const notResolved = [
	'unresolved',
	'transferred',
	'returned_to_ai',
	'callback',
	'abandoned',
	'not_connected'
];
const requiredContext = ['transcript', 'summary', 'identity', 'records', 'reason'];
const grace = 30 * 60 * 1000;
const day = 24 * 60 * 60 * 1000;

type Answer = boolean | null;

export function routeOf({ route, trigger }: Handoff): string | null {
	if (route !== null) return route;
	if (trigger !== null && failureTriggers.includes(trigger)) return 'failure';
	if (trigger !== null && topicTriggers.includes(trigger)) return 'topic';
	return null;
}

export function waitBefore({ wait_before_s, started_at, handed_off_at }: Handoff): number | null {
	if (wait_before_s !== null) return wait_before_s;
	return started_at === null ? null : (handed_off_at - started_at) / 1000;
}

export function waitAfter(handoff: Handoff): number | null {
	if (handoff.wait_after_s !== null) return handoff.wait_after_s;
	if (handoff.first_human_reply_at === null) return null;
	return (handoff.first_human_reply_at - handoff.handed_off_at) / 1000;
}

export function start(handoff: Handoff): number | null {
	if (handoff.started_at !== null) return handoff.started_at;
	if (handoff.wait_before_s === null) return null;
	return handoff.handed_off_at - handoff.wait_before_s * 1000;
}

export function gotReply({ first_human_reply_at, outcome }: Handoff): boolean {
	if (first_human_reply_at !== null) return true;
	return outcome !== 'abandoned' && outcome !== 'not_connected' && outcome !== 'callback';
}

export function rating({ csat, csat_scale }: Handoff): number | null {
	return csat === null ? null : 1 + (4 * (csat - 1)) / ((csat_scale ?? 5) - 1);
}

export function isLate(handoff: Handoff): Answer {
	const wait = waitBefore(handoff);
	const { channel, human_requests, ai_attempts } = handoff;
	if (wait === null && human_requests === null && ai_attempts === null) return null;
	const limit = channel === 'voice' || channel === 'chat' ? 300 : 900;
	if (wait !== null && wait > limit) return true;
	if (human_requests !== null && human_requests >= 2) return true;
	return ai_attempts !== null && ai_attempts >= 3;
}

export function isCold({ context, reasked }: Handoff): Answer {
	if (context === null && reasked === null) return null;
	if (reasked !== null && reasked >= 2) return true;
	return context !== null && !context.includes('summary') && !context.includes('transcript');
}

export function contextValue({ context }: Handoff): number | null {
	if (context === null) return null;
	return requiredContext.filter((item) => context.includes(item)).length / requiredContext.length;
}

export function routingValue(handoff: Handoff): number | null {
	const { transfers, queue, resolved_queue, outcome } = handoff;
	const knowsQueues = queue !== null && resolved_queue !== null;
	if (transfers === null && !knowsQueues) return null;
	let moves = knowsQueues && queue !== resolved_queue ? 1 : 0;
	if (transfers !== null && transfers > moves) moves = transfers;
	if (moves === 0) return 1;
	if (moves > 1) return 0;
	if (outcome === null || outcome === 'answered') return null;
	return outcome === 'resolved' ? 0.5 : 0;
}

/** Whether it went on to another queue, by the count of moves or by the names of both queues. */
export function isMoved({ transfers, queue, resolved_queue }: Handoff): Answer {
	const elsewhere = queue !== null && resolved_queue !== null ? queue !== resolved_queue : null;
	if (transfers === null) return elsewhere;
	return transfers > 0 || elsewhere === true;
}

export function smoothnessValue(handoff: Handoff): number | null {
	const { reasked, announced } = handoff;
	// Who gave up was not served after that wait.
	const gap = gotReply(handoff) ? waitAfter(handoff) : null;
	const known: number[] = [];
	if (reasked === 0) known.push(1);
	else if (reasked === 1) known.push(0.5);
	else if (reasked !== null) known.push(0);
	if (announced !== null) known.push(announced ? 1 : 0);
	if (gap !== null) {
		if (gap <= 60) known.push(1);
		else if (gap >= 600) known.push(0);
		else known.push(1 - (gap - 60) / 540);
	}
	return average(known);
}

function average(values: number[]): number | null {
	if (values.length === 0) return null;
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}

type Contact = { conversation_id: string; topic: string | null; start: number };

/** What one row cannot say alone: it takes the whole log. */
export class Log {
	readonly handedOff: Set<string>;
	/** Whether the log carries surveys at all, and whether it ever says that a matter was resolved or not. */
	readonly hasSurveys: boolean;
	readonly hasEnds: boolean;
	readonly #recordOf = new Map<string, Conversation>();
	readonly #contactsOf = new Map<string, Contact[]>();
	readonly #handleOf = new Map<string | null, { p20: number; p80: number }>();
	#end = -Infinity;

	constructor(handoffs: Handoff[], conversations: Conversation[]) {
		this.handedOff = new Set(handoffs.map(({ conversation_id }) => conversation_id));
		this.hasSurveys = handoffs.some(({ csat }) => csat !== null);
		this.hasEnds = handoffs.some(
			({ outcome }) => outcome === 'resolved' || outcome === 'unresolved'
		);
		for (const conversation of conversations) {
			this.#recordOf.set(conversation.conversation_id, conversation);
			this.#addContact(conversation, conversation.started_at);
			this.#end = Math.max(this.#end, conversation.started_at);
		}
		for (const handoff of handoffs) {
			this.#end = Math.max(this.#end, handoff.handed_off_at);
			// What the record of a conversation does not say, its handoffs do.
			const record = this.#recordOf.get(handoff.conversation_id);
			if (record?.customer_id && record.topic) continue;
			const customer_id = record?.customer_id ?? handoff.customer_id;
			const topic = record?.topic ?? handoff.topic;
			this.#addContact(
				{ conversation_id: handoff.conversation_id, customer_id, topic },
				Math.min(
					record?.started_at ?? start(handoff) ?? handoff.handed_off_at,
					handoff.handed_off_at
				)
			);
		}
		const times = new Map<string | null, number[]>();
		for (const { topic, handle_s } of handoffs) {
			if (handle_s === null) continue;
			const known = times.get(topic);
			if (known) known.push(handle_s);
			else times.set(topic, [handle_s]);
		}
		for (const [topic, values] of times)
			this.#handleOf.set(topic, {
				p20: quantile(values, 0.2) ?? NaN,
				p80: quantile(values, 0.8) ?? NaN
			});
	}

	#addContact(
		row: { customer_id: string | null; conversation_id: string; topic: string | null },
		start: number
	) {
		if (row.customer_id === null) return;
		const contacts = this.#contactsOf.get(row.customer_id) ?? [];
		this.#contactsOf.set(row.customer_id, contacts);
		const { conversation_id, topic } = row;
		const begun = contacts.find(
			(contact) => contact.conversation_id === conversation_id && contact.topic === topic
		);
		// Several handoffs of a conversation are one contact, begun with the first of them.
		if (begun) begun.start = Math.min(begun.start, start);
		else contacts.push({ conversation_id, topic, start });
	}

	efficiencyValue({ outcome, handle_s, topic }: Handoff): number | null {
		if (!this.hasEnds || outcome === null || outcome === 'answered') return null;
		if (notResolved.includes(outcome)) return 0;
		const limits = this.#handleOf.get(topic);
		if (handle_s === null || !limits) return null;
		const { p20, p80 } = limits;
		if (handle_s <= p20) return 1;
		if (handle_s >= p80 || p20 === 0) return 0;
		const range = Math.log(p80) - Math.log(p20);
		return 1 - (Math.log(handle_s) - Math.log(p20)) / range;
	}

	/** Score of a handoff, 0–100, null where less than half of the components are known. */
	score(handoff: Handoff): number | null {
		const known = [
			contextValue(handoff),
			routingValue(handoff),
			smoothnessValue(handoff),
			this.efficiencyValue(handoff)
		].filter((value) => value !== null);
		const mean = average(known);
		return mean === null || known.length < 2 ? null : 100 * mean;
	}

	watchedHandoff(handoff: Handoff): Watched | null {
		const ended =
			this.#recordOf.get(handoff.conversation_id)?.ended_at ??
			handoff.resolved_at ??
			handoff.handed_off_at + ((waitAfter(handoff) ?? 0) + (handoff.handle_s ?? 0)) * 1000;
		return this.#watched(handoff, ended);
	}

	watchedConversation(conversation: Conversation): Watched | null {
		return this.#watched(conversation, conversation.ended_at ?? conversation.started_at);
	}

	#watched(
		row: { customer_id: string | null; conversation_id: string; topic: string | null },
		ended: number
	): Watched | null {
		if (row.customer_id === null || row.topic === null || this.#end < ended) return null;
		let next = Infinity;
		for (const contact of this.#contactsOf.get(row.customer_id) ?? []) {
			if (contact.conversation_id === row.conversation_id) continue;
			if (contact.topic !== row.topic || contact.start <= ended + grace) continue;
			next = Math.min(next, contact.start);
		}
		return { days: (Math.min(next, this.#end) - ended) / day, cameBack: next !== Infinity };
	}
}
