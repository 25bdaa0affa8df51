import { describe, expect, it } from 'vitest';
import { classTfidf } from '../../src/lib/analysis/phrases/classTfidf.ts';
import { phraseExamples } from '../../src/lib/analysis/phrases/phraseExamples.ts';
import { phraseLabels } from '../../src/lib/analysis/phrases/phraseLabels.ts';
import { vectoriser, vocabularyOf } from '../../src/lib/analysis/phrases/tfidf.ts';
import { distance, reference } from './reference.ts';

const file = reference('text_clustering');

describe.skipIf(!file.present)('classTfidf (needs ../shared/reference)', () => {
	it('reference case 12 questions: five words of each group with their weights', () => {
		const { inputs, expected } = file.case<
			{ docs: string[] },
			{
				clusters: Record<string, number[]>;
				c_tf_idf_top5: Record<string, [string, number][]>;
			}
		>('12 questions');
		const clusters = expected.clusters['0.1'] ?? [];
		const groups = Object.keys(expected.c_tf_idf_top5).map((group) =>
			inputs.docs.filter((_, item) => clusters[item] === Number(group))
		);
		const found = classTfidf(groups).map((words) => words.slice(0, 5));
		for (const [group, wanted] of Object.entries(expected.c_tf_idf_top5)) {
			const own = found[Number(group)] ?? [];
			expect(own.map(({ word }) => word)).toEqual(wanted.map(([word]) => word));
			expect(
				distance(
					own.map(({ weight }) => weight),
					wanted.map(([, weight]) => weight)
				)
			).toBeLessThan(file.tolerance);
		}
	});
});

describe('classTfidf', () => {
	it('gives weights as worked out by hand, equals in order of the alphabet', () => {
		const [first, second] = classTfidf([['card card lost'], ['card']]);
		// Two words in a group on average; "card" is said three times in all.
		expect(first).toEqual([
			{ word: 'lost', weight: expect.closeTo((1 / 3) * Math.log(1 + 2 / 1), 12) as number },
			{ word: 'card', weight: expect.closeTo((2 / 3) * Math.log(1 + 2 / 3), 12) as number }
		]);
		expect(second).toEqual([
			{ word: 'card', weight: expect.closeTo(Math.log(1 + 2 / 3), 12) as number }
		]);
		expect(classTfidf([['b a']])[0]?.map(({ word }) => word)).toEqual(['a', 'b']);
	});

	it('a group without words has none', () => {
		expect(classTfidf([['?!'], ['card']])[0]).toEqual([]);
	});
});

describe('phraseLabels', () => {
	const repeated = (...texts: string[]) => [...texts, ...texts];

	it('name a group by its own words, in the order in which they are said', () => {
		const labels = phraseLabels([
			repeated('I want to reset my password', 'how to reset the password'),
			repeated('where is my parcel', 'track my parcel please', 'the parcel is late')
		]);
		expect(labels[0]).toBe('reset password');
		expect(labels[1]).toContain('parcel');
	});

	it.each([
		['en', ['how do I change my address', 'I want to change the address'], ['change address']],
		[
			'de',
			['wie kann ich meine Adresse ändern', 'ich möchte die Adresse ändern'],
			['adresse ändern']
		],
		['fr', ['comment changer mon adresse', 'je veux changer mon adresse'], ['changer adresse']]
	])('function words do not lead, even in a group without others (%s)', (_, texts, expected) => {
		expect(phraseLabels([repeated(...texts)])).toEqual(expected);
	});

	it('words that all groups say do not lead in a language without a list', () => {
		const labels = phraseLabels(
			['kartu', 'sandi', 'paket', 'alamat'].map((word) =>
				repeated(`saya ${word}`, `saya punya ${word}`)
			)
		);
		expect(labels.map((label) => label.split(' ').includes('saya'))).toEqual(
			labels.map(() => false)
		);
		expect(labels[0]).toContain('kartu');
	});

	it('do not say a word in two forms', () => {
		const texts = [
			'card accepted abroad',
			'accept my card abroad',
			'cards accepted',
			'accept cards'
		];
		expect(phraseLabels([texts])[0]?.split(' ').sort()).toEqual(['abroad', 'accept', 'card']);
	});

	it('one long question cannot name a group', () => {
		const label = phraseLabels(
			[['card lost', 'lost card', 'my card is lost', 'zebra zebra zebra zebra zebra zebra']],
			{ most: 2 }
		);
		expect(label[0]?.split(' ').sort()).toEqual(['card', 'lost']);
	});

	it('a group of nothing but function words, or of no words, still has a label', () => {
		expect(phraseLabels([['what is this', 'what is that']])[0]).toContain('what');
		expect(phraseLabels([['??', '!!']])).toEqual(['']);
		expect(phraseLabels([])).toEqual([]);
	});

	it('never hold a placeholder', () => {
		expect(
			phraseLabels([repeated('‹order› parcel lost', 'lost parcel ‹order› ‹mail›')])[0]
		).toMatch(/^(lost parcel|parcel lost)$/u);
	});
});

describe('phraseExamples', () => {
	const texts = [
		'my card is lost',
		'my card is lost',
		'my card was lost today',
		'lost my card on the train',
		'something else entirely'
	];
	const vectors = texts.map(
		vectoriser(vocabularyOf([...texts, ...texts], { range: [3, 5], words: false }))
	);

	it('begin with the question of the highest mean cosine to all', () => {
		const cosine = (one: number, other: number) =>
			vectors[one]?.terms.reduce((sum, term, place) => {
				const there = vectors[other]?.terms.indexOf(term) ?? -1;
				return there < 0
					? sum
					: sum +
							(vectors[one]?.weights[place] ?? 0) *
								(vectors[other]?.weights[there] ?? 0);
			}, 0) ?? 0;
		const means = texts.map((_, one) =>
			texts.reduce((sum, __, other) => sum + cosine(one, other), 0)
		);
		expect(phraseExamples(vectors)[0]).toBe(means.indexOf(Math.max(...means)));
	});

	it('never say the same words twice, and are no more than asked for', () => {
		const shown = phraseExamples(vectors, { most: 9 }).map((place) => texts[place]);
		expect(new Set(shown).size).toBe(shown.length);
		expect(shown).toHaveLength(4);
		expect(phraseExamples(vectors, { most: 2 })).toHaveLength(2);
		expect(phraseExamples([])).toEqual([]);
	});
});
