import { describe, expect, it } from 'vitest';
import { avertedCorrelation, type AvertedFrom } from '../../src/lib/analysis/avertedCorrelation.ts';
import { fixEffect } from '../../src/lib/analysis/fixEffect.ts';
import { chance } from '../../bench/chance.ts';

/** Weeks of a log: before, after both fixes; the first two rows are fixed, the others are not. */
const weeks = 24;
const at = 12;
const rates = [20, 25, 15, 10];

type Table = number[][];
const sum = (row: readonly number[], from: number, to: number) =>
	row.slice(from, to).reduce((all, one) => all + one, 0);

/** Failures averted by a fix of a row in a week, against the rows given, and what they come from. */
function averted(counts: Table, row: number, others: number[], [from, fixed, to]: number[]) {
	const [start, middle, end] = [from ?? 0, fixed ?? 0, to ?? weeks];
	const rate = (rows: number[], a: number, b: number) => ({
		events: rows.reduce((all, one) => all + sum(counts[one] ?? [], a, b), 0),
		exposure: b - a
	});
	const sides = (rows: number[]) => ({
		before: rate(rows, start, middle),
		after: rate(rows, middle, end)
	});
	const effect = fixEffect(sides([row]), sides(others));
	const named = (one: number) => ({ key: String(one), counts: counts[one] ?? [] });
	return {
		value: effect?.averted.value ?? 0,
		from: {
			own: named(row),
			others: others.map(named),
			before: { from: start, to: middle },
			after: { from: middle, to: end },
			expectedWithout: effect?.averted.expectedWithout ?? 0
		} satisfies AvertedFrom
	};
}

type Design = { row: number; others: number[]; span: [number, number, number] };

/** The correlation over many draws of the same log, and by the formula at the means. */
function both(one: Design, other: Design) {
	const draw = chance(0.61);
	const pairs = Array.from({ length: 6000 }, () => {
		const counts = rates.map((rate) => Array.from({ length: weeks }, () => draw(rate, 1)));
		return [one, other].map(
			({ row, others, span }) => averted(counts, row, others, span).value
		);
	});
	const mean = (of: (pair: number[]) => number) =>
		pairs.reduce((all, pair) => all + of(pair), 0) / pairs.length;
	const [a, b] = [mean(([x = 0]) => x), mean(([, y = 0]) => y)];
	const spread = (of: (x: number, y: number) => number) =>
		mean(([x = 0, y = 0]) => of(x - a, y - b));
	const drawn =
		spread((x, y) => x * y) / Math.sqrt(spread((x) => x * x) * spread((_, y) => y * y));
	const means = rates.map((rate) => Array.from({ length: weeks }, () => rate));
	const [first, second] = [one, other].map(
		({ row, others, span }) => averted(means, row, others, span).from
	);
	return { drawn, formula: first && second ? avertedCorrelation(first, second) : NaN };
}

describe('how failures averted by two fixes vary together', () => {
	it.each([
		[
			'held against the same topics in the same weeks',
			{ row: 0, others: [2, 3], span: [0, at, weeks] },
			{ row: 1, others: [2, 3], span: [0, at, weeks] }
		],
		[
			'one after the other in the same topic',
			{ row: 0, others: [1, 2, 3], span: [0, 8, 16] },
			{ row: 0, others: [1, 2, 3], span: [8, 16, weeks] }
		],
		[
			'weeks and topics shared in part',
			{ row: 0, others: [2, 3], span: [0, 10, 20] },
			{ row: 1, others: [3], span: [6, 14, weeks] }
		]
	] satisfies [string, Design, Design][])('is as many draws have it: %s', (_, one, other) => {
		const { drawn, formula } = both(one, other);
		expect(Math.abs(formula)).toBeGreaterThan(0.1);
		// The error of a correlation of 6,000 draws is 0.013.
		expect(Math.abs(drawn - formula)).toBeLessThan(0.05);
	});

	it('is none where they share nothing, and one of a fix with itself', () => {
		const counts = rates.map((rate) => Array.from({ length: weeks }, () => rate));
		const one = averted(counts, 0, [2], [0, at, weeks]).from;
		expect(avertedCorrelation(one, averted(counts, 1, [3], [0, at, weeks]).from)).toBe(0);
		expect(avertedCorrelation(one, one)).toBeCloseTo(1, 12);
	});
});
