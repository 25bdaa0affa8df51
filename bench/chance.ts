/** Counts drawn by chance, for what is measured on logs that nobody logged. */
import { randomGamma, randomLcg, randomPoisson } from 'd3-random';

/**
 * Draws counts from a seed in [0, 1): Poisson, or in bursts whose variance is `dispersion` times
 * their mean.
 */
export function chance(seed: number): (mean: number, dispersion?: number) => number {
	const random = randomLcg(seed);
	const poisson = randomPoisson.source(random);
	const gamma = randomGamma.source(random);
	return (mean, dispersion = 1) =>
		poisson(dispersion > 1 ? gamma(mean / (dispersion - 1), dispersion - 1)() : mean)();
}
