import { words } from './terms.ts';

/** A word with its weight in a group. */
export type WeightedWord = { word: string; weight: number };

/**
 * Words of each group by class-based TF-IDF: share of the group's words × ln(1 + A / f), A being the
 * mean number of words in a group and f how often the word is said in all groups. Highest first,
 * equals in code-unit order. Source: M. Grootendorst (2022), BERTopic.
 */
export function classTfidf(groups: readonly (readonly string[])[]): WeightedWord[][] {
	const everywhere = new Map<string, number>();
	const counted = groups.map((texts) => {
		const counts = new Map<string, number>();
		let all = 0;
		for (const text of texts)
			for (const word of words(text)) {
				counts.set(word, (counts.get(word) ?? 0) + 1);
				everywhere.set(word, (everywhere.get(word) ?? 0) + 1);
				all++;
			}
		return { counts, all };
	});
	const mean = counted.reduce((sum, { all }) => sum + all, 0) / groups.length;
	return counted.map(({ counts, all }) =>
		[...counts]
			.map(([word, count]) => ({
				word,
				weight: (count / all) * Math.log(1 + mean / (everywhere.get(word) ?? count))
			}))
			.sort(
				(one, other) =>
					other.weight - one.weight ||
					(one.word < other.word ? -1 : one.word > other.word ? 1 : 0)
			)
	);
}
