/** HTML that texts of the data cannot break out of. */

/** A piece of HTML in which every text of the data is escaped; only `html` makes one. */
export class Html {
	readonly #text: string;

	constructor(strings: readonly string[], pieces: readonly Piece[]) {
		this.#text = strings
			.map((string, index) => unindented(string) + written(pieces[index]))
			.join('');
	}

	toString(): string {
		return this.#text;
	}
}

/** The indentation of the templates is not sent; inside a tag, mail programs want spaces. */
const unindented = (string: string) =>
	string.replace(/>\s*\n\s*</g, '>\n<').replace(/(?<!>)\s*\n\s*|\s*\n\s*(?!<)/g, ' ');

/** What may stand in the holes: text, numbers, HTML, lists of them, or nothing. */
export type Piece = string | number | Html | null | undefined | false | readonly Piece[];

/** `html`<td title="${topic}">${topic}</td>``: every hole is escaped, in quoted attributes too. */
export function html(strings: TemplateStringsArray, ...pieces: Piece[]): Html {
	return new Html(strings, pieces);
}

function written(piece: Piece): string {
	if (piece === null || piece === undefined || piece === false) return '';
	if (piece instanceof Html) return piece.toString();
	if (Array.isArray(piece)) return piece.map(written).join('');
	return escaped(String(piece));
}

const entities: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;'
};

/** Control characters and those that turn the direction of what follows are left out. */
const unseen = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

function escaped(text: string): string {
	return text
		.replace(/[\t\n\r]+/g, ' ')
		.replace(unseen, '')
		.replace(/[&<>"']/g, (one) => entities[one] ?? '');
}
