import { describe, expect, it } from 'vitest';
import { midranks } from '../../src/lib/analysis/midranks.ts';
import { spearman } from '../../src/lib/analysis/spearman.ts';
import { distance, reference } from './reference.ts';
import type { ScoredHandoffs, ScoreExpected } from './scoreValidation.ts';

const file = reference('score_validation');

describe.skipIf(!file.present)('spearman (needs ../shared/reference)', () => {
	it('reference case 60 handoffs: score against CSAT', () => {
		const { inputs, expected } = file.case<ScoredHandoffs, ScoreExpected>('60 handoffs');
		const found = spearman(inputs.score, inputs.csat);
		expect(
			distance(
				[found?.rho ?? null, found?.p ?? null],
				[expected.spearman, expected.spearman_p]
			)
		).toBeLessThan(file.tolerance);
		expect((found?.p ?? NaN) / expected.spearman_p).toBeCloseTo(1, 6);
	});
});

describe('spearman', () => {
	it('sees order, not distance', () => {
		expect(spearman([1, 2, 3, 4], [1, 10, 100, 1e6])).toMatchObject({ rho: 1, low: null });
		expect(spearman([1, 2, 3, 4], [9, 3, 2, -5])).toMatchObject({ rho: -1, p: 0 });
	});

	it('has an interval around it, within −1 and 1', () => {
		const found = spearman([1, 2, 3, 4, 5, 6], [2, 1, 4, 3, 6, 5]);
		expect(found?.rho).toBeCloseTo(1 - (6 * 6) / (6 * 35), 12);
		expect(found?.low).toBeGreaterThan(-1);
		expect(found?.low).toBeLessThan(found?.rho ?? NaN);
		expect(found?.high).toBeLessThan(1);
	});

	it('one value throughout has no order to agree with', () => {
		expect(spearman([1, 2, 3], [4, 4, 4])).toBeNull();
		expect(spearman([1], [2])).toBeNull();
		expect(spearman([], [])).toBeNull();
	});
});

describe('midranks', () => {
	it('equal values share the mean of their ranks', () => {
		expect(midranks([5, 1, 5, 9, 5, 1])).toEqual([4, 1.5, 4, 6, 4, 1.5]);
		expect(midranks([])).toEqual([]);
	});
});
