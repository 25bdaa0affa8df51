import { describe, expect, it } from 'vitest';
import { lifeTable } from '../../src/lib/analysis/kaplanMeier.ts';
import { logRank } from '../../src/lib/analysis/logRank.ts';
import { distance, reference } from './reference.ts';

const file = reference('kaplan_meier');

/** Life table of each group, in the order the names first come up. */
function tables(times: number[], events: number[], groups: string[]) {
	return [...new Set(groups)].map((name) => {
		const own = (_: number, index: number) => groups[index] === name;
		return lifeTable(times.filter(own), events.filter(own));
	});
}

describe.skipIf(!file.present)('logRank (needs ../shared/reference)', () => {
	it('reference case two groups log-rank', () => {
		const { inputs } = file.case<{ time_days: number[]; event: number[] }, unknown>(
			'KM 40 handoffs'
		);
		const { inputs: labels, expected } = file.case<
			{ group: string[] },
			{ chisq: number; p: number; observed: number[]; expected: number[] }
		>('two groups log-rank');
		const found = logRank(tables(inputs.time_days, inputs.event, labels.group));
		expect(found.df).toBe(1);
		expect(
			distance(
				[found.chiSquare, found.p, ...found.observed, ...found.expected],
				[expected.chisq, expected.p, ...expected.observed, ...expected.expected]
			)
		).toBeLessThan(file.tolerance);
	});

	it('reference case aml (Miller 1997)', () => {
		const { inputs, expected } = file.case<
			{ time: number[]; event: number[]; group: string[] },
			{ logrank_chisq: number }
		>('aml (Miller 1997), published');
		const found = logRank(tables(inputs.time, inputs.event, inputs.group));
		expect(distance([found.chiSquare], [expected.logrank_chisq])).toBeLessThan(file.tolerance);
	});
});

describe('logRank', () => {
	const a = lifeTable([1, 2, 3, 4, 9], [1, 1, 1, 0, 0]);
	const b = lifeTable([2, 5, 6, 8, 9], [1, 0, 1, 0, 0]);
	const c = lifeTable([3, 3, 7, 9, 9], [1, 0, 1, 1, 0]);

	it('what was seen and what was expected have the same sum', () => {
		const { observed, expected } = logRank([a, b, c]);
		const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
		expect(sum(expected)).toBeCloseTo(sum(observed), 12);
	});

	it('the order of the groups changes nothing', () => {
		const found = logRank([a, b, c]);
		expect(found.df).toBe(2);
		expect(logRank([c, a, b]).chiSquare).toBeCloseTo(found.chiSquare ?? NaN, 10);
	});

	it('groups alike give no sign of a difference', () => {
		const found = logRank([a, a, a]);
		expect(found.chiSquare).toBeCloseTo(0, 12);
		expect(found.p).toBeCloseTo(1, 12);
	});

	it('a group that nobody was watched in takes no part', () => {
		const found = logRank([a, lifeTable([], []), b]);
		expect(found.df).toBe(1);
		expect(found.chiSquare).toBeCloseTo(logRank([a, b]).chiSquare ?? NaN, 12);
	});

	it('without an event, with one group or with none there is no test', () => {
		const quiet = lifeTable([8, 9], [0, 0]);
		for (const groups of [[quiet, quiet], [a], []])
			expect(logRank(groups)).toMatchObject({ chiSquare: null, df: 0, p: null });
	});
});
