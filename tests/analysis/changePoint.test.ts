import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { changePoint } from '../../src/lib/analysis/changePoint.ts';
import { reference } from './reference.ts';

const file = reference('change_point');

describe.skipIf(!file.present)('changePoint (needs ../shared/reference)', () => {
	type Inputs = { y: number[]; min_segment: number };
	type Expected = {
		index: number;
		lr: number;
		mean_before?: number;
		mean_after?: number;
		p_permutation?: number;
		dispersion?: number;
	};
	const cases = file.cases as { id: string; inputs: Inputs; expected: Expected }[];

	it.each(cases.map(({ id }) => id))('reference case %s', (id) => {
		const { tolerance } = JSON.parse(
			readFileSync(
				new URL('../../../shared/reference/change_point.json', import.meta.url),
				'utf8'
			)
		) as { tolerance: { relative: number; p_absolute: number } };
		const { inputs, expected } = file.case<Inputs, Expected>(id);
		const found = changePoint(inputs.y, { minSegment: inputs.min_segment });
		expect(found?.index).toBe(expected.index);
		const near = (value: number | undefined, wanted: number | undefined) => {
			if (wanted === undefined) return;
			expect(Math.abs((value ?? NaN) / wanted - 1)).toBeLessThan(tolerance.relative);
		};
		near(found?.lr, expected.lr);
		near(found?.meanBefore, expected.mean_before);
		near(found?.meanAfter, expected.mean_after);
		near(found?.dispersion, expected.dispersion);
		if (expected.p_permutation !== undefined)
			expect(Math.abs((found?.p ?? NaN) - expected.p_permutation)).toBeLessThanOrEqual(
				tolerance.p_absolute
			);
	});
});

