import type { MetricId } from '../../src/lib/metrics.ts';
import { localDay, mondayOf } from './clock.ts';
import {
	comeBackOf,
	countOf,
	meanOf,
	quantileOf,
	ratingOf,
	shareOf,
	type Estimate
} from './estimate.ts';
import {
	contextValue,
	gotReply,
	isCold,
	isLate,
	isMoved,
	Log,
	rating,
	routeOf,
	routingValue,
	smoothnessValue,
	start,
	waitAfter,
	waitBefore
} from './facts.ts';
import type { Conversation, Handoff } from './records.ts';

export type Dimension =
	| 'week'
	| 'day'
	| 'month'
	| 'topic'
	| 'subtopic'
	| 'trigger'
	| 'route'
	| 'channel'
	| 'queue'
	| 'language'
	| 'customer_tier'
	| 'ai_version'
	| 'team'
	| 'outcome';

/** What to count: local dates, `to` excluded; '' in a list of `where` stands for rows without a value. */
export type Question = {
	from: string;
	to: string;
	where?: Partial<Record<Dimension, string[]>>;
};

type OverHandoffs = (rows: Handoff[], log: Log) => Estimate;
type OverConversations = (rows: Conversation[], log: Log) => Estimate;

/** Share of the handoffs that ended in one way, over those that ended in any of some ways. */
const ended =
	(outcome: string, among: (outcome: string) => boolean): OverHandoffs =>
	(rows) =>
		shareOf(rows, (row) =>
			row.outcome === null || !among(row.outcome) ? null : row.outcome === outcome
		);
const anyEnd = () => true;
const replyWait = (row: Handoff) => (gotReply(row) ? waitAfter(row) : null);
const atLeast = (count: number | null, least: number) => (count === null ? null : count >= least);

function totalWait(row: Handoff): number | null {
	const [before, after] = [waitBefore(row), waitAfter(row)];
	return before === null || after === null ? null : before + after;
}

function waitedLonger(row: Handoff): boolean | null {
	const [before, after] = [waitBefore(row), waitAfter(row)];
	return before === null || after === null ? null : after > before;
}

function toResolution(row: Handoff): number | null {
	const began = start(row);
	return began === null || row.resolved_at === null ? null : (row.resolved_at - began) / 1000;
}

function isFailure(row: Handoff): boolean | null {
	const route = routeOf(row);
	return route === null ? null : route === 'failure';
}

function isContained({ conversation_id }: Conversation, log: Log): boolean {
	return !log.handedOff.has(conversation_id);
}

/** Conversations that the AI could have handed over. */
const eligible = (rows: Conversation[], log: Log) =>
	rows.filter((row) => row.handled_by !== 'human' || !isContained(row, log));

const overConversations: Partial<Record<MetricId, OverConversations>> = {
	conversations: countOf,
	handoff_rate: (rows, log) => shareOf(eligible(rows, log), (row) => !isContained(row, log)),
	containment_rate: (rows, log) => shareOf(eligible(rows, log), (row) => isContained(row, log)),
	false_containment_rate: (rows, log) =>
		comeBackOf(
			rows.filter((row) => row.handled_by === 'ai' && isContained(row, log)),
			(row) => log.watchedConversation(row)
		)
};

const overHandoffs: Partial<Record<MetricId, OverHandoffs>> = {
	handoffs: countOf,
	failure_share: (rows) => shareOf(rows, isFailure),
	wait_before_p50: (rows) => quantileOf(rows, 0.5, waitBefore),
	wait_before_p90: (rows) => quantileOf(rows, 0.9, waitBefore),
	wait_after_p50: (rows) => quantileOf(rows, 0.5, replyWait),
	wait_after_p90: (rows) => quantileOf(rows, 0.9, replyWait),
	wait_total_p90: (rows) => quantileOf(rows, 0.9, totalWait),
	longer_after_share: (rows) => shareOf(rows, waitedLonger),
	abandonment_rate: ended('abandoned', anyEnd),
	not_connected_rate: ended('not_connected', anyEnd),
	handback_rate: ended('returned_to_ai', anyEnd),
	resolution_rate: (rows, log) =>
		ended('resolved', (outcome) => log.hasEnds && outcome !== 'answered')(rows, log),
	handle_p50: (rows) => quantileOf(rows, 0.5, (row) => row.handle_s),
	handle_mean: (rows) => meanOf(rows, (row) => row.handle_s),
	time_to_resolution_p50: (rows) => quantileOf(rows, 0.5, toResolution),
	csat_top2: (rows) => shareOf(rows, (row) => atLeast(rating(row), 4)),
	csat_mean: (rows) => ratingOf(rows, rating),
	csat_response_rate: (rows, log) =>
		shareOf(rows, (row) => (log.hasSurveys ? row.csat !== null : null)),
	repeat_rate: (rows, log) => comeBackOf(rows, (row) => log.watchedHandoff(row)),
	quality_score: (rows, log) => meanOf(rows, (row) => log.score(row)),
	context_completeness: (rows) => meanOf(rows, contextValue),
	routing_accuracy: (rows) => meanOf(rows, routingValue),
	transition_smoothness: (rows) => meanOf(rows, smoothnessValue),
	resolution_efficiency: (rows, log) => meanOf(rows, (row) => log.efficiencyValue(row)),
	reask_rate: (rows) => shareOf(rows, (row) => atLeast(row.reasked, 1)),
	announced_rate: (rows) => shareOf(rows, (row) => row.announced),
	hidden_rate: (rows) => shareOf(rows, (row) => (row.announced === null ? null : !row.announced)),
	late_rate: (rows) => shareOf(rows, isLate),
	cold_rate: (rows) => shareOf(rows, isCold),
	fought_rate: (rows) => shareOf(rows, (row) => atLeast(row.human_requests, 2)),
	misrouted_rate: (rows) => shareOf(rows, isMoved),
	avoidable_share: (rows) =>
		shareOf(rows, (row) => (row.necessary === null ? null : !row.necessary))
};

