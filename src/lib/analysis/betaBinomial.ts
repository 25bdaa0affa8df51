import cumulative from '@stdlib/stats-base-dists-beta-cdf';
import logDensity from '@stdlib/stats-base-dists-beta-logpdf';
import quantile from '@stdlib/stats-base-dists-beta-quantile';
import { highest } from './highest.ts';
import type { Tally } from './newcombe.ts';
import type { Interval } from './wilson.ts';

/** How the true shares of all groups are spread: a beta distribution. `capped` where nothing but chance tells them apart. */
export type SharePrior = {
	alpha: number;
	beta: number;
	mean: number;
	capped: boolean;
	/** Log of the marginal likelihood, without the binomial coefficients. */
	logLikelihood: number;
};

/** What is to be believed of one group's true share: mean, 95 % interval, and the quantiles to rank by. */
export type ShrunkenShare = Interval & { mean: number; q05: number; q95: number };

/** Bounds of α + β: from groups that are all hits or none, to groups of one and the same share. */
const total = { min: 1e-3, max: 1e4 };

/** Log-likelihoods closer than this are equal, but for rounding. */
const flat = 1e-8;

/**
 * Spread of the true shares of groups by maximum marginal likelihood of a beta-binomial (Efron and
 * Morris 1975). Where no spread beyond chance shows, α + β is 10,000 around the pooled share; where
 * all are hits or none, around that share drawn in by half a hit. Null when no group has rows.
 */
export function sharePrior(groups: readonly Tally[]): SharePrior | null {
	const filled = groups.filter(({ n }) => n > 0);
	const n = filled.reduce((sum, group) => sum + group.n, 0);
	const hits = filled.reduce((sum, group) => sum + group.hits, 0);
	if (n === 0) return null;

	const prior = (mean: number, size: number, capped: boolean): SharePrior => {
		const alpha = mean * size;
		const beta = (1 - mean) * size;
		return { alpha, beta, mean, capped, logLikelihood: likelihood(filled, alpha, beta) };
	};
	const pooled = hits === 0 || hits === n ? (hits + 0.5) / (n + 1) : hits / n;
	const cap = prior(pooled, total.max, true);
	if (hits === 0 || hits === n) return cap;

	const best = (logSize: number) => {
		const size = Math.exp(logSize);
		const logit = highest(
			(x) => likelihood(filled, size * logistic(x), size * logistic(-x)),
			Math.log(pooled / (1 - pooled)) - 8,
			Math.log(pooled / (1 - pooled)) + 8
		);
		return prior(logistic(logit), size, false);
	};
	// The likelihood can have more than one top over α + β: look around before climbing.
	const [from, to] = [Math.log(total.min), Math.log(total.max)];
	const step = (to - from) / 16;
	const tops = Array.from({ length: 17 }, (_, index) => from + index * step);
	const heights = tops.map((logSize) => best(logSize).logLikelihood);
	const top = tops[heights.indexOf(Math.max(...heights))] ?? to;
	const found = best(
		highest(
			(logSize) => best(logSize).logLikelihood,
			Math.max(from, top - step),
			Math.min(to, top + step)
		)
	);
	return found.logLikelihood > best(to).logLikelihood + flat ? found : cap;
}

/** One group's share drawn towards all groups by how few rows it has; a group without rows is the prior itself. */
export function shrink(prior: SharePrior, group: Tally): ShrunkenShare {
	const alpha = prior.alpha + group.hits;
	const beta = prior.beta + group.n - group.hits;
	return {
		mean: alpha / (alpha + beta),
		low: quantile(0.025, alpha, beta),
		high: quantile(0.975, alpha, beta),
		q05: quantile(0.05, alpha, beta),
		q95: quantile(0.95, alpha, beta)
	};
}

/** How likely the true share of one group is above a given one, 0–1. */
export function probabilityAbove(prior: SharePrior, group: Tally, share: number): number {
	return 1 - cumulative(share, prior.alpha + group.hits, prior.beta + group.n - group.hits);
}

/**
 * Positions of the groups, surely highest share first: by the 5 % quantile of what is to be believed
 * of them, so that a small group needs more to come to the top. Ties keep their order.
 */
export function rankByShrunkenShare(shares: readonly ShrunkenShare[]): number[] {
	return [...shares.entries()].sort(([, a], [, b]) => b.q05 - a.q05).map(([index]) => index);
}

function likelihood(groups: readonly Tally[], alpha: number, beta: number): number {
	const before = logBeta(alpha, beta);
	return groups.reduce(
		(sum, { hits, n }) => sum + logBeta(alpha + hits, beta + n - hits) - before,
		0
	);
}

/** Logarithm of the beta function, read off the beta density at one half, where its powers are known. */
function logBeta(alpha: number, beta: number): number {
	return -logDensity(0.5, alpha, beta) - (alpha + beta - 2) * Math.LN2;
}

function logistic(x: number): number {
	return 1 / (1 + Math.exp(-x));
}
