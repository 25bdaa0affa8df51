import { describe, expect, it } from 'vitest';
import { xmr } from '../../src/lib/analysis/xmr.ts';
import { distance, reference } from './reference.ts';

const file = reference('control_charts');

describe.skipIf(!file.present)('xmr (needs ../shared/reference)', () => {
	it('reference case XmR with one special cause', () => {
		const { inputs, expected } = file.case<
			{ y: number[] },
			{
				center: number;
				mr_bar: number;
				ucl: number;
				lcl: number;
				mr_ucl: number;
				beyond: number[];
			}
		>('XmR with one special cause');
		const found = xmr(inputs.y);
		expect(
			distance(
				[found?.centre, found?.meanRange, found?.high, found?.low, found?.rangeHigh].map(
					(value) => value ?? null
				),
				[expected.center, expected.mr_bar, expected.ucl, expected.lcl, expected.mr_ucl]
			)
		).toBeLessThan(file.tolerance);
		const beyond = [...inputs.y.keys()].filter((index) => {
			const value = inputs.y[index] ?? Number.NaN;
			return value > (found?.high ?? 0) || value < (found?.low ?? 0);
		});
		expect(beyond).toEqual(expected.beyond);
	});
});

describe('xmr', () => {
	it('a slow drift does not widen the limits', () => {
		const drift = Array.from({ length: 20 }, (_, week) => 10 + week);
		expect(xmr(drift)).toMatchObject({ centre: 19.5, meanRange: 1, low: 16.84, high: 22.16 });
	});

	it('equal values, one value and none have no limits', () => {
		expect(xmr([0.1, 0.1, 0.1])).toBeNull();
		expect(xmr([0.1 + 0.2, 0.3, 0.3])).toBeNull();
		expect(xmr([4])).toBeNull();
		expect(xmr([])).toBeNull();
	});
});
