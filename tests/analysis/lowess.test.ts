import { describe, expect, it } from 'vitest';
import { lowess } from '../../src/lib/analysis/lowess.ts';
import { distance, reference } from './reference.ts';

const file = reference('dose_response');

describe.skipIf(!file.present)('lowess (needs ../shared/reference)', () => {
	for (const robustSteps of [0, 3]) {
		it(`reference case 24 handoffs with ${String(robustSteps)} robust steps`, () => {
			const { inputs, expected } = file.case<
				{ wait_min: number[]; csat: number[]; frac: number },
				Record<string, [number, number][]>
			>('24 handoffs');
			const found = lowess(inputs.wait_min, inputs.csat, { share: inputs.frac, robustSteps });
			const wanted = expected[`lowess_it${String(robustSteps)}`] ?? [];
			expect(wanted).toHaveLength(24);
			expect(found.map(({ x }) => x)).toEqual(wanted.map(([x]) => x));
			expect(
				distance(
					found.map(({ y }) => y),
					wanted.map(([, y]) => y)
				)
			).toBeLessThan(file.tolerance);
		});
	}
});

describe('lowess', () => {
	it('a straight line stays as it is, whatever the order of the rows', () => {
		const x = [5, 1, 9, 3, 4, 8, 2, 7];
		const found = lowess(
			x,
			x.map((at) => 3 - 2 * at)
		);
		expect(found.map((point) => point.x)).toEqual([1, 2, 3, 4, 5, 7, 8, 9]);
		for (const point of found) expect(point.y).toBeCloseTo(3 - 2 * point.x, 10);
	});

	it('three points in sight: the line through the weighted two', () => {
		// At x = 0 the furthest, 2, has weight 0; a line through (0, 1) and (1, 5) is 1 at 0.
		const found = lowess([0, 1, 2], [1, 5, 0], { share: 1, robustSteps: 0 });
		expect(found[0]?.y).toBeCloseTo(1, 12);
		// At x = 1 both neighbours are furthest: the point itself.
		expect(found[1]?.y).toBeCloseTo(5, 12);
	});

	it('a wild answer pulls less with robust steps, however wild', () => {
		const x = Array.from({ length: 21 }, (_, index) => index);
		for (const wild of [3, 30]) {
			const y = x.map((at) => at + (at % 2 === 0 ? 0.1 : -0.1) + (at === 10 ? wild : 0));
			const off = (robustSteps: number) =>
				Math.abs((lowess(x, y, { share: 0.5, robustSteps })[10]?.y ?? NaN) - 10);
			expect(off(0)).toBeGreaterThan(0.1 * wild);
			expect(off(3)).toBeLessThan(0.15);
		}
	});

	it('values that share one x give their mean, and no points give no fit', () => {
		expect(lowess([2, 2], [1, 4], { robustSteps: 0, share: 1 })).toEqual([
			{ x: 2, y: 2.5 },
			{ x: 2, y: 2.5 }
		]);
		expect(lowess([], [])).toEqual([]);
	});
});
