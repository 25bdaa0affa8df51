import { describe, expect, it } from 'vitest';
import { interruptedSeries } from '../../src/lib/analysis/interruptedSeries.ts';
import { fixFile } from './fixReference.ts';
import { relativeDistance, tolerances } from './relative.ts';

describe.skipIf(!fixFile.present)('interruptedSeries (needs ../shared/reference)', () => {
	it.each(fixFile.series)('reference case %s', (id) => {
		const { inputs, expected } = fixFile.one(id);
		const found = interruptedSeries(inputs.y, inputs.first_post, { lags: inputs.maxlags });
		expect(
			relativeDistance(
				{
					ols_params: found?.line.coefficients,
					ols_se: found?.line.se,
					hac_se: found?.line.seRobust,
					durbin_watson: found?.line.durbinWatson,
					poisson_params: found?.poisson?.coefficients,
					poisson_se: found?.poisson?.se,
					poisson_dispersion: found?.poisson?.dispersion,
					level_change_rr: found?.poisson?.stepRatio,
					cumulative_averted: found?.poisson?.averted
				},
				expected
			)
		).toBeLessThan(tolerances<'relative'>('fix_verification').relative);
	});
});

describe('interruptedSeries', () => {
	it('finds the four numbers that a series was made of', () => {
		const counts = Array.from({ length: 12 }, (_, week) =>
			week < 6 ? 20 + 2 * week : 20 + 2 * week - 10 - (week - 6)
		);
		const found = interruptedSeries(counts, 6);
		for (const [at, one] of [20, 2, -10, -1].entries())
			expect(found?.line.coefficients[at]).toBeCloseTo(one, 9);
	});

	it('a rate that halves stays halved under a volume that doubles', () => {
		const exposure = [100, 110, 120, 130, 240, 260, 280, 300];
		const counts = exposure.map((out, week) => (week < 4 ? out / 10 : out / 20));
		const poisson = interruptedSeries(counts, 4, { exposure })?.poisson;
		expect(poisson?.stepRatio).toBeCloseTo(0.5, 8);
		// as many again as were seen would have been there without
		expect(poisson?.averted).toBeCloseTo(54, 6);
	});

	it('the weeks before alone set what would have been', () => {
		const counts = [10, 12, 11, 13, 12, 5, 4, 6, 3];
		const more = [...counts.slice(0, 5), 6, 5, 7, 4];
		const [a, b] = [counts, more].map((one) => interruptedSeries(one, 5)?.poisson?.averted);
		expect((a ?? NaN) - (b ?? NaN)).toBeCloseTo(4, 6);
	});

	it('too few weeks on a side, and a side without an event, have no answer', () => {
		expect(interruptedSeries([1, 2, 3, 4, 5], 1)).toBeNull();
		expect(interruptedSeries([1, 2, 3, 4, 5], 4)).toBeNull();
		expect(interruptedSeries([1, 2, 3, 4], 2)).toBeNull();
		expect(interruptedSeries([9, 8, 9, 0, 0, 0], 3)?.poisson).toBeNull();
		expect(
			interruptedSeries([9, 8, 9, 4, 5, 4], 3, { exposure: [1, 1, 1, 0, 1, 1] })?.poisson
		).toBeNull();
	});
});
