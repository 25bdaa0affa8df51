import { describe, expect, it } from 'vitest';
import { mover } from '../../src/lib/analysis/mover.ts';
import { newcombe } from '../../src/lib/analysis/newcombe.ts';
import { wilson } from '../../src/lib/analysis/wilson.ts';

const bounded = (hits: number, n: number) => {
	const interval = wilson(hits, n);
	if (!interval) throw new Error('no interval');
	return { value: hits / n, ...interval };
};

describe('a difference of two numbers from their intervals', () => {
	it.each([
		[56, 70, 48, 80],
		[9, 10, 3, 10],
		[0, 29, 5, 56],
		[200, 1000, 180, 1100]
	])('is Newcombe’s for shares with Wilson’s intervals: %i/%i and %i/%i', (a, n, b, m) => {
		const known = newcombe({ hits: a, n }, { hits: b, n: m });
		const found = mover(bounded(a, n), bounded(b, m));
		expect(found.low).toBeCloseTo(known?.low ?? NaN, 12);
		expect(found.high).toBeCloseTo(known?.high ?? NaN, 12);
	});

	it('meets the published interval of 56/70 less 48/80 (Newcombe 1998, table II, method 10)', () => {
		const { low, high } = mover(bounded(56, 70), bounded(48, 80));
		expect([low, high].map((end) => end.toFixed(4))).toEqual(['0.0524', '0.3339']);
	});

	it('of numbers with even intervals is that of independent errors', () => {
		const even = (value: number, half: number) => ({
			value,
			low: value - half,
			high: value + half
		});
		const found = mover(even(10, 3), even(4, 4));
		expect(found).toEqual({ low: 1, high: 11 });
	});
});
