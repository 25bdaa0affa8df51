import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dasGupta } from '../../src/lib/analysis/dasGupta.ts';
import type { GroupChange } from '../../src/lib/analysis/kitagawa.ts';
import { distance, reference } from './reference.ts';

const file = reference('handoff_count_decomposition');
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

type Counts = { n0: number[]; h0: number[]; n1: number[]; h1: number[] };
const groupsOf = ({ n0, h0, n1, h1 }: Counts): GroupChange[] =>
	n0.map((n, index) => ({
		before: { n, sum: h0[index] ?? 0 },
		after: { n: n1[index] ?? 0, sum: h1[index] ?? 0 }
	}));

function expectExact(groups: GroupChange[]) {
	const found = dasGupta(groups);
	if (!found) throw new Error('no change');
	const { volume, share, rate } = found.totals;
	expect(sum(found.volume)).toBe(volume);
	expect(sum(found.share)).toBe(share);
	expect(sum(found.rate)).toBe(rate);
	expect(volume + share + rate).toBe(found.change);
	const handoffs = (period: 'before' | 'after') => sum(groups.map((group) => group[period].sum));
	expect(found.change).toBe(handoffs('after') - handoffs('before'));
	return found;
}

describe.skipIf(!file.present)('dasGupta (needs ../shared/reference)', () => {
	it('the file has its two cases', () => {
		expect(file.cases).toHaveLength(2);
	});

	it.each(file.cases)('reference case $id, adding up to the last digit', ({ id }) => {
		type Parts = Record<'volume' | 'share' | 'rate', number[]>;
		const { inputs, expected } = file.case<
			Counts,
			{
				dasgupta: Parts & {
					delta: number;
					totals: Record<'volume' | 'share' | 'rate', number>;
				};
			}
		>(id);
		const found = expectExact(groupsOf(inputs));
		const wanted = expected.dasgupta;
		expect(found.change).toBe(wanted.delta);
		for (const factor of ['volume', 'share', 'rate'] as const) {
			expect(distance(found[factor], wanted[factor])).toBeLessThan(file.tolerance);
			expect(distance([found.totals[factor]], [wanted.totals[factor]])).toBeLessThan(
				file.tolerance
			);
		}
	});
});

describe('dasGupta', () => {
	it('twice of everything is volume alone', () => {
		const found = expectExact([
			{ before: { n: 100, sum: 10 }, after: { n: 200, sum: 20 } },
			{ before: { n: 50, sum: 20 }, after: { n: 100, sum: 40 } }
		]);
		expect(found.totals).toEqual({ volume: 30, share: 0, rate: 0 });
		expect(distance(found.volume, [10, 20])).toBeLessThan(1e-9);
	});

	it('parts add up to the change of the count to the last digit, whatever the topics', () => {
		const period = fc
			.record({ n: fc.nat(1_000_000), part: fc.double({ min: 0, max: 1, noNaN: true }) })
			.map(({ n, part }) => ({ n, sum: Math.floor(n * part) }));
		fc.assert(
			fc.property(
				fc.array(fc.record({ before: period, after: period }), {
					minLength: 1,
					maxLength: 60
				}),
				(groups) => {
					if (dasGupta(groups)) expectExact(groups);
				}
			)
		);
	});

	it('a new topic moves volume and share, not a rate that nobody knew', () => {
		const found = expectExact([
			{ before: { n: 100, sum: 10 }, after: { n: 100, sum: 10 } },
			{ before: { n: 0, sum: 0 }, after: { n: 20, sum: 5 } }
		]);
		expect(found.rate).toEqual([0, 0]);
		expect(found.change).toBe(5);
	});

	it('handoffs of a topic that has no conversations do not count', () => {
		const found = dasGupta([
			{ before: { n: 100, sum: 10 }, after: { n: 100, sum: 12 } },
			{ before: { n: 0, sum: 3 }, after: { n: 0, sum: 9 } }
		]);
		expect(found?.totals).toEqual({ volume: 0, share: 0, rate: 2 });
		expect(found?.rate).toEqual([2, 0]);
	});

	it('a period without conversations has nothing to compare', () => {
		expect(dasGupta([{ before: { n: 0, sum: 0 }, after: { n: 5, sum: 1 } }])).toBeNull();
		expect(dasGupta([])).toBeNull();
	});
});
