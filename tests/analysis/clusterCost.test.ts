import { describe, expect, it } from 'vitest';
import { clusterCost } from '../../src/lib/analysis/clusterCost.ts';
import { reference } from './reference.ts';

const file = reference('cluster_cost');

describe.skipIf(!file.present)('clusterCost (needs ../shared/reference)', () => {
	type Row = Record<
		'failures' | 'expected' | 'agent_min' | 'p_repeat' | 'repeat_min' | 'csat_gap',
		number
	> & { topic: string };
	type Expected = Record<
		'total_minutes' | 'avoidable_minutes' | 'avoidable_repeats' | 'csat_points_lost',
		number
	> & { topic: string };

	it.each(file.cases.map(({ id }) => id))('reference case %s', (id) => {
		const { inputs, expected } = file.case<{ rows: Row[] }, Expected[]>(id);
		expect(inputs.rows.map(({ topic }) => topic)).toEqual(expected.map(({ topic }) => topic));
		for (const [at, row] of inputs.rows.entries()) {
			const wanted = expected[at];
			const found = clusterCost({
				failures: row.failures,
				expected: row.expected,
				agentMinutes: row.agent_min,
				repeatChance: row.p_repeat,
				repeatMinutes: row.repeat_min,
				csatGap: row.csat_gap
			});
			for (const [value, other] of [
				[found?.totalMinutes, wanted?.total_minutes],
				[found?.avoidable?.minutes, wanted?.avoidable_minutes],
				[found?.avoidable?.repeats, wanted?.avoidable_repeats],
				[found?.csatPointsLost, wanted?.csat_points_lost]
			])
				expect(Math.abs((value ?? NaN) - (other ?? NaN))).toBeLessThanOrEqual(
					file.tolerance
				);
		}
	});
});

describe('clusterCost', () => {
	const costs = {
		failures: 30,
		expected: 20,
		excess: { low: -2, high: 23 },
		agentMinutes: 8,
		repeatChance: 0.25,
		repeatMinutes: 12,
		csatGap: 0.5
	};

	it('a failure takes its own minutes and those of the repeats it causes', () => {
		// 8 + 0.25 · 12 = 11
		expect(clusterCost(costs)).toEqual({
			minutesEach: 11,
			totalMinutes: 330,
			avoidable: { minutes: 110, repeats: 2.5, interval: { low: 0, high: 253 } },
			csatPointsLost: 15,
			hasRepeats: true
		});
	});

	it('nothing is avoidable of a topic that fails less than expected', () => {
		const found = clusterCost({ ...costs, expected: 40, excess: { low: -19, high: -1 } });
		expect(found?.avoidable).toEqual({
			minutes: 0,
			repeats: 0,
			interval: { low: 0, high: 0 }
		});
	});

	it('says where repeats are not in it, and leaves out what is not known', () => {
		expect(clusterCost({ ...costs, repeatMinutes: null })).toMatchObject({
			minutesEach: 8,
			totalMinutes: 240,
			hasRepeats: false
		});
		expect(clusterCost({ ...costs, expected: null, csatGap: null })).toMatchObject({
			avoidable: null,
			csatPointsLost: null
		});
		expect(clusterCost({ ...costs, excess: undefined })?.avoidable?.interval).toBeNull();
		expect(clusterCost({ ...costs, agentMinutes: null })).toBeNull();
	});
});
