import { describe, expect, it } from 'vitest';
import type { Stratum } from '../../../src/lib/analysis/directStandardisation.ts';
import { comparable } from '../../../src/lib/server/csat/csatMix.ts';

const strata = (answers: Record<string, number>): Stratum[] =>
	Object.entries(answers).map(([topic, n]) => ({
		topic,
		conversations: 10 * n + 1,
		answers: n,
		positive: Math.floor(n / 2)
	}));

const handedOff = strata({ A: 100, B: 40, C: 20, D: 9 });

describe('paths at one topic mix', () => {
	it('keeps topics apart where all paths have answers on them', () => {
		const { mix, groups } = comparable(
			[handedOff, strata({ A: 5, B: 5, C: 5, D: 5 })],
			handedOff
		);
		expect(mix).toEqual({ topics: 4, merged: 0, mergedShare: 0 });
		expect(groups[0]).toHaveLength(4);
	});

	it('takes thin topics together, and with them the next thinnest until they are enough', () => {
		const { mix, groups, weights } = comparable(
			[handedOff, strata({ A: 60, B: 30, C: 3 })],
			handedOff
		);
		// C and D have 3 answers together on the second path: B, with 30, comes to them.
		expect(mix).toMatchObject({ topics: 4, merged: 3 });
		expect(mix.mergedShare).toBeCloseTo((401 + 201 + 91) / (1001 + 401 + 201 + 91), 12);
		expect(groups.map((group) => group.map(({ answers }) => answers).sort())).toEqual([
			[100, 69].sort(),
			[33, 60].sort()
		]);
		expect([...weights.values()].sort((a, b) => a - b)).toEqual([693, 1001]);
	});

	it('leaves topics without handoffs out, however many answers they have', () => {
		const { groups } = comparable(
			[handedOff, strata({ A: 60, B: 30, C: 9, D: 9, E: 999 })],
			handedOff
		);
		expect(groups[1]?.reduce((sum, { answers }) => sum + answers, 0)).toBe(108);
	});

	it('without paths to compare merges nothing', () => {
		expect(comparable([], handedOff).mix).toEqual({ topics: 4, merged: 0, mergedShare: 0 });
	});
});
