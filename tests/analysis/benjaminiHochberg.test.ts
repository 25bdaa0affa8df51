import { describe, expect, it } from 'vitest';
import { benjaminiHochberg } from '../../src/lib/analysis/benjaminiHochberg.ts';
import { distance, reference } from './reference.ts';

const file = reference('benjamini_hochberg');

describe.skipIf(!file.present)('benjaminiHochberg (needs ../shared/reference)', () => {
	it.each(file.cases)('reference case $id', ({ id }) => {
		const { inputs, expected } = file.case<
			{ p: number[]; q: number },
			{ reject: boolean[]; adjusted: number[] }
		>(id);
		const { adjusted, rejected } = benjaminiHochberg(inputs.p, inputs.q);
		expect(distance(adjusted, expected.adjusted)).toBeLessThan(file.tolerance);
		expect(rejected).toEqual(expected.reject);
	});
});

describe('benjaminiHochberg', () => {
	it('the order of the topics does not matter', () => {
		const { adjusted, rejected } = benjaminiHochberg([0.5, 0.001, 0.04, 0.02]);
		expect(distance(adjusted, [0.5, 0.004, 0.16 / 3, 0.04])).toBeLessThan(1e-12);
		expect(rejected).toEqual([false, true, false, true]);
	});

	it('a p-value alone is left as it is, and none at all is none', () => {
		expect(benjaminiHochberg([0.03])).toEqual({ adjusted: [0.03], rejected: [true] });
		expect(benjaminiHochberg([])).toEqual({ adjusted: [], rejected: [] });
	});

	it('equal p-values stay equal, and none passes 1', () => {
		expect(benjaminiHochberg([0.9, 1, 0.9]).adjusted).toEqual([1, 1, 1]);
		expect(new Set(benjaminiHochberg([0.02, 0.02, 0.02]).adjusted).size).toBe(1);
	});
});
