import { describe, expect, it } from 'vitest';
import { meanChart, shareChart } from '../../src/lib/analysis/controlChart.ts';
import { reference } from './reference.ts';

const file = reference('control_charts');

/** Values around 10, up and down by turns, none alike; `level` moves them all. */
const calm = (count: number, level = 10) =>
	Array.from({ length: count }, (_, week) => level + (week % 2 ? 1 : -1) * (1 + (week % 3) / 10));
const weeks = (values: number[], n = 50) => values.map((value) => ({ value, n }));
const verdicts = (values: number[]) =>
	meanChart(weeks(values))?.weeks.map(({ verdict }) => verdict);
const steady = (count: number) => Array.from({ length: count }, () => 'steady');

describe.skipIf(!file.present)('controlChart (needs ../shared/reference)', () => {
	it('reference case XmR: the special cause is still seen from the first 12 weeks', () => {
		const { inputs, expected } = file.case<{ y: number[] }, { beyond: number[] }>(
			'XmR with one special cause'
		);
		const found = verdicts(inputs.y) ?? [];
		expect([...found.keys()].filter((week) => found[week] === 'signal')).toEqual(
			expected.beyond
		);
	});

	it.each(['p-chart and Laney p-prime', 'large n: p-chart over-signals, Laney does not'])(
		'reference case %s: no week is called a signal',
		(id) => {
			const { inputs } = file.case<{ x: number[]; n: number[] }, unknown>(id);
			const found = shareChart(
				inputs.x.map((hits, index) => ({ hits, n: inputs.n[index] ?? 0 }))
			);
			expect(found?.weeks).toHaveLength(inputs.x.length);
			expect(found?.weeks.map(({ verdict }) => verdict)).not.toContain('signal');
		}
	);
});

describe('controlChart', () => {
	it('fewer than 8 weeks that count make no chart', () => {
		expect(meanChart(weeks(calm(7)))).toBeNull();
		expect(meanChart([...weeks(calm(7)), { value: 10, n: 9 }])).toBeNull();
		expect(meanChart([...weeks(calm(7)), { value: null, n: 50 }])).toBeNull();
		expect(meanChart(weeks(calm(8)))).not.toBeNull();
		expect(shareChart([])).toBeNull();
	});

	it('with 8 to 11 weeks all of them are the baseline', () => {
		expect(meanChart(weeks(calm(10)))?.baselines).toEqual([{ from: 0, to: 9 }]);
	});

	it('the baseline is the first 12 weeks, and later ones do not move it', () => {
		const short = meanChart(weeks(calm(12)));
		const long = meanChart(weeks([...calm(12), 30, 10, -20]));
		expect(long?.baselines).toEqual([{ from: 0, to: 11 }]);
		expect(long?.weeks.slice(0, 12)).toEqual(short?.weeks);
		expect(long?.weeks.slice(12).map(({ verdict }) => verdict)).toEqual([
			'signal',
			'steady',
			'signal'
		]);
	});

	it('a week with n under 10 is skipped: no limits, no verdict, no end of a run', () => {
		const values = [...calm(12), 11, 11, 11, 11, 90, 11, 11, 11, 11];
		const found = meanChart(
			values.map((value, index) => ({ value, n: index === 16 ? 9 : 10 }))
		);
		expect(found?.weeks[16]).toEqual({
			value: 90,
			n: 9,
			distance: null,
			baseline: null,
			centre: null,
			low: null,
			high: null,
			run: null,
			verdict: null
		});
		expect(found?.weeks.at(-1)?.verdict).toBe('shift');
	});

	it('skipped weeks at the start are no part of the baseline', () => {
		const found = meanChart([{ value: 10, n: 3 }, ...weeks(calm(14))]);
		expect(found?.baselines).toEqual([{ from: 1, to: 12 }]);
	});

	it('a run of 8 is a shift to check, of 7 it is steady, to either side', () => {
		for (const value of [10.9, 9.1]) {
			const run = (count: number) => Array.from({ length: count }, () => value);
			const before = [...calm(12), 20 - value];
			expect(verdicts([...before, ...run(7)])).toEqual(steady(20));
			expect(verdicts([...before, ...run(8)])).toEqual([...steady(20), 'shift']);
		}
	});

	it('beyond 3 sigma is a signal, within a run too', () => {
		const found = verdicts([...calm(12), ...Array.from({ length: 8 }, () => 11), 60]);
		expect(found?.at(-2)).toBe('shift');
		expect(found?.at(-1)).toBe('signal');
	});

	it('12 weeks on one side confirm a shift and are the baseline of the weeks after', () => {
		const moved = calm(16, 30);
		const found = meanChart(weeks([...calm(12), ...moved]));
		expect(found?.baselines).toEqual([
			{ from: 0, to: 11 },
			{ from: 12, to: 23 }
		]);
		expect(found?.weeks.slice(12, 24).every(({ verdict }) => verdict === 'signal')).toBe(true);
		expect(found?.weeks.slice(24).map(({ verdict }) => verdict)).toEqual(steady(4));
		expect(found?.weeks[24]?.centre).toBeCloseTo(
			moved.slice(0, 12).reduce((sum, value) => sum + value, 0) / 12,
			12
		);
	});

	it('what was said of a week stays said when more weeks follow', () => {
		const values = [...calm(12), ...calm(14, 16), ...calm(14, 4)];
		const all = meanChart(weeks(values))?.weeks ?? [];
		for (let count = 12; count < values.length; count++) {
			const early = meanChart(weeks(values.slice(0, count)))?.weeks;
			expect(early).toEqual(all.slice(0, count));
		}
	});

	it('without a spread there are no limits, and only a run can be told', () => {
		const found = meanChart(weeks([...Array.from({ length: 12 }, () => 0.1), 5, 5]));
		expect(found?.weeks[12]?.centre).toBeCloseTo(0.1, 12);
		expect(found?.weeks[12]).toMatchObject({ low: null, high: null, run: 1 });
		expect(found?.weeks.every(({ verdict }) => verdict === 'steady')).toBe(true);
	});

	it('shares have limits for the n of each week', () => {
		const shares = Array.from({ length: 14 }, (_, week) => ({
			hits: week % 2 ? 24 : 16,
			n: 100
		}));
		const found = shareChart([...shares, { hits: 200, n: 1000 }, { hits: 20, n: 20 }]);
		const width = (week: number) =>
			(found?.weeks[week]?.high ?? 0) - (found?.weeks[week]?.low ?? 0);
		expect(width(14)).toBeLessThan(width(13));
		expect(found?.weeks[14]?.verdict).toBe('steady');
		expect(found?.weeks[15]?.verdict).toBe('signal');
	});
});
