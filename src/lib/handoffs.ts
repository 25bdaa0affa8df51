/** The list of handoffs: its columns, what it is narrowed by besides the filters, its address. */
import { address, type Extra, type Place } from './address.ts';
import {
	flagExtras,
	numberColumnsOf,
	orderExtras,
	rangeExtras,
	usualLength,
	type Bounds,
	type CellsOf,
	type Columns,
	type FlagAnswer,
	type Flags,
	type ListPage,
	type NumberColumnOf,
	type Order
} from './list.ts';
import type { FacetValue, Scope } from './scope.ts';

/** Columns in the order of the list; it can be sorted by each. */
export const listColumns = {
	handed_off_local: { label: 'When', kind: 'time' },
	handed_off_at: { label: 'When, UTC', kind: 'time' },
	handoff_id: { label: 'Handoff', kind: 'text' },
	conversation_id: { label: 'Conversation', kind: 'text' },
	customer_id: { label: 'Customer', kind: 'text' },
	agent_id: { label: 'Agent', kind: 'text' },
	topic: { label: 'Topic', kind: 'text' },
	subtopic: { label: 'Subtopic', kind: 'text' },
	trigger: { label: 'Trigger', kind: 'text' },
	route: { label: 'Route', kind: 'text' },
	channel: { label: 'Channel', kind: 'text' },
	queue: { label: 'Queue', kind: 'text' },
	resolved_queue: { label: 'Ended in queue', kind: 'text' },
	language: { label: 'Language', kind: 'text' },
	customer_tier: { label: 'Tier', kind: 'text' },
	ai_version: { label: 'AI version', kind: 'text' },
	team: { label: 'Team', kind: 'text' },
	wait_before_s: { label: 'Time with the AI', kind: 'seconds' },
	wait_after_s: { label: 'Wait for a person', kind: 'seconds' },
	wait_total_s: { label: 'Total wait', kind: 'seconds' },
	handle_s: { label: 'Handle time', kind: 'seconds' },
	time_to_resolution_s: { label: 'Time to resolution', kind: 'seconds' },
	outcome: { label: 'Outcome', kind: 'text' },
	csat: { label: 'CSAT', kind: 'csat' },
	score: { label: 'Score', kind: 'score' },
	score_coverage: { label: 'Score known', kind: 'fraction' },
	context_completeness: { label: 'Context', kind: 'fraction' },
	routing_accuracy: { label: 'Routing', kind: 'fraction' },
	transition_smoothness: { label: 'Transition', kind: 'fraction' },
	resolution_efficiency: { label: 'Efficiency', kind: 'fraction' },
	is_failure: { label: 'Failure', kind: 'flag' },
	is_late: { label: 'Late', kind: 'flag' },
	is_cold: { label: 'Cold', kind: 'flag' },
	is_hidden: { label: 'Hidden', kind: 'flag' },
	is_fought: { label: 'Fought for', kind: 'flag' },
	is_misrouted: { label: 'Wrong queue', kind: 'flag' },
	is_longer: { label: 'Longer after', kind: 'flag' },
	is_answered: { label: 'Answered', kind: 'flag' },
	is_resolved: { label: 'Resolved', kind: 'flag' },
	is_repeated: { label: 'Came back', kind: 'flag' },
	back_s: { label: 'Back on the topic', kind: 'seconds' },
	contact_s: { label: 'Next contact', kind: 'seconds' },
	back_channel_s: { label: 'Back on topic and channel', kind: 'seconds' },
	contact_channel_s: { label: 'Next contact on the channel', kind: 'seconds' },
	next_topic: { label: 'Next topic', kind: 'text' },
	next_channel: { label: 'Next channel', kind: 'text' },
	next_path: { label: 'Next path', kind: 'text' },
	is_same_topic: { label: 'Next on the topic', kind: 'flag' },
	is_identified: { label: 'Customer known', kind: 'flag' },
	is_followed: { label: 'Can be followed', kind: 'flag' },
	watched_s: { label: 'Time watched after it', kind: 'seconds' },
	is_avoidable: { label: 'Avoidable', kind: 'flag' },
	lacked: { label: 'AI lacked', kind: 'text' },
	is_judged: { label: 'Judged', kind: 'flag' },
	is_reviewed: { label: 'Reviewed', kind: 'flag' },
	conversation_handoffs: { label: 'Handoffs of its conversation', kind: 'number' },
	is_first: { label: 'First of its conversation', kind: 'flag' },
	is_again: { label: 'Handed over again', kind: 'flag' },
	conversation_ended: { label: 'Conversation ended', kind: 'text' },
	is_wait_disputed: { label: 'Waits disagree', kind: 'flag' },
	is_labelled: { label: 'Right turn labelled', kind: 'flag' },
	turns_late: { label: 'Turns late', kind: 'number' },
	transfers: { label: 'Transfers', kind: 'number' },
	reasked: { label: 'Asked again', kind: 'number' },
	human_requests: { label: 'Asked for a person', kind: 'number' },
	ai_attempts: { label: 'Answers tried', kind: 'number' },
	confidence: { label: 'Confidence', kind: 'fraction' },
	question: { label: 'Question', kind: 'text' },
	summary: { label: 'Summary', kind: 'text' },
	resolution: { label: 'Resolution', kind: 'text' }
} as const satisfies Columns;
export type Column = keyof typeof listColumns;

