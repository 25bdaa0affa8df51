import { describe, expect, it } from 'vitest';
import { mantelHaenszel } from '../../src/lib/analysis/mantelHaenszel.ts';

describe('mantelHaenszel', () => {
	it('in large topics it is the weighted difference with the plain stratified error', () => {
		const strata = [
			{ a: { hits: 80, n: 1060 }, b: { hits: 50, n: 1200 } },
			{ a: { hits: 220, n: 980 }, b: { hits: 160, n: 850 } }
		];
		const weights = strata.map(({ a, b }) => (a.n * b.n) / (a.n + b.n));
		const whole = weights.reduce((sum, weight) => sum + weight, 0);
		let difference = 0;
		let variance = 0;
		for (const [at, { a, b }] of strata.entries()) {
			const share = (weights[at] ?? 0) / whole;
			const [pa, pb] = [a.hits / a.n, b.hits / b.n];
			difference += share * (pa - pb);
			variance += share ** 2 * ((pa * (1 - pa)) / a.n + (pb * (1 - pb)) / b.n);
		}
		const found = mantelHaenszel(strata);
		expect(found?.difference).toBeCloseTo(difference, 12);
		const half = ((found?.high ?? 0) - (found?.low ?? 0)) / 2;
		expect(Math.abs(half / (1.959964 * Math.sqrt(variance)) - 1)).toBeLessThan(0.01);
		expect(found).toMatchObject({ a: 2040, b: 2050, isTestable: true });
	});

	it('of one topic it is the plain difference, and its test the one of a two by two table', () => {
		const found = mantelHaenszel([{ a: { hits: 30, n: 50 }, b: { hits: 20, n: 60 } }]);
		expect(found?.difference).toBeCloseTo(30 / 50 - 20 / 60, 12);
		// z² = (N − 1)(ad − bc)² / (n₁ n₀ m₁ m₀)
		const z2 = (109 * (30 * 40 - 20 * 20) ** 2) / (50 * 60 * 50 * 60);
		expect(z2).toBeGreaterThan(3.84);
		// P(|Z| > 2.784) = 0.0054, from a table.
		expect(Math.sqrt(z2)).toBeCloseTo(2.784, 2);
		expect(found?.p).toBeCloseTo(0.00537, 4);
	});

	it('a difference that only the topic mix makes is none', () => {
		// Both groups resolve 90 % of the easy and 10 % of the hard, in other proportions.
		const found = mantelHaenszel([
			{ a: { hits: 90, n: 100 }, b: { hits: 9, n: 10 } },
			{ a: { hits: 1, n: 10 }, b: { hits: 10, n: 100 } }
		]);
		expect(found?.difference).toBeCloseTo(0, 12);
		expect(found?.p).toBeCloseTo(1, 12);
	});

	it('topics with one group alone say nothing', () => {
		const pair = { a: { hits: 30, n: 50 }, b: { hits: 20, n: 60 } };
		const alone = { a: { hits: 500, n: 500 }, b: { hits: 0, n: 0 } };
		expect(mantelHaenszel([pair, alone])).toEqual(mantelHaenszel([pair]));
		expect(mantelHaenszel([alone])).toBeNull();
		expect(mantelHaenszel([])).toBeNull();
	});

	it('says nothing where all ended alike, and that few are too few to test', () => {
		expect(mantelHaenszel([{ a: { hits: 5, n: 5 }, b: { hits: 7, n: 7 } }])).toBeNull();
		expect(mantelHaenszel([{ a: { hits: 2, n: 5 }, b: { hits: 1, n: 7 } }])?.isTestable).toBe(
			false
		);
	});
});
