import { describe, expect, it } from 'vitest';
import { isotonic, isotonicAt, type Level } from '../../src/lib/analysis/isotonic.ts';
import { distance, reference } from './reference.ts';

const file = reference('dose_response');

/** Both ends of every level, once where they are the same: the knots of a line through the fit. */
const knots = (levels: Level[]) =>
	levels.flatMap(({ from, to, y }) =>
		from === to ? [{ x: to, y }] : [from, to].map((x) => ({ x, y }))
	);

describe.skipIf(!file.present)('isotonic (needs ../shared/reference)', () => {
	it('reference case 24 handoffs: the falling fit of CSAT on minutes', () => {
		const { inputs, expected } = file.case<
			{ wait_min: number[]; csat: number[] },
			{ isotonic_x: number[]; isotonic_y: number[]; isotonic_at: number[] }
		>('24 handoffs');
		const levels = isotonic(
			inputs.wait_min.map((x, index) => ({ x, y: inputs.csat[index] ?? 0 })),
			'falling'
		);
		const found = knots(levels);
		expect(found.map(({ x }) => x)).toEqual(expected.isotonic_x);
		expect(
			distance(
				found.map(({ y }) => y),
				expected.isotonic_y
			)
		).toBeLessThan(file.tolerance);
		// The file gives five values of the line and not where; these are minutes that fit them.
		const at = [1, 5, 8, 14, 30].map((x) => isotonicAt(levels, x));
		expect(distance(at, expected.isotonic_at)).toBeLessThan(file.tolerance);
	});
});

describe('isotonic', () => {
	it('pools neighbours until nothing rises in a falling fit', () => {
		const points = [5, 3, 4, 4, 1].map((y, x) => ({ x, y }));
		expect(isotonic(points, 'falling')).toEqual([
			{ from: 0, to: 0, y: 5, weight: 1 },
			{ from: 1, to: 3, y: 11 / 3, weight: 3 },
			{ from: 4, to: 4, y: 1, weight: 1 }
		]);
	});

	it('a rising fit is the falling fit of the mirrored values', () => {
		const points = [2, 7, 3, 3, 9, 8].map((y, x) => ({ x, y, weight: x + 1 }));
		const mirrored = isotonic(
			points.map((point) => ({ ...point, y: -point.y })),
			'falling'
		);
		expect(isotonic(points, 'rising')).toEqual(
			mirrored.map((level) => ({ ...level, y: -level.y }))
		);
	});

	it('pools by weight: (2 · 1 + 4 · 3) / 4', () => {
		const points = [
			{ x: 1, y: 2, weight: 1 },
			{ x: 2, y: 4, weight: 3 }
		];
		expect(isotonic(points, 'falling')).toEqual([{ from: 1, to: 2, y: 3.5, weight: 4 }]);
		expect(isotonic(points, 'rising')).toHaveLength(2);
	});

	it('points of one x are averaged first, in any order of the rows', () => {
		const points = [
			{ x: 2, y: 1 },
			{ x: 1, y: 4 },
			{ x: 2, y: 3 },
			{ x: 1, y: 5, weight: 3 }
		];
		expect(isotonic(points, 'falling')).toEqual([
			{ from: 1, to: 1, y: 4.75, weight: 4 },
			{ from: 2, to: 2, y: 2, weight: 2 }
		]);
	});

	it('no other monotone fit is nearer', () => {
		const points = [4, 1, 3, 2, 2, 5, 0].map((y, x) => ({ x, y, weight: 1 + (x % 3) }));
		const levels = isotonic(points, 'falling');
		const error = (fit: (x: number) => number) =>
			points.reduce((sum, { x, y, weight }) => sum + weight * (y - fit(x)) ** 2, 0);
		const best = error((x) => isotonicAt(levels, x) ?? NaN);
		// Every fit on a grid of halves that falls, counted one by one.
		const grid = Array.from({ length: 11 }, (_, step) => step / 2);
		let least = Infinity;
		const walk = (fit: number[]) => {
			if (fit.length === points.length)
				least = Math.min(
					least,
					error((x) => fit[x] ?? NaN)
				);
			else for (const y of grid) if (y <= (fit.at(-1) ?? Infinity)) walk([...fit, y]);
		};
		walk([]);
		expect(best).toBeLessThanOrEqual(least + 1e-12);
		expect(least - best).toBeLessThan(1.2);
	});

	it('a point without weight changes nothing, and no points give no fit', () => {
		expect(isotonic([{ x: 1, y: 9, weight: 0 }], 'falling')).toEqual([]);
		expect(isotonicAt([], 3)).toBeNull();
	});

	it('between levels the value lies on a line, beyond the ends it stays', () => {
		const levels = isotonic(
			[
				{ x: 1, y: 4 },
				{ x: 3, y: 2 },
				{ x: 5, y: 2 }
			],
			'falling'
		);
		expect([0, 1, 1.5, 3, 4, 9].map((x) => isotonicAt(levels, x))).toEqual([
			4, 4, 3.5, 2, 2, 2
		]);
	});
});
