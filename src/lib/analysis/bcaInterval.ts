import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import type { Interval } from './wilson.ts';

/**
 * Bootstrap interval of a mean rating, bias-corrected and accelerated (Efron 1987), from how often
 * each point of an even scale was given; `min` is its first point, `step` from one to the next. It
 * follows the skew of few answers that Student's t does not see. Nothing is drawn: ratings have so
 * few values that the distribution of resampled means is computed whole, so the same answers always
 * give the same interval. Work grows with the square of the answers. Null under two answers and
 * where all are equal.
 */
export function bcaInterval(
	counts: number[],
	{ min, step }: { min: number; step: number } = { min: 1, step: 1 },
	level = 0.95
): Interval | null {
	const n = counts.reduce((sum, count) => sum + count, 0);
	if (n < 2 || Math.max(...counts) === n) return null;
	const total = counts.reduce((sum, count, point) => sum + count * point, 0);
	const sums = power(
		counts.map((count) => count / n),
		n
	);

	const below = sums.slice(0, total).reduce((sum, chance) => sum + chance, 0);
	const bias = normalQuantile(below + (sums[total] ?? 0) / 2, 0, 1);
	let squares = 0;
	let cubes = 0;
	for (const [point, count] of counts.entries()) {
		const rest = point - total / n;
		squares += count * rest ** 2;
		cubes += count * rest ** 3;
	}
	const acceleration = cubes / (6 * squares ** 1.5);

	const end = (z: number) => {
		const shifted = bias + z;
		const wanted = normalCdf(bias + shifted / (1 - acceleration * shifted), 0, 1);
		let reached = 0;
		const sum = sums.findIndex((chance) => (reached += chance) >= wanted);
		return min + (step * (sum < 0 ? sums.length - 1 : sum)) / n;
	};
	const z = normalQuantile(0.5 + level / 2, 0, 1);
	return { low: end(-z), high: end(z) };
}

/** Chances of each sum of n independent draws, from the chances of each point of one. */
function power(chances: number[], n: number): number[] {
	let sums = [1];
	let square = chances;
	for (let left = n; left > 0; left = Math.floor(left / 2)) {
		if (left % 2 === 1) sums = convolve(sums, square);
		if (left > 1) square = convolve(square, square);
	}
	return sums;
}

function convolve(a: number[], b: number[]): number[] {
	const sums = new Array<number>(a.length + b.length - 1).fill(0);
	for (const [i, x] of a.entries())
		for (const [j, y] of b.entries()) sums[i + j] = (sums[i + j] ?? 0) + x * y;
	return sums;
}
