import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import type { Interval } from './wilson.ts';

/** What a mean needs to be known by: how many values, their mean, their sample standard deviation (n − 1). */
export type MeanSummary = { n: number; mean: number; sd: number };

/** What ratings need to be known by: how many, their sum, the sum of their squares. */
export type RatingSummary = { n: number; sum: number; sumOfSquares: number };

/** A variance below this is rounding of equal values, not a spread. */
const noVariance = 1e-9;

/**
 * Interval of a mean by Student's t, in the unit of the mean.
 * Null under two values, and where all values are equal: no spread was seen, so none can be stated.
 */
export function meanInterval({ n, mean, sd }: MeanSummary, level = 0.95): Interval | null {
	if (!(n >= 2) || !(sd * sd > noVariance)) return null;
	const half = (tQuantile(0.5 + level / 2, n - 1) * sd) / Math.sqrt(n);
	return { low: mean - half, high: mean + half };
}

/**
 * Interval of a mean rating: Student's t, kept inside the scale. Where all ratings are equal, the
 * interval of `ratingPosterior` instead of one of no width. Null under two ratings.
 */
export function ratingInterval(
	{ n, sum, sumOfSquares }: RatingSummary,
	scale: { min: number; max: number } = { min: 1, max: 5 }
): Interval | null {
	if (!(n >= 2)) return null;
	const mean = sum / n;
	const variance = (sumOfSquares - n * mean * mean) / (n - 1);
	const interval = meanInterval({ n, mean, sd: Math.sqrt(Math.max(0, variance)) });
	return interval
		? { low: Math.max(scale.min, interval.low), high: Math.min(scale.max, interval.high) }
		: ratingPosterior({ n, sum, sumOfSquares }, scale);
}

/**
 * Mean rating as a Dirichlet posterior sees it: one pseudo-response is spread evenly over the five
 * points of the scale. Gives mean, standard deviation and normal interval, kept inside the scale.
 * Two sums are enough, because mean and variance of the posterior need no more.
 */
export function ratingPosterior(
	{ n, sum, sumOfSquares }: RatingSummary,
	{ min, max }: { min: number; max: number } = { min: 1, max: 5 }
): Interval & { mean: number; sd: number } {
	const points = [0, 1, 2, 3, 4].map((step) => min + ((max - min) * step) / 4);
	const priorMean = points.reduce((total, point) => total + point, 0) / 5;
	const priorSquare = points.reduce((total, point) => total + point * point, 0) / 5;
	const mean = (sum + priorMean) / (n + 1);
	const sd = Math.sqrt(((sumOfSquares + priorSquare) / (n + 1) - mean * mean) / (n + 2));
	const half = normalQuantile(0.975, 0, 1) * sd;
	return { mean, sd, low: Math.max(min, mean - half), high: Math.min(max, mean + half) };
}
