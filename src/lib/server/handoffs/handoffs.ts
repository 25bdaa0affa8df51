/** Everything the list of handoffs shows. */
import {
	BOOLEAN,
	DOUBLE,
	DuckDBTimestampValue,
	INTEGER,
	LIST,
	listValue,
	STRUCT,
	structValue,
	TIMESTAMP,
	VARCHAR,
	type DuckDBType,
	type DuckDBValue
} from '@duckdb/node-api';
import { z } from 'zod';
import {
	columnIds,
	flagIds,
	listColumns,
	numberColumns,
	type Asked,
	type Column,
	type FlagAnswer,
	type HandoffsPage,
	type Listed
} from '../../handoffs.ts';
import type { Log } from '../../week.ts';
import { wordsOf, type AskedOf } from './asked.ts';
import { cursorText, type Cursor, type Edge } from '../http/cursor.ts';
import { engine, withSnapshot } from '../store/engine.ts';
import type { Filter } from '../scope/filter.ts';
import { measure, metricParameters } from '../measure/measure.ts';
import { query, type Parameters } from '../store/query.ts';
import { filterOf, readScope, type Choice } from '../scope/scope.ts';

/** The whole calendar. */
const ever = { from: '1970-01-01', to: '2101-01-01' };

/** How many weeks the list looks at where its address names none. */
export const weeksLong = 1;

const schemas: Record<(typeof listColumns)[Column]['kind'], z.ZodType> = {
	text: z.string().nullable(),
	time: z.string(),
	number: z.int().nullable(),
	seconds: z.number().nullable(),
	csat: z.number().nullable(),
	score: z.number().nullable(),
	fraction: z.number().nullable(),
	flag: z.boolean().nullable()
};

export const listedRow = z.strictObject({
	...(Object.fromEntries(columnIds.map((id) => [id, schemas[listColumns[id].kind]])) as Record<
		Column,
		z.ZodType
	>),
	handoff_id: z.string(),
	conversation_id: z.string(),
	is_reviewed: z.boolean()
});

export const pageRow = z.strictObject({
	total: z.int(),
	beyond: z.int(),
	next_ones: z.array(z.strictObject({ handoff_id: z.string(), sort_key: z.string().nullable() }))
});

export const bearingRow = z.strictObject({ handoff_id: z.string() });

const boundsType = STRUCT({ low: DOUBLE, high: DOUBLE, is_known: BOOLEAN });
const askedType = STRUCT({
	ids: LIST(VARCHAR),
	needs_texts: BOOLEAN,
	words: LIST(VARCHAR),
	outcomes: LIST(VARCHAR),
	has: LIST(VARCHAR),
	lacks: LIST(VARCHAR),
	weekday: INTEGER,
	hour: INTEGER,
	...Object.fromEntries(flagIds.map((flag) => [flag, VARCHAR])),
	...Object.fromEntries(numberColumns.map((column) => [column, boundsType]))
});

const askedNothing: Partial<Asked> = {};
const texts = (values: string[]) => (values.length > 0 ? listValue(values) : null);
const answerText = (answer: FlagAnswer | undefined) =>
	answer === undefined ? null : answer === null ? 'unknown' : answer ? 'yes' : 'no';

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
		...Object.fromEntries(flagIds.map((flag) => [flag, answerText(flags[flag])])),
		...Object.fromEntries(
			numberColumns.map((column) => {
				const bounds = ranges[column];
				if (bounds === undefined) return [column, null];
				const { from = null, to = null } = bounds ?? {};
				return [column, structValue({ low: from, high: to, is_known: bounds !== null })];
			})
		)
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

/** A cursor's key as a value of the type of its column. */
function keyOf(sort: Column, key: string | null): { value: DuckDBValue; type: DuckDBType } {
	switch (listColumns[sort].kind) {
		case 'text':
			return { value: key, type: VARCHAR };
		case 'flag':
			return { value: key === null ? null : key === 'true', type: BOOLEAN };
		case 'time': {
			if (key === null) return { value: key, type: TIMESTAMP };
			const [whole = '', fraction = ''] = key.split('.');
			const second = BigInt(Date.parse(`${whole.replace(' ', 'T')}Z`)) * 1000n;
			const micros = second + BigInt(fraction.padEnd(6, '0'));
			return { value: new DuckDBTimestampValue(micros), type: TIMESTAMP };
		}
		case 'number':
		case 'seconds':
		case 'csat':
		case 'score':
		case 'fraction':
			return { value: key === null ? null : Number(key), type: DOUBLE };
	}
}

type Walked = { total: number; beyond: number; edges: Edge[] };

/** The rows next to a cursor, in the order of the list. */
async function walk(list: ListOf, cursor: Cursor | null): Promise<Walked> {
	const { values, types } = await listParameters(list, false);
	const { sort, dir, rows } = list.asked;
	const isBack = cursor?.isBack ?? false;
	const key = keyOf(sort, cursor?.sort_key ?? null);
	const [walked] = await query('handoffs/page', pageRow, {
		values: {
			...values,
			cursor_id: cursor?.handoff_id ?? null,
			cursor_key: key.value,
			cursor_is_absent: cursor?.sort_key === null,
			is_back: isBack,
			is_down: (dir === 'desc') !== isBack,
			rows
		},
		types: {
			...types,
			cursor_id: VARCHAR,
			cursor_key: key.type,
			cursor_is_absent: BOOLEAN,
			is_back: BOOLEAN,
			is_down: BOOLEAN,
			rows: INTEGER
		}
	});
	const { total, beyond, next_ones } = walked ?? { total: 0, beyond: 0, next_ones: [] };
	return { total, beyond, edges: isBack ? next_ones.toReversed() : next_ones };
}

/** One page of a list. */
export type ListPage = Pick<HandoffsPage, 'total' | 'rows' | 'first' | 'before' | 'after'>;

/** The page of a list at a cursor; before its first row there is the first page. */
export async function readPage(list: ListOf, cursor: Cursor | null): Promise<ListPage> {
	const walked = await walk(list, cursor);
	const { total, beyond, edges } = walked;
	// What is left before the cursor does not fill a page: the first page does.
	if (cursor?.isBack && beyond < list.asked.rows) return readPage(list, null);
	const [start, end] = [edges.at(0), edges.at(-1)];
	const at = cursor?.isBack ? beyond - edges.length : total - beyond;
	const { sort } = list.asked;
	const ids = edges.map(({ handoff_id }) => handoff_id);
	const rows = (await query(
		'handoffs/rows',
		listedRow,
		await listParameters({ ...list, ids })
	)) as Listed[];
	const byId = new Map(rows.map((row) => [row.handoff_id, row]));
	return {
		total,
		rows: ids.flatMap((id) => byId.get(id) ?? []),
		first: start ? at + 1 : null,
		before: start && at > 0 ? cursorText(start, sort) : null,
		after: end && at + edges.length < total ? cursorText(end, sort) : null
	};
}

/** @returns null when the store holds no handoff */
export function readHandoffs(
	choice: Choice,
	{ asked, cursor, back, notes }: AskedOf,
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
