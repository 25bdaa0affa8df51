import { classTfidf } from './classTfidf.ts';
import { functionWords } from './functionWords.ts';
import { words } from './terms.ts';

/**
 * A short name for each group of questions, of up to `most` words, most telling first chosen and then
 * set in the order in which the questions say them. Chosen by c-TF-IDF times the share of the group's
 * questions with the word, so that one long question cannot name a group. Function words, single
 * letters and numbers are left out, and so are words that more than half of four or more groups say in
 * most of their questions. Of two forms of one word the stronger is taken. A group that has no other words takes them all the same; one without words
 * has the name ''. `beside` are questions in no group: they stand against the groups as one more.
 */
export function phraseLabels(
	groups: readonly (readonly string[])[],
	{ most = 3, beside = [] as readonly string[] } = {}
): string[] {
	const weighted = classTfidf(beside.length > 0 ? [...groups, beside] : groups);
	const said = groups.map(sayings);
	const common = commonWords(said);
	return groups.map((_, group) => {
		const { places, texts } = said[group] as Sayings;
		const rated = (weighted[group] ?? []).map(({ word, weight }) => ({
			word,
			weight: (weight * (places.get(word)?.length ?? 0)) / texts
		}));
		const telling = rated.filter(({ word }) => isTelling(word) && !common.has(word));
		return (telling.length > 0 ? telling : rated)
			.sort((one, other) => other.weight - one.weight)
			.reduce<typeof rated>(
				(chosen, next) =>
					chosen.length === most || chosen.some(({ word }) => isForm(word, next.word))
						? chosen
						: [...chosen, next],
				[]
			)
			.map(({ word }) => ({ word, place: mean(places.get(word) ?? []) }))
			.sort((one, other) => one.place - other.place)
			.map(({ word }) => word)
			.join(' ');
	});
}

/** For each word how far into each question that says it (0 to 1) it is first said. */
type Sayings = { texts: number; places: Map<string, number[]> };

function sayings(texts: readonly string[]): Sayings {
	const places = new Map<string, number[]>();
	for (const text of texts) {
		const said = words(text);
		for (const word of new Set(said)) {
			const place = said.indexOf(word) / said.length;
			const known = places.get(word);
			if (known) known.push(place);
			else places.set(word, [place]);
		}
	}
	return { texts: texts.length, places };
}

function commonWords(said: readonly Sayings[]): Set<string> {
	const groups = new Map<string, number>();
	if (said.length >= 4)
		for (const { texts, places } of said)
			for (const [word, found] of places)
				if (found.length > texts / 2) groups.set(word, (groups.get(word) ?? 0) + 1);
	return new Set(
		[...groups].filter(([, count]) => count > said.length / 2).map(([word]) => word)
	);
}

/** Whether a word only goes on from the other, as "accepted" from "accept". */
function isForm(one: string, other: string): boolean {
	const [short, long] = one.length < other.length ? [one, other] : [other, one];
	return short.length >= 4 && long.startsWith(short);
}

function isTelling(word: string): boolean {
	return (
		!functionWords.has(word) &&
		!/^(?:\p{Nd}+|[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])$/u.test(word)
	);
}

const mean = (values: number[]) =>
	values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
