/** Conversations and handoffs as lines of a log, with the fields that such a log leaves empty. */
import { records } from '../contract.ts';
import { routeOf } from '../triggers.ts';
import { isoTime } from './clock.ts';
import type { Conversation } from './conversation.ts';
import type { Handoff } from './handoffs.ts';
import type { Stream } from './random.ts';
import type { Channel } from './shop.ts';

export type HandoffColumn = keyof (typeof records)['handoff']['shape'];
export type ConversationColumn = keyof (typeof records)['conversation']['shape'];

/** The columns of the two files: every field of the contract, in its order. */
export const handoffColumns = Object.keys(records.handoff.shape) as HandoffColumn[];
export const conversationColumns = Object.keys(records.conversation.shape) as ConversationColumn[];

export type Line<Column extends string> = Record<Column, string>;

type Rates = Partial<Record<HandoffColumn, number>>;

/** Share of lines that lack a field the shop knows. */
const missing: Rates = {
	handoff_id: 0.03,
	language: 0.01,
	customer_tier: 0.02,
	ai_version: 0.01,
	team: 0.03,
	agent_id: 0.05,
	started_at: 0.03,
	first_human_reply_at: 0.04,
	resolved_at: 0.04,
	wait_before_s: 0.25,
	wait_after_s: 0.25,
	handle_s: 0.06,
	trigger: 0.04,
	topic: 0.01,
	subtopic: 0.08,
	queue: 0.01,
	resolved_queue: 0.05,
	transfers: 0.03,
	outcome: 0.02,
	announced: 0.05,
	reasked: 0.3,
	human_requests: 0.05,
	ai_attempts: 0.05,
	confidence: 0.08,
	sentiment_start: 0.1,
	sentiment_end: 0.1,
	csat_at: 0.05,
	question: 0.1,
	summary: 0.1,
	resolution: 0.3
};

/** Channels that lack more. */
const missingByChannel: Record<Channel, Rates> = {
	chat: {},
	messaging: { handle_s: 0.15 },
	email: { announced: 0.4, confidence: 0.4, human_requests: 0.3 },
	voice: { sentiment_start: 0.6, sentiment_end: 0.6, question: 0.55, confidence: 0.2 }
};

/** Share of lines that state the route instead of leaving it to the trigger. */
const routeStated = 0.12;

const text = (value: string | number | boolean | null) => (value === null ? '' : String(value));
const time = (instant: number | null) => (instant === null ? '' : isoTime(Math.round(instant)));

function fullLine(handoff: Handoff, stream: Stream): Line<HandoffColumn> {
	const { contact, survey, review } = handoff;
	const stated = stream.chance(routeStated);
	return {
		handoff_id: handoff.id,
		conversation_id: contact.id,
		customer_id: text(contact.customer.id),
		channel: contact.channel,
		language: contact.customer.language,
		customer_tier: contact.customer.tier,
		ai_version: contact.version,
		team: contact.topic.team,
		agent_id: text(handoff.agent),
		started_at: time(handoff.startedAt),
		handed_off_at: time(handoff.handedOffAt),
		first_human_reply_at: time(handoff.repliedAt),
		resolved_at: time(handoff.resolvedAt),
		wait_before_s: text(handoff.handedOffAt - handoff.startedAt),
		wait_after_s: text(handoff.waitAfter),
		handle_s: text(handoff.handle),
		trigger: handoff.trigger,
		route: stated ? routeOf(handoff.trigger) : '',
		topic: contact.topic.name,
		subtopic: contact.matter.subtopic,
		queue: handoff.queue,
		resolved_queue: text(handoff.resolvedQueue),
		transfers: text(handoff.transfers),
		outcome: handoff.outcome,
		context: handoff.context === null ? '' : handoff.context.join('|') || 'none',
		announced: text(handoff.announced),
		reasked: text(handoff.reasked),
		human_requests: text(handoff.humanRequests),
		ai_attempts: text(handoff.aiAttempts),
		handoff_turn: text(handoff.atTurn),
		confidence: text(handoff.confidence),
		sentiment_start: text(handoff.sentimentStart),
		sentiment_end: text(handoff.sentimentEnd),
		csat: text(survey?.csat ?? null),
		csat_scale: survey ? '5' : '',
		csat_at: time(survey?.at ?? null),
		necessary: text(review?.necessary ?? null),
		lacked: text(review?.lacked ?? null),
		right_turn: text(handoff.rightTurn),
		question: handoff.question,
		summary: text(handoff.summary),
		resolution: text(handoff.resolution)
	};
}

/** A handoff as the log has it. */
export function handoffLine(handoff: Handoff, stream: Stream): Line<HandoffColumn> {
	const line = fullLine(handoff, stream);
	const more = missingByChannel[handoff.contact.channel];
	for (const column of handoffColumns) {
		const rate = more[column] ?? missing[column];
		if (rate !== undefined && stream.chance(rate)) line[column] = '';
	}
	return line;
}

/** A conversation as the log has it. */
export function conversationLine(
	{ contact, endedAt, handledBy, resolution, survey, sureness, rightTurn }: Conversation,
	stream: Stream
): Line<ConversationColumn> {
	return {
		conversation_id: contact.id,
		customer_id: text(contact.customer.id),
		channel: contact.channel,
		language: stream.chance(0.01) ? '' : contact.customer.language,
		customer_tier: stream.chance(0.02) ? '' : contact.customer.tier,
		ai_version: handledBy === 'human' || stream.chance(0.01) ? '' : contact.version,
		topic: stream.chance(0.01) ? '' : contact.topic.name,
		started_at: time(contact.at),
		ended_at: stream.chance(0.03) ? '' : time(endedAt),
		handled_by: handledBy,
		resolution: stream.chance(0.04) ? '' : text(resolution),
		confidence: text(sureness),
		right_turn: text(rightTurn),
		csat: text(survey?.csat ?? null),
		csat_scale: survey ? '5' : ''
	};
}