export const columnIds = Object.keys(listColumns) as Column[];

export type NumberColumn = NumberColumnOf<typeof listColumns>;
export const numberColumns = numberColumnsOf(listColumns);

/** Columns that the page shows where its address names none. */
export const usualColumns: readonly Column[] = [
	'handed_off_local',
	'topic',
	'trigger',
	'channel',
	'wait_before_s',
	'wait_after_s',
	'outcome',
	'csat',
	'score',
	'question'
];

/** What a handoff is or is not, where the log tells; the names stand in addresses. */
export const flags = {
	failure: { column: 'is_failure', yes: 'failure', no: 'not failure' },
	late: { column: 'is_late', yes: 'late', no: 'not late' },
	cold: { column: 'is_cold', yes: 'cold', no: 'not cold' },
	hidden: { column: 'is_hidden', yes: 'hidden', no: 'announced' },
	fought: { column: 'is_fought', yes: 'fought for', no: 'not fought for' },
	misrouted: { column: 'is_misrouted', yes: 'wrong queue', no: 'right queue' },
	longer: {
		column: 'is_longer',
		yes: 'waited longer after than before',
		no: 'waited no longer after than before'
	},
	answered: { column: 'is_answered', yes: 'answered', no: 'not answered' },
	resolved: { column: 'is_resolved', yes: 'resolved', no: 'not resolved' },
	repeated: { column: 'is_repeated', yes: 'came back', no: 'did not come back' },
	avoidable: { column: 'is_avoidable', yes: 'avoidable', no: 'person needed' },
	judged: { column: 'is_judged', yes: 'judged by a reviewer', no: 'judged by nobody' },
	reviewed: { column: 'is_reviewed', yes: 'reviewed in Seam', no: 'not reviewed in Seam' },
	identified: { column: 'is_identified', yes: 'with a customer id', no: 'without a customer id' },
	followed: { column: 'is_followed', yes: 'can be followed', no: 'cannot be followed' },
	same_topic: {
		column: 'is_same_topic',
		yes: 'next contact on the same topic',
		no: 'next contact on another topic'
	},
	first: {
		column: 'is_first',
		yes: 'first of its conversation',
		no: 'not first of its conversation'
	},
	again: {
		column: 'is_again',
		yes: 'handed over again after it',
		no: 'not handed over again after it'
	},
	disputed: {
		column: 'is_wait_disputed',
		yes: 'waits disagree with the times',
		no: 'waits agree with the times'
	},
	labelled: { column: 'is_labelled', yes: 'right turn labelled', no: 'right turn not labelled' }
} as const satisfies Flags;
export type Flag = keyof typeof flags;

export const flagIds = Object.keys(flags) as Flag[];

/** Columns of a few values each, besides filters and outcomes, that the list can be narrowed to. */
export const valueColumns = [
	'resolved_queue',
	'next_topic',
	'next_channel',
	'next_path',
	'lacked',
	'conversation_ended'
] as const satisfies readonly Column[];
export type ValueColumn = (typeof valueColumns)[number];

