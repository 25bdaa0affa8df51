import { describe, expect, it } from 'vitest';
import { cosines } from '../../src/lib/analysis/phrases/averageLinkage.ts';
import { ngrams, words, type TermOptions } from '../../src/lib/analysis/phrases/terms.ts';
import { vectoriser, vocabularyOf } from '../../src/lib/analysis/phrases/tfidf.ts';
import { distance, reference } from './reference.ts';

const file = reference('text_clustering');
const characters: TermOptions = { range: [3, 5], words: false };

describe.skipIf(!file.present)('tfidf (needs ../shared/reference)', () => {
	it('reference case 12 questions: vocabulary and every cosine', () => {
		const { inputs, expected } = file.case<
			{ docs: string[] },
			{ vocab_size: number; cosine: number[][] }
		>('12 questions');
		const vocabulary = vocabularyOf(inputs.docs, characters);
		expect(vocabulary.frequencies).toHaveLength(expected.vocab_size);
		const vectors = inputs.docs.map(vectoriser(vocabulary));
		const above = expected.cosine.flatMap((row, item) => row.slice(item + 1));
		expect(distance(Array.from(cosines(vectors)), above)).toBeLessThan(file.tolerance);
		for (const { weights } of vectors)
			expect(weights.reduce((sum, weight) => sum + weight * weight, 0)).toBeCloseTo(1, 9);
	});
});

describe('terms', () => {
	it('are n-grams within words, with blanks at both ends, short words once', () => {
		expect(ngrams('My  ID?', [3, 5])).toEqual([
			' my',
			'my ',
			' my ',
			' id',
			'id?',
			'd? ',
			' id?',
			'id? ',
			' id? '
		]);
		expect(ngrams('a', [3, 5])).toEqual([' a ']);
		expect(ngrams(' \n ', [3, 5])).toEqual([]);
	});

	it('take one word written in several ways for one', () => {
		const composed = 'Rückgabe ﬁnden';
		const decomposed = 'RU\u0308CKGABE finden';
		expect(ngrams(composed, [3, 5])).toEqual(ngrams(decomposed, [3, 5]));
		expect(words(composed)).toEqual(['rückgabe', 'finden']);
	});

	it('count an emoji and a letter beyond the basic plane as one character', () => {
		expect(ngrams('😡', [3, 5])).toEqual([' 😡 ']);
		expect(ngrams('𠮷野家', [3, 3])).toEqual([' 𠮷野', '𠮷野家', '野家 ']);
	});

	it('keep words with apostrophes whole and cut scripts without blanks', () => {
		expect(words("I can’t log in, don't")).toEqual(['i', "can't", 'log', 'in', "don't"]);
		expect(words('退款在哪里')).toContain('退款');
	});

	it('leave placeholders of personal data out', () => {
		expect(ngrams('‹mail› asked', [3, 5])).toEqual(ngrams('asked', [3, 5]));
		expect(words('order ‹order› lost')).toEqual(['order', 'lost']);
	});
});

describe('tfidf', () => {
	it('gives weights as worked out by hand', () => {
		// Trigrams of three texts; ' ab', 'ab ' stand in two, 'b b' never, as n-grams end with words.
		const vocabulary = vocabularyOf(['ab ab', 'ab', 'cd'], { range: [3, 3], words: false });
		expect(vocabulary.frequencies).toEqual([
			[' ab', 2],
			['ab ', 2]
		]);
		const toVector = vectoriser(vocabulary);
		expect(Array.from(toVector('ab ab').weights)).toEqual([
			expect.closeTo(Math.SQRT1_2, 12),
			expect.closeTo(Math.SQRT1_2, 12)
		]);
		expect(toVector('cd').terms).toHaveLength(0);
	});

	it('weighs a term said twice by 1 + ln 2, and a rarer one by its idf', () => {
		const options: TermOptions = { range: [3, 3], words: false };
		const vocabulary = {
			options,
			documents: 9,
			frequencies: [
				[' a ', 4],
				[' b ', 1]
			] as [string, number][]
		};
		const { terms, weights } = vectoriser(vocabulary)('a b a');
		const twice = (1 + Math.log(2)) * (1 + Math.log(10 / 5));
		const once = 1 + Math.log(10 / 2);
		const length = Math.sqrt(twice ** 2 + once ** 2);
		expect(Array.from(terms)).toEqual([0, 1]);
		expect(weights[0]).toBeCloseTo(twice / length, 12);
		expect(weights[1]).toBeCloseTo(once / length, 12);
	});

	it('keeps the terms of most texts where a vocabulary is limited', () => {
		const texts = ['a b c', 'a b', 'a c', 'a b'];
		const { frequencies } = vocabularyOf(texts, { range: [3, 3], words: false }, { most: 2 });
		expect(frequencies).toEqual([
			[' a ', 4],
			[' b ', 3]
		]);
	});

	it('never takes a whole word for an n-gram', () => {
		const { frequencies } = vocabularyOf(['abc abc', 'abc'], { range: [3, 3], words: true });
		expect(frequencies.map(([term]) => term)).toEqual([' ab', '=abc', 'abc', 'bc ']);
	});
});
