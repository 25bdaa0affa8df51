import { describe, expect, it } from 'vitest';
import { brier } from '../../src/lib/analysis/brier.ts';
import { distance, reference } from './reference.ts';
import type { ScoredHandoffs, ScoreExpected } from './scoreValidation.ts';

const file = reference('score_validation');

describe.skipIf(!file.present)('brier (needs ../shared/reference)', () => {
	it('reference case 60 handoffs', () => {
		const { inputs, expected } = file.case<ScoredHandoffs, ScoreExpected>('60 handoffs');
		const found = brier(inputs.score, inputs.good);
		expect(distance([found?.brier ?? null], [expected.brier])).toBeLessThan(file.tolerance);
	});
});

describe('brier', () => {
	it('is 0 when always right and 1 when always wrong', () => {
		expect(brier([0, 1], [0, 1])).toMatchObject({ brier: 0, skill: 1 });
		expect(brier([1, 0], [0, 1])).toMatchObject({ brier: 1, skill: -3 });
	});

	it('always saying the share of good ends has no skill', () => {
		const found = brier([0.75, 0.75, 0.75, 0.75], [1, 1, 1, 0]);
		expect(found).toEqual({ brier: 0.1875, ofBaseRate: 0.1875, skill: 0, n: 4 });
	});

	it('has no skill to state where all ends are alike', () => {
		expect(brier([0.5, 0.9], [1, 1])?.skill).toBeNull();
	});

	it('no rows give nothing', () => {
		expect(brier([], [])).toBeNull();
	});
});
