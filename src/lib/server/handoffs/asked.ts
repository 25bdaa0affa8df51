/** Reads what an address asks of the list of handoffs besides its period and filters. */
import { contextItems } from '../../../../ingest/contract.ts';
import {
	columnIds,
	flagIds,
	listColumns,
	numberColumns,
	pageLengths,
	usual,
	type Asked,
	type Bounds,
	type Column,
	type Direction,
	type FlagAnswer
} from '../../handoffs.ts';
import { scopedPages } from '../../scope.ts';
import { readCursor, type Cursor } from '../http/cursor.ts';

/** What is searched for at most, in characters. */
const longestSearch = 200;

/** How many words a search takes; the query names each. */
const mostWords = 8;

/** A text in quotes is searched for as it stands, other words each by itself. */
export const wordsOf = (q: string) =>
	[...q.matchAll(/"([^"]+)"|[^\s"]+/g)].map(([word, quoted]) => quoted ?? word);

export type AskedOf = {
	asked: Asked;
	/** null: the first page */
	cursor: Cursor | null;
	/** the page that the link stood on */
	back: string | null;
	/** what was not understood and left out, a sentence each */
	notes: string[];
};

const answers = new Map<string, FlagAnswer>([
	['yes', true],
	['no', false],
	['unknown', null]
]);

/** Reads the address of the list; what it does not understand it leaves out and says so. */
export function readAsked(parameters: URLSearchParams): AskedOf {
	const notes: string[] = [];
	/** A value as `read` makes it; an empty one comes from a form's empty field. */
	function one<T>(name: string, allowed: string, read: (text: string) => T | undefined) {
		const text = parameters.get(name)?.trim() ?? '';
		if (text === '') return undefined;
		const value = read(text);
		if (value === undefined) notes.push(`${name}=${text} was left out: it takes ${allowed}.`);
		return value;
	}
	const within = (low: number, high: number) => (text: string) => {
		const value = Number(text);
		return Number.isInteger(value) && value >= low && value <= high ? value : undefined;
	};

	const flags: Asked['flags'] = {};
	for (const flag of flagIds) {
		const answer = one(flag, 'yes, no or unknown', (text) => answers.get(text));
		if (answer !== undefined) flags[flag] = answer;
	}
	const ranges: Asked['ranges'] = {};
	for (const column of numberColumns) {
		const bounds = one(column, 'a range such as 60..120, 2.., ..4 or none', readBounds);
		if (bounds !== undefined) ranges[column] = bounds;
	}
	/** The items of context that are named, each once. */
	const itemsOf = (name: string) => {
		const named = [...new Set(parameters.getAll(name))].filter((text) => text !== '');
		for (const text of named)
			if (!contextItems.some((item) => item === text))
				notes.push(`${name}=${text} was left out: it takes ${contextItems.join(', ')}.`);
		return contextItems.filter((item) => named.includes(item));
	};
	const isColumn = (text: string): text is Column => Object.hasOwn(listColumns, text);
	const sort = one('sort', `a column (${columnIds.join(', ')})`, (text) =>
		isColumn(text) ? text : undefined
	);
	const dir = one('dir', 'asc or desc', (text): Direction | undefined =>
		text === 'asc' || text === 'desc' ? text : undefined
	);
	const named = parameters
		.getAll('columns')
		.flatMap((text) => text.split(','))
		.filter((text) => text !== '');
	const unknown = named.filter((text) => !isColumn(text));
	if (unknown.length > 0) notes.push(`The list has no column ${unknown.join(', ')}: left out.`);
	const columns = columnIds.filter((id) => named.includes(id));
	const rows = one('rows', pageLengths.join(', '), (text) =>
		pageLengths.find((length) => String(length) === text)
	);
	const q = parameters.get('q')?.trim().replace(/\s+/g, ' ') ?? '';
	if (q.length > longestSearch)
		notes.push(`Only the first ${longestSearch} characters are searched for.`);
	const left = wordsOf(q).slice(mostWords);
	if (left.length > 0)
		notes.push(`Only ${mostWords} words are searched for: ${left.join(' ')} was left out.`);
	const asked: Asked = {
		q: q.slice(0, longestSearch),
		flags,
		outcomes: [...new Set(parameters.getAll('outcome'))],
		has: itemsOf('has'),
		lacks: itemsOf('lacks'),
		ranges,
		weekday: one('weekday', '1 (Monday) to 7', within(1, 7)) ?? null,
		hour: one('hour', '0 to 23', within(0, 23)) ?? null,
		sort: sort ?? usual.sort,
		dir: dir ?? (sort === undefined ? usual.dir : 'asc'),
		columns: columns.length > 0 ? columns : null,
		rows: rows ?? usual.rows
	};
	return {
		asked,
		cursor: readCursor(parameters, asked, notes),
		back: readBack(parameters),
		notes
	};
}

/** "60..120", "2..", "..0.4", "..", "3" (that number alone), "none". */
function readBounds(text: string): Bounds | null | undefined {
	if (text === 'none') return null;
	const [low = '', high = low, more] = text.split('..').map((part) => part.trim());
	const [from, to] = [low, high].map((part) => (part === '' ? null : Number(part)));
	if (more !== undefined || from === undefined || to === undefined) return undefined;
	const isNumber = (end: number | null) => end === null || Number.isFinite(end);
	if (!isNumber(from) || !isNumber(to)) return undefined;
	return from !== null && to !== null && to < from ? undefined : { from, to };
}

/** A page of ours and nothing else: the link back leads nowhere outside. */
function readBack(parameters: URLSearchParams): string | null {
	const back = parameters.get('back');
	if (back === null) return null;
	const path = back.split('?', 1)[0];
	return scopedPages.some((page) => page === path && page !== '/handoffs') ? back : null;
}
