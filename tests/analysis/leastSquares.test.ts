import { describe, expect, it } from 'vitest';
import { dot, leastSquares } from '../../src/lib/analysis/leastSquares.ts';

describe('leastSquares', () => {
	it('finds the line through points by hand, and the inverse of its sums', () => {
		// x 0 1 2, y 1 2 4: slope 3/2, level 5/6; X'X = [[3, 3], [3, 5]]
		const design = [
			[1, 0],
			[1, 1],
			[1, 2]
		];
		const found = leastSquares(design, [1, 2, 4]);
		expect(found?.coefficients[0]).toBeCloseTo(5 / 6, 12);
		expect(found?.coefficients[1]).toBeCloseTo(3 / 2, 12);
		expect(found?.inverse.flat().map((one) => Math.round(one * 6))).toEqual([5, -3, -3, 3]);
	});

	it('a weight of two is the row twice', () => {
		const design = [
			[1, 0],
			[1, 1],
			[1, 3]
		];
		const weighed = leastSquares(design, [1, 5, 2], [1, 2, 1]);
		const twice = leastSquares([...design, [1, 1]], [1, 5, 2, 5]);
		for (const [at, one] of (twice?.coefficients ?? []).entries())
			expect(weighed?.coefficients[at]).toBeCloseTo(one, 12);
	});

	it('what is left stands upright on every column', () => {
		const design = [3, 1, 4, 1, 5, 9].map((x, at) => [1, x, at * at]);
		const y = [2, 7, 1, 8, 2, 8];
		const fit = leastSquares(design, y);
		const rest = y.map((one, at) => one - dot(design[at] ?? [], fit?.coefficients ?? []));
		for (const column of [0, 1, 2])
			expect(
				dot(
					rest,
					design.map((row) => row[column] ?? 0)
				)
			).toBeCloseTo(0, 9);
	});

	it('columns that say the same have no answer', () => {
		expect(
			leastSquares(
				[1, 2, 3].map((x) => [x, 2 * x]),
				[1, 2, 3]
			)
		).toBeNull();
		expect(leastSquares([[0], [0]], [1, 2])).toBeNull();
	});
});
