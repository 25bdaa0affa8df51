/** Everything the list of conversations shows. */
import {
	BOOLEAN,
	DOUBLE,
	LIST,
	listValue,
	STRUCT,
	structValue,
	VARCHAR,
	type DuckDBValue
} from '@duckdb/node-api';
import { z } from 'zod';
import { dimensionNames } from '../../address.ts';
import {
	conversationColumns,
	conversationPaths,
	resolutions,
	usualConversations,
	type ConversationNumber,
	type ConversationsAsked,
	type ConversationsPage,
	type ListedConversation
} from '../../conversations.ts';
import { lowerFirst } from '../../format.ts';
import type { ListPage } from '../../list.ts';
import { filterDimensions } from '../../scope.ts';
import type { Log } from '../../week.ts';
import type { Cursor } from '../http/cursor.ts';
import type { AskedOf } from '../list/askedReader.ts';
import {
	columnSchemas,
	ever,
	narrowedType,
	narrowedValue,
	readListPage,
	type AskedList
} from '../list/listPage.ts';
import { metricParameters } from '../measure/measure.ts';
import { conversationDimensions, type Filter } from '../scope/filter.ts';
import { filterOf, readScope, type Choice } from '../scope/scope.ts';
import { engine, withSnapshot } from '../store/engine.ts';
import { query, type Parameters } from '../store/query.ts';

/** How many weeks the list looks at where its address names none. */
export const weeksLong = 1;

/** The columns of the list. */
export const conversationCells = z.strictObject({
	...columnSchemas(conversationColumns),
	conversation_id: z.string(),
	is_followed: z.boolean()
});

export const listedConversationRow = conversationCells.extend({
	handoffs: z.int(),
	handoff_id: z.string().nullable(),
	back_conversation_id: z.string().nullable(),
	is_next_recorded: z.boolean()
});

export const conversationBearingRow = z.strictObject({ conversation_id: z.string() });
export const recordedRow = z.strictObject({ is_recorded: z.boolean() });
export const kindRow = z.strictObject({
	path: z.string().nullable(),
	resolution: z.string().nullable(),
	n: z.int()
});

const askedType = STRUCT({
	ids: LIST(VARCHAR),
	needs_handoffs: BOOLEAN,
	needs_records: BOOLEAN,
	silent: DOUBLE,
	...narrowedType
});

function askedValue(
	{ flags, paths, resolutions, ranges, silent }: ConversationsAsked,
	ids: string[] | null,
	needs: { handoffs: boolean; records: boolean }
): DuckDBValue {
	return structValue({
		ids: ids && listValue(ids),
		needs_handoffs: needs.handoffs,
		needs_records: needs.records,
		silent,
		...narrowedValue({ values: { path: paths, resolution: resolutions }, flags, ranges })
	});
}

/** What a list is of: conversations of a filter, narrowed; or those of some ids, whatever the filter. */
export type ConversationsOf = { filter: Filter; asked: ConversationsAsked; ids: string[] | null };

/** The list that an address asks for. An id that is typed finds its conversations: none is none. */
export async function conversationsOf(
	filter: Filter,
	asked: ConversationsAsked
): Promise<ConversationsOf> {
	if (asked.q === '') return { filter, asked, ids: null };
	const found = await query('conversations/bearing', conversationBearingRow, {
		values: { id: asked.q },
		types: { id: VARCHAR }
	});
	return { filter: ever, asked, ids: found.map(({ conversation_id }) => conversation_id) };
}

/**
 * The parameters that the queries of a list share.
 * @param isWhole whether rows are read whole; without it they have the columns that order them
 */
export async function conversationListParameters(
	{ filter, asked, ids }: ConversationsOf,
	isWhole = true
): Promise<Parameters> {
	const { values, types } = await metricParameters(filter, []);
	// Local times repeat an hour in autumn: by them the order would not be that of time.
	const sort = asked.sort === 'started_local' ? 'started_at' : asked.sort;
	const needs = (...columns: ConversationNumber[]) =>
		isWhole ||
		columns.some((column) => column === asked.sort || asked.ranges[column] !== undefined);
	return {
		values: {
			...values,
			asked: askedValue(ids === null ? asked : usualConversations, ids, {
				handoffs: needs('handoffs'),
				// Read from the log as it was merged, not from the facts derived of it.
				records: needs('length_s', 'confidence', 'right_turn')
			}),
			sort
		},
		types: { ...types, asked: askedType, sort: VARCHAR }
	};
}

/** The list as its pages and files read it. */
export const askedConversations = (list: ConversationsOf): AskedList<ListedConversation> => ({
	folder: 'conversations',
	columns: conversationColumns,
	row: listedConversationRow as z.ZodType<ListedConversation>,
	idOf: ({ conversation_id }) => conversation_id,
	filter: list.filter,
	order: list.asked,
	isOfIds: list.ids !== null,
	parameters: (isWhole, changed) => conversationListParameters({ ...list, ...changed }, isWhole)
});

/** The page of a list at a cursor; before its first row there is the first page. */
export const readConversationPage = (
	list: ConversationsOf,
	cursor: Cursor | null
): Promise<ListPage<ListedConversation>> => readListPage(askedConversations(list), cursor);

/** A choice without the filters that conversations do not carry, and a sentence that says so. */
export function carriedChoice(choice: Choice): Choice {
	const lost = filterDimensions.filter(
		(dimension) =>
			choice.chosen[dimension] !== undefined && !conversationDimensions.includes(dimension)
	);
	if (lost.length === 0) return choice;
	const names = lost.map((dimension) => lowerFirst(dimensionNames[dimension])).join(', no ');
	return {
		...choice,
		chosen: Object.fromEntries(
			Object.entries(choice.chosen).filter(([name]) => !lost.some((one) => one === name))
		),
		notes: [
			...choice.notes,
			`Conversations carry no ${names}: what was chosen of it was set aside.`
		]
	};
}

/** @returns null when the store holds no handoff */
export function readConversations(
	whole: Choice,
	{ asked, cursor, back, notes }: AskedOf<ConversationsAsked>,
	log: Log
): Promise<ConversationsPage | null> {
	return withSnapshot(async () => {
		const choice = carriedChoice(whole);
		const scope = await readScope(choice, log, weeksLong, 'conversations');
		if (!scope) return null;
		const filter = filterOf(scope, choice.chosen);
		const list = await conversationsOf(filter, asked);
		const { settings } = await engine();
		const [page, [recorded], kinds] = await Promise.all([
			readConversationPage(list, cursor),
			query('conversations/recorded', recordedRow),
			query(
				'conversations/kinds',
				kindRow,
				await conversationListParameters(
					{ filter, asked: usualConversations, ids: null },
					false
				)
			)
		]);
		const facet = (name: 'path' | 'resolution', known: readonly string[], chosen: string[]) =>
			known.map((value) => ({
				value,
				n: kinds.reduce((sum, row) => sum + ((row[name] ?? '') === value ? row.n : 0), 0),
				chosen: chosen.includes(value)
			}));
		return {
			...scope,
			...page,
			asked,
			within: kinds.reduce((sum, { n }) => sum + n, 0),
			isRecorded: recorded?.is_recorded ?? false,
			isExact: list.ids !== null,
			paths: facet('path', conversationPaths, asked.paths),
			resolutions: facet('resolution', resolutions, asked.resolutions),
			windowDays: settings.repeat_window_days,
			notes,
			back
		};
	});
}
