import { describe, expect, it } from 'vitest';
import {
	standardise,
	standardisedDifference
} from '../../src/lib/analysis/directStandardisation.ts';
import { standardisedMeanDifference } from '../../src/lib/analysis/standardisedMean.ts';
import { welch } from '../../src/lib/analysis/welch.ts';

describe('standardisedMeanDifference', () => {
	it('weighs the differences within topics by the mix', () => {
		const found = standardisedMeanDifference([
			{ a: { n: 4, mean: 10, sd: 2 }, b: { n: 9, mean: 7, sd: 3 }, weight: 30 },
			{ a: { n: 25, mean: 5, sd: 5 }, b: { n: 16, mean: 6, sd: 4 }, weight: 10 }
		]);
		expect(found?.difference).toBeCloseTo(0.75 * 3 + 0.25 * -1, 12);
		const se = Math.sqrt(0.5625 * (1 + 1) + 0.0625 * (1 + 1));
		expect(found?.se).toBeCloseTo(se, 12);
		expect(found?.low).toBeCloseTo(2 - 1.959963985 * se, 8);
		expect(found?.high).toBeCloseTo(2 + 1.959963985 * se, 8);
		// z = 1.78885: two-sided p by tables of the normal distribution.
		expect(found?.p).toBeCloseTo(0.07364, 4);
	});

	it('undoes a mix that would turn the difference round', () => {
		// Without the item: mostly long matters; within both topics 10 s quicker.
		const a = (mean: number, n: number) => ({ n, mean, sd: 1 });
		const found = standardisedMeanDifference([
			{ a: a(90, 900), b: a(100, 100), weight: 1000 },
			{ a: a(10, 100), b: a(20, 900), weight: 1000 }
		]);
		expect(found?.difference).toBeCloseTo(-10, 12);
	});

	it('of one topic has the difference and error of Welch', () => {
		const [a, b] = [
			{ n: 40, mean: 3, sd: 1.5 },
			{ n: 60, mean: 2, sd: 1 }
		];
		const found = standardisedMeanDifference([{ a, b, weight: 7 }]);
		const other = welch(a, b);
		expect(found?.difference).toBe(other?.difference);
		expect((found?.difference ?? 0) / (found?.se ?? 1)).toBeCloseTo(other?.t ?? 0, 12);
	});

	it('of shares agrees with direct standardisation of shares', () => {
		const tallies = [
			{ topic: 'A', a: [12, 40], b: [30, 80], weight: 120 },
			{ topic: 'B', a: [5, 50], b: [9, 30], weight: 80 }
		] as const;
		const summary = ([hits, n]: readonly [number, number]) => {
			const mean = hits / n;
			return { n, mean, sd: Math.sqrt((mean * (1 - mean) * n) / (n - 1)) };
		};
		const found = standardisedMeanDifference(
			tallies.map(({ a, b, weight }) => ({ a: summary(a), b: summary(b), weight }))
		);
		const mix = new Map(tallies.map(({ topic, weight }) => [topic, weight] as const));
		const side = (key: 'a' | 'b') =>
			standardise(
				tallies.map((one) => ({
					topic: one.topic,
					conversations: one[key][1],
					answers: one[key][1],
					positive: one[key][0]
				})),
				mix
			);
		const other = standardisedDifference(side('a'), side('b'));
		expect(found?.difference).toBeCloseTo(other.value ?? 0, 12);
		expect(found?.se).toBeCloseTo(other.se ?? 0, 12);
	});

	it('says nothing without topics, without spread, and of a single value', () => {
		expect(standardisedMeanDifference([])).toBeNull();
		const flat = { n: 5, mean: 2, sd: 0 };
		expect(standardisedMeanDifference([{ a: flat, b: flat, weight: 1 }])).toBeNull();
		const alone = { n: 1, mean: 2, sd: 0 };
		expect(
			standardisedMeanDifference([{ a: alone, b: { n: 5, mean: 2, sd: 1 }, weight: 1 }])
		).toBeNull();
	});
});
