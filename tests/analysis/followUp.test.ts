import { describe, expect, it } from 'vitest';
import { medianFollowUp, naiveRepeatRates } from '../../src/lib/analysis/followUp.ts';
import { kaplanMeier, lifeTable } from '../../src/lib/analysis/kaplanMeier.ts';
import { distance, reference } from './reference.ts';

const file = reference('kaplan_meier');

describe.skipIf(!file.present)('followUp (needs ../shared/reference)', () => {
	it('reference case KM 40 handoffs: median follow-up and naive rates', () => {
		const { inputs, expected } = file.case<
			{ time_days: number[]; event: number[] },
			{
				naive_rate_counting_censored_as_no_repeat_7d: number;
				naive_rate_dropping_immature_7d: number;
				median_followup_reverse_km: number;
			}
		>('KM 40 handoffs');
		const table = lifeTable(inputs.time_days, inputs.event);
		const { asGood, matureOnly } = naiveRepeatRates(table, 7);
		expect(
			distance(
				[asGood, matureOnly, medianFollowUp(table)],
				[
					expected.naive_rate_counting_censored_as_no_repeat_7d,
					expected.naive_rate_dropping_immature_7d,
					expected.median_followup_reverse_km
				]
			)
		).toBeLessThan(file.tolerance);
	});
});

describe('medianFollowUp', () => {
	it('is the plain median where nobody came back', () => {
		expect(medianFollowUp(lifeTable([1, 2, 3, 4, 5], [0, 0, 0, 0, 0]))).toBe(3);
		expect(medianFollowUp(lifeTable([1, 2, 3, 4], [0, 0, 0, 0]))).toBe(2.5);
	});

	it('is not known where most came back, or nobody was watched', () => {
		expect(medianFollowUp(lifeTable([1, 2, 3], [0, 1, 1]))).toBeNull();
		expect(medianFollowUp(lifeTable([], []))).toBeNull();
	});
});

describe('naiveRepeatRates', () => {
	const table = lifeTable([1, 2, 3, 7, 7, 10], [1, 0, 0, 1, 0, 1]);

	it('counting the young as good is lower than Kaplan–Meier, dropping them is higher', () => {
		const rate = kaplanMeier(table, 7)?.rate ?? NaN;
		const { asGood, matureOnly } = naiveRepeatRates(table, 7);
		expect(asGood).toBeCloseTo(2 / 6, 12);
		expect(matureOnly).toBeCloseTo(2 / 4, 12);
		expect(asGood).toBeLessThan(rate);
		expect(matureOnly).toBeGreaterThan(rate);
	});

	it('nobody watched long enough gives no rate', () => {
		expect(naiveRepeatRates(lifeTable([1, 2], [0, 0]), 7)).toEqual({
			asGood: 0,
			matureOnly: null
		});
		expect(naiveRepeatRates(lifeTable([], []), 7)).toEqual({ asGood: null, matureOnly: null });
	});
});
