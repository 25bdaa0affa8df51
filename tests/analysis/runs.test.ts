import { describe, expect, it } from 'vitest';
import { longRun, runs } from '../../src/lib/analysis/runs.ts';
import { reference } from './reference.ts';

const file = reference('control_charts');

describe.skipIf(!file.present)('runs (needs ../shared/reference)', () => {
	it('reference case run of 8 on one side of the centre', () => {
		const { inputs, expected } = file.case<
			{ y: number[]; center: number },
			{ signal_indices: number[] }
		>('run of 8 on one side of the centre');
		const found = [...runs(inputs.y, inputs.center).entries()]
			.filter(([, run]) => Math.abs(run) >= longRun)
			.map(([index]) => index);
		expect(found).toEqual(expected.signal_indices);
	});
});

describe('runs', () => {
	it('count up on each side, and a value on the centre ends them', () => {
		expect(runs([2, 3, 1, 0, 2, 1.5, 3, 3], 1.5)).toEqual([1, 2, -1, -2, 1, 0, 1, 2]);
	});

	it('values that equal the centre but for rounding are on no side', () => {
		expect(runs([0.1 + 0.2, 0.3], 0.3)).toEqual([0, 0]);
	});
});
