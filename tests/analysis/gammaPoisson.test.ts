import { randomGamma, randomLcg, randomPoisson } from 'd3-random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ratioPrior, shrinkRatio, type RatioPrior } from '../../src/lib/analysis/gammaPoisson.ts';
import { countCdf } from '../../src/lib/analysis/negativeBinomial.ts';

const priorOf = (groups: { observed: number; expected: number }[]): RatioPrior => {
	const prior = ratioPrior(groups);
	if (!prior) throw new Error('no prior');
	return prior;
};

describe('ratioPrior', () => {
	it('finds the spread that the ratios were drawn from', () => {
		const random = randomLcg(0.3);
		const gamma = randomGamma.source(random)(4, 0.25);
		const poisson = randomPoisson.source(random);
		const groups = Array.from({ length: 800 }, (_, at) => {
			const expected = 5 + (at % 40);
			return { observed: poisson(expected * gamma())(), expected };
		});
		const prior = priorOf(groups);
		expect(prior.capped).toBe(false);
		expect(prior.mean).toBeGreaterThan(0.96);
		expect(prior.mean).toBeLessThan(1.04);
		expect(prior.shape).toBeGreaterThan(3.5);
		expect(prior.shape).toBeLessThan(4.6);
	});

	it('no other spread near it makes the counts more likely', () => {
		const groups = [12, 40, 3, 25, 18].map((observed, at) => ({
			observed,
			expected: [15, 22, 8, 20, 19][at] ?? 1
		}));
		// The count of a group is NB1 with mean m·E and dispersion 1 + E/rate.
		const logLikelihood = (shape: number, rate: number) =>
			groups.reduce((sum, { observed, expected }) => {
				const counts = { mean: (shape / rate) * expected, dispersion: 1 + expected / rate };
				return sum + Math.log(countCdf(observed, counts) - countCdf(observed - 1, counts));
			}, 0);
		const { shape, rate } = priorOf(groups);
		const best = logLikelihood(shape, rate);
		for (const a of [0.97, 1, 1.03])
			for (const b of [0.97, 1, 1.03])
				expect(logLikelihood(shape * a, rate * b)).toBeLessThanOrEqual(best + 1e-9);
	});

	it('one group, equal ratios and no events tell no spread', () => {
		expect(priorOf([{ observed: 9, expected: 3 }])).toMatchObject({ capped: true, mean: 3 });
		const equal = [10, 20, 30].map((expected) => ({ observed: expected, expected }));
		expect(priorOf(equal)).toMatchObject({ capped: true, mean: 1 });
		const none = [4, 6].map((expected) => ({ observed: 0, expected }));
		expect(priorOf(none)).toMatchObject({ capped: true, mean: 0.05 });
	});

	it('groups that expect nothing say nothing', () => {
		const groups = [
			{ observed: 3, expected: 10 },
			{ observed: 40, expected: 10 }
		];
		expect(ratioPrior([...groups, { observed: 7, expected: 0 }])).toEqual(ratioPrior(groups));
		expect(ratioPrior([{ observed: 7, expected: 0 }])).toBeNull();
		expect(ratioPrior([])).toBeNull();
	});
});

describe('shrinkRatio', () => {
	const prior = { shape: 5, rate: 5, mean: 1, capped: false };

	it('lies between the own ratio and that of all, the nearer to all the less is expected', () => {
		expect(shrinkRatio(prior, { observed: 30, expected: 10 }).mean).toBeCloseTo(35 / 15, 12);
		expect(shrinkRatio(prior, { observed: 3, expected: 1 }).mean).toBeCloseTo(8 / 6, 12);
		expect(shrinkRatio(prior, { observed: 0, expected: 0 }).mean).toBe(1);
	});

	it('keeps its quantiles in order', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: 5000 }),
				fc.double({ min: 0, max: 5000, noNaN: true }),
				(observed, expected) => {
					const found = shrinkRatio(prior, { observed, expected });
					const ordered = [0, found.low, found.q05, found.mean, found.q95, found.high];
					expect([...ordered].sort((a, b) => a - b)).toEqual(ordered);
				}
			),
			{ seed: 5, numRuns: 100 }
		);
	});
});
