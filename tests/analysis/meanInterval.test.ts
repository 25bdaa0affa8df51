import { describe, expect, it } from 'vitest';
import {
	meanInterval,
	ratingInterval,
	ratingPosterior
} from '../../src/lib/analysis/meanInterval.ts';
import { wilson } from '../../src/lib/analysis/wilson.ts';
import { distance, reference } from './reference.ts';

const file = reference('csat_intervals');
type Pair = [number, number];
type Expected = {
	n: number;
	mean: number;
	sd?: number;
	ci: Pair | null;
	top2: { x: number; n: number; wilson_95: Pair };
	dirichlet: { mean: number; sd: number; ci_normal: Pair };
};

const summary = (scores: number[]) => ({
	n: scores.length,
	sum: scores.reduce((sum, score) => sum + score, 0),
	sumOfSquares: scores.reduce((sum, score) => sum + score * score, 0)
});
const ends = (interval: { low: number; high: number } | null) =>
	interval ? [interval.low, interval.high] : [];

describe.skipIf(!file.present)('meanInterval (needs ../shared/reference)', () => {
	const cases = file.cases.filter(({ id }) => id.startsWith('mean t-interval'));

	it('the file has the four cases of one mean', () => {
		expect(cases).toHaveLength(4);
	});

	it.each(cases)('reference case $id: t, Dirichlet and top two', ({ id }) => {
		const { inputs, expected } = file.case<{ scores: number[] }, Expected>(id);
		const sums = summary(inputs.scores);
		const close = (actual: number[], wanted: number[]) =>
			expect(distance(actual, wanted)).toBeLessThan(file.tolerance);

		const posterior = ratingPosterior(sums);
		close([posterior.mean, posterior.sd], [expected.dirichlet.mean, expected.dirichlet.sd]);
		close(ends(posterior), expected.dirichlet.ci_normal);
		close(ends(wilson(expected.top2.x, expected.top2.n)), expected.top2.wilson_95);

		const plain = meanInterval({ n: expected.n, mean: expected.mean, sd: expected.sd ?? 0 });
		if (expected.ci === null) {
			expect(plain).toBeNull();
			expect(ratingInterval(sums)).toBeNull();
		} else if (expected.sd === 0) {
			expect(plain).toBeNull();
			close(ends(ratingInterval(sums)), expected.dirichlet.ci_normal);
		} else {
			close(ends(plain), expected.ci);
			close(ends(ratingInterval(sums)), expected.ci);
		}
	});
});

describe('meanInterval', () => {
	it('two values use one degree of freedom', () => {
		const interval = meanInterval({ n: 2, mean: 1, sd: Math.SQRT2 });
		expect(interval?.high).toBeCloseTo(1 + 12.7062047362, 8);
	});

	it('one value, none, or equal values have no interval', () => {
		expect(meanInterval({ n: 1, mean: 5, sd: 0 })).toBeNull();
		expect(meanInterval({ n: 0, mean: Number.NaN, sd: Number.NaN })).toBeNull();
		expect(meanInterval({ n: 9, mean: 5, sd: 0 })).toBeNull();
	});
});

describe('ratingInterval', () => {
	it('never leaves the scale', () => {
		const interval = ratingInterval(summary([5, 5, 4]));
		expect(interval?.high).toBe(5);
	});

	it('equal answers of a stretched scale count as equal, however they round', () => {
		const scores = Array.from({ length: 50 }, () => 1 + (4 * (5 - 1)) / (7 - 1));
		const interval = ratingInterval(summary(scores));
		expect(interval).toMatchObject({ low: ratingPosterior(summary(scores)).low });
		expect((interval?.high ?? 0) - (interval?.low ?? 0)).toBeGreaterThan(0.05);
	});
});
