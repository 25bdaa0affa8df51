import { describe, expect, it } from 'vitest';
import { welch } from '../../src/lib/analysis/welch.ts';
import { distance, reference } from './reference.ts';

const file = reference('csat_intervals');

function summary(values: number[]) {
	const n = values.length;
	const mean = values.reduce((sum, value) => sum + value, 0) / n;
	const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
	return { n, mean, sd: Math.sqrt(squares / (n - 1)) };
}

describe.skipIf(!file.present)('welch (needs ../shared/reference)', () => {
	it('reference case welch difference', () => {
		const { inputs, expected } = file.case<
			{ a: number[]; b: number[] },
			{ diff: number; t: number; df: number; p: number; ci: [number, number] }
		>('welch difference');
		const found = welch(summary(inputs.a), summary(inputs.b));
		expect(
			distance(
				[found?.difference, found?.t, found?.df, found?.p, found?.low, found?.high].map(
					(value) => value ?? null
				),
				[expected.diff, expected.t, expected.df, expected.p, ...expected.ci]
			)
		).toBeLessThan(file.tolerance);
	});
});

describe('welch', () => {
	it('with equal sizes and spreads it is the t-test of 2n − 2 degrees of freedom', () => {
		const found = welch({ n: 10, mean: 4, sd: 1 }, { n: 10, mean: 3, sd: 1 });
		expect(found?.df).toBeCloseTo(18, 12);
		expect(found?.t).toBeCloseTo(Math.sqrt(5), 12);
		expect((found?.high ?? 0) - 1).toBeCloseTo(2.10092204 / Math.sqrt(5), 7);
	});

	it('one group of equal values can be compared, two cannot', () => {
		const equal = { n: 5, mean: 5, sd: 0 };
		expect(welch(equal, { n: 5, mean: 4, sd: 1 })?.df).toBeCloseTo(4, 12);
		expect(welch(equal, { n: 5, mean: 4, sd: 0 })).toBeNull();
	});

	it('fewer than two values cannot be compared', () => {
		const some = { n: 5, mean: 4, sd: 1 };
		expect(welch({ n: 1, mean: 5, sd: 0 }, some)).toBeNull();
		expect(welch(some, { n: 0, mean: Number.NaN, sd: Number.NaN })).toBeNull();
	});
});
