import betaCdf from '@stdlib/stats-base-dists-beta-cdf';
import betaLogDensity from '@stdlib/stats-base-dists-beta-logpdf';
import { countChance, countUpperTail, type Counts } from './negativeBinomial.ts';

/** Chance of as many events or more: all of it, and with those just as many by half. */
export type CountTail = { exact: number; mid: number };

/**
 * One-sided chance of at least `observed` events where `mean` are expected; mid-P counts those just
 * as many by half, since the exact chance errs on the side of seeing nothing (Lancaster 1961).
 * The dispersion is the variance over the mean and tells the distribution: 1 Poisson, above it
 * negative binomial (NB1), below it binomial. Events out of n with an expected share of s are
 * binomial with the dispersion 1 − s.
 */
export function countTail(observed: number, counts: Counts): CountTail {
	const { mean, dispersion } = counts;
	if (dispersion < 1 && dispersion > 0 && mean > 0) return binomialTail(observed, counts);
	const exact = countUpperTail(observed, counts);
	return { exact, mid: exact - countChance(observed, counts) / 2 };
}

function binomialTail(observed: number, { mean, dispersion }: Counts): CountTail {
	const share = 1 - dispersion;
	const n = mean / share;
	const rest = n - observed + 1;
	if (!(rest > 0)) return { exact: 0, mid: 0 };
	const exact = observed > 0 ? betaCdf(share, observed, rest) : 1;
	const just = Math.exp(betaLogDensity(share, observed + 1, rest)) / (n + 1);
	return { exact, mid: exact - just / 2 };
}
