import { describe, expect, it } from 'vitest';
import { bcaInterval } from '../../src/lib/analysis/bcaInterval.ts';
import { distance, reference } from './reference.ts';

const file = reference('csat_intervals');

describe.skipIf(!file.present)('bcaInterval (needs ../shared/reference)', () => {
	it('reference case BCa bootstrap mean', () => {
		const { inputs, expected } = file.case<{ scores: number[] }, { bca_95: [number, number] }>(
			'BCa bootstrap mean'
		);
		const counts = [1, 2, 3, 4, 5].map(
			(point) => inputs.scores.filter((score) => score === point).length
		);
		const found = bcaInterval(counts);
		expect(distance([found?.low ?? null, found?.high ?? null], expected.bca_95)).toBeLessThan(
			1e-9
		);
	});
});

describe('bcaInterval', () => {
	it('leans to the long tail of the answers', () => {
		const found = bcaInterval([2, 0, 1, 3, 14]);
		const mean = (2 + 3 + 12 + 70) / 20;
		expect(mean - (found?.low ?? NaN)).toBeGreaterThan((found?.high ?? NaN) - mean);
	});

	it('turning the scale round mirrors the interval', () => {
		const found = bcaInterval([1, 3, 5, 2, 9]);
		const turned = bcaInterval([9, 2, 5, 3, 1]);
		expect(Math.abs(6 - (turned?.low ?? NaN) - (found?.high ?? NaN))).toBeLessThan(0.051);
		expect(Math.abs(6 - (turned?.high ?? NaN) - (found?.low ?? NaN))).toBeLessThan(0.051);
	});

	it('with many answers it comes close to the normal interval', () => {
		const found = bcaInterval([200, 0, 0, 0, 200]);
		const half = 1.96 * (2 / Math.sqrt(400));
		expect(found?.low).toBeCloseTo(3 - half, 1);
		expect(found?.high).toBeCloseTo(3 + half, 1);
	});

	it('another scale stretches it', () => {
		const plain = bcaInterval([1, 2, 3, 4, 5]);
		const stretched = bcaInterval([1, 2, 3, 4, 5], { min: 0, step: 10 });
		expect(stretched?.low).toBeCloseTo(10 * ((plain?.low ?? NaN) - 1), 10);
	});

	it('one answer, none, or equal answers have no interval', () => {
		expect(bcaInterval([0, 0, 0, 0, 1])).toBeNull();
		expect(bcaInterval([])).toBeNull();
		expect(bcaInterval([0, 0, 9, 0, 0])).toBeNull();
	});
});
