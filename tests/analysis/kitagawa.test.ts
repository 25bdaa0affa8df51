import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kitagawa, rateIntervals, type GroupChange } from '../../src/lib/analysis/kitagawa.ts';
import { distance, reference } from './reference.ts';

const file = reference('kitagawa');
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

type Counts = { n0: number[]; x0: number[]; n1: number[]; x1: number[] };
const groupsOf = ({ n0, x0, n1, x1 }: Counts): GroupChange[] =>
	n0.map((n, index) => ({
		before: { n, sum: x0[index] ?? 0 },
		after: { n: n1[index] ?? 0, sum: x1[index] ?? 0 }
	}));

function expectExact(groups: GroupChange[]) {
	const found = kitagawa(groups);
	if (!found) throw new Error('no change');
	expect(sum(found.mix)).toBe(found.mixTotal);
	expect(sum(found.rate)).toBe(found.rateTotal);
	expect(found.mixTotal + found.rateTotal).toBe(found.change);
	const byGroup = found.mix.map((mix, index) => mix + (found.rate[index] ?? 0));
	expect(sum(byGroup)).toBe(found.change);
	expect(sum([...byGroup].reverse())).toBe(found.change);
	return found;
}

describe.skipIf(!file.present)('kitagawa (needs ../shared/reference)', () => {
	it('the file has its five cases', () => {
		expect(file.cases).toHaveLength(5);
	});

	it.each(file.cases)('reference case $id, adding up to the last digit', ({ id }) => {
		const { inputs, expected } = file.case<
			Counts,
			Record<'R0' | 'R1' | 'delta' | 'mix_total' | 'rate_total', number> &
				Record<'mix' | 'rate', number[]>
		>(id);
		const found = expectExact(groupsOf(inputs));
		expect(
			distance(
				[
					found.before,
					found.after,
					found.change,
					found.mixTotal,
					found.rateTotal,
					...found.mix,
					...found.rate
				],
				[
					expected.R0,
					expected.R1,
					expected.delta,
					expected.mix_total,
					expected.rate_total,
					...expected.mix,
					...expected.rate
				]
			)
		).toBeLessThan(file.tolerance);
		for (const [index, rate] of expected.rate.entries())
			if (rate === 0) expect(found.rate[index]).toBe(0);
	});
});

describe('kitagawa', () => {
	const simpson: GroupChange[] = [
		{ before: { n: 800, sum: 80 }, after: { n: 400, sum: 36 } },
		{ before: { n: 200, sum: 80 }, after: { n: 600, sum: 228 } }
	];

	it('when every topic gets better and the whole worse, it is the mix', () => {
		const found = expectExact(simpson);
		expect(found.change).toBeCloseTo(0.104, 12);
		expect(found.mixTotal).toBeCloseTo(0.118, 12);
		expect(found.rateTotal).toBeCloseTo(-0.014, 12);
	});

	it('parts add up to the last digit whatever the groups, shares and means alike', () => {
		const period = fc
			.record({ n: fc.nat(100_000), mean: fc.double({ min: 0, max: 5000, noNaN: true }) })
			.map(({ n, mean }) => ({ n, sum: n * mean }));
		fc.assert(
			fc.property(
				fc.array(fc.record({ before: period, after: period }), {
					minLength: 1,
					maxLength: 60
				}),
				(groups) => {
					const found = kitagawa(groups);
					if (!found) return;
					expectExact(groups);
					expect(found.change).toBeCloseTo(found.after - found.before, 9);
				}
			)
		);
	});

	it('a topic that is new, gone or in neither period has no rate part', () => {
		const found = expectExact([
			...simpson,
			{ before: { n: 0, sum: 0 }, after: { n: 50, sum: 30 } },
			{ before: { n: 40, sum: 10 }, after: { n: 0, sum: 0 } },
			{ before: { n: 0, sum: 0 }, after: { n: 0, sum: 0 } }
		]);
		expect(found.rate.slice(2)).toEqual([0, 0, 0]);
		expect(found.mix[4]).toBe(0);
	});

	it('growth of a topic that is better than the rest counts as better', () => {
		const found = kitagawa([
			{ before: { n: 100, sum: 5 }, after: { n: 200, sum: 10 } },
			{ before: { n: 100, sum: 30 }, after: { n: 100, sum: 30 } }
		]);
		expect(found?.mix[0]).toBeLessThan(0);
	});

	it('a period without rows has nothing to compare', () => {
		expect(kitagawa([{ before: { n: 0, sum: 0 }, after: { n: 5, sum: 1 } }])).toBeNull();
		expect(kitagawa([{ before: { n: 5, sum: 1 }, after: { n: 0, sum: 0 } }])).toBeNull();
		expect(kitagawa([])).toBeNull();
	});
});

describe('rateIntervals', () => {
	it('one topic alone has the interval of its own change', () => {
		const [interval] = rateIntervals([
			{ before: { n: 80, sum: 48 }, after: { n: 70, sum: 56 } }
		]);
		expect(interval?.low).toBeCloseTo(0.0524, 4);
		expect(interval?.high).toBeCloseTo(0.3339, 4);
	});

	it('holds the part, and a topic absent in a period has none', () => {
		const groups = [
			{ before: { n: 80, sum: 48 }, after: { n: 70, sum: 56 } },
			{ before: { n: 0, sum: 0 }, after: { n: 70, sum: 56 } }
		];
		const [interval, none] = rateIntervals(groups);
		const part = kitagawa(groups)?.rate[0] ?? Number.NaN;
		expect(part).toBeGreaterThan(interval?.low ?? Number.NaN);
		expect(part).toBeLessThan(interval?.high ?? Number.NaN);
		expect(none).toBeNull();
	});
});
