import { withoutPlaceholders } from './maskPersonal.ts';

/** Which terms a text is counted by: character n-grams within words, whole words, or both. */
export type TermOptions = {
	/** Shortest and longest n-gram in characters (code points). */
	range: readonly [number, number];
	/** Whole words beside the n-grams. */
	words: boolean;
};

/** Lower case in one Unicode form (NFKC), so that one word is written one way; no placeholders. */
export function plainText(text: string): string {
	return withoutPlaceholders(text).normalize('NFKC').toLowerCase();
}

/**
 * Character n-grams within words, as scikit-learn's `char_wb`: each word, cut at white space, stands
 * between two blanks, and a word shorter than n counts once as it is. By code points, so an emoji or a
 * letter outside the basic plane is one character. Returned with repeats, in reading order.
 */
export function ngrams(text: string, range: readonly [number, number]): string[] {
	return tokens(text).flatMap((token) => tokenNgrams(token, range));
}

/** Stretches of a text without white space. */
export function tokens(text: string): string[] {
	return plainText(text).split(/\s+/u).filter(Boolean);
}

/** The n-grams of one stretch. */
export function tokenNgrams(token: string, [least, most]: readonly [number, number]): string[] {
	const found: string[] = [];
	const characters = [' ', ...token, ' '];
	for (let n = least; n <= most; n++) {
		for (let start = 0; start === 0 || start + n <= characters.length; start++)
			found.push(characters.slice(start, start + n).join(''));
		if (characters.length <= n) break;
	}
	return found;
}

const word = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’][\p{L}\p{N}\p{M}]+)*/gu;
/** Scripts that write no blanks between words. */
const unspaced =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

/** Words of a text in reading order, lower case; scripts without blanks are cut by their dictionary. */
export function words(text: string): string[] {
	const plain = plainText(text).replaceAll('’', "'");
	if (!unspaced.test(plain)) return plain.match(word) ?? [];
	return [...segmenter.segment(plain)]
		.filter(({ isWordLike }) => isWordLike)
		.map(({ segment }) => segment);
}

/** All terms of a text, with repeats. */
export function terms(text: string, { range, words: whole }: TermOptions): string[] {
	return whole ? [...ngrams(text, range), ...words(text).map(wordTerm)] : ngrams(text, range);
}

/** A whole word as a term, marked so that it is never taken for an n-gram. */
export const wordTerm = (word: string) => `=${word}`;
