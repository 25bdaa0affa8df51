import estimate from '@stdlib/stats-base-dists-gamma-quantile';
import { gammaCdf } from './gammaCdf.ts';

/**
 * Quantile of a gamma distribution, by shape and rate. The library's has only three to four digits
 * right from shapes of some thousands on; the secant method on the distribution goes on from there.
 */
export function gammaQuantile(p: number, shape: number, rate: number): number {
	let x = estimate(p, shape, rate);
	if (!(x > 0) || !Number.isFinite(x)) return x;
	const error = (at: number) => gammaCdf(at, shape, rate) - p;
	let [before, off] = [x * (1 + 1e-6), error(x * (1 + 1e-6))];
	for (let step = 0; step < 20; step++) {
		const now = error(x);
		if (now === off) return x;
		const next = x - (now * (x - before)) / (now - off);
		if (!(next > 0)) return x;
		[before, off, x] = [x, now, next];
		if (Math.abs(x / before - 1) < 1e-14) return x;
	}
	return x;
}
