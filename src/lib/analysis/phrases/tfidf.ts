import { terms, tokenNgrams, tokens, words, wordTerm, type TermOptions } from './terms.ts';

/** A text as weights of its terms: places in the vocabulary, in reading order, and a vector of length 1. */
export type SparseVector = { terms: Int32Array; weights: Float64Array };

/** What a text is measured by; plain values, so that it can be stored. */
export type Vocabulary = {
	options: TermOptions;
	/** Texts the vocabulary was taken from. */
	documents: number;
	/** Terms with the number of those texts that hold each, in code-unit order. */
	frequencies: [term: string, documents: number][];
};

/**
 * The vocabulary of texts: terms that at least `least` of them hold. With `most`, only so many terms
 * are kept, those in most texts first.
 */
export function vocabularyOf(
	texts: readonly string[],
	options: TermOptions,
	{ least = 2, most = Infinity } = {}
): Vocabulary {
	const counts = new Map<string, number>();
	for (const text of texts)
		for (const term of new Set(terms(text, options)))
			counts.set(term, (counts.get(term) ?? 0) + 1);
	let frequencies = [...counts].filter(([, documents]) => documents >= least).sort(byTerm);
	if (frequencies.length > most)
		frequencies = frequencies
			.sort((one, other) => other[1] - one[1] || byTerm(one, other))
			.slice(0, most)
			.sort(byTerm);
	return { options, documents: texts.length, frequencies };
}

/**
 * Turns texts into TF-IDF vectors: (1 + ln tf) × (1 + ln((1 + N) / (1 + df))), of length 1, as
 * scikit-learn's TfidfVectorizer with `sublinear_tf`. A text without any known term is a vector
 * without terms.
 */
export function vectoriser(vocabulary: Vocabulary): (text: string) => SparseVector {
	const { documents, frequencies, options } = vocabulary;
	const places = new Map(frequencies.map(([term], place) => [term, place]));
	const idf = Float64Array.from(
		frequencies,
		([, frequency]) => Math.log((1 + documents) / (1 + Math.min(frequency, documents))) + 1
	);
	const known = (found: string[]) =>
		found.flatMap((term) => {
			const place = places.get(term);
			return place === undefined ? [] : [place];
		});
	// People say the same words again and again: each is taken apart once.
	const seen = new Map<string, number[]>();
	const placesOf = (token: string) => {
		let found = seen.get(token);
		if (!found) {
			found = known(tokenNgrams(token, options.range));
			if (seen.size < rememberedTokens) seen.set(token, found);
		}
		return found;
	};
	const counts = new Float64Array(frequencies.length);
	return (text) => {
		const touched: number[] = [];
		const count = (place: number) => {
			if (counts[place] === 0) touched.push(place);
			(counts[place] as number) += 1;
		};
		for (const token of tokens(text)) for (const place of placesOf(token)) count(place);
		if (options.words) for (const place of known(words(text).map(wordTerm))) count(place);
		const found = Int32Array.from(touched);
		const weights = new Float64Array(found.length);
		for (let at = 0; at < found.length; at++) {
			const place = found[at] as number;
			weights[at] = (1 + Math.log(counts[place] as number)) * (idf[place] as number);
			counts[place] = 0;
		}
		return { terms: found, weights: unit(weights) };
	};
}

/** Brings a vector to length 1, in place; zeros stay zeros. */
export function unit(weights: Float64Array): Float64Array {
	let squares = 0;
	for (const weight of weights) squares += weight * weight;
	const length = Math.sqrt(squares);
	if (length > 0) for (let at = 0; at < weights.length; at++) (weights[at] as number) /= length;
	return weights;
}

const rememberedTokens = 50_000;

const byTerm = ([one]: [string, number], [other]: [string, number]) =>
	one < other ? -1 : one > other ? 1 : 0;
