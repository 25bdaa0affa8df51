import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countTail } from '../../src/lib/analysis/countTail.ts';

describe('countTail', () => {
	it('of Poisson counts is the sum of their chances, those just as many by half', () => {
		// mean 2: e⁻² (1, 2, 2, 4/3 …)
		const tail = countTail(3, { mean: 2, dispersion: 1 });
		expect(tail.exact).toBeCloseTo(1 - 5 * Math.exp(-2), 13);
		expect(tail.mid).toBeCloseTo(1 - (5 + 2 / 3) * Math.exp(-2), 13);
	});

	it('below a dispersion of 1 is binomial: three heads or more of four throws are 5 of 16', () => {
		const tail = countTail(3, { mean: 2, dispersion: 0.5 });
		expect(tail.exact).toBeCloseTo(5 / 16, 13);
		expect(tail.mid).toBeCloseTo(3 / 16, 13);
		expect(countTail(0, { mean: 2, dispersion: 0.5 })).toEqual({
			exact: 1,
			mid: expect.closeTo(1 - 1 / 32, 12) as number
		});
		expect(countTail(5, { mean: 2, dispersion: 0.5 })).toEqual({ exact: 0, mid: 0 });
	});

	it('the more the counts scatter, the less a high one says', () => {
		const chances = [0.6, 0.9, 1, 1.5, 3].map(
			(dispersion) => countTail(30, { mean: 20, dispersion }).mid
		);
		expect([...chances].sort((a, b) => a - b)).toEqual(chances);
	});

	it('keeps its digits where it is tiny', () => {
		// P(X ≥ 100) at mean 10: e⁻¹⁰ 10¹⁰⁰/100! (1 + 10/101 + 10²/(101·102) + …)
		let [term, log] = [1, -10 + 100 * Math.log(10)];
		for (let k = 2; k <= 100; k++) log -= Math.log(k);
		let sum = 0;
		for (let k = 101; k < 160; k++) {
			sum += term;
			term *= 10 / k;
		}
		const exact = countTail(100, { mean: 10, dispersion: 1 }).exact;
		expect(exact / (Math.exp(log) * sum)).toBeCloseTo(1, 10);
	});

	it('without an expectation nothing is by chance, and no event is no news', () => {
		expect(countTail(3, { mean: 0, dispersion: 1 })).toEqual({ exact: 0, mid: 0 });
		expect(countTail(0, { mean: 0, dispersion: 1 })).toEqual({ exact: 1, mid: 0.5 });
	});

	it('mid-P lies between the chance of more and of as many, and falls as counts rise', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: 200 }),
				fc.double({ min: 0.1, max: 150, noNaN: true }),
				fc.double({ min: 0.3, max: 5, noNaN: true }),
				(observed, mean, dispersion) => {
					const [here, next] = [observed, observed + 1].map((count) =>
						countTail(count, { mean, dispersion })
					);
					expect(here?.mid).toBeLessThanOrEqual(here?.exact ?? NaN);
					expect(here?.mid).toBeGreaterThanOrEqual((next?.exact ?? NaN) - 1e-9);
				}
			),
			{ seed: 3, numRuns: 200 }
		);
	});
});
