import { describe, expect, it } from 'vitest';
import { binomialSigma, laney } from '../../src/lib/analysis/laney.ts';
import { distance, reference } from './reference.ts';

const file = reference('control_charts');
type Counts = { x: number[]; n: number[] };
const weeksOf = ({ x, n }: Counts) => x.map((hits, index) => ({ hits, n: n[index] ?? 0 }));

/** Positions of the weeks whose share lies outside its limits. */
function beyond(weeks: { hits: number; n: number }[], low: number[], high: number[]): number[] {
	return [...weeks.entries()]
		.filter(
			([index, { hits, n }]) =>
				hits / n < (low[index] ?? Number.NaN) || hits / n > (high[index] ?? Number.NaN)
		)
		.map(([index]) => index);
}

describe.skipIf(!file.present)('laney (needs ../shared/reference)', () => {
	const close = (actual: number[], wanted: number[]) =>
		expect(distance(actual, wanted)).toBeLessThan(file.tolerance);

	function limits(weeks: { hits: number; n: number }[]) {
		const found = laney(weeks);
		if (!found) throw new Error('no chart');
		const sigma = weeks.map(({ n }) => binomialSigma(found.centre, n));
		return {
			...found,
			sigma,
			pLow: sigma.map((value) => found.centre - 3 * value),
			pHigh: sigma.map((value) => found.centre + 3 * value),
			low: weeks.map(({ n }) => found.limits(n).low),
			high: weeks.map(({ n }) => found.limits(n).high)
		};
	}

	it('reference case p-chart and Laney p-prime', () => {
		const { inputs, expected } = file.case<
			Counts,
			Record<
				'sigma_p' | 'z' | 'p_ucl' | 'p_lcl' | 'laney_ucl' | 'laney_lcl' | 'p_signals',
				number[]
			> & { p_bar: number; sigma_z: number; laney_signals: number[] }
		>('p-chart and Laney p-prime');
		const weeks = weeksOf(inputs);
		const found = limits(weeks);
		close([found.centre, found.sigmaZ], [expected.p_bar, expected.sigma_z]);
		close(found.sigma, expected.sigma_p);
		close(found.z, expected.z);
		close(found.pHigh, expected.p_ucl);
		close(found.pLow, expected.p_lcl);
		close(found.high, expected.laney_ucl);
		close(found.low, expected.laney_lcl);
		expect(beyond(weeks, found.pLow, found.pHigh)).toEqual(expected.p_signals);
		expect(beyond(weeks, found.low, found.high)).toEqual(expected.laney_signals);
	});

	it('reference case large n: p-chart over-signals, Laney does not', () => {
		const { inputs, expected } = file.case<
			Counts,
			{ p_bar: number; sigma_z: number; p_signals: number[]; laney_signals: number[] }
		>('large n: p-chart over-signals, Laney does not');
		const weeks = weeksOf(inputs);
		const found = limits(weeks);
		close([found.centre, found.sigmaZ], [expected.p_bar, expected.sigma_z]);
		expect(beyond(weeks, found.pLow, found.pHigh)).toEqual(expected.p_signals);
		expect(beyond(weeks, found.low, found.high)).toEqual(expected.laney_signals);
	});
});

describe('laney', () => {
	const same = (hits: number, n: number) => Array.from({ length: 12 }, () => ({ hits, n }));

	it('equal shares leave what chance alone does to a share', () => {
		const { low, high } = laney(same(20, 100))?.limits(400) ?? {};
		expect(low).toBeCloseTo(0.2 - 3 * 0.02, 12);
		expect(high).toBeCloseTo(0.2 + 3 * 0.02, 12);
	});

	it('after weeks without a hit one is no signal, a tenth of all is', () => {
		const { low, high } = laney(same(0, 50))?.limits(50) ?? {};
		expect(low).toBe(0);
		expect(high).toBeGreaterThan(1 / 50);
		expect(high).toBeLessThan(5 / 50);
	});

	it('after weeks of nothing but hits the same holds the other way round', () => {
		const none = laney(same(0, 50))?.limits(50);
		const all = laney(same(50, 50))?.limits(50);
		expect(all?.high).toBe(1);
		expect(all?.low).toBeCloseTo(1 - (none?.high ?? 0), 12);
	});

	it('limits never leave 0–1, and nothing seen has none', () => {
		const { low, high } = laney([
			{ hits: 1, n: 12 },
			{ hits: 11, n: 12 }
		])?.limits(10) ?? { low: -1, high: 2 };
		expect([low, high]).toEqual([0, 1]);
		expect(laney([])).toBeNull();
		expect(laney([{ hits: 0, n: 0 }])).toBeNull();
	});
});
