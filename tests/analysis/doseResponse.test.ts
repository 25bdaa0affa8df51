import { describe, expect, it } from 'vitest';
import { doseBins, doseWithinTopics, type Dosed } from '../../src/lib/analysis/doseResponse.ts';
import { spearman } from '../../src/lib/analysis/spearman.ts';
import { wilson } from '../../src/lib/analysis/wilson.ts';
import { distance, reference } from './reference.ts';

const file = reference('dose_response');

describe.skipIf(!file.present)('doseBins (needs ../shared/reference)', () => {
	type Inputs = { wait_min: number[]; csat: number[]; bins: (number | 'Infinity')[] };
	type Bin = {
		lo: number;
		hi: number | 'Infinity';
		n: number;
		mean: number;
		top2: number;
		wilson: [number, number];
	};

	it('reference case 24 handoffs: CSAT by minutes waited', () => {
		const { inputs, expected } = file.case<Inputs, { binned: Bin[] }>('24 handoffs');
		const rows = inputs.wait_min.map((dose, index) => {
			const csat = inputs.csat[index] ?? NaN;
			return { dose, n: 1, hits: csat >= 4 ? 1 : 0, sum: csat };
		});
		const bins = doseBins(rows, inputs.bins.map(Number));
		expect(bins).toHaveLength(5);
		for (const [index, bin] of bins.entries()) {
			const wanted = expected.binned[index];
			expect([bin.from, bin.to, bin.n, bin.hits]).toEqual([
				wanted?.lo,
				Number(wanted?.hi),
				wanted?.n,
				wanted?.top2
			]);
			expect(
				distance(
					[bin.mean, bin.interval?.low ?? null, bin.interval?.high ?? null],
					[wanted?.mean ?? null, ...(wanted?.wilson ?? [])]
				)
			).toBeLessThan(file.tolerance);
		}
	});

	it('reference case 24 handoffs: the rank correlation', () => {
		const { inputs, expected } = file.case<Inputs, { spearman: number; spearman_p: number }>(
			'24 handoffs'
		);
		const found = spearman(inputs.wait_min, inputs.csat);
		expect(
			distance(
				[found?.rho ?? null, found?.p ?? null],
				[expected.spearman, expected.spearman_p]
			)
		).toBeLessThan(file.tolerance);
	});
});

describe('doseBins', () => {
	it('a dose on an edge is in the bin above, one outside in none', () => {
		const rows = [-1, 0, 2, 5, 9].map((dose) => ({ dose, n: 1, hits: 1 }));
		expect(doseBins(rows, [0, 2, 5]).map(({ n }) => n)).toEqual([1, 1]);
		expect(doseBins(rows, [0, 2, 5, Infinity]).map(({ n }) => n)).toEqual([1, 1, 2]);
	});

	it('counted rows are the handoffs one by one', () => {
		const counted = [{ dose: 1, n: 3, hits: 2, sum: 11 }];
		const single = [
			{ dose: 1, n: 1, hits: 1, sum: 5 },
			{ dose: 1, n: 1, hits: 1, sum: 4 },
			{ dose: 1, n: 1, hits: 0, sum: 2 }
		];
		expect(doseBins(counted, [0, 2])).toEqual(doseBins(single, [0, 2]));
		expect(doseBins(counted, [0, 2])[0]).toMatchObject({ n: 3, share: 2 / 3, mean: 11 / 3 });
	});

	it('an empty bin has no share, and without sums there is no mean', () => {
		const [empty, full] = doseBins([{ dose: 3, n: 2, hits: 1 }], [0, 2, 5]);
		expect(empty).toEqual({
			from: 0,
			to: 2,
			n: 0,
			hits: 0,
			share: null,
			interval: null,
			mean: null
		});
		expect(full).toMatchObject({ n: 2, share: 0.5, mean: null });
	});
});

