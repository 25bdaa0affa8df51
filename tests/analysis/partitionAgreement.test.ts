import { describe, expect, it } from 'vitest';
import { sphericalKMeans } from '../../bench/sphericalKMeans.ts';
import { partitionAgreement } from '../../src/lib/analysis/phrases/partitionAgreement.ts';
import { vectoriser, vocabularyOf } from '../../src/lib/analysis/phrases/tfidf.ts';
import { reference } from './reference.ts';

const file = reference('text_clustering');

describe.skipIf(!file.present)('partitionAgreement (needs ../shared/reference)', () => {
	it('reference case metrics', () => {
		const { inputs, expected } = file.case<
			Record<'true' | 'pred', number[]>,
			Record<'v_measure' | 'ari' | 'homogeneity' | 'completeness', number>
		>('metrics');
		const found = partitionAgreement(inputs.true, inputs.pred);
		expect(Math.abs(found.nmi - expected.v_measure)).toBeLessThan(file.tolerance);
		expect(Math.abs(found.ari - expected.ari)).toBeLessThan(file.tolerance);
		expect(Math.abs(found.homogeneity - expected.homogeneity)).toBeLessThan(file.tolerance);
		expect(Math.abs(found.completeness - expected.completeness)).toBeLessThan(file.tolerance);
	});

	it('reference case 12 questions: NMI and ARI at 0.1', () => {
		const { inputs, expected } = file.case<
			{ labels: number[] },
			{ clusters: Record<string, number[]>; metrics_at_0_1: Record<'nmi' | 'ari', number> }
		>('12 questions');
		const found = partitionAgreement(inputs.labels, expected.clusters['0.1'] ?? []);
		expect(Math.abs(found.nmi - expected.metrics_at_0_1.nmi)).toBeLessThan(file.tolerance);
		expect(Math.abs(found.ari - expected.metrics_at_0_1.ari)).toBeLessThan(file.tolerance);
	});
});

describe('partitionAgreement', () => {
	it('is 1 throughout for the same parts under other numbers', () => {
		const found = partitionAgreement([0, 0, 1, 1, 2], [7, 7, 3, 3, 9]);
		for (const value of Object.values(found)) expect(value).toBeCloseTo(1, 12);
	});

	it('counts pairs as worked out by hand', () => {
		// Together in both: one pair of {0, 1}; 2 of 6 pairs share a class, 3 a cluster; 1 expected.
		const { ari, purity } = partitionAgreement([0, 0, 1, 1], [0, 0, 0, 1]);
		expect(ari).toBeCloseTo((1 - 1) / (2.5 - 1), 12);
		expect(purity).toBeCloseTo(3 / 4, 12);
	});

	it('one cluster for all says nothing of the classes', () => {
		const found = partitionAgreement([0, 0, 1, 1], [5, 5, 5, 5]);
		expect(found).toMatchObject({
			nmi: 0,
			ari: 0,
			homogeneity: 0,
			completeness: 1,
			purity: 0.5
		});
	});

	it('does not change when classes and clusters change places, but for purity', () => {
		const [one, other] = [
			[0, 0, 1, 1, 2, 2, 2],
			[0, 1, 1, 1, 2, 2, 0]
		];
		const [there, back] = [partitionAgreement(one, other), partitionAgreement(other, one)];
		expect(back.nmi).toBeCloseTo(there.nmi, 12);
		expect(back.ari).toBeCloseTo(there.ari, 12);
		expect(back.homogeneity).toBeCloseTo(there.completeness, 12);
	});

	it('refuses lists of different length', () => {
		expect(() => partitionAgreement([0, 1], [0])).toThrow('item 1 of 2 has no cluster');
	});
});

describe('sphericalKMeans, the rival of the benchmark', () => {
	const texts = [
		'card lost',
		'lost my card',
		'the card is lost',
		'refund late',
		'late refund',
		'my refund is late'
	];
	const vectors = texts.map(vectoriser(vocabularyOf(texts, { range: [3, 5], words: false })));

	it('parts what is plainly apart, and the same seed parts it the same', () => {
		const found = sphericalKMeans(vectors, 2, { seed: 3 });
		expect(partitionAgreement([0, 0, 0, 1, 1, 1], found).ari).toBeCloseTo(1, 12);
		expect(sphericalKMeans(vectors, 2, { seed: 3 })).toEqual(found);
	});
});
