import { describe, expect, it } from 'vitest';
import { mover, moverSum } from '../../src/lib/analysis/mover.ts';
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

describe('a sum of numbers from their intervals', () => {
	const parts = [
		{ value: 100, low: 90, high: 120 },
		{ value: 40, low: 36, high: 43 }
	];
	it('is that of independent errors, end by end', () => {
		const { value, low, high } = moverSum(parts);
		expect(value).toBe(140);
		expect(low).toBeCloseTo(140 - Math.sqrt(100 + 16), 12);
		expect(high).toBeCloseTo(140 + Math.sqrt(400 + 9), 12);
		expect(moverSum(parts.slice(0, 1))).toEqual(parts[0]);
	});

	it('reaches as far as both together where they vary as one, and least where against each other', () => {
		expect(moverSum(parts, () => 1)).toEqual({ value: 140, low: 126, high: 163 });
		expect(moverSum(parts, () => -1)).toEqual({ value: 140, low: 134, high: 157 });
		// Half in common: √(100 + 16 + 2 · ½ · 10 · 4).
		expect(moverSum(parts, () => 0.5).low).toBeCloseTo(140 - Math.sqrt(156), 12);
	});
});
