/** Names that a misspelt one may stand for. */

/** Insertions, deletions and replacements from one text to another (Levenshtein 1966). */
function editsBetween(from: string, to: string): number {
	let row = Array.from({ length: to.length + 1 }, (_, at) => at);
	for (const [i, letter] of [...from].entries()) {
		const next = [i + 1];
		for (let j = 1; j <= to.length; j++)
			next.push(
				Math.min(
					(row[j] ?? 0) + 1,
					(next[j - 1] ?? 0) + 1,
					(row[j - 1] ?? 0) + (letter === to[j - 1] ? 0 : 1)
				)
			);
		row = next;
	}
	return row[to.length] ?? 0;
}

/**
 * The names nearest to a text, the nearest first: those that differ in case only, then those that
 * hold it or are held by it, then by edits over the longer length.
 */
export function nearestNames(text: string, names: readonly string[], most: number): string[] {
	const sought = text.toLowerCase();
	const farness = (name: string) => {
		const lower = name.toLowerCase();
		if (lower === sought) return -2;
		if (lower.includes(sought) || sought.includes(lower)) return -1;
		return editsBetween(sought, lower) / Math.max(sought.length, lower.length);
	};
	return names
		.map((name) => ({ name, far: farness(name) }))
		.sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1))
		.slice(0, most)
		.map(({ name }) => name);
}
