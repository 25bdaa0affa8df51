import gammaln from '@stdlib/math-base-special-gammaln';
import { gammaQuantile } from './gammaQuantile.ts';
import { highest } from './highest.ts';
import type { Interval } from './wilson.ts';

/** A count seen and the count expected of it. */
export type Compared = { observed: number; expected: number };

/** How the true ratios of all groups are spread: a gamma distribution. `capped` where nothing but chance tells them apart. */
export type RatioPrior = { shape: number; rate: number; mean: number; capped: boolean };

/** What is to be believed of one group's true ratio: mean, 95 % interval, and the quantiles to rank by. */
export type ShrunkenRatio = Interval & { mean: number; q05: number; q95: number };

/** Bounds of the shape: from ratios of all sizes to ratios within a percent of each other. */
const shapes = { min: 1e-3, max: 1e4 };

/** Log-likelihoods closer than this are equal, but for rounding. */
const flat = 1e-7;

/**
 * Spread of the true ratios of seen to expected by maximum marginal likelihood of a gamma-Poisson
 * (Clayton and Kaldor 1987). Where no spread beyond chance shows, the shape is 10,000 around the
 * pooled ratio; without any event, around that of half an event. Null where nothing is expected.
 * Groups that expect nothing say nothing of the spread.
 */
export function ratioPrior(groups: readonly Compared[]): RatioPrior | null {
	const used = groups.filter(({ expected }) => expected > 0);
	const sum = (of: (group: Compared) => number) => used.reduce((all, one) => all + of(one), 0);
	const expected = sum((group) => group.expected);
	const observed = sum((group) => group.observed);
	if (used.length === 0) return null;

	const pooled = (observed || 0.5) / expected;
	const prior = (shape: number, mean: number, capped: boolean) => ({
		shape,
		rate: shape / mean,
		mean,
		capped
	});
	const cap = prior(shapes.max, pooled, true);
	if (observed === 0 || used.length === 1) return cap;

	const meanAt = (logShape: number) =>
		Math.exp(
			highest(
				(logMean) => likelihood(used, Math.exp(logShape), Math.exp(logMean)),
				Math.log(pooled) - 5,
				Math.log(pooled) + 5
			)
		);
	const heightAt = (logShape: number) => likelihood(used, Math.exp(logShape), meanAt(logShape));
	// The likelihood can have more than one top: look around before climbing.
	const [from, to] = [Math.log(shapes.min), Math.log(shapes.max)];
	const step = (to - from) / 16;
	const tops = Array.from({ length: 17 }, (_, index) => from + index * step);
	const heights = tops.map(heightAt);
	const top = tops[heights.indexOf(Math.max(...heights))] ?? to;
	const found = highest(heightAt, Math.max(from, top - step), Math.min(to, top + step));
	return heightAt(found) > likelihood(used, shapes.max, meanAt(to)) + flat
		? prior(Math.exp(found), meanAt(found), false)
		: cap;
}

/** One group's ratio drawn towards all groups by how little is expected of it; where nothing is, nothing but its events count against it. */
export function shrinkRatio(prior: RatioPrior, { observed, expected }: Compared): ShrunkenRatio {
	const shape = prior.shape + observed;
	const rate = prior.rate + expected;
	const quantile = (p: number) => gammaQuantile(p, shape, rate);
	return {
		mean: shape / rate,
		low: quantile(0.025),
		high: quantile(0.975),
		q05: quantile(0.05),
		q95: quantile(0.95)
	};
}

/** Without what does not depend on the prior. */
function likelihood(groups: readonly Compared[], shape: number, mean: number): number {
	const rate = shape / mean;
	const before = gammaln(shape);
	return groups.reduce(
		(sum, { observed, expected }) =>
			sum +
			gammaln(shape + observed) -
			before -
			shape * Math.log1p(expected / rate) -
			observed * Math.log(rate + expected),
		0
	);
}
