import { gammaQuantile } from './gammaQuantile.ts';

/** One topic: events counted among a population, and its weight in the standard, in any unit. */
export type CountStratum = { count: number; population: number; standard: number };

/**
 * Rate of counted events per head at a standard mix, with the gamma interval, which stays right
 * where topics have few events or none (Fay and Feuer 1997). `crude` is the rate at the own mix.
 * Null when a topic of the standard has no population, or the standard is empty.
 */
export function standardisedRate(
	strata: CountStratum[],
	level = 0.95
): { rate: number; crude: number; low: number; high: number } | null {
	const used = strata.filter(({ standard }) => standard > 0);
	if (used.length === 0 || used.some(({ population }) => !(population > 0))) return null;
	const sum = (of: (stratum: CountStratum) => number, rows = used) =>
		rows.reduce((total, stratum) => total + of(stratum), 0);
	const whole = sum(({ standard }) => standard);
	/** What one event adds to the rate. */
	const perEvent = ({ population, standard }: CountStratum) => standard / whole / population;
	const rate = sum((stratum) => stratum.count * perEvent(stratum));
	const variance = sum((stratum) => stratum.count * perEvent(stratum) ** 2);
	const most = Math.max(...used.map(perEvent));
	const tail = (1 - level) / 2;
	const upper = { mean: rate + most, variance: variance + most * most };
	return {
		rate,
		crude: sum(({ count }) => count, strata) / sum(({ population }) => population, strata),
		low: rate > 0 ? gammaQuantile(tail, (rate * rate) / variance, rate / variance) : 0,
		high: gammaQuantile(
			1 - tail,
			(upper.mean * upper.mean) / upper.variance,
			upper.mean / upper.variance
		)
	};
}
