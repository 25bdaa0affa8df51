import { randomGamma, randomLcg } from 'd3-random';
import trigamma from '@stdlib/math-base-special-trigamma';
import digamma from '@stdlib/math-base-special-digamma';
import { describe, expect, it } from 'vitest';
import { moderate } from '../../src/lib/analysis/moderatedSpread.ts';

const source = randomLcg(0.7);

/** σ estimated with so many degrees of freedom where the true one is σ. */
function estimated(sigma: number, freedom: number): number {
	return sigma * Math.sqrt(randomGamma.source(source)(freedom / 2, 2 / freedom)());
}

/** A true variance of an inverse χ² of so many degrees of freedom around 1. */
function trueVariance(prior: number): number {
	return 1 / randomGamma.source(source)(prior / 2, 2 / prior)();
}

describe('spreads of many groups', () => {
	it('that differ by chance alone become one', () => {
		const found = moderate(
			Array.from({ length: 400 }, () => ({ sigma: estimated(2, 7), freedom: 7 }))
		);
		expect(found[0]?.sigma).toBeGreaterThan(1.85);
		expect(found[0]?.sigma).toBeLessThan(2.15);
		expect(found[0]?.freedom).toBeGreaterThan(60);
	});

	it('that truly differ stay apart, drawn in as far as chance had them differ', () => {
		for (const prior of [3, 8, 30]) {
			const [one] = moderate(
				Array.from({ length: 20_000 }, () => ({
					sigma: estimated(Math.sqrt(trueVariance(prior)), 7),
					freedom: 7
				}))
			);
			expect((one?.freedom ?? 0) - 7).toBeGreaterThan(prior * 0.85);
			expect((one?.freedom ?? 0) - 7).toBeLessThan(prior * 1.2);
		}
	});

	it('a group alone keeps its own', () => {
		expect(moderate([{ sigma: 3, freedom: 7 }])).toEqual([{ sigma: 3, freedom: 7 }]);
		expect(moderate([])).toEqual([]);
	});

	it('lie between their own and the common one, and keep their order', () => {
		const sigmas = [0.4, 0.9, 1, 1.1, 9];
		const found = moderate(sigmas.map((sigma) => ({ sigma, freedom: 7 })));
		const moved = found.map(({ sigma }) => sigma);
		expect(moved).toEqual([...moved].sort((a, b) => a - b));
		expect(moved[0]).toBeGreaterThan(0.4);
		expect(moved[4]).toBeLessThan(9);
	});

	it('equations of the fit hold: mean and variance of the log variances are those of the model', () => {
		const freedom = 7;
		const sigmas = [0.3, 0.5, 1, 1.6, 2.2, 4];
		const found = moderate(sigmas.map((sigma) => ({ sigma, freedom })));
		const prior = (found[0]?.freedom ?? NaN) - freedom;
		const logs = sigmas.map((sigma) => 2 * Math.log(sigma));
		const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
		const variance = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / (logs.length - 1);
		expect(trigamma(freedom / 2) + trigamma(prior / 2)).toBeCloseTo(variance, 8);
		const common = ((found[0]?.sigma ?? NaN) ** 2 * (prior + freedom) - freedom * 0.09) / prior;
		const expected =
			Math.log(common) +
			digamma(freedom / 2) -
			Math.log(freedom / 2) -
			digamma(prior / 2) +
			Math.log(prior / 2);
		expect(mean).toBeCloseTo(expected, 8);
	});
});
