/** One page of a list, from cursor to cursor. */
import {
	BOOLEAN,
	DOUBLE,
	DuckDBTimestampValue,
	INTEGER,
	LIST,
	listValue,
	MAP,
	mapValue,
	STRUCT,
	structValue,
	TIMESTAMP,
	VARCHAR,
	type DuckDBType,
	type DuckDBValue
} from '@duckdb/node-api';
import { z } from 'zod';
import { flagText } from '../../list.ts';
import type { Bounds, ColumnKind, Columns, FlagAnswer, ListPage, Order } from '../../list.ts';
import { addDays } from '../../dates.ts';
import { cursorText, type Cursor, type Edge } from '../http/cursor.ts';
import type { Filter } from '../scope/filter.ts';
import { query, type Parameters } from '../store/query.ts';

/** A list that is asked for: where its queries lie, and what they take. */
export type AskedList<Row> = {
	/** its folder of queries: page, rows, days, csv, ndjson */
	folder: 'handoffs' | 'conversations';
	columns: Columns;
	row: z.ZodType<Row>;
	idOf: (row: Row) => string;
	filter: Filter;
	order: Order<string>;
	/** it is of some ids, whatever the filter */
	isOfIds: boolean;
	/**
	 * The parameters that its queries share.
	 * @param isWhole whether rows are read whole; without it they have the columns that order them
	 */
	parameters: (
		isWhole: boolean,
		changed?: { filter?: Filter; ids?: string[] }
	) => Promise<Parameters>;
};

/** The whole calendar: what a list of ids looks at. */
export const ever = { from: '1970-01-01', to: '2101-01-01' };

/** What a column's cells are as rows are parsed. */
const cellSchemas: Record<ColumnKind, z.ZodType> = {
	text: z.string().nullable(),
	time: z.string(),
	number: z.int().nullable(),
	seconds: z.number().nullable(),
	csat: z.number().nullable(),
	score: z.number().nullable(),
	fraction: z.number().nullable(),
	flag: z.boolean().nullable()
};

/** The schemas of the columns of a list. */
export const columnSchemas = <Id extends string>(columns: Columns<Id>) =>
	Object.fromEntries(
		(Object.keys(columns) as Id[]).map((id) => [id, cellSchemas[columns[id].kind]])
	) as Record<Id, z.ZodType>;

export const pageRow = z.strictObject({
	total: z.int(),
	beyond: z.int(),
	next_ones: z.array(z.strictObject({ id: z.string(), sort_key: z.string().nullable() }))
});

const boundsType = STRUCT({ low: DOUBLE, high: DOUBLE, is_known: BOOLEAN });

/**
 * What is asked of values, flags and ranges as fields of the parameter $asked. Maps of what is asked:
 * a macro's argument is copied wherever the macro looks at it, and a field for each column would take
 * longer to copy than the list takes to read.
 */
export const narrowedType = {
	values: MAP(VARCHAR, LIST(VARCHAR)),
	flags: MAP(VARCHAR, VARCHAR),
	ranges: MAP(VARCHAR, boundsType)
} satisfies Record<string, DuckDBType>;

/** What is asked of values, flags and ranges; what is undefined, or no value at all, is not asked. */
export const narrowedValue = ({
	values = {},
	flags = {},
	ranges = {}
}: {
	values?: Partial<Record<string, readonly string[]>>;
	flags?: Partial<Record<string, FlagAnswer>>;
	ranges?: Partial<Record<string, Bounds | null>>;
}): Record<keyof typeof narrowedType, DuckDBValue> => ({
	values: asMap(values, (texts) => (texts.length > 0 ? listValue([...texts]) : undefined)),
	flags: asMap(flags, flagText),
	ranges: asMap(ranges, (bounds) =>
		structValue({
			low: bounds?.from ?? null,
			high: bounds?.to ?? null,
			is_known: bounds !== null
		})
	)
});

/** A map of what is asked; null where nothing is. */
function asMap<Value>(
	asked: Partial<Record<string, Value>>,
	valueOf: (value: Value) => DuckDBValue | undefined
): DuckDBValue {
	const entries = Object.entries(asked).flatMap(([key, one]) => {
		const value = one === undefined ? undefined : valueOf(one);
		return value === undefined ? [] : [{ key, value }];
	});
	return entries.length > 0 ? mapValue(entries) : null;
}

/** A cursor's key as a value of the type of its column. */
function keyOf(kind: ColumnKind, key: string | null): { value: DuckDBValue; type: DuckDBType } {
	switch (kind) {
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

/** What the column holds that a list is sorted by. */
export const kindOf = ({ columns, order }: Pick<AskedList<unknown>, 'columns' | 'order'>) =>
	columns[order.sort]?.kind ?? 'text';

type Walked = { total: number; beyond: number; edges: Edge[] };

/** The rows next to a cursor, in the order of the list. */
async function walk<Row>(list: AskedList<Row>, cursor: Cursor | null): Promise<Walked> {
	const { values, types } = await list.parameters(false);
	const { dir, rows } = list.order;
	const isBack = cursor?.isBack ?? false;
	const key = keyOf(kindOf(list), cursor?.sort_key ?? null);
	const [walked] = await query(`${list.folder}/page`, pageRow, {
		values: {
			...values,
			cursor_id: cursor?.id ?? null,
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

/** The page of a list at a cursor; before its first row there is the first page. */
export async function readListPage<Row>(
	list: AskedList<Row>,
	cursor: Cursor | null
): Promise<ListPage<Row>> {
	const walked = await walk(list, cursor);
	const { total, beyond, edges } = walked;
	// What is left before the cursor does not fill a page: the first page does.
	if (cursor?.isBack && beyond < list.order.rows) return readListPage(list, null);
	const [start, end] = [edges.at(0), edges.at(-1)];
	const at = cursor?.isBack ? beyond - edges.length : total - beyond;
	const { sort } = list.order;
	const ids = edges.map(({ id }) => id);
	const filter = periodOf(list, edges);
	const parameters = await list.parameters(true, { filter, ids });
	const rows = await query(`${list.folder}/rows`, list.row, parameters);
	const byId = new Map(rows.map((row) => [list.idOf(row), row]));
	return {
		total,
		rows: ids.flatMap((id) => byId.get(id) ?? []),
		first: start ? at + 1 : null,
		before: start && at > 0 ? cursorText(start, sort) : null,
		after: end && at + edges.length < total ? cursorText(end, sort) : null
	};
}

/** A period that holds rows of a list, as short as it is easily known: the rest is not read for them. */
function periodOf(
	list: Pick<AskedList<unknown>, 'filter' | 'columns' | 'order'>,
	edges: Edge[]
): Filter {
	const { from, to } = list.filter;
	if (kindOf(list) !== 'time') return { from, to };
	// Keys of time are of UTC, which lies within a day of the team's clock.
	const days = edges.map(({ sort_key }) => (sort_key ?? from).slice(0, 10)).sort();
	return { from: addDays(days.at(0) ?? from, -1), to: addDays(days.at(-1) ?? from, 2) };
}
