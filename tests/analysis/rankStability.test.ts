import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	aggregateScores,
	equalWeights,
	type Components,
	type Weights
} from '../../src/lib/analysis/compositeScore.ts';
import { rankStability, type ScoredGroup } from '../../src/lib/analysis/rankStability.ts';

const values = (
	context: number | null,
	routing: number | null,
	smoothness: number | null,
	resolution: number | null
): Components => ({ context, routing, smoothness, resolution });
const group = (key: string, ...handoffs: Components[]): ScoredGroup => ({
	key,
	rows: handoffs.map((one) => ({ n: 1, values: one }))
});

describe('rankStability', () => {
	const best = group('best', values(0.9, 0.9, 0.9, 0.9));
	const uneven = group('uneven', values(1, 1, 0.2, 0.2));
	const even = group('even', values(0.59, 0.59, 0.59, 0.59));
	const worst = group('worst', values(0.1, 0.1, 0.1, 0.1));

	it('groups that are better in everything keep their place under any weights', () => {
		const { groups, leastAgreement, steadyPairs } = rankStability([worst, best], equalWeights);
		expect(groups.map(({ key, rank, best: top, worst: end }) => [key, rank, top, end])).toEqual(
			[
				['worst', 2, 2, 2],
				['best', 1, 1, 1]
			]
		);
		expect(leastAgreement?.rho).toBe(1);
		expect(steadyPairs).toBe(1);
	});

	it('a group that is good in some things only moves, and which weights move it is said', () => {
		const found = rankStability([best, uneven, even, worst], equalWeights);
		expect(found.groups.map(({ rank }) => rank)).toEqual([1, 2, 3, 4]);
		expect(found.groups.map(({ best: top, worst: end }) => [top, end])).toEqual([
			[1, 1],
			[2, 3],
			[2, 3],
			[4, 4]
		]);
		expect(found.groups[1]).toMatchObject({ score: 60, low: 40, high: 80 });
		expect(found.steadyPairs).toBeCloseTo(5 / 6, 12);
		const { rho, weights } = found.leastAgreement ?? { rho: NaN, weights: equalWeights };
		expect(rho).toBeCloseTo(0.8, 12);
		expect(weights.smoothness + weights.resolution).toBeGreaterThan(
			weights.context + weights.routing
		);
	});

	it('a row of many handoffs counts as they would one by one', () => {
		const known = fc.double({ min: 0, max: 1, noNaN: true });
		const weight = fc.double({ min: 0.1, max: 3, noNaN: true });
		const handoffs = fc.array(fc.tuple(known, known, known), { minLength: 1, maxLength: 8 });
		fc.assert(
			fc.property(handoffs, weight, weight, weight, weight, (rows, a, b, c, d) => {
				const weights: Weights = { context: a, routing: b, smoothness: c, resolution: d };
				const single = rows.map(([x, y, z]) => values(x, null, y, z));
				const { componentMeans, meanOfScores } = aggregateScores(single, weights, 0);
				const { groups } = rankStability(
					[{ key: 'a', rows: [{ n: rows.length, values: componentMeans }] }],
					weights,
					{ minCoverage: 0 }
				);
				expect(groups[0]?.score).toBeCloseTo(meanOfScores ?? NaN, 8);
			})
		);
	});

	it('no weights in between reverse a pair that the tried ones leave in order', () => {
		const share = fc.double({ min: 0, max: 1, noNaN: true });
		const full = fc.tuple(share, share, share, share);
		const factor = fc.double({ min: 0.5, max: 1.5, noNaN: true });
		fc.assert(
			fc.property(
				full,
				full,
				fc.tuple(factor, factor, factor, factor),
				(a, b, [w, x, y, z]) => {
					const pair = [group('a', values(...a)), group('b', values(...b))];
					fc.pre(rankStability(pair, equalWeights).steadyPairs === 1);
					const between = { context: w, routing: x, smoothness: y, resolution: z };
					const scores = (weights: Weights) =>
						rankStability(pair, weights).groups.map(({ score }) => score ?? NaN);
					const [one = NaN, two = NaN] = scores(equalWeights);
					const [first = NaN, second = NaN] = scores(between);
					fc.pre(Math.abs(one - two) > 1e-9);
					expect((one - two) * (first - second)).toBeGreaterThan(-1e-9);
				}
			)
		);
	});

	it('a component without weight never gains any', () => {
		const weights = { context: 1, routing: 1, smoothness: 0, resolution: 0 };
		const found = rankStability([uneven, even], weights);
		expect(found.groups[0]).toMatchObject({ rank: 1, worst: 1 });
		expect(found.groups[0]?.low).toBeCloseTo(100, 9);
	});

	it('a group of which too little is known has no place', () => {
		const thin = group('thin', values(1, null, null, null));
		const { groups, steadyPairs } = rankStability([thin, best], equalWeights);
		expect(groups[0]).toEqual({
			key: 'thin',
			score: null,
			rank: null,
			best: null,
			worst: null,
			low: null,
			high: null
		});
		expect(groups[1]?.rank).toBe(1);
		expect(steadyPairs).toBeNull();
	});

	it('a handoff that is known well enough stays in under any weights', () => {
		const half = group('half', values(1, 0, null, null));
		const { groups } = rankStability([half, even], equalWeights);
		expect(groups[0]).toMatchObject({ score: 50, low: 25, high: 75, best: 1, worst: 2 });
	});

	it('no groups have no ranking', () => {
		const nothing = { groups: [], leastAgreement: null, steadyPairs: null };
		expect(rankStability([], equalWeights)).toEqual(nothing);
	});
});
