import { describe, expect, it } from 'vitest';
import { meanFunnel, meanLimits } from '../../src/lib/analysis/meanFunnel.ts';

describe('meanFunnel', () => {
	it('holds groups against the mean of all values, in standard errors of the pooled spread', () => {
		// Means 10 (n 4, variance 4), 14 (n 9, variance 9), 8 (n 16, variance 1).
		const found = meanFunnel([
			{ n: 4, mean: 10, sd: 2 },
			{ n: 9, mean: 14, sd: 3 },
			{ n: 16, mean: 8, sd: 1 }
		]);
		const target = (4 * 10 + 9 * 14 + 16 * 8) / 29;
		const sd = Math.sqrt((3 * 4 + 8 * 9 + 15 * 1) / 26);
		expect(found?.target).toBeCloseTo(target, 12);
		expect(found?.sd).toBeCloseTo(sd, 12);
		expect(found?.z[0]).toBeCloseTo((2 * (10 - target)) / sd, 12);
		expect(found?.z[1]).toBeCloseTo((3 * (14 - target)) / sd, 12);
		expect(found?.z[2]).toBeCloseTo((4 * (8 - target)) / sd, 12);
	});

	it('winsorises the z-scores at their 10 % and 90 % quantiles before φ', () => {
		// Eleven groups of one value each beside two that give the spread: z = (mean − target)/sd.
		const means = [-100, -4, -3, -2, -1, 0, 1, 2, 3, 4, 100];
		const groups = means.map((mean) => ({ n: 100, mean, sd: 10 }));
		// Mean 0, sd 10, error 1: z are the means, the quantiles at 10 and 90 % are −4 and 4.
		expect(meanFunnel(groups)?.phi).toBeCloseTo((4 * 16 + 2 * (9 + 4 + 1)) / 11, 12);
	});

	it('says nothing without a spread within groups', () => {
		expect(meanFunnel([])).toBeNull();
		expect(meanFunnel([{ n: 1, mean: 3, sd: 0 }])).toBeNull();
		expect(
			meanFunnel([
				{ n: 5, mean: 3, sd: 0 },
				{ n: 5, mean: 4, sd: 0 }
			])
		).toBeNull();
	});
});

describe('meanLimits', () => {
	const funnel = { target: 60, sd: 15 };

	it('lie 1.96 and 3.09 standard errors from the target', () => {
		expect(meanLimits(funnel, 225)?.high).toBeCloseTo(61.959964, 6);
		expect(meanLimits(funnel, 225)?.low).toBeCloseTo(58.040036, 6);
		expect(meanLimits(funnel, 225, { level: 0.998 })?.high).toBeCloseTo(63.090232, 6);
	});

	it('stretch by the root of φ, never shrink by it, and know no group of nobody', () => {
		expect(meanLimits(funnel, 225, { overdispersion: 4 })?.high).toBeCloseTo(63.919928, 6);
		expect(meanLimits(funnel, 225, { overdispersion: 0.5 })).toEqual(meanLimits(funnel, 225));
		expect(meanLimits(funnel, 0)).toBeNull();
	});
});
