/** What the lists of the log have in common: columns, ranges, order, pages and their addresses. */
import type { Dates, Extra } from './address.ts';
import { periodNames } from './address.ts';

/** Pages that list what numbers count. */
export type ListPath = '/handoffs' | '/conversations';

/** The address of a list. */
export type ListAddress = `${ListPath}?${string}`;

/** What a column holds; times are local unless named _at, seconds are durations, fractions 0–1. */
export type ColumnKind =
	'text' | 'time' | 'number' | 'seconds' | 'csat' | 'score' | 'fraction' | 'flag';

/** The columns of a list in its order; it can be sorted by each. */
export type Columns<Id extends string = string> = Record<Id, { label: string; kind: ColumnKind }>;

/** Columns that hold a number; a list can be narrowed to a range of each. */
export type NumberColumnOf<Looks extends Columns> = {
	[Id in keyof Looks & string]: Looks[Id]['kind'] extends 'text' | 'time' | 'flag' ? never : Id;
}[keyof Looks & string];

/** The columns of a list that hold a number. */
export const numberColumnsOf = <Looks extends Columns>(looks: Looks): NumberColumnOf<Looks>[] =>
	Object.keys(looks).filter((id): id is NumberColumnOf<Looks> => {
		const kind = looks[id]?.kind;
		return kind !== 'text' && kind !== 'time' && kind !== 'flag';
	});

/** The cells of a row; null where the log does not say. */
export type CellsOf<Looks extends Columns> = {
	[Id in keyof Looks]: Looks[Id]['kind'] extends 'text' | 'time'
		? string | null
		: Looks[Id]['kind'] extends 'flag'
			? boolean | null
			: number | null;
};

/** True and false; null: the log does not tell. */
export type FlagAnswer = boolean | null;

/** What a row is or is not, by the names in addresses: its column, and words for either. */
export type Flags<Id extends string = string> = Record<
	Id,
	{ column: string; yes: string; no: string }
>;

/** Both ends included; null is no end. Both null: any value, as long as the log has one. */
export type Bounds = { from: number | null; to: number | null };

/** Lengths that a page can have, in rows. */
export const pageLengths = [25, 50, 100, 200] as const;
export type PageLength = (typeof pageLengths)[number];
export const usualLength: PageLength = 50;

export type Direction = 'asc' | 'desc';

/** How a list is ordered and shown. */
export type Order<Column extends string> = {
	sort: Column;
	dir: Direction;
	/** null = the usual ones on the page, all of them in a file */
	columns: Column[] | null;
	rows: PageLength;
};

/** The order of what is asked, without what narrows it. */
export const orderOf = <Column extends string>({
	sort,
	dir,
	columns,
	rows
}: Order<Column>): Order<Column> => ({ sort, dir, columns, rows });

/** One page of a list. */
export type ListPage<Row> = {
	/** rows of the list, on all its pages */
	total: number;
	rows: Row[];
	/** the place of the first row among all, from 1; null where the list is empty */
	first: number | null;
	/** cursors of the pages before and after; null where there is none */
	before: string | null;
	after: string | null;
};

/** What a link to a list promises. */
export const behindWords = (list: ListAddress) =>
	list.startsWith('/handoffs?') ? 'The handoffs behind it' : 'The conversations behind it';

/** A range as addresses write it: "60..120", "2..", "..0.4", ".." for any value, "none". */
export const boundsText = (bounds: Bounds | null) =>
	bounds === null ? 'none' : `${bounds.from ?? ''}..${bounds.to ?? ''}`;

/** A flag's answer as addresses write it. */
export const flagText = (answer: FlagAnswer) =>
	answer === null ? 'unknown' : answer ? 'yes' : 'no';

/** What the flags asked for add to an address. */
export const flagExtras = <Id extends string>(
	ids: readonly Id[],
	asked: Partial<Record<Id, FlagAnswer>>
): Extra[] =>
	ids.flatMap((id) => {
		const answer = asked[id];
		return answer === undefined ? [] : [[id, flagText(answer)] satisfies Extra];
	});

/** What the ranges asked for add to an address. */
export const rangeExtras = <Id extends string>(
	columns: readonly Id[],
	asked: Partial<Record<Id, Bounds | null>>
): Extra[] =>
	columns.flatMap((column) => {
		const bounds = asked[column];
		return bounds === undefined ? [] : [[column, boundsText(bounds)] satisfies Extra];
	});

/** What an order adds to an address; the usual one adds nothing. */
export function orderExtras<Column extends string>(
	asked: Order<Column>,
	usual: Order<Column>
): Extra[] {
	const extras: Extra[] = [];
	if (asked.sort !== usual.sort || asked.dir !== usual.dir)
		extras.push(['sort', asked.sort], ['dir', asked.dir]);
	if (asked.columns !== null) extras.push(['columns', asked.columns.join(',')]);
	if (asked.rows !== usual.rows) extras.push(['rows', String(asked.rows)]);
	return extras;
}

/** The order that the heading of a column gives: by it, or turned round where it is by it already. */
export function orderBy<Column extends string>(
	{ sort, dir }: Pick<Order<Column>, 'sort' | 'dir'>,
	id: Column,
	kind: ColumnKind
): { sort: Column; dir: Direction } {
	if (id === sort) return { sort: id, dir: dir === 'asc' ? 'desc' : 'asc' };
	return { sort: id, dir: kind === 'text' ? 'asc' : 'desc' };
}

/** The same list in another period: between two days, both included, or of the week of a Monday. */
export function listAt<List extends ListAddress>(
	list: List,
	period: Dates | { week: string }
): ListAddress {
	const path: ListPath = list.startsWith('/handoffs?') ? '/handoffs' : '/conversations';
	const query = new URLSearchParams(list.slice(list.indexOf('?')));
	for (const name of periodNames) query.delete(name);
	const named: [string, string][] =
		'week' in period
			? [
					['week', period.week],
					['weeks', '1']
				]
			: [
					['from', period.first],
					['to', period.last]
				];
	return `${path}?${new URLSearchParams([...named, ...query]).toString()}`;
}
