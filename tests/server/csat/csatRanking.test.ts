import { describe, expect, it } from 'vitest';
import type { Estimate } from '../../../src/lib/estimate.ts';
import { rank } from '../../../src/lib/server/csat/csatRanking.ts';

const estimate = (hits: number, n: number): Estimate => ({
	value: n > 0 ? hits / n : null,
	n,
	low: null,
	high: null,
	coverage: 1
});
const groups = (tallies: Record<string, [number, number]>) =>
	Object.entries(tallies).map(([key, [hits, n]]) => ({
		key,
		handoffs: 3 * n,
		csat_top2: estimate(hits, n)
	}));

function ranked(tallies: Record<string, [number, number]>) {
	const all = Object.values(tallies).reduce(([a, b], [x, y]) => [a + x, b + y], [0, 0]);
	return rank(groups(tallies), estimate(...all));
}

const many: Record<string, [number, number]> = {
	large: [400, 1000],
	small: [4, 12],
	a: [120, 200],
	b: [130, 200],
	c: [140, 200],
	d: [150, 200],
	few: [0, 9],
	none: [0, 0]
};

describe('topics ranked by CSAT', () => {
	it('a small group with a lower share does not come before a large one that is surely low', () => {
		const { groups: order } = ranked(many);
		expect(order.slice(0, 2).map(({ key }) => key)).toEqual(['large', 'small']);
	});

	it('groups with fewer than 10 answers come last, unranked', () => {
		const last = ranked(many).groups.slice(-2);
		expect(last.map(({ key }) => key)).toEqual(['few', 'none']);
		for (const { shrunken, difference } of last)
			expect([shrunken, difference]).toEqual([null, null]);
	});

	it('groups of one true share are not told apart', () => {
		const alike = Object.fromEntries(
			Array.from({ length: 20 }, (_, at): [string, [number, number]] => [
				`g${at}`,
				[60 + (at % 5) - 2, 100]
			])
		);
		expect(ranked(alike).groups.some(({ difference }) => difference?.differs)).toBe(false);
	});

	it('a single group has nothing to be compared with', () => {
		const [only] = ranked({ only: [30, 60] }).groups;
		expect(only?.difference).toBeNull();
		expect(only?.shrunken?.value).toBeCloseTo(0.5, 6);
	});
});
