import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	countCdf,
	countChance,
	countQuantile,
	countUpperTail
} from '../../src/lib/analysis/negativeBinomial.ts';
import { reference } from './reference.ts';
import { relativeDistance, tolerances } from './relative.ts';

const file = reference('negative_binomial');
type Inputs = { mean: number; dispersion: number };
type Expected = Record<
	'q025' | 'q10' | 'q50' | 'q90' | 'q975' | 'p0' | 'var' | 'cdf_at_mean',
	number
>;

describe.skipIf(!file.present)('negativeBinomial (needs ../shared/reference)', () => {
	it('every number that the file expects is held against one of ours', () => {
		for (const { expected } of file.cases as { expected: Expected }[])
			expect(Object.keys(expected).sort()).toEqual(
				['q025', 'q10', 'q50', 'q90', 'q975', 'p0', 'var', 'cdf_at_mean'].sort()
			);
	});

	it.each(file.cases.map(({ id }) => id))('reference case %s', (id) => {
		const { inputs: counts, expected } = file.case<Inputs, Expected>(id);
		const within = tolerances<'probabilities_relative'>('negative_binomial');
		const quantile = (p: number) => countQuantile(p, counts);
		expect([0.025, 0.1, 0.5, 0.9, 0.975].map(quantile)).toEqual([
			expected.q025,
			expected.q10,
			expected.q50,
			expected.q90,
			expected.q975
		]);
		// The variance of the chances themselves, summed to where nothing is left.
		let [first, second] = [0, 0];
		for (let count = 0; count <= counts.mean + 40 * Math.sqrt(expected.var) + 40; count++) {
			const chance = countChance(count, counts);
			first += count * chance;
			second += count * count * chance;
		}
		const found = [
			countChance(0, counts),
			countCdf(0, counts),
			countCdf(counts.mean, counts),
			second - first * first
		];
		const wanted = [expected.p0, expected.p0, expected.cdf_at_mean, expected.var];
		expect(relativeDistance(found, wanted)).toBeLessThan(within.probabilities_relative);
	});
});

const someCounts = fc.record({
	mean: fc.double({ min: 0.01, max: 300, noNaN: true }),
	dispersion: fc.double({ min: 1, max: 20, noNaN: true })
});

describe('negativeBinomial', () => {
	it('with a dispersion of 2 and a mean of 1 it is the number of tails before the first head', () => {
		// geometric: ½, ¼, ⅛ …
		for (let count = 0; count < 10; count++) {
			expect(countChance(count, { mean: 1, dispersion: 2 })).toBeCloseTo(
				0.5 ** (count + 1),
				14
			);
			expect(countUpperTail(count, { mean: 1, dispersion: 2 })).toBeCloseTo(0.5 ** count, 14);
		}
	});

	it('at a dispersion of 1 and below it is Poisson', () => {
		for (const dispersion of [1, 0.5])
			expect(countChance(2, { mean: 3, dispersion })).toBeCloseTo(4.5 * Math.exp(-3), 14);
	});

	it('comes to Poisson without a jump', () => {
		for (const count of [0, 3, 12]) {
			const poisson = countCdf(count, { mean: 5, dispersion: 1 });
			expect(countCdf(count, { mean: 5, dispersion: 1 + 1e-7 })).toBeCloseTo(poisson, 6);
			expect(countCdf(count, { mean: 5, dispersion: 1 + 1e-5 })).toBeCloseTo(poisson, 4);
		}
	});

	it('the chances add up to the distribution, and that and the tail to one', () => {
		fc.assert(
			fc.property(someCounts, fc.integer({ min: 0, max: 300 }), (counts, most) => {
				let sum = 0;
				for (let count = 0; count <= most; count++) sum += countChance(count, counts);
				expect(countCdf(most, counts)).toBeCloseTo(sum, 9);
				expect(countCdf(most, counts) + countUpperTail(most + 1, counts)).toBeCloseTo(1, 9);
			}),
			{ seed: 1, numRuns: 100 }
		);
	});

	it('a quantile is the least count that reaches its chance', () => {
		fc.assert(
			fc.property(
				someCounts,
				fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }),
				(counts, p) => {
					const count = countQuantile(p, counts);
					expect(countCdf(count, counts)).toBeGreaterThanOrEqual(p);
					if (count > 0) expect(countCdf(count - 1, counts)).toBeLessThan(p);
				}
			),
			{ seed: 2, numRuns: 200 }
		);
	});

	it('a mean of 0 never counts anything, and the ends are where they should be', () => {
		const none = { mean: 0, dispersion: 3 };
		expect([countChance(0, none), countCdf(0, none), countUpperTail(1, none)]).toEqual([
			1, 1, 0
		]);
		expect(countQuantile(0.99, none)).toBe(0);
		const some = { mean: 4, dispersion: 3 };
		expect([countQuantile(0, some), countQuantile(1, some)]).toEqual([0, Infinity]);
		expect([countCdf(-1, some), countUpperTail(0, some), countChance(1.5, some)]).toEqual([
			0, 1, 0
		]);
		expect(countQuantile(1.1, some)).toBeNaN();
		expect(countCdf(1, { mean: NaN, dispersion: 1 })).toBeNaN();
	});
});
