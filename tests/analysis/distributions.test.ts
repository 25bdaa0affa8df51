import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';
import binomialCdf from '@stdlib/stats-base-dists-binomial-cdf';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { describe, expect, it } from 'vitest';
import { gammaCdf } from '../../src/lib/analysis/gammaCdf.ts';
import { gammaQuantile } from '../../src/lib/analysis/gammaQuantile.ts';
import { reference } from './reference.ts';

const file = reference('distributions');

/** Of the file: a share of the value. */
const tolerance = 1e-8;

type Inputs = Record<'a' | 'b' | 'p' | 'shape' | 'rate' | 'df' | 'n' | 'x' | 'mean', number> & {
	dist: string;
};

/** The distributions that intervals, limits and ranks stand on, as they are used. */
const found: Record<string, (inputs: Inputs) => number> = {
	beta: ({ p, a, b }) => betaQuantile(p, a, b),
	gamma: ({ p, shape, rate }) => gammaQuantile(p, shape, rate),
	t: ({ p, df }) => tQuantile(p, df),
	binomcdf: ({ x, n, p }) => binomialCdf(x, n, p),
	// At most x events come where the event after them takes longer than the mean.
	poissoncdf: ({ x, mean }) => 1 - gammaCdf(mean, x + 1, 1)
};

describe.skipIf(!file.present)('distributions (needs ../shared/reference)', () => {
	it.each(file.cases.map(({ id, inputs, expected }) => ({ id, inputs, expected })))(
		'reference case $id',
		({ inputs, expected }) => {
			const given = inputs as Inputs;
			const value = found[given.dist]?.(given) ?? NaN;
			expect(Math.abs(value / (expected as number) - 1)).toBeLessThan(tolerance);
		}
	);
});

describe('gammaCdf', () => {
	it.each([0.5, 1, 3, 30])('of whole shapes is the chance of so many events, at %d', (x) => {
		// P(X ≤ x) of shape k = 1 − Σ e^−x xʲ / j! over j < k
		let [term, sum] = [Math.exp(-x), 0];
		for (let shape = 1; shape <= 40; shape++) {
			sum += term;
			term *= x / shape;
			expect(gammaCdf(x, shape, 1)).toBeCloseTo(1 - sum, 12);
		}
	});

	it.each([100, 3_000, 20_000, 1_000_000])(
		'of shape %d is near a half at its median',
		(shape) => {
			// the median, by the first terms of its expansion (Choi 1994)
			const median = shape - 1 / 3 + 8 / (405 * shape) + 184 / (25_515 * shape ** 2);
			expect(gammaCdf(median, shape, 1)).toBeCloseTo(0.5, 8);
		}
	);
});

describe('gammaQuantile', () => {
	it.each([0.3, 1, 40, 20_000])('of shape %d is undone by the distribution', (shape) => {
		for (const p of [1e-6, 0.025, 0.5, 0.975, 1 - 1e-6])
			expect(gammaCdf(gammaQuantile(p, shape, 3), shape, 3)).toBeCloseTo(p, 10);
	});

	it('begins at 0 and has no end', () => {
		expect(gammaQuantile(0, 5, 1)).toBe(0);
		expect(gammaQuantile(1, 5, 1)).toBe(Infinity);
	});
});
