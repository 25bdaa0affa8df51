import { describe, expect, it } from 'vitest';
import { preTrend } from '../../src/lib/analysis/preTrend.ts';

const weeks = (...events: number[]) => events.map((one) => ({ events: one, exposure: 10 }));

describe('preTrend', () => {
	it('is the slope of the log difference, with the p of a straight line', () => {
		// logs of 1, 2, 1, 4 against a level: 0, 1, 0, 2 times ln 2; slope ½ ln 2, rest 0.3, 0.9 …
		const found = preTrend(weeks(0.5, 1.5, 0.5, 3.5), weeks(0.5, 0.5, 0.5, 0.5));
		expect(found?.slope).toBeCloseTo(0.5 * Math.LN2, 12);
		// residuals 0, ½, −1, ½ times ln 2: se = √(1.5 / 2 / 5), t = 0.5 / 0.3873 = 1.291 with 2 df
		const t = 0.5 / Math.sqrt(1.5 / 2 / 5);
		expect(found?.p).toBeCloseTo(1 - t / Math.sqrt(2 + t * t), 9);
	});

	it('a rise that all topics share is no trend of one', () => {
		const found = preTrend(weeks(9.5, 19.5, 39.5, 79.5), weeks(99.5, 199.5, 399.5, 799.5));
		expect(found?.slope).toBeCloseTo(0, 12);
		expect(found?.p).toBe(1);
	});

	it('a steady fall without scatter is sure', () => {
		expect(preTrend(weeks(7.5, 3.5, 1.5), weeks(0.5, 0.5, 0.5))?.p).toBe(0);
	});

	it('leaves out weeks without exposure, and needs three', () => {
		const gap = [...weeks(0.5, 1.5), { events: 0, exposure: 0 }, ...weeks(3.5)];
		const level = weeks(0.5, 0.5, 0.5, 0.5);
		expect(preTrend(gap, level)?.slope).toBeGreaterThan(0);
		expect(preTrend(gap.slice(1), level.slice(1))).toBeNull();
		expect(preTrend([], [])).toBeNull();
	});
});
