import betaCdf from '@stdlib/stats-base-dists-beta-cdf';
import betaLogDensity from '@stdlib/stats-base-dists-beta-logpdf';
import gammaln from '@stdlib/math-base-special-gammaln';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { gammaCdf } from './gammaCdf.ts';

/** Counts by their mean and their variance over that mean; at a dispersion of 1 they are Poisson. */
export type Counts = { mean: number; dispersion: number };

/** A dispersion this near to 1 is 1: beyond it the arithmetic loses more than the difference. */
const dust = 1e-9;

const isPoisson = ({ dispersion }: Counts) => !(dispersion > 1 + dust);
const sizeOf = ({ mean, dispersion }: Counts) => mean / (dispersion - 1);

/**
 * Chance of exactly `count` events in the form of the negative binomial whose variance is dispersion
 * times the mean (NB1, Cameron and Trivedi 1986); Poisson where the dispersion is 1 or less.
 */
export function countChance(count: number, counts: Counts): number {
	const { mean, dispersion } = counts;
	if (!(mean >= 0) || Number.isNaN(dispersion)) return NaN;
	if (count < 0 || !Number.isInteger(count)) return 0;
	if (mean === 0) return count === 0 ? 1 : 0;
	if (isPoisson(counts)) return Math.exp(count * Math.log(mean) - mean - gammaln(count + 1));
	const size = sizeOf(counts);
	if (count === 0) return Math.exp(-size * Math.log(dispersion));
	const share = 1 / dispersion;
	return (Math.exp(betaLogDensity(share, size, count)) * share * (1 - share)) / count;
}

/** Chance of at most `count` events, as `countChance`. */
export function countCdf(count: number, counts: Counts): number {
	const { mean, dispersion } = counts;
	if (!(mean >= 0) || Number.isNaN(count + dispersion)) return NaN;
	if (count < 0) return 0;
	if (mean === 0 || count === Infinity) return 1;
	const whole = Math.floor(count);
	if (isPoisson(counts)) return 1 - gammaCdf(mean, whole + 1, 1);
	return betaCdf(1 / dispersion, sizeOf(counts), whole + 1);
}

/** Chance of `count` events or more, as `countChance`; right also where it is tiny. */
export function countUpperTail(count: number, counts: Counts): number {
	const { mean, dispersion } = counts;
	if (!(mean >= 0) || Number.isNaN(count + dispersion)) return NaN;
	if (count <= 0) return 1;
	if (mean === 0 || count === Infinity) return 0;
	const whole = Math.ceil(count);
	if (isPoisson(counts)) return gammaCdf(mean, whole, 1);
	return betaCdf(1 - 1 / dispersion, whole, sizeOf(counts));
}

/** The least count whose chance of so many or fewer reaches p, as `countChance`. */
export function countQuantile(p: number, counts: Counts): number {
	const { mean, dispersion } = counts;
	if (!(p >= 0 && p <= 1) || !(mean >= 0) || Number.isNaN(dispersion)) return NaN;
	if (mean === 0 || p === 0) return 0;
	if (p === 1) return Infinity;
	const isReached = (count: number) => countCdf(count, counts) >= p;
	const spread = Math.sqrt(mean * Math.max(1, dispersion));
	const guess = Math.max(0, Math.floor(mean + normalQuantile(p, 0, 1) * spread));
	let step = Math.max(1, Math.ceil(spread / 8));
	let [below, reached] = [guess, guess];
	if (isReached(guess)) {
		do {
			reached = below;
			below -= step;
			step *= 2;
		} while (below >= 0 && isReached(below));
	} else {
		do {
			below = reached;
			reached += step;
			step *= 2;
		} while (!isReached(reached));
	}
	below = Math.max(-1, below);
	while (reached - below > 1) {
		const middle = Math.floor((below + reached) / 2);
		if (isReached(middle)) reached = middle;
		else below = middle;
	}
	return reached;
}