/** Dimensions that a conversation has; metrics over conversations know no others. */
export const conversationDimensions: Dimension[] = [
	'week',
	'day',
	'month',
	'topic',
	'channel',
	'language',
	'customer_tier',
	'ai_version'
];

/** How a group is named in the result: its values in the order of the dimensions, null where the log has none. */
export const groupKey = (values: (string | null | undefined)[]) =>
	JSON.stringify(values.map((value) => value ?? null));

/**
 * Every metric a second time, straight from the rows of a log: slow, plain, and sharing nothing
 * with the queries but the definitions. Groups without rows are absent; with no dimension there is
 * always the one group `groupKey([])`.
 */
export function secondMeasure(
	handoffs: Handoff[],
	conversations: Conversation[],
	question: Question,
	metric: MetricId,
	by: Dimension[],
	{ timezone }: { timezone: string }
): Map<string, Estimate> {
	const log = logOf(handoffs, conversations);
	const perConversation = overConversations[metric];
	if (perConversation) {
		const asked = [...by, ...(Object.keys(question.where ?? {}) as Dimension[])];
		const strange = asked.find((dimension) => !conversationDimensions.includes(dimension));
		if (strange) throw new RangeError(`${metric} has no dimension ${strange}`);
		return grouped(
			conversations,
			(row, dimension) => conversationValue(row, dimension, timezone),
			question,
			by,
			(rows) => perConversation(rows, log)
		);
	}
	const perHandoff = overHandoffs[metric];
	if (!perHandoff) throw new RangeError(`${metric} has no second computation`);
	return grouped(
		handoffs,
		(row, dimension) => handoffValue(row, dimension, timezone),
		question,
		by,
		(rows) => perHandoff(rows, log)
	);
}

const logs = new WeakMap<Handoff[], { conversations: Conversation[]; log: Log }>();

function logOf(handoffs: Handoff[], conversations: Conversation[]): Log {
	const known = logs.get(handoffs);
	if (known?.conversations === conversations) return known.log;
	const log = new Log(handoffs, conversations);
	logs.set(handoffs, { conversations, log });
	return log;
}

function grouped<Row>(
	rows: Row[],
	valueOf: (row: Row, dimension: Dimension) => string | null,
	{ from, to, where = {} }: Question,
	by: Dimension[],
	estimate: (rows: Row[]) => Estimate
): Map<string, Estimate> {
	const groups = new Map<string, Row[]>();
	if (by.length === 0) groups.set(groupKey([]), []);
	const limits = Object.entries(where) as [Dimension, string[]][];
	for (const row of rows) {
		const date = valueOf(row, 'day') ?? '';
		if (date < from || date >= to) continue;
		if (!limits.every(([dimension, list]) => list.includes(valueOf(row, dimension) ?? '')))
			continue;
		const key = groupKey(by.map((dimension) => valueOf(row, dimension)));
		const group = groups.get(key);
		if (group) group.push(row);
		else groups.set(key, [row]);
	}
	return new Map([...groups].map(([key, group]) => [key, estimate(group)]));
}

function handoffValue(row: Handoff, dimension: Dimension, timezone: string): string | null {
	if (dimension === 'week' || dimension === 'day' || dimension === 'month')
		return dateValue(row.handed_off_at, dimension, timezone);
	return dimension === 'route' ? routeOf(row) : row[dimension];
}

function conversationValue(
	row: Conversation,
	dimension: Dimension,
	timezone: string
): string | null {
	if (dimension === 'week' || dimension === 'day' || dimension === 'month')
		return dateValue(row.started_at, dimension, timezone);
	const dimensions: Partial<Record<Dimension, string | null>> = {
		topic: row.topic,
		channel: row.channel,
		language: row.language,
		customer_tier: row.customer_tier,
		ai_version: row.ai_version
	};
	return dimensions[dimension] ?? null;
}

function dateValue(moment: number, dimension: 'week' | 'day' | 'month', timezone: string): string {
	const date = localDay(moment, timezone);
	if (dimension === 'day') return date;
	return dimension === 'month' ? `${date.slice(0, 7)}-01` : mondayOf(date);
}
