/** Everything the list of handoffs shows. */
import {
	INTEGER,
	LIST,
	listValue,
	STRUCT,
	structValue,
	VARCHAR,
	type DuckDBValue
} from '@duckdb/node-api';
import { z } from 'zod';
import { contextItems } from '../../../../ingest/contract.ts';
import { resolutions } from '../../conversations.ts';
import {
	flagIds,
	flags,
	listColumns,
	nextPaths,
	numberColumns,
	valueColumns,
	type Asked,
	type Column,
	type HandoffsPage,
	type Listed,
	type ValueColumn
} from '../../handoffs.ts';
import { phraseTitle } from '../../phrases.ts';
import { lackedChoices } from '../../handoff.ts';
import type { ListPage } from '../../list.ts';
import type { FilterDimension, Scope } from '../../scope.ts';
import type { Log } from '../../week.ts';
import type { AskedOf } from '../list/askedReader.ts';
import {
	columnSchemas,
	ever,
	narrowedType,
	narrowedValue,
	readListPage,
	type AskedList
} from '../list/listPage.ts';
import { wordsOf } from './asked.ts';
import type { Cursor } from '../http/cursor.ts';
import { currentPhrase } from '../phrases/phraseEntries.ts';
import { engine, withSnapshot } from '../store/engine.ts';
import type { Filter } from '../scope/filter.ts';
import { measure, metricParameters } from '../measure/measure.ts';
import { query, type Parameters } from '../store/query.ts';
import { filterOf, readScope, type Choice } from '../scope/scope.ts';

/** How many weeks the list looks at where its address names none. */
export const weeksLong = 1;

export const listedRow = z.strictObject({
	...columnSchemas(listColumns),
	handoff_id: z.string(),
	conversation_id: z.string(),
	is_reviewed: z.boolean()
});

export const bearingRow = z.strictObject({ handoff_id: z.string() });

const askedType = STRUCT({
	ids: LIST(VARCHAR),
	needs: LIST(VARCHAR),
	words: LIST(VARCHAR),
	has: LIST(VARCHAR),
	lacks: LIST(VARCHAR),
	phrase: VARCHAR,
	silent: INTEGER,
	weekday: INTEGER,
	hour: INTEGER,
	...narrowedType
});

const askedNothing: Partial<Asked> = {};
const texts = (values: string[]) => (values.length > 0 ? listValue(values) : null);

function askedValue(
	asked: Partial<Asked>,
	ids: string[] | null,
	needs: readonly Need[]
): DuckDBValue {
	const { q = '', flags = {}, outcomes = [], values = {}, has = [], lacks = [] } = asked;
	const { ranges = {}, phrase = null, silent = null, weekday = null, hour = null } = asked;
	return structValue({
		ids: ids && listValue(ids),
		needs: listValue([...needs]),
		words: texts(wordsOf(q)),
		has: texts(has),
		lacks: texts(lacks),
		phrase,
		silent,
		weekday,
		hour,
		...narrowedValue({ values: { ...values, outcome: outcomes }, flags, ranges })
	});
}

/** What a list is of: handoffs of a filter, narrowed; or those of some ids, whatever the filter. */
export type ListOf = { filter: Filter; asked: Asked; ids: string[] | null };

/** The list that an address asks for. What was typed may be an id: then it is of its handoffs. */
export async function listOf(filter: Filter, asked: Asked): Promise<ListOf> {
	if (asked.q === '') return { filter, asked, ids: null };
	const found = await query('handoffs/bearing', bearingRow, {
		values: { id: asked.q },
		types: { id: VARCHAR }
	});
	const ids = found.map(({ handoff_id }) => handoff_id);
	return ids.length > 0 ? { filter: ever, asked, ids } : { filter, asked, ids: null };
}

/** What takes reading more than the facts of handoffs, by the columns that tell it. */
const neededFor = {
	texts: ['agent_id', 'resolved_queue', 'transfers', 'question', 'summary', 'resolution'],
	chains: ['conversation_handoffs', 'is_first', 'is_again'],
	turns: ['is_labelled', 'turns_late'],
	records: ['next_path', 'conversation_ended']
} as const satisfies Record<string, readonly Column[]>;
type Need = keyof typeof neededFor;
const allNeeds = Object.keys(neededFor) as Need[];

