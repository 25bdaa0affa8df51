/** Everything the list of handoffs shows. */
import {
	BOOLEAN,
	INTEGER,
	LIST,
	listValue,
	STRUCT,
	structValue,
	VARCHAR,
	type DuckDBValue
} from '@duckdb/node-api';
import { z } from 'zod';
import {
	flagIds,
	listColumns,
	numberColumns,
	type Asked,
	type Column,
	type HandoffsPage,
	type Listed
} from '../../handoffs.ts';
import type { ListPage } from '../../list.ts';
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
	needs_texts: BOOLEAN,
	words: LIST(VARCHAR),
	outcomes: LIST(VARCHAR),
	has: LIST(VARCHAR),
	lacks: LIST(VARCHAR),
	weekday: INTEGER,
	hour: INTEGER,
	...narrowedType(flagIds, numberColumns)
});

const askedNothing: Partial<Asked> = {};
const texts = (values: string[]) => (values.length > 0 ? listValue(values) : null);

function askedValue(asked: Partial<Asked>, ids: string[] | null, needsTexts: boolean): DuckDBValue {
	const { q = '', flags = {}, outcomes = [], has = [], lacks = [], ranges = {} } = asked;
	const { weekday = null, hour = null } = asked;
	return structValue({
		ids: ids && listValue(ids),
		needs_texts: needsTexts,
		words: texts(wordsOf(q)),
		outcomes: texts(outcomes),
		has: texts(has),
		lacks: texts(lacks),
		weekday,
		hour,
		...narrowedValue(flagIds, flags, numberColumns, ranges)
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
	return { filter, asked, ids: ids.length > 0 ? ids : null };
}

/** Columns that are read from the log as it was merged, not from the facts derived of it. */
const textColumns: readonly Column[] = [
	'agent_id',
	'resolved_queue',
	'transfers',
	'question',
	'summary',
	'resolution'
];

/** Whether it takes those columns to know which handoffs a list holds, and in what order. */
const needsTexts = ({ q, has, lacks, ranges, sort }: Asked) =>
	wordsOf(q).length + has.length + lacks.length > 0 ||
	ranges.transfers !== undefined ||
	textColumns.includes(sort);

/**
 * The parameters that the queries of a list share.
 * @param isWhole whether rows are read whole; without it they have the columns that order them
 */
export async function listParameters(
	{ filter, asked, ids }: ListOf,
	isWhole = true
): Promise<Parameters> {
	const { values, types } = await metricParameters(ids === null ? filter : ever, []);
	// Local times repeat an hour in autumn: by them the order would not be that of time.
	const sort = asked.sort === 'handed_off_local' ? 'handed_off_at' : asked.sort;
	return {
		values: {
			...values,
			asked: askedValue(
				ids === null ? asked : askedNothing,
				ids,
				isWhole || needsTexts(asked)
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
			windowDays: settings.repeat_window_days,
			notes,
			back
		};
	});
}
