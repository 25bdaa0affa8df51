import { describe, expect, it } from 'vitest';
import { kaplanMeier, lifeTable } from '../../src/lib/analysis/kaplanMeier.ts';
import { distance, reference } from './reference.ts';

const file = reference('kaplan_meier');
type At = {
	t: number;
	n_risk: number;
	surv: number;
	repeat_rate: number;
	se: number;
	lo: number;
	hi: number;
};

function expectCurve(times: number[], events: number[], expected: At[]) {
	const table = lifeTable(times, events);
	for (const at of expected) {
		const found = kaplanMeier(table, at.t);
		expect(found?.atRisk).toBe(at.n_risk);
		expect(
			distance(
				[found?.survival, found?.rate, found?.se, found?.low, found?.high].map(
					(x) => x ?? null
				),
				[at.surv, at.repeat_rate, at.se, at.lo, at.hi]
			)
		).toBeLessThan(file.tolerance);
	}
}

describe.skipIf(!file.present)('kaplanMeier (needs ../shared/reference)', () => {
	type Handoffs = { time_days: number[]; event: number[] };

	it('reference case KM 40 handoffs', () => {
		const { inputs, expected } = file.case<Handoffs, { at: At[] }>('KM 40 handoffs');
		expect(expected.at).toHaveLength(5);
		expectCurve(inputs.time_days, inputs.event, expected.at);
	});

	it('reference case two groups log-rank: the curves of A and B at day 7', () => {
		const { inputs } = file.case<Handoffs, unknown>('KM 40 handoffs');
		const groups = file.case<{ group: string[] }, { A7: At[]; B7: At[] }>(
			'two groups log-rank'
		);
		for (const [group, expected] of [
			['A', groups.expected.A7],
			['B', groups.expected.B7]
		] as const) {
			const own = (_: number, index: number) => groups.inputs.group[index] === group;
			expectCurve(inputs.time_days.filter(own), inputs.event.filter(own), expected);
		}
	});

	it('reference case aml (Miller 1997): the maintained group', () => {
		const { inputs, expected } = file.case<
			{ time: number[]; event: number[]; group: string[] },
			{ maintained: At[] }
		>('aml (Miller 1997), published');
		const own = (_: number, index: number) => inputs.group[index] === 'Maintained';
		expectCurve(inputs.time.filter(own), inputs.event.filter(own), expected.maintained);
	});
});

describe('kaplanMeier', () => {
	it('without censoring it is the plain share', () => {
		const found = kaplanMeier(lifeTable([1, 2, 3, 9, 9], [1, 1, 1, 1, 1]), 7);
		expect(found?.rate).toBeCloseTo(0.6, 12);
		expect(found?.se).toBeCloseTo(Math.sqrt((0.6 * 0.4) / 5), 12);
		expect(found?.atRisk).toBe(2);
	});

	it('events come before censorings of the same time', () => {
		expect(kaplanMeier(lifeTable([7, 7], [0, 1]), 7)?.rate).toBe(0.5);
	});

	it('an event at the very end of the window counts, one after it does not', () => {
		const table = lifeTable([7, 7.001, 30], [1, 1, 0]);
		expect(kaplanMeier(table, 7)?.atRisk).toBe(3);
		expect(kaplanMeier(table, 7)?.rate).toBeCloseTo(1 / 3, 12);
	});

	it('those followed too briefly are not counted as good', () => {
		const young = Array.from({ length: 90 }, () => 1);
		const times = [...young, 2, 2, 2, 2, 2, 10, 10, 10, 10, 10];
		const events = [...young.map(() => 0), 1, 1, 1, 1, 1, 0, 0, 0, 0, 0];
		expect(kaplanMeier(lifeTable(times, events), 7)?.rate).toBeCloseTo(0.5, 12);
	});

	it('without an event the rate is 0 and has no interval', () => {
		expect(kaplanMeier(lifeTable([8, 9], [0, 0]), 7)).toEqual({
			survival: 1,
			rate: 0,
			se: 0,
			low: null,
			high: null,
			atRisk: 2
		});
	});

	it('when everyone came back the rate is 1 and has no interval', () => {
		expect(kaplanMeier(lifeTable([1, 2], [1, 1]), 7)).toEqual({
			survival: 0,
			rate: 1,
			se: null,
			low: null,
			high: null,
			atRisk: 0
		});
	});

	it('nobody watched gives nothing', () => {
		expect(kaplanMeier(lifeTable([], []), 7)).toBeNull();
	});

	it('a table of event times and the time asked for is enough', () => {
		const times = [1, 2, 2.5, 3, 6, 8, 9];
		const events = [1, 0, 1, 0, 1, 0, 1];
		const short = { time: [1, 2.5, 6, 7], atRisk: [7, 5, 3, 2], events: [1, 1, 1, 0] };
		expect(kaplanMeier(short, 7)).toEqual(kaplanMeier(lifeTable(times, events), 7));
	});
});
