/** Markdown that texts of the data cannot break out of, in chats as on GitHub. */

/** Characters that begin or end something inside a line. */
const marks = /[\\`*[\]|~]/g;

/** A `_` inside a word marks nothing, and chats that know no backslash would show it. */
const edge = /(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;

/**
 * A text of the data on one line. The `<` of a tag and the `&` of an entity are written as entities,
 * which is what Slack asks for as well; `@` calls nobody.
 */
export function escaped(text: string): string {
	return text
		.replace(/\s+/gu, ' ')
		.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '')
		.replace(marks, '\\$&')
		.replace(edge, '\\_')
		.replace(/&(?=#?\w+;)/g, '&amp;')
		.replace(/<(?=[\p{L}/!?@#])/gu, '&lt;')
		.replace(/@(?=\S)/g, '@\u2060')
		.replace(/:\/\//g, ':\u2060//')
		.replace(/^(\s*)(#|>|[-+](?=\s))/, '$1\\$2')
		.replace(/^(\s*\d+)([.)])(?=\s)/, '$1\\$2');
}

/** A link; its words are escaped, and so is what would end its address. */
export function link(words: string, address: string | null): string {
	return address === null
		? escaped(words)
		: `[${escaped(words)}](${address.replace(/[()*~|]/g, encoded)})`;
}

const encoded = (one: string) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`;

/** A table whose columns stand below each other as plain text too; cells are escaped already. */
export function table(head: string[], rows: string[][]): string {
	const widths = head.map((_, column) =>
		Math.max(3, ...[head, ...rows].map((row) => [...(row[column] ?? '')].length))
	);
	const line = (cells: string[]) =>
		`| ${cells.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - [...cell].length)).join(' | ')} |`;
	return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join(
		'\n'
	);
}
