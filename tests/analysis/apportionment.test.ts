import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apportion, exactParts } from '../../src/lib/analysis/apportionment.ts';

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

describe('apportion', () => {
	it('the parts add up to the total, and none moves by more than a unit', () => {
		const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 });
		fc.assert(
			fc.property(values, (values) => {
				const total = Math.round(sum(values)) + 0;
				const whole = apportion(values, total);
				expect(sum(whole)).toBe(total);
				for (const [index, value] of values.entries())
					expect(Math.abs((whole[index] ?? 0) - value)).toBeLessThanOrEqual(1);
			})
		);
	});

	it('a total far from the values is shared out evenly, and nothing has nothing to give', () => {
		expect(apportion([1, 1, 1], 3e15)).toEqual([1e15, 1e15, 1e15]);
		expect(apportion([], 5)).toEqual([]);
	});

	it('three thirds of 100 are 34, 33 and 33', () => {
		expect(apportion([100 / 3, 100 / 3, 100 / 3], 100)).toEqual([34, 33, 33]);
	});

	it('zeros stay zero while others can give way, with either sign', () => {
		expect(apportion([0, 1.4, 0, 2.4, 1.2], 5)).toEqual([0, 2, 0, 2, 1]);
		expect(apportion([0, -1.4, 0, -2.4, -1.2], -5)).toEqual([0, -2, 0, -2, -1]);
	});
});

describe('exactParts', () => {
	it('nothing that changes is nothing in every part', () => {
		expect(exactParts([[0, 0], [0]], 0, 0)).toEqual({
			change: 0,
			totals: [0, 0],
			parts: [[0, 0], [0]]
		});
	});

	it('a change too small to be split is no change, and not an error', () => {
		expect(exactParts([[5e-324]], 5e-324, 5e-324)).toEqual({
			change: 0,
			totals: [0],
			parts: [[0]]
		});
	});

	it('tenths add up, as they do not in floating point', () => {
		const tenths = Array.from({ length: 10 }, () => 0.1);
		expect(sum(tenths)).not.toBe(1);
		const { change, totals, parts } = exactParts([tenths], 1, 1);
		expect([change, ...totals, sum(parts[0] ?? [])]).toEqual([1, 1, 1]);
	});
});