describe('changePoint', () => {
	/** Poisson log likelihood in full, by the formula of its density. */
	const logLikelihood = (counts: number[], exposures: number[]) => {
		const factorial = (k: number): number => (k < 2 ? 1 : k * factorial(k - 1));
		const rate =
			counts.reduce((sum, count) => sum + count, 0) /
			exposures.reduce((sum, exposure) => sum + exposure, 0);
		return counts.reduce((sum, count, at) => {
			const mean = rate * (exposures[at] ?? 1);
			return sum + Math.log((Math.exp(-mean) * mean ** count) / factorial(count));
		}, 0);
	};

	it('weighs every split by the densities of its counts, with their exposures', () => {
		const counts = [2, 4, 3, 5, 9, 4, 12, 11];
		const exposure = [10, 20, 15, 22, 30, 8, 25, 20];
		const ones = counts.map(() => 1);
		for (const weights of [ones, exposure]) {
			const whole = logLikelihood(counts, weights);
			const gains = [2, 3, 4, 5, 6].map(
				(at) =>
					2 *
					(logLikelihood(counts.slice(0, at), weights.slice(0, at)) +
						logLikelihood(counts.slice(at), weights.slice(at)) -
						whole)
			);
			const most = Math.max(...gains);
			const found = changePoint(counts, { exposure: weights, minSegment: 2 });
			expect(found?.index).toBe(2 + gains.indexOf(most));
			expect(found?.lr).toBeCloseTo(most, 9);
		}
	});

	it('a series whose counts only follow their exposures does not change', () => {
		const exposure = [10, 20, 10, 20, 100, 200, 100, 200];
		const counts = exposure.map((one) => one / 10);
		expect(changePoint(counts)?.p).toBeLessThan(0.05);
		const found = changePoint(counts, { exposure });
		expect(found?.lr).toBeCloseTo(0, 9);
		expect(found?.p).toBeGreaterThan(0.99);
		expect(found?.meanBefore).toBeCloseTo(0.1, 12);
	});

	it('the p of few counts is the share of all orders with as large a gain', () => {
		// Of the 70 places that four twenties can have among eight, two part them from the ones.
		const found = changePoint([1, 1, 1, 1, 20, 20, 20, 20], { rounds: 20_000 });
		expect(found?.p).toBeGreaterThan(2 / 70 - 0.004);
		expect(found?.p).toBeLessThan(2 / 70 + 0.004);
	});

	it('of equally good splits it takes the first', () => {
		expect(changePoint([3, 3, 3, 3, 3, 3], { minSegment: 2 })).toMatchObject({
			index: 2,
			lr: 0,
			p: 1,
			dispersion: 0
		});
	});

	it('with exposures the p is that of Poisson counts at one rate', () => {
		// Two counts: the gain is a function of how 30 events part by 1 to 2, a binomial.
		const chances = Array.from({ length: 31 }, (_, k) => {
			let chance = (1 / 3) ** k * (2 / 3) ** (30 - k);
			for (let i = 0; i < k; i++) chance *= (30 - i) / (k - i);
			return chance;
		});
		const gain = (k: number) =>
			[k * Math.log(k / 10 || 1), (30 - k) * Math.log((30 - k) / 20 || 1)].reduce(
				(a, b) => a + b
			);
		const exact = chances.reduce(
			(sum, chance, k) => sum + (gain(k) >= gain(16) - 1e-9 ? chance : 0),
			0
		);
		const found = changePoint([16, 14], {
			exposure: [10, 20],
			minSegment: 1,
			rounds: 20_000
		});
		expect(exact).toBeLessThan(0.05);
		expect(found?.p).toBeGreaterThan(exact - 0.01);
		expect(found?.p).toBeLessThan(exact + 0.01);
	});

	it('large counts scatter by chance as small ones do', () => {
		const found = changePoint([1040, 980, 1010, 2060, 1990, 2020], {
			exposure: [1, 1, 1, 2, 2, 2],
			minSegment: 2
		});
		expect(found?.p).toBeGreaterThan(0.1);
	});

	it('looks for a rise only where it is asked to', () => {
		const falls = [9, 9, 9, 9, 2, 2, 2, 2];
		expect(changePoint(falls)).toMatchObject({ index: 4 });
		expect(changePoint(falls, { direction: 'rising' })).toBeNull();
		const both = [9, 9, 2, 2, 6, 6];
		expect(changePoint(both, { minSegment: 2 })?.index).toBe(2);
		expect(changePoint(both, { minSegment: 2, direction: 'rising' })?.index).toBe(4);
	});

	it('the same series gives the same p', () => {
		const counts = [5, 7, 6, 9, 8, 11, 9, 12];
		expect(changePoint(counts)?.p).toBe(changePoint(counts)?.p);
	});

	it('without events nothing changes', () => {
		expect(changePoint([0, 0, 0, 0, 0, 0, 0, 0])).toEqual({
			index: 4,
			lr: 0,
			meanBefore: 0,
			meanAfter: 0,
			p: 1,
			dispersion: 0
		});
	});

	it('keeps both sides at their least length, and is silent where they have no room', () => {
		expect(changePoint([9, 1, 1, 1, 1, 1, 1, 1, 1])?.index).toBe(4);
		expect(changePoint([9, 1, 1, 1, 1, 1, 1])).toBeNull();
		expect(changePoint([])).toBeNull();
	});

	it('a split with a side that nothing could happen on is none', () => {
		expect(changePoint([1, 2, 0, 0], { exposure: [5, 5, 0, 0], minSegment: 2 })).toBeNull();
	});

	it('rarely finds a change where there is none', () => {
		// 200 series of eight counts; a test at 5 % should find one in about ten of them.
		let state = 7;
		const next = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
		const poisson = (mean: number) => {
			let [count, product] = [0, next()];
			while (product > Math.exp(-mean)) {
				count++;
				product *= next();
			}
			return count;
		};
		const found = Array.from({ length: 200 }, () =>
			changePoint(
				Array.from({ length: 12 }, () => poisson(8)),
				{ rounds: 199 }
			)
		);
		const sure = found.filter((one) => (one?.p ?? 1) <= 0.05).length;
		expect(sure).toBeGreaterThan(1);
		expect(sure).toBeLessThan(22);
	});
});