describe('doseWithinTopics', () => {
	/** Easy topics end well and wait little, hard ones neither; within each, waiting does nothing. */
	const mixed: Dosed[] = [
		{ topic: 'easy', dose: 1, n: 90, hits: 81 },
		{ topic: 'hard', dose: 1, n: 10, hits: 4 },
		{ topic: 'easy', dose: 6, n: 10, hits: 9 },
		{ topic: 'hard', dose: 6, n: 90, hits: 36 }
	];

	it('a fall that is only the mix of topics is gone', () => {
		expect(doseBins(mixed, [0, 5, 10]).map(({ share }) => share)).toEqual([0.85, 0.45]);
		const { bins, covered } = doseWithinTopics(mixed, [0, 5, 10]);
		for (const { share, fitted } of bins) {
			expect(share).toBeCloseTo(0.65, 12);
			expect(fitted).toBeCloseTo(0.65, 12);
		}
		expect(covered).toBe(1);
	});

	it('weighs topics by their n over all bins, with the interval of the effective n', () => {
		const rows = [
			{ topic: 'a', dose: 1, n: 20, hits: 10 },
			{ topic: 'b', dose: 1, n: 10, hits: 9 },
			{ topic: 'a', dose: 6, n: 40, hits: 10 },
			{ topic: 'b', dose: 6, n: 10, hits: 6 }
		];
		// Weights 60/80 and 20/80; 1/n_eff = 0.5625/20 + 0.0625/10 and 0.5625/40 + 0.0625/10.
		const { bins } = doseWithinTopics(rows, [0, 5, 10]);
		expect(bins[0]?.share).toBeCloseTo(0.75 * 0.5 + 0.25 * 0.9, 12);
		expect(bins[1]?.share).toBeCloseTo(0.75 * 0.25 + 0.25 * 0.6, 12);
		expect(bins[0]?.effectiveN).toBeCloseTo(1 / 0.034375, 10);
		expect(bins[1]?.effectiveN).toBeCloseTo(1 / 0.0203125, 10);
		expect(bins[0]?.interval).toEqual(
			wilson((bins[0]?.share ?? 0) * (bins[0]?.effectiveN ?? 0), bins[0]?.effectiveN ?? 0)
		);
		expect(bins[0]).toMatchObject({ n: 30, hits: 19 });
	});

	it('of one topic is the plain share with its interval', () => {
		const rows = [
			{ topic: 'a', dose: 1, n: 30, hits: 21 },
			{ topic: 'a', dose: 6, n: 12, hits: 12 }
		];
		const plain = doseBins(rows, [0, 5, 10]);
		const { bins } = doseWithinTopics(rows, [0, 5, 10]);
		for (const [index, bin] of bins.entries()) {
			expect(bin.share).toBeCloseTo(plain[index]?.share ?? NaN, 12);
			expect(bin.interval?.low).toBeCloseTo(plain[index]?.interval?.low ?? NaN, 12);
			expect(bin.interval?.high).toBeCloseTo(plain[index]?.interval?.high ?? NaN, 12);
		}
	});

	it('a topic too thin in any bin is left out of all, and the share that stays is said', () => {
		const thin = [
			...mixed,
			{ topic: 'thin', dose: 1, n: 46, hits: 0 },
			{ topic: 'thin', dose: 6, n: 4, hits: 0 }
		];
		const found = doseWithinTopics(thin, [0, 5, 10]);
		expect(found.topics).toEqual(['easy', 'hard']);
		expect(found.covered).toBe(0.8);
		expect(found.bins).toEqual(doseWithinTopics(mixed, [0, 5, 10]).bins);
		expect(doseWithinTopics(thin, [0, 5, 10], { least: 4 }).covered).toBe(1);
	});

	it('a bin without any handoff leaves no topic out and has no share', () => {
		const { bins, covered } = doseWithinTopics(mixed, [0, 5, 10, 15]);
		expect(covered).toBe(1);
		expect(bins[2]).toMatchObject({ n: 0, share: null, interval: null, fitted: null });
	});

	it('fits through the shares in the direction asked for, by effective n', () => {
		const rows = [
			{ dose: 1, n: 10, hits: 6 },
			{ dose: 6, n: 30, hits: 24 },
			{ dose: 11, n: 10, hits: 5 }
		];
		const fit = (direction: 'falling' | 'rising') =>
			doseWithinTopics(rows, [0, 5, 10, 15], { direction }).bins.map(({ fitted }) => fitted);
		expect(distance(fit('falling'), [0.75, 0.75, 0.5])).toBeLessThan(1e-12);
		expect(distance(fit('rising'), [0.6, 0.725, 0.725])).toBeLessThan(1e-12);
	});

	it('without a comparable topic nothing is said', () => {
		const apart = [
			{ topic: 'a', dose: 1, n: 50, hits: 9 },
			{ topic: 'b', dose: 6, n: 50, hits: 9 }
		];
		const { bins, covered, topics } = doseWithinTopics(apart, [0, 5, 10]);
		expect([covered, topics]).toEqual([0, []]);
		expect(bins.every(({ share, interval }) => share === null && interval === null)).toBe(true);
		expect(doseWithinTopics([], [0, 5]).covered).toBeNull();
	});
});
