import { describe, expect, it } from 'vitest';
import { ratioDelta } from '../../src/lib/analysis/ratioDelta.ts';
import { wilson } from '../../src/lib/analysis/wilson.ts';
import { distance, reference } from './reference.ts';

const file = reference('ratio_delta');

describe.skipIf(!file.present)('ratioDelta (needs ../shared/reference)', () => {
	it('reference case 8 customers, beside Wilson over the rows', () => {
		const { inputs, expected } = file.case<
			{ num: number[]; den: number[] },
			{
				ratio: number;
				se: number;
				ci95: [number, number];
				naive_wilson: [number, number];
			}
		>('8 customers');
		const clusters = inputs.num.map((numerator, index) => ({
			numerator,
			denominator: inputs.den[index] ?? Number.NaN
		}));
		const found = ratioDelta(clusters);
		const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
		const naive = wilson(sum(inputs.num), sum(inputs.den));
		expect(
			distance(
				[
					found?.ratio,
					found?.se,
					found?.interval?.low,
					found?.interval?.high,
					naive?.low,
					naive?.high
				].map((value) => value ?? null),
				[expected.ratio, expected.se, ...expected.ci95, ...expected.naive_wilson]
			)
		).toBeLessThan(file.tolerance);
	});
});

describe('ratioDelta', () => {
	it('with one row a cluster it is the error of a plain share', () => {
		const rows = [1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
		const found = ratioDelta(rows.map((numerator) => ({ numerator, denominator: 1 })));
		expect(found?.ratio).toBeCloseTo(0.3, 12);
		expect(found?.se).toBeCloseTo(Math.sqrt((0.3 * 0.7) / 9), 12);
	});

	it('saying every row twice within its cluster does not narrow the interval', () => {
		const once = [
			{ numerator: 1, denominator: 2 },
			{ numerator: 0, denominator: 3 },
			{ numerator: 4, denominator: 4 }
		];
		const twice = once.map(({ numerator, denominator }) => ({
			numerator: 2 * numerator,
			denominator: 2 * denominator
		}));
		expect(ratioDelta(twice)?.se).toBeCloseTo(ratioDelta(once)?.se ?? 0, 12);
	});

	it('one cluster and clusters that are all alike have no interval', () => {
		const one = { numerator: 1, denominator: 3 };
		expect(ratioDelta([one])).toEqual({ ratio: 1 / 3, se: null, interval: null });
		expect(ratioDelta([one, one, one])).toMatchObject({ se: 0, interval: null });
	});

	it('nothing to divide by gives nothing', () => {
		expect(ratioDelta([])).toBeNull();
		expect(ratioDelta([{ numerator: 0, denominator: 0 }])).toBeNull();
	});
});
