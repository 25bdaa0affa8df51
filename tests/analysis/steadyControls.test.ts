import { describe, expect, it } from 'vitest';
import { steadyControls } from '../../src/lib/analysis/steadyControls.ts';

/** Four weeks before and four after, of 100 conversations each, at a count a week; row 0 is fixed. */
const topics = (...rows: [before: number, after: number][]) => {
	const counts = [[20, 5] as const, ...rows].map(([before, after]) => [
		...[0, 1, 2, 3].map(() => before),
		999,
		...[0, 1, 2, 3].map(() => after)
	]);
	return {
		counts,
		exposure: counts.map((row) => row.map(() => 100)),
		fixed: 0,
		firstAfter: 5,
		leftOut: 1
	};
};
const steady: [number, number] = [10, 10];
const five = Array.from({ length: 5 }, () => steady);

describe('topics to hold a fix against', () => {
	it('are all where none moves, never the fixed one, and not by its own week', () => {
		expect(steadyControls(topics(...five))).toEqual({ steady: [1, 2, 3, 4, 5], moved: [] });
	});

	it('leave out one that rises, by hand', () => {
		const found = steadyControls(topics(...five, [10, 25]));
		expect(found.steady).toEqual([1, 2, 3, 4, 5]);
		// 40 → 100 failures beside 40 → 40: log(100.5/40.5) = 0.90886. Its variance 1/40.5 + 1/100.5;
		// that of a median of five, each 2/40.5 = (2/9)²: π/2 · 5 / (5 · 4.5)². Together 0.22395².
		expect(found.moved).toHaveLength(1);
		expect(found.moved[0]?.row).toBe(6);
		expect(found.moved[0]?.ratio).toBeCloseTo(100.5 / 40.5, 10);
		expect(found.moved[0]?.z).toBeCloseTo(0.90886 / 0.22395, 3);
	});

	it('keep one that is within chance for six topics: 2.638 errors', () => {
		// log(72.5/40.5) = 0.5823 over 0.2324 is 2.51; log(76.5/40.5) = 0.6360 over 0.2308 is 2.76
		expect(steadyControls(topics(...five, [10, 18])).moved).toEqual([]);
		expect(steadyControls(topics(...five, [10, 19])).moved).toHaveLength(1);
	});

	it('leave out one that grows week by week, however its weeks scatter about their mean', () => {
		const given = topics(...five, ...five, [10, 10]);
		given.counts[11] = [10, 10, 10, 10, 10, 15, 25, 35, 45];
		expect(steadyControls(given).moved.map(({ row }) => row)).toEqual([11]);
	});

	it('leave out two of seven, also where these have most of the failures', () => {
		const found = steadyControls(topics(...five, [100, 250], [60, 30]));
		expect(found.moved.map(({ row }) => row)).toEqual([6, 7]);
	});

	it('are never fewer than those left out', () => {
		const found = steadyControls(topics([100, 250], [100, 250], [100, 40], [100, 100]));
		expect(found.moved.length).toBeLessThan(2);
	});

	it('are all where all wander by more than chance', () => {
		const after = [700, 800, 900, 1000, 1100, 1200, 1300, 1450];
		const given = topics(...after.map((count): [number, number] => [1000, count]));
		expect(steadyControls(given).moved).toEqual([]);
	});

	it('leave out one that came between the sides, and keep one of few failures', () => {
		const given = topics(...five, [0, 40], [0, 2]);
		given.exposure[6] = [0, 0, 0, 0, 0, 100, 100, 100, 100];
		expect(steadyControls(given)).toEqual({
			steady: [1, 2, 3, 4, 5, 7],
			moved: [{ row: 6, ratio: null, z: null }]
		});
	});
});
