/** Rows as CSV that a spreadsheet opens and does not run. */
import { csvFormatRow, csvParseRows } from 'd3-dsv';

export type Cell = string | number | boolean | null | undefined;

/** Put before the text of a file: without it spreadsheets take UTF-8 for a local code page. */
export const byteOrderMark = '\ufeff';

/** A signed number with at most a unit: "-0.4", "+12 %", "-3 min". */
const signedNumber = /^[-+]\d[\d.,\s]*(%|\p{L}+)?$/u;
/** How a formula begins, also in the wide forms of East Asian keyboards. */
const formula = /^\s*[-=+@－＝＋＠]|^[\t\r\n]/u;
/** The same behind what a spreadsheet of another language divides cells and lines by. */
const innerFormula = /([;\t\r\n]\s*)(?='*(?:[=@＝＠]|[-+－＋][^;\t\r\n]*[(|!]))/gu;
/** What `defused` puts there. */
const innerApostrophe = /([;\t\r\n]\s*)'(?='*(?:[=@＝＠]|[-+－＋][^;\t\r\n]*[(|!]))/gu;

/** Whether a spreadsheet would run a text, or would if apostrophes in front of it were taken away. */
function looksRun(text: string): boolean {
	const bare = text.replace(/^'+/, '');
	return formula.test(bare) && !signedNumber.test(bare);
}

/**
 * A text of the log as a spreadsheet may have it: an apostrophe stands before what it would run as a
 * formula (OWASP, "CSV injection"), and before one that looks as if that had been done to it, so that
 * `undefused` gives back what there was. Signed numbers stay as they are.
 */
export function defused(text: string): string {
	const inner = text.replace(innerFormula, "$1'");
	return looksRun(inner) ? `'${inner}` : inner;
}

/** The text that `defused` made a cell of. */
export function undefused(cell: string): string {
	const inner = cell.startsWith("'") && looksRun(cell.slice(1)) ? cell.slice(1) : cell;
	return inner.replace(innerApostrophe, '$1');
}

/** One record of RFC 4180 with its line end, texts defused; null and undefined are empty cells. */
export function csvLine(cells: readonly Cell[]): string {
	const texts = cells.map((cell) =>
		typeof cell === 'string' ? defused(cell) : String(cell ?? '')
	);
	return `${csvFormatRow(texts)}\r\n`;
}

/** A line of plain CSV with its texts defused. */
export const defusedLine = (line: string) => csvLine(csvParseRows(line)[0] ?? []);
