import fc from 'fast-check';
import { randomLcg, randomPoisson } from 'd3-random';
import { describe, expect, it } from 'vitest';
import {
	detectableRatio,
	fixEffect,
	logRatioOfRateRatios,
	type BeforeAfter
} from '../../src/lib/analysis/fixEffect.ts';

const sides = (before: [number, number], after: [number, number]): BeforeAfter => ({
	before: { events: before[0], exposure: before[1] },
	after: { events: after[0], exposure: after[1] }
});
const level = sides([400, 4000], [400, 4000]);

describe('fixEffect', () => {
	it('is the change of the topic against that of the others, by hand', () => {
		// 80/400 → 45/300 is ¾; the others 100/1000 → 120/1000 are 6/5: ⅝
		const found = fixEffect(sides([80, 400], [45, 300]), sides([100, 1000], [120, 1000]));
		expect(found?.ratio).toBeCloseTo(0.625, 12);
		const se = Math.sqrt(1 / 80 + 1 / 45 + 1 / 100 + 1 / 120);
		expect(found?.sePoisson).toBeCloseTo(se, 12);
		expect(found?.low).toBeCloseTo(0.625 * Math.exp(-1.959964 * se), 6);
		expect(found?.high).toBeCloseTo(0.625 * Math.exp(1.959964 * se), 6);
		// without the fix 300 · 80/400 · 6/5 = 72
		expect(found?.averted.expectedWithout).toBeCloseTo(72, 12);
		expect(found?.averted.value).toBeCloseTo(27, 12);
	});

	it('scatter of four times chance doubles the error of the log', () => {
		const topic = sides([80, 400], [45, 400]);
		const [plain, burst] = [1, 4].map((dispersion) => fixEffect(topic, level, { dispersion }));
		expect(burst?.seQuasi).toBeCloseTo(2 * (plain?.seQuasi ?? NaN), 12);
		expect(burst?.ratio).toBe(plain?.ratio);
		expect(burst?.detectable).toBeCloseTo((plain?.detectable ?? NaN) ** 2, 12);
	});

	it('a volume that grows for all alike changes nothing', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 500 }),
				fc.integer({ min: 1, max: 500 }),
				fc.double({ min: 0.1, max: 10, noNaN: true }),
				(before, after, growth) => {
					const plain = fixEffect(sides([before, 1000], [after, 1000]), level);
					const grown = fixEffect(
						sides([before, 1000], [after, 1000 * growth]),
						sides([400, 4000], [400, 4000 * growth])
					);
					expect(grown?.logRatio).toBeCloseTo(plain?.logRatio ?? NaN, 9);
					expect(grown?.averted.value).toBeCloseTo(plain?.averted.value ?? NaN, 6);
				}
			),
			{ seed: 7, numRuns: 100 }
		);
	});

	it('no failure after the fix is a strong effect with an end, and averts about all', () => {
		const found = fixEffect(sides([60, 600], [0, 600]), level);
		expect(found?.ratio).toBeCloseTo(0.5 / 60.5, 6);
		expect(found?.high).toBeLessThan(0.2);
		expect(found?.averted.value).toBeCloseTo(60.5, 6);
		expect(found?.averted.low).toBeGreaterThan(40);
		expect(Number.isFinite(found?.low)).toBe(true);
	});

	it('without exposure on a side there is no answer', () => {
		expect(fixEffect(sides([60, 600], [0, 0]), level)).toBeNull();
		expect(fixEffect(level, sides([0, 0], [0, 0]))).toBeNull();
		expect(logRatioOfRateRatios(level, sides([1, 0], [1, 1]))).toBeNull();
	});

	it('the interval of averted failures holds the truth nineteen times of twenty', () => {
		const poisson = randomPoisson.source(randomLcg(0.2));
		// 160 before, half of 200 after where the others grow from 900 to 1125
		const held = Array.from({ length: 2000 }, () => {
			const found = fixEffect(
				sides([poisson(160)(), 1], [poisson(100)(), 1]),
				sides([poisson(900)(), 1], [poisson(1125)(), 1])
			);
			return found ? found.averted.low <= 100 && found.averted.high >= 100 : false;
		}).filter(Boolean).length;
		expect(held / 2000).toBeGreaterThan(0.935);
		expect(held / 2000).toBeLessThan(0.97);
	});
});

describe('detectableRatio', () => {
	it('is the ratio that a test at 5 % sees in four of five cases', () => {
		expect(detectableRatio(0.12347345347587534)).toBeCloseTo(
			Math.exp(-2.8016 * 0.12347345347587534),
			5
		);
		expect(detectableRatio(0)).toBe(1);
	});
});
