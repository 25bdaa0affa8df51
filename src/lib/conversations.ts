/** The list of conversations: its columns, what it is narrowed by besides the filters, its address. */
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
import { conversationFilters, type FacetValue, type Scope } from './scope.ts';

/** Columns in the order of the list; it can be sorted by each. */
export const conversationColumns = {
	started_local: { label: 'When', kind: 'time' },
	started_at: { label: 'When, UTC', kind: 'time' },
	topic: { label: 'Topic', kind: 'text' },
	channel: { label: 'Channel', kind: 'text' },
	language: { label: 'Language', kind: 'text' },
	customer_tier: { label: 'Tier', kind: 'text' },
	ai_version: { label: 'AI version', kind: 'text' },
	path: { label: 'Path', kind: 'text' },
	handled_by: { label: 'Handled first by', kind: 'text' },
	resolution: { label: 'Resolution', kind: 'text' },
	csat: { label: 'CSAT', kind: 'csat' },
	length_s: { label: 'Length', kind: 'seconds' },
	confidence: { label: 'Confidence', kind: 'fraction' },
	handoffs: { label: 'Handoffs', kind: 'number' },
	right_turn: { label: 'Right turn', kind: 'number' },
	is_after_log: { label: 'Ended after the log', kind: 'flag' },
	is_followed: { label: 'Can be followed', kind: 'flag' },
	is_repeated: { label: 'Came back', kind: 'flag' },
	back_s: { label: 'Back on the topic', kind: 'seconds' },
	contact_s: { label: 'Next contact', kind: 'seconds' },
	watched_s: { label: 'Watched after it', kind: 'seconds' },
	next_conversation_id: { label: 'Next conversation', kind: 'text' },
	next_topic: { label: 'Next topic', kind: 'text' },
	next_channel: { label: 'Next channel', kind: 'text' },
	customer_id: { label: 'Customer', kind: 'text' },
	conversation_id: { label: 'Conversation', kind: 'text' }
} as const satisfies Columns;
export type ConversationColumn = keyof typeof conversationColumns;

export const conversationColumnIds = Object.keys(conversationColumns) as ConversationColumn[];

export type ConversationNumber = NumberColumnOf<typeof conversationColumns>;
export const conversationNumbers = numberColumnsOf(conversationColumns);

/** Columns that the page shows where its address names none. */
export const usualConversationColumns: readonly ConversationColumn[] = [
	'started_local',
	'topic',
	'channel',
	'path',
	'resolution',
	'csat',
	'handoffs',
	'back_s',
	'contact_s',
	'customer_id',
	'conversation_id'
];

/** What a conversation is or is not, where the log tells; the names stand in addresses. */
export const conversationFlags = {
	identified: { column: 'customer_id', yes: 'with a customer id', no: 'without a customer id' },
	after_log: {
		column: 'is_after_log',
		yes: 'ended after the log',
		no: 'ended within the log'
	},
	followed: { column: 'is_followed', yes: 'can be followed', no: 'cannot be followed' },
	repeated: { column: 'is_repeated', yes: 'came back', no: 'did not come back' }
} as const satisfies Flags;
export type ConversationFlag = keyof typeof conversationFlags;

export const conversationFlagIds = Object.keys(conversationFlags) as ConversationFlag[];

/** Ends that a record can have; '' is none. */
export const resolutions = ['confirmed', 'assumed', 'unresolved', 'abandoned', ''] as const;
export type Resolution = (typeof resolutions)[number];

/** Who had it; '' where the record does not say who handled it. */
export const conversationPaths = ['ai_only', 'handed_off', 'human_only', ''] as const;
export type ConversationPath = (typeof conversationPaths)[number];

/** What the address asks of the list besides period and filters. */
export type ConversationsAsked = Order<ConversationColumn> & {
	/** the id of a conversation or of a customer */
	q: string;
	flags: Partial<Record<ConversationFlag, FlagAnswer>>;
	/** none: all of them */
	paths: ConversationPath[];
	resolutions: Resolution[];
	/** null: the log has no value */
	ranges: Partial<Record<ConversationNumber, Bounds | null>>;
	/** no other contact of the customer within so many days, all of which the log shows */
	silent: number | null;
};

/** Everything, newest first. */
export const usualConversations: ConversationsAsked = {
	q: '',
	flags: {},
	paths: [],
	resolutions: [],
	ranges: {},
	silent: null,
	sort: 'started_local',
	dir: 'desc',
	columns: null,
	rows: usualLength
};

/** What a link asks of the list; what it leaves out is as usual. */
export type ConversationNarrowing = Partial<ConversationsAsked>;

/** What a narrowing adds to an address; the usual adds nothing. */
export function conversationExtras(narrowing: ConversationNarrowing): Extra[] {
	const asked = { ...usualConversations, ...narrowing };
	const extras: Extra[] = [];
	if (asked.q !== '') extras.push(['q', asked.q]);
	for (const path of asked.paths) extras.push(['path', path]);
	for (const resolution of asked.resolutions) extras.push(['resolution', resolution]);
	extras.push(...flagExtras(conversationFlagIds, asked.flags));
	extras.push(...rangeExtras(conversationNumbers, asked.ranges));
	if (asked.silent !== null) extras.push(['silent', String(asked.silent)]);
	return [...extras, ...orderExtras(asked, usualConversations)];
}

/**
 * The address of the list of the conversations of a place, narrowed:
 * "/conversations?week=2026-11-09&weeks=1&topic=Billing&path=ai_only&repeated=yes". Filters that
 * conversations do not carry stay behind, as in every number over conversations.
 * @param place what the other page looks at; its own extras do not come along
 * @param back the address of the page that the link stands on, path and query: the list links back
 */
export function conversationsAddress(
	place: Place,
	narrowing: ConversationNarrowing = {},
	back?: string
): `/conversations?${string}` {
	const extras = conversationExtras(narrowing);
	if (back !== undefined) extras.push(['back', back]);
	const filters = (place.filters ?? []).filter(({ dimension }) =>
		conversationFilters.some((one) => one === dimension)
	);
	return address('/conversations', { ...place, filters, span: place.span ?? 1, extras });
}

/** One conversation of the list; null where the log does not say. */
export type ListedConversation = CellsOf<typeof conversationColumns> & {
	conversation_id: string;
	started_local: string;
	started_at: string;
	is_followed: boolean;
	handoffs: number;
	/** its handoff, where it has just one */
	handoff_id: string | null;
	/** the conversation that the customer came back with on the topic; null: none, or no record of it */
	back_conversation_id: string | null;
	/** whether the next conversation has a record; without one only its handoffs are known */
	is_next_recorded: boolean;
};

export type ConversationsPage = Scope &
	ListPage<ListedConversation> & {
		asked: ConversationsAsked;
		/** conversations of the period and filters, before narrowing */
		within: number;
		/** whether the log has any conversation records at all */
		isRecorded: boolean;
		/** what was typed is the id of these conversations: period and filters are set aside */
		isExact: boolean;
		/** paths and resolutions of the period and filters */
		paths: FacetValue[];
		resolutions: FacetValue[];
		/** days within which a contact counts as come back */
		windowDays: number;
		/** what of the address was not understood or set aside, a sentence each */
		notes: string[];
		/** the page that the reader came from, path and query */
		back: string | null;
	};