/** What it takes to know which handoffs a list holds, and in what order. */
function needsOf({ q, flags: answers, values, has, lacks, ranges, sort }: Asked): Need[] {
	const columns = new Set<Column>([
		sort,
		...flagIds.filter((flag) => answers[flag] !== undefined).map((flag) => flags[flag].column),
		...valueColumns.filter((column) => values[column] !== undefined),
		...numberColumns.filter((column) => ranges[column] !== undefined)
	]);
	const isRead = wordsOf(q).length + has.length + lacks.length > 0;
	return allNeeds.filter(
		(need) =>
			(need === 'texts' && isRead) || neededFor[need].some((column) => columns.has(column))
	);
}

/** Columns of the score: it takes the pace of the topic. */
const scoreColumns = ['score', 'score_coverage', 'resolution_efficiency'] as const;

/** Whether it takes the score to know so. */
const needsScore = ({ ranges, sort }: Asked) =>
	scoreColumns.some((column) => column === sort || ranges[column] !== undefined);

/**
 * The parameters that the queries of a list share.
 * @param isWhole whether rows are read whole; without it they have the columns that order them
 */
export async function listParameters(
	{ filter, asked, ids }: ListOf,
	isWhole = true
): Promise<Parameters> {
	const { values, types } = await metricParameters(filter, []);
	// Local times repeat an hour in autumn: by them the order would not be that of time.
	const sort = asked.sort === 'handed_off_local' ? 'handed_off_at' : asked.sort;
	return {
		values: {
			...values,
			weights: isWhole || needsScore(asked) ? (values.weights ?? null) : null,
			asked: askedValue(
				ids === null ? asked : askedNothing,
				ids,
				isWhole ? allNeeds : needsOf(asked)
			),
			sort
		},
		types: { ...types, asked: askedType, sort: VARCHAR }
	};
}

/** The list as its pages and files read it. */
export const askedList = (list: ListOf): AskedList<Listed> => ({
	folder: 'handoffs',
	columns: listColumns,
	row: listedRow as z.ZodType<Listed>,
	idOf: ({ handoff_id }) => handoff_id,
	filter: list.filter,
	order: list.asked,
	isOfIds: list.ids !== null,
	parameters: (isWhole, changed) => listParameters({ ...list, ...changed }, isWhole)
});

/** The page of a list at a cursor; before its first row there is the first page. */
export const readPage = (list: ListOf, cursor: Cursor | null): Promise<ListPage<Listed>> =>
	readListPage(askedList(list), cursor);

/** What the form offers of columns: values of the scope, and those asked for. */
function valuesOf({ facets }: Scope, asked: Asked): Record<ValueColumn, string[]> {
	const seen = (dimension: FilterDimension) => facets[dimension].map(({ value }) => value);
	const offered: Record<ValueColumn, readonly string[]> = {
		resolved_queue: seen('queue'),
		next_topic: seen('topic'),
		next_channel: seen('channel'),
		next_path: nextPaths,
		lacked: lackedChoices,
		conversation_ended: resolutions
	};
	return Object.fromEntries(
		valueColumns.map((column) => [
			column,
			[...new Set([...offered[column], ...(asked.values[column] ?? [])])]
		])
	) as Record<ValueColumn, string[]>;
}

async function readPhraseTitle(id: string | null): Promise<string | null> {
	const group = id === null ? null : await currentPhrase(id);
	return group && phraseTitle(group);
}

/** @returns null when the store holds no handoff */
export function readHandoffs(
	choice: Choice,
	{ asked, cursor, back, notes }: AskedOf<Asked>,
	log: Log
): Promise<HandoffsPage | null> {
	return withSnapshot(async () => {
		const scope = await readScope(choice, log, weeksLong);
		if (!scope) return null;
		const filter = filterOf(scope, choice.chosen);
		const list = await listOf(filter, asked);
		const ends = await measure(filter, ['handoffs'], ['outcome']);
		const outcomes = ends.map(({ by, values }) => ({
			value: by.outcome ?? '',
			n: values.handoffs.n,
			chosen: asked.outcomes.includes(by.outcome ?? '')
		}));
		const { settings } = await engine();
		return {
			...scope,
			...(await readPage(list, cursor)),
			asked,
			within: outcomes.reduce((sum, { n }) => sum + n, 0),
			isExact: list.ids !== null,
			outcomes: outcomes.sort((a, b) => b.n - a.n),
			values: valuesOf(scope, asked),
			items: contextItems,
			phraseTitle: await readPhraseTitle(asked.phrase),
			windowDays: settings.repeat_window_days,
			notes,
			back
		};
	});
}
