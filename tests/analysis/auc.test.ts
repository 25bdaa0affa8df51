import { describe, expect, it } from 'vitest';
import { auc } from '../../src/lib/analysis/auc.ts';
import { distance, reference } from './reference.ts';
import type { ScoredHandoffs, ScoreExpected } from './scoreValidation.ts';

const file = reference('score_validation');

describe.skipIf(!file.present)('auc (needs ../shared/reference)', () => {
	it('reference case 60 handoffs: area and DeLong interval', () => {
		const { inputs, expected } = file.case<ScoredHandoffs, ScoreExpected>('60 handoffs');
		const found = auc(inputs.score, inputs.good);
		expect(
			distance(
				[found?.auc ?? null, found?.low ?? null, found?.high ?? null],
				[expected.auc, ...expected.delong_ci95]
			)
		).toBeLessThan(file.tolerance);
	});

	it('reference case ties', () => {
		const { inputs, expected } = file.case<ScoredHandoffs, { auc: number }>('ties');
		const found = auc(inputs.score, inputs.good);
		expect(distance([found?.auc ?? null], [expected.auc])).toBeLessThan(file.tolerance);
	});
});

describe('auc', () => {
	it('counts every pair once, ties half', () => {
		const scores = [0.1, 0.4, 0.4, 0.6, 0.8, 0.8, 0.9];
		const ends = [0, 1, 0, 0, 1, 0, 1];
		let won = 0;
		for (const [i, a] of scores.entries())
			for (const [j, b] of scores.entries())
				if (ends[i] && !ends[j]) won += a > b ? 1 : a === b ? 0.5 : 0;
		expect(auc(scores, ends)?.auc).toBeCloseTo(won / 12, 12);
	});

	it('turning the scores round mirrors area and interval at a half', () => {
		const scores = [1, 2, 3, 4, 5, 6];
		const ends = [0, 1, 0, 1, 0, 1];
		const found = auc(scores, ends);
		const turned = auc(
			scores.map((score) => -score),
			ends
		);
		expect(turned?.auc).toBeCloseTo(1 - (found?.auc ?? NaN), 12);
		expect(turned?.low).toBeCloseTo(1 - (found?.high ?? NaN), 12);
	});

	it('one score for all is a half and says nothing more', () => {
		const found = auc([3, 3, 3, 3], [0, 1, 0, 1]);
		expect(found).toMatchObject({ auc: 0.5, se: null, low: null, high: null });
	});

	it('a perfect score, or one end of a kind, has no interval', () => {
		expect(auc([1, 2, 3, 4], [0, 0, 1, 1])).toMatchObject({ auc: 1, low: null, high: null });
		expect(auc([1, 2, 3], [0, 1, 0])).toMatchObject({ auc: 0.5, low: null, high: null });
	});

	it('ends of one kind only, or none, give nothing', () => {
		expect(auc([1, 2], [1, 1])).toBeNull();
		expect(auc([], [])).toBeNull();
	});
});
