import { randomLcg, randomPoisson } from 'd3-random';
import { describe, expect, it } from 'vitest';
import { dispersionOf, twoWayPoisson } from '../../src/lib/analysis/twoWayPoisson.ts';
import { fixFile } from './fixReference.ts';
import { relativeDistance, tolerances } from './relative.ts';

describe.skipIf(!fixFile.present)('twoWayPoisson (needs ../shared/reference)', () => {
	it.each(fixFile.comparisons)('reference case %s: the regression', (id) => {
		const { inputs, expected } = fixFile.comparison(id);
		const found = twoWayPoisson(inputs, {
			row: inputs.treated,
			from: inputs.first_post_week
		});
		const step = found?.step;
		expect(
			relativeDistance(
				{
					log_rr: step?.logRatio,
					se_model: step?.se,
					se_quasi: step?.seQuasi,
					se_cluster_topic: step?.seCluster,
					pearson_chi2: found?.pearson,
					df_resid: found?.freedom
				},
				expected.glm
			)
		).toBeLessThan(tolerances<'relative'>('fix_verification').relative);
	});
});

const ones = (rows: number, columns: number) =>
	Array.from({ length: rows }, () => Array.from({ length: columns }, () => 1));

describe('twoWayPoisson', () => {
	it('without exposures it is the independence of rows and columns', () => {
		const counts = [
			[10, 20, 30],
			[20, 10, 30]
		];
		const found = twoWayPoisson({ counts, exposure: ones(2, 3) });
		// row total × column total / all
		expect(
			relativeDistance(found?.fitted, [
				[15, 15, 30],
				[15, 15, 30]
			])
		).toBeLessThan(1e-12);
		expect(found?.pearson).toBeCloseTo(4 * (25 / 15), 12);
		expect(found?.freedom).toBe(2);
		expect(found?.step).toBeNull();
	});

	it('in two by two weeks the step is the ratio of rate ratios, with the error of four counts', () => {
		const counts = [
			[40, 10],
			[60, 90],
			[30, 45]
		];
		const exposure = [
			[100, 50],
			[200, 200],
			[100, 100]
		];
		const step = twoWayPoisson({ counts, exposure }, { row: 0, from: 1 })?.step;
		// the others rise by the same half each, so they are one
		expect(step?.logRatio).toBeCloseTo(Math.log(10 / 50 / (40 / 100) / 1.5), 10);
		expect(step?.se).toBeCloseTo(Math.sqrt(1 / 10 + 1 / 40 + 1 / 90 + 1 / 135), 10);
	});

	it('counts that follow topic and week exactly have no scatter', () => {
		const counts = [
			[2, 4, 6],
			[10, 20, 30]
		];
		expect(dispersionOf({ counts, exposure: ones(2, 3) })).toBeCloseTo(0, 12);
	});

	it('counts that scatter as chance has them are near 1, in bursts of three near 3', () => {
		const random = randomLcg(0.7);
		const poisson = randomPoisson.source(random);
		const table = (burst: number) => ({
			counts: Array.from({ length: 12 }, (_, row) =>
				Array.from({ length: 52 }, () => burst * poisson((5 + row) / burst)())
			),
			exposure: ones(12, 52)
		});
		expect(Math.abs(dispersionOf(table(1)) - 1)).toBeLessThan(0.2);
		expect(Math.abs(dispersionOf(table(3)) - 3)).toBeLessThan(0.6);
	});

	it('cells without exposure, and topics and weeks without an event, take no part', () => {
		const counts = [
			[10, 20, 31, 0, 7],
			[20, 10, 30, 0, 0],
			[0, 0, 0, 0, 0]
		];
		const exposure = [
			[1, 1, 1, 1, 1],
			[1, 1, 1, 1, 0],
			[1, 1, 1, 1, 1]
		];
		const found = twoWayPoisson({ counts, exposure });
		// the fifth week has the first topic alone, which takes one cell and one column
		const small = twoWayPoisson({
			counts: counts.slice(0, 2).map((row) => row.slice(0, 3)),
			exposure: ones(2, 3)
		});
		expect(found?.freedom).toBe(small?.freedom);
		expect(found?.pearson).toBeCloseTo(small?.pearson ?? NaN, 9);
	});

	it('a table too small to tell is taken as chance, and a step without events has no answer', () => {
		expect(twoWayPoisson({ counts: [[3, 4]], exposure: ones(1, 2) })).toBeNull();
		expect(dispersionOf({ counts: [[3, 4]], exposure: ones(1, 2) })).toBe(1);
		expect(dispersionOf({ counts: [], exposure: [] })).toBe(1);
		const counts = [
			[5, 6, 0, 0],
			[5, 7, 6, 8],
			[9, 8, 9, 7]
		];
		const found = twoWayPoisson({ counts, exposure: ones(3, 4) }, { row: 0, from: 2 });
		expect(found?.step).toBeNull();
		expect(found?.dispersion).toBeGreaterThan(0);
	});
});
