import { describe, expect, it } from 'vitest';
import {
	probabilityAbove,
	rankByShrunkenShare,
	sharePrior,
	shrink,
	type SharePrior
} from '../../src/lib/analysis/betaBinomial.ts';
import { distance, reference } from './reference.ts';

const file = reference('eb_beta_binomial');
const tolerance = { relative: 1e-4, absolute: 1e-5 };

type Counts = { x: number[]; n: number[] };
const groupsOf = ({ x, n }: Counts) => x.map((hits, index) => ({ hits, n: n[index] ?? 0 }));

function priorOf(groups: { hits: number; n: number }[]): SharePrior {
	const prior = sharePrior(groups);
	if (!prior) throw new Error('no prior');
	return prior;
}

describe.skipIf(!file.present)('betaBinomial (needs ../shared/reference)', () => {
	it('reference case 12 topics: prior, posteriors, ranks', () => {
		const { inputs, expected } = file.case<
			Counts,
			Record<
				| 'posterior_mean'
				| 'lo95'
				| 'hi95'
				| 'lo5'
				| 'prob_above_prior_mean'
				| 'rank_by_posterior_mean'
				| 'rank_by_lo5',
				number[]
			> & { alpha: number; beta: number; prior_mean: number; nll: number }
		>('12 topics');
		const groups = groupsOf(inputs);
		const prior = priorOf(groups);
		expect(prior.capped).toBe(false);
		expect(Math.abs(prior.alpha / expected.alpha - 1)).toBeLessThan(tolerance.relative);
		expect(Math.abs(prior.beta / expected.beta - 1)).toBeLessThan(tolerance.relative);
		const close = (actual: number[], wanted: number[]) =>
			expect(distance(actual, wanted)).toBeLessThan(tolerance.absolute);
		close([prior.mean, -prior.logLikelihood], [expected.prior_mean, expected.nll]);

		const shares = groups.map((group) => shrink(prior, group));
		close(
			shares.map(({ mean }) => mean),
			expected.posterior_mean
		);
		close(
			shares.map(({ low }) => low),
			expected.lo95
		);
		close(
			shares.map(({ high }) => high),
			expected.hi95
		);
		close(
			shares.map(({ q05 }) => q05),
			expected.lo5
		);
		close(
			groups.map((group) => probabilityAbove(prior, group, prior.mean)),
			expected.prob_above_prior_mean
		);
		expect(rankByShrunkenShare(shares)).toEqual(expected.rank_by_lo5);
		const byMean = [...shares.keys()].sort(
			(a, b) => (shares[b]?.mean ?? 0) - (shares[a]?.mean ?? 0)
		);
		expect(byMean).toEqual(expected.rank_by_posterior_mean);
	});

	it('reference case no heterogeneity (identical rates): α + β stands at its cap', () => {
		const { inputs, expected } = file.case<
			Counts & { cap_total: number },
			{ posterior_mean: number[] }
		>('no heterogeneity (identical rates): MLE diverges -> cap a+b');
		const groups = groupsOf(inputs);
		const prior = priorOf(groups);
		expect(prior.capped).toBe(true);
		expect(prior.alpha + prior.beta).toBeCloseTo(inputs.cap_total, 9);
		const means = groups.map((group) => shrink(prior, group).mean);
		expect(distance(means, expected.posterior_mean)).toBeLessThan(tolerance.absolute);
	});
});

describe('sharePrior', () => {
	it('one group, groups of one row and equal shares tell no spread', () => {
		const ones = [0, 1, 0, 0, 1].map((hits) => ({ hits, n: 1 }));
		for (const groups of [[{ hits: 3, n: 10 }], ones]) {
			const prior = priorOf(groups);
			expect(prior.capped).toBe(true);
			expect(prior.alpha + prior.beta).toBeCloseTo(1e4, 9);
		}
		expect(priorOf(ones).mean).toBeCloseTo(0.4, 12);
	});

	it('without a hit anywhere all groups are believed to be near 0, and none at it', () => {
		const groups = [
			{ hits: 0, n: 40 },
			{ hits: 0, n: 10 }
		];
		const prior = priorOf(groups);
		expect(prior.mean).toBeCloseTo(0.5 / 51, 12);
		for (const group of groups) {
			const share = shrink(prior, group);
			expect(share.q05).toBeGreaterThan(0);
			expect(share.high).toBeLessThan(0.02);
		}
	});

	it('groups that are all hits or none are left as they are', () => {
		const groups = [0, 30, 0, 30].map((hits) => ({ hits, n: 30 }));
		const prior = priorOf(groups);
		expect(prior.alpha + prior.beta).toBeLessThan(0.01);
		const shares = groups.map((group) => shrink(prior, group));
		expect(shares[0]?.mean).toBeCloseTo(0, 3);
		expect(shares[1]?.mean).toBeCloseTo(1, 3);
		for (const { low, high, q05, q95 } of shares) {
			const ordered = [0, low, q05, q95, high, 1];
			expect([...ordered].sort((a, b) => a - b)).toEqual(ordered);
		}
	});

	it('groups without rows do not count', () => {
		const groups = [
			{ hits: 2, n: 30 },
			{ hits: 20, n: 40 },
			{ hits: 9, n: 60 }
		];
		expect(sharePrior([...groups, { hits: 0, n: 0 }])).toEqual(sharePrior(groups));
		expect(sharePrior([{ hits: 0, n: 0 }])).toBeNull();
		expect(sharePrior([])).toBeNull();
	});
});

describe('shrink', () => {
	const groups = [
		{ hits: 1, n: 1 },
		{ hits: 150, n: 200 },
		{ hits: 40, n: 200 },
		{ hits: 60, n: 200 }
	];

	it('one hit of one does not beat 150 of 200', () => {
		const prior = priorOf(groups);
		const shares = groups.map((group) => shrink(prior, group));
		expect(rankByShrunkenShare(shares)[0]).toBe(1);
	});

	it('draws a group between its own share and that of all', () => {
		const prior = priorOf(groups);
		const { mean } = shrink(prior, { hits: 1, n: 1 });
		expect(mean).toBeGreaterThan(prior.mean);
		expect(mean).toBeLessThan(1);
		expect(shrink(prior, { hits: 0, n: 0 }).mean).toBeCloseTo(prior.mean, 12);
	});
});