/** Who can take the next contact. */
export const nextPaths = ['handed_off', 'ai_only', 'human_only', 'unknown'] as const;

/** What the address asks of the list besides period and filters. */
export type Asked = Order<Column> & {
	/** words to be found, as they were typed */
	q: string;
	flags: Partial<Record<Flag, FlagAnswer>>;
	/** '' is no outcome */
	outcomes: string[];
	/** '' is none */
	values: Partial<Record<ValueColumn, string[]>>;
	/** items of context that travelled with the customer, all of them, and that did not, none of them */
	has: string[];
	lacks: string[];
	/** null: the log has no value */
	ranges: Partial<Record<NumberColumn, Bounds | null>>;
	/** the id of a phrase group that holds their question */
	phrase: string | null;
	/** no other contact of the customer within so many days, all of which the log shows */
	silent: number | null;
	/** local, 1 = Monday */
	weekday: number | null;
	/** local, 0–23 */
	hour: number | null;
};

/** Everything, newest first. */
export const usual: Asked = {
	q: '',
	flags: {},
	outcomes: [],
	values: {},
	has: [],
	lacks: [],
	ranges: {},
	phrase: null,
	silent: null,
	weekday: null,
	hour: null,
	sort: 'handed_off_local',
	dir: 'desc',
	columns: null,
	rows: usualLength
};

/** What a link asks of the list; what it leaves out is as usual. */
export type Narrowing = Partial<Asked>;

/** What a narrowing adds to an address; the usual adds nothing. */
export function narrowingExtras(narrowing: Narrowing): Extra[] {
	const asked = { ...usual, ...narrowing };
	const extras: Extra[] = [];
	if (asked.q !== '') extras.push(['q', asked.q]);
	extras.push(...flagExtras(flagIds, asked.flags));
	for (const outcome of asked.outcomes) extras.push(['outcome', outcome]);
	for (const column of valueColumns)
		for (const value of asked.values[column] ?? []) extras.push([column, value]);
	for (const item of asked.has) extras.push(['has', item]);
	for (const item of asked.lacks) extras.push(['lacks', item]);
	extras.push(...rangeExtras(numberColumns, asked.ranges));
	if (asked.phrase !== null) extras.push(['phrase', asked.phrase]);
	if (asked.silent !== null) extras.push(['silent', String(asked.silent)]);
	if (asked.weekday !== null) extras.push(['weekday', String(asked.weekday)]);
	if (asked.hour !== null) extras.push(['hour', String(asked.hour)]);
	return [...extras, ...orderExtras(asked, usual)];
}

/**
 * The address of the list of the handoffs of a place, narrowed:
 * "/handoffs?week=2026-11-09&weeks=1&topic=Billing&late=yes&wait_before_s=600..".
 * @param place what the other page looks at; its own extras do not come along
 * @param back the address of the page that the link stands on, path and query: the list links back
 */
export function handoffsAddress(
	place: Place,
	narrowing: Narrowing = {},
	back?: string
): `/handoffs?${string}` {
	const extras = narrowingExtras(narrowing);
	if (back !== undefined) extras.push(['back', back]);
	return address('/handoffs', { ...place, span: place.span ?? 1, extras });
}

/** One handoff of the list; null where the log does not say. */
export type Listed = CellsOf<typeof listColumns> & {
	handoff_id: string;
	conversation_id: string;
	handed_off_local: string;
	handed_off_at: string;
	is_reviewed: boolean;
};

export type HandoffsPage = Scope &
	ListPage<Listed> & {
		asked: Asked;
		/** handoffs of the period and filters, before search and narrowing */
		within: number;
		/** what was typed is the id of these handoffs: period and filters are set aside */
		isExact: boolean;
		/** outcomes of the period and filters */
		outcomes: FacetValue[];
		/** what each of these columns can hold, and the items of context */
		values: Record<ValueColumn, string[]>;
		items: readonly string[];
		/** what the phrase group that is asked for is called; null: none is, or there is none of that id */
		phraseTitle: string | null;
		/** days within which a contact counts as come back */
		windowDays: number;
		/** what of the address was not understood and left out, a sentence each */
		notes: string[];
		/** the page that the reader came from, path and query */
		back: string | null;
	};
