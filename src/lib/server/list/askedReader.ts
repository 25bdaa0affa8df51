/** Reads what an address asks of a list; what is not understood is left out, with a note. */
import type { Bounds, Columns, Direction, FlagAnswer, ListPath, Order } from '../../list.ts';
import { pageLengths } from '../../list.ts';
import { scopedPages } from '../../scope.ts';
import { AddressReader } from '../http/addressReader.ts';
import type { Cursor } from '../http/cursor.ts';

/** What an address asks of a list, and how it came to it. */
export type AskedOf<Asked> = {
	asked: Asked;
	/** null: the first page */
	cursor: Cursor | null;
	/** the page that the link stood on */
	back: string | null;
	/** what was not understood and left out, a sentence each */
	notes: string[];
};

/** What is searched for at most, in characters. */
const longestSearch = 200;

const answers = new Map<string, FlagAnswer>([
	['yes', true],
	['no', false],
	['unknown', null]
]);

/** The parameters of a list, read one kind after the other. */
export class AskedReader extends AddressReader {
	/** What is searched for, blanks evened out. */
	search(): string {
		const q = this.parameters.get('q')?.trim().replace(/\s+/g, ' ') ?? '';
		if (q.length > longestSearch)
			this.notes.push(`Only the first ${longestSearch} characters are searched for.`);
		return q.slice(0, longestSearch);
	}

	flags<Flag extends string>(ids: readonly Flag[]): Partial<Record<Flag, FlagAnswer>> {
		const flags: Partial<Record<Flag, FlagAnswer>> = {};
		for (const id of ids) {
			const answer = this.one(id, 'yes, no or unknown', (text) => answers.get(text));
			if (answer !== undefined) flags[id] = answer;
		}
		return flags;
	}

	ranges<Column extends string>(
		columns: readonly Column[]
	): Partial<Record<Column, Bounds | null>> {
		const ranges: Partial<Record<Column, Bounds | null>> = {};
		for (const column of columns) {
			const bounds = this.one(
				column,
				'a range such as 60..120, 2.., ..4 or none',
				readBounds
			);
			if (bounds !== undefined) ranges[column] = bounds;
		}
		return ranges;
	}

	order<Column extends string>(looks: Columns<Column>, usual: Order<Column>): Order<Column> {
		const ids = Object.keys(looks) as Column[];
		const columnOf = (text: string) => ids.find((id) => id === text);
		const sort = this.one('sort', `a column (${ids.join(', ')})`, columnOf);
		const dir = this.one('dir', 'asc or desc', (text): Direction | undefined =>
			text === 'asc' || text === 'desc' ? text : undefined
		);
		const named = this.parameters
			.getAll('columns')
			.flatMap((text) => text.split(','))
			.filter((text) => text !== '');
		const unknown = named.filter((text) => columnOf(text) === undefined);
		if (unknown.length > 0)
			this.notes.push(`The list has no column ${unknown.join(', ')}: left out.`);
		const columns = ids.filter((id) => named.includes(id));
		const rows = this.one('rows', pageLengths.join(', '), (text) =>
			pageLengths.find((length) => String(length) === text)
		);
		return {
			sort: sort ?? usual.sort,
			dir: dir ?? (sort === undefined ? usual.dir : 'asc'),
			columns: columns.length > 0 ? columns : null,
			rows: rows ?? usual.rows
		};
	}

	/** A page of ours and nothing else: the link back leads nowhere outside. */
	back(own: ListPath): string | null {
		const back = this.parameters.get('back');
		if (back === null) return null;
		const path = back.split('?', 1)[0];
		return scopedPages.some((page) => page === path && page !== own) ? back : null;
	}
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
