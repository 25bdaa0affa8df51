import { describe, expect, it } from 'vitest';
import { gtt } from '../../src/lib/analysis/gtt.ts';
import { reference } from './reference.ts';

const file = reference('gtt');

/** Turns that carry a 1. */
const turns = (marks: number[]) => marks.flatMap((mark, turn) => (mark === 1 ? [turn] : []));

describe.skipIf(!file.present)('gtt (needs ../shared/reference)', () => {
	for (const { id } of file.cases) {
		it(`reference case ${id}, three tolerances with three latenesses`, () => {
			const { inputs, expected } = file.case<
				{ pred: number[]; true: number[] },
				Record<string, number>
			>(id);
			let checked = 0;
			for (const tolerance of [1, 2, 3])
				for (const lateness of [-0.5, 0, 0.5]) {
					const found = gtt(turns(inputs.pred), turns(inputs.true), {
						tolerance,
						lateness
					});
					const wanted =
						expected[`GT${String(tolerance)}_lambda${String(lateness)}`] ?? NaN;
					expect(Math.abs(found - wanted)).toBeLessThan(file.tolerance);
					checked++;
				}
			expect(Object.keys(expected)).toHaveLength(checked);
		});
	}
});

describe('gtt', () => {
	it('one turn off within a tolerance of one is exp(−1/2)', () => {
		expect(gtt([3], [2])).toBeCloseTo(Math.exp(-1 / 2), 6);
		expect(gtt([1], [2])).toBeCloseTo(Math.exp(-1 / 2), 6);
	});

	it('half the tolerance is taken from late handoffs and given to early ones', () => {
		expect(gtt([3], [2], { lateness: 0.5 })).toBeCloseTo(Math.exp(-1), 6);
		expect(gtt([1], [2], { lateness: 0.5 })).toBeCloseTo(Math.exp(-1 / 3), 6);
	});

	it('every handoff is held against its best label', () => {
		// 0 is at a label, 7 lies three turns from its nearest: exp(−9 / 8) at tolerance 2.
		expect(gtt([0, 7], [0, 4], { tolerance: 2 })).toBeCloseTo((1 + Math.exp(-9 / 8)) / 2, 6);
	});

	it('none where none was needed is right; one of both alone is wrong', () => {
		expect([gtt([], []), gtt([], [1]), gtt([1], [])]).toEqual([1, 0, 0]);
	});
});
