/** The place in a sorted list where a page ends: it holds however many rows are added. */
import type { ColumnKind } from '../../list.ts';

/** The sort key (as the database writes it, null = absent) and id of the row that a page borders on. */
export type Edge = { sort_key: string | null; id: string };

/** The rows wanted lie after the edge, or before it. */
export type Cursor = Edge & { isBack: boolean };

/** A cursor as it stands in an address; it holds for one column only. */
export const cursorText = ({ sort_key, id }: Edge, sort: string) =>
	Buffer.from(JSON.stringify([sort, sort_key, id])).toString('base64url');

/**
 * Reads `after` or `before`; one that is not of this order gives the first page, and a note.
 * @param kind what the column holds that the list is sorted by
 */
export function readCursor(
	parameters: URLSearchParams,
	sort: string,
	kind: ColumnKind,
	notes: string[]
): Cursor | null {
	const [after, before] = [parameters.get('after'), parameters.get('before')];
	const text = after ?? before;
	if (text === null) return null;
	const edge = edgeOf(text, sort, kind);
	if (edge) return { ...edge, isBack: after === null };
	notes.push('The page asked for belongs to another order: this is the first one.');
	return null;
}

function edgeOf(text: string, sort: string, kind: ColumnKind): Edge | null {
	let parts: unknown;
	try {
		parts = JSON.parse(Buffer.from(text, 'base64url').toString());
	} catch {
		return null;
	}
	if (!Array.isArray(parts)) return null;
	const [column, sort_key, id] = parts as unknown[];
	if (column !== sort || typeof id !== 'string') return null;
	if (sort_key === null) return { sort_key, id };
	if (typeof sort_key !== 'string') return null;
	return isKey(sort_key, kind) ? { sort_key, id } : null;
}

const moment = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?$/;

/** Whether a text can be the key of a column. */
function isKey(text: string, kind: ColumnKind): boolean {
	if (kind === 'text') return true;
	if (kind === 'time') return moment.test(text);
	if (kind === 'flag') return text === 'true' || text === 'false';
	return text !== '' && Number.isFinite(Number(text));
}
