import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { censoringWeights } from '../../src/lib/analysis/censoringWeights.ts';
import { lifeTable } from '../../src/lib/analysis/kaplanMeier.ts';

type Watched = { days: number; isBack: boolean };

/** The rows of a life table that have an event, as the store gives them. */
function eventRows(rows: Watched[]) {
	const table = lifeTable(
		rows.map(({ days }) => days),
		rows.map(({ isBack }) => isBack)
	);
	const kept = table.time.flatMap((_, row) => ((table.events[row] ?? 0) > 0 ? [row] : []));
	const pick = (column: number[]) => kept.map((row) => column[row] ?? NaN);
	return { time: pick(table.time), atRisk: pick(table.atRisk), events: pick(table.events) };
}

/** Share not yet lost from sight just before a time: each loss takes one of those still watched. */
const inSight = (rows: Watched[], before: number) =>
	[...new Set(rows.filter(({ isBack }) => !isBack).map(({ days }) => days))]
		.filter((day) => day < before)
		.reduce((share, day) => {
			const lost = rows.filter((row) => !row.isBack && row.days === day).length;
			const left = rows.filter((row) => row.days > day || (row.days === day && !row.isBack));
			return share * (1 - lost / left.length);
		}, 1);

const watched = fc.array(
	fc.record({ days: fc.integer({ min: 0, max: 7 }), isBack: fc.boolean() }),
	{
		minLength: 1,
		maxLength: 60
	}
);

describe('the weight of an event', () => {
	it('is one where nobody was lost from sight before it', () => {
		const rows = [1, 2, 2, 5].map((days) => ({ days, isBack: true }));
		const end = Array.from({ length: 6 }, () => ({ days: 7, isBack: false }));
		for (const weight of censoringWeights(eventRows([...rows, ...end]), 10).values())
			expect(weight).toBeCloseTo(1, 12);
	});

	it('is one over the share still in sight, counted from those who were lost', () => {
		fc.assert(
			fc.property(watched, (rows) => {
				for (const [day, weight] of censoringWeights(eventRows(rows), rows.length))
					expect(weight).toBeCloseTo(1 / inSight(rows, day), 9);
			})
		);
	});

	it('adds up to the Kaplan–Meier estimate: the product over the days with an event', () => {
		fc.assert(
			fc.property(watched, (rows) => {
				const table = eventRows(rows);
				const weights = censoringWeights(table, rows.length);
				const back = rows.filter(({ isBack }) => isBack);
				const share =
					back.reduce((total, { days }) => total + (weights.get(days) ?? NaN), 0) /
					rows.length;
				const left = table.time.reduce(
					(product, _, row) =>
						product * (1 - (table.events[row] ?? 0) / (table.atRisk[row] ?? 0)),
					1
				);
				expect(share).toBeCloseTo(1 - left, 9);
			})
		);
	});
});
