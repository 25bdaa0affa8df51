import { describe, expect, it } from 'vitest';
import { countInterval, standardisedRatio } from '../../src/lib/analysis/standardisedRatio.ts';

/** Chance of at most k events, summed. */
const poissonCdf = (k: number, mean: number) => {
	let [term, sum] = [Math.exp(-mean), 0];
	for (let count = 0; count <= k; count++) {
		sum += term;
		term *= mean / (count + 1);
	}
	return sum;
};

describe('standardisedRatio', () => {
	it.each([1, 5, 29, 120])('%d events: each end leaves 2.5 %% beyond it', (observed) => {
		const { exact } = standardisedRatio(observed, 10) ?? {};
		expect(poissonCdf(observed, (exact?.high ?? NaN) * 10)).toBeCloseTo(0.025, 9);
		expect(1 - poissonCdf(observed - 1, (exact?.low ?? NaN) * 10)).toBeCloseTo(0.025, 9);
	});

	it('Byar’s ends are the printed ones, near the exact', () => {
		// Breslow and Day 1987, p. 71: 24 seen, 15.2 expected: 1.01 to 2.35
		const { ratio, byar } = standardisedRatio(24, 15.2) ?? {};
		expect(ratio).toBeCloseTo(1.58, 2);
		expect(byar?.low).toBeCloseTo(1.01, 2);
		expect(byar?.high).toBeCloseTo(2.35, 2);
		for (const observed of [5, 30, 400]) {
			const found = standardisedRatio(observed, observed);
			expect(found?.byar.low).toBeCloseTo(found?.exact.low ?? NaN, 2);
			expect(found?.byar.high).toBeCloseTo(found?.exact.high ?? NaN, 2);
		}
	});

	it('no event ends at 0 and at −ln 0.025', () => {
		const found = standardisedRatio(0, 2);
		expect(found).toMatchObject({ ratio: 0, exact: { low: 0 }, byar: { low: 0 } });
		expect(found?.exact.high).toBeCloseTo(-Math.log(0.025) / 2, 9);
	});

	it('counts that scatter twice as much are as sure as half as many', () => {
		expect(countInterval(40, { dispersion: 2 })).toEqual({
			low: 2 * countInterval(20).low,
			high: 2 * countInterval(20).high
		});
	});

	it('a hundred thousand events are known to half a percent', () => {
		const { exact } = standardisedRatio(1e5, 1e5) ?? {};
		expect(exact?.low).toBeCloseTo(1 - 1.96 / Math.sqrt(1e5), 4);
		expect(exact?.high).toBeCloseTo(1 + 1.96 / Math.sqrt(1e5), 4);
	});

	it('nothing expected is no ratio', () => {
		expect(standardisedRatio(3, 0)).toBeNull();
	});
});
