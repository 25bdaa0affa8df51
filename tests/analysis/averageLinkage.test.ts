import { randomLcg } from 'd3-random';
import { describe, expect, it } from 'vitest';
import {
	averageLinkage,
	clustersAt,
	cosines
} from '../../src/lib/analysis/phrases/averageLinkage.ts';
import { partitionAgreement } from '../../src/lib/analysis/phrases/partitionAgreement.ts';
import { vectoriser, vocabularyOf } from '../../src/lib/analysis/phrases/tfidf.ts';
import { distance, reference } from './reference.ts';

const file = reference('text_clustering');

describe.skipIf(!file.present)('averageLinkage (needs ../shared/reference)', () => {
	it('reference case 12 questions: heights, and clusters at every cut', () => {
		const { inputs, expected } = file.case<
			{ docs: string[] },
			{ linkage_heights_similarity: number[]; clusters: Record<string, number[]> }
		>('12 questions');
		const n = inputs.docs.length;
		const vocabulary = vocabularyOf(inputs.docs, { range: [3, 5], words: false });
		const merges = averageLinkage(cosines(inputs.docs.map(vectoriser(vocabulary))), n);
		expect(
			distance(
				merges.map(({ similarity }) => similarity),
				expected.linkage_heights_similarity
			)
		).toBeLessThan(file.tolerance);
		expect(Object.keys(expected.clusters)).toHaveLength(3);
		for (const [cut, wanted] of Object.entries(expected.clusters))
			expect(sameAs(Array.from(clustersAt(merges, n, Number(cut))), wanted), cut).toBe(true);
	});
});

const sameAs = (one: number[], other: number[]) =>
	Math.abs(partitionAgreement(one, other).ari - 1) < 1e-12;

/** Similarities of every pair, from points on a line and seeded noise. */
function noise(n: number, seed: number): Float64Array {
	const random = randomLcg(seed);
	return Float64Array.from({ length: (n * (n - 1)) / 2 }, () => random());
}

/** Average linkage as the textbook says it: at each step the mean over all pairs of all clusters. */
function plainly(pairs: Float64Array, n: number): number[] {
	const at = (one: number, other: number): number => {
		const [low, high] = one < other ? [one, other] : [other, one];
		let place = 0;
		for (let row = 0; row < low; row++) place += n - 1 - row;
		return pairs[place + high - low - 1] ?? NaN;
	};
	let clusters = Array.from({ length: n }, (_, item) => [item]);
	const heights: number[] = [];
	while (clusters.length > 1) {
		let best = { one: 0, other: 1, height: -Infinity };
		for (const [one, left] of clusters.entries())
			for (const [other, right] of clusters.entries()) {
				if (other <= one) continue;
				const between = left.flatMap((a) => right.map((b) => at(a, b)));
				const height = between.reduce((sum, value) => sum + value, 0) / between.length;
				if (height > best.height) best = { one, other, height };
			}
		heights.push(best.height);
		const { one, other } = best;
		const joined = [...(clusters[one] ?? []), ...(clusters[other] ?? [])];
		clusters = [...clusters.filter((_, index) => index !== one && index !== other), joined];
	}
	return heights;
}

describe('averageLinkage', () => {
	it.each([2, 3, 10, 25])('merges %i items as the textbook does', (n) => {
		for (const seed of [0.1, 0.2, 0.3]) {
			const merges = averageLinkage(noise(n, seed), n);
			const heights = merges.map(({ similarity }) => similarity);
			expect(distance(heights, plainly(noise(n, seed), n))).toBeLessThan(1e-12);
		}
	});

	it('stopping at a cut finds the clusters of the whole tree cut there', () => {
		for (const cut of [0.3, 0.5, 0.6, 0.9]) {
			const whole = clustersAt(averageLinkage(noise(30, 0.7), 30), 30, cut);
			const stopped = averageLinkage(noise(30, 0.7), 30, cut);
			expect(stopped.every(({ similarity }) => similarity >= cut)).toBe(true);
			expect(clustersAt(stopped, 30, cut)).toEqual(whole);
		}
	});

	it('leaves one item alone, and nothing as nothing', () => {
		expect(averageLinkage(new Float64Array(0), 1)).toEqual([]);
		expect(averageLinkage(new Float64Array(0), 0)).toEqual([]);
		expect(Array.from(clustersAt([], 3, 0))).toEqual([0, 1, 2]);
	});

	it('the mean cosine between clusters is that of their sums', () => {
		const texts = [
			'red card lost',
			'card lost',
			'lost my red card',
			'where is it',
			'is it here'
		];
		const vectors = texts.map(vectoriser(vocabularyOf(texts, { range: [3, 5], words: false })));
		const sum = (items: number[]) => {
			const found = new Map<number, number>();
			for (const item of items)
				vectors[item]?.terms.forEach((term, place) =>
					found.set(term, (found.get(term) ?? 0) + (vectors[item]?.weights[place] ?? 0))
				);
			return found;
		};
		const merges = averageLinkage(cosines(vectors), 5);
		const last = merges[merges.length - 1];
		const right = sum([3, 4]);
		const dot = [...sum([0, 1, 2])].reduce(
			(total, [term, weight]) => total + weight * (right.get(term) ?? 0),
			0
		);
		expect(last?.similarity).toBeCloseTo(dot / (3 * 2), 12);
	});
});
