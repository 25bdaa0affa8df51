import quantile from '@stdlib/stats-base-dists-normal-quantile';
import { mover } from './mover.ts';
import { countInterval } from './standardisedRatio.ts';
import type { Interval } from './wilson.ts';

/** Failures out of conversations, or out of any other exposure. */
export type Rate = { events: number; exposure: number };

/** One topic, or several together, before a fix and after it. */
export type BeforeAfter = { before: Rate; after: Rate };

/** Change of the fixed topic's rate against that of the others. */
export type FixEffect = Interval & {
	/** Rate after over rate before, over the same of the others; 1 is no effect. */
	ratio: number;
	logRatio: number;
	/** Of the log, if counts scattered as chance has them. */
	sePoisson: number;
	/** Of the log, as they scatter. */
	seQuasi: number;
	/** The ratio nearest to 1 that would have been seen in 80 % of cases at 5 %, two-sided. */
	detectable: number;
	/** Failures after the fix less those without it: expected without, less seen. */
	averted: Interval & { value: number; expectedWithout: number };
};

/** Log of the ratio of rate ratios. With a count of 0, half an event is added to all four; null without exposure. */
export function logRatioOfRateRatios(topic: BeforeAfter, others: BeforeAfter): number | null {
	const rates = [topic.after, topic.before, others.after, others.before];
	if (rates.some(({ exposure }) => !(exposure > 0))) return null;
	const add = rates.some(({ events }) => events === 0) ? 0.5 : 0;
	return rates.reduce(
		(sum, { events, exposure }, at) =>
			sum + (at === 0 || at === 3 ? 1 : -1) * Math.log((events + add) / exposure),
		0
	);
}

/**
 * Difference in differences of counts: the rate ratio of the fixed topic over that of all other
 * topics, with the quasi-Poisson interval (McCullagh and Nelder 1989), whose `dispersion` is that of
 * the weeks. What moves all topics alike, such as more customers, is in both ratios and falls out.
 * Averted failures: what the topic would have had, at its rate before and the others' change, less
 * what it had; their interval is put together from those of both (Zou and Donner 2008). Null without
 * exposure on a side.
 */
export function fixEffect(
	topic: BeforeAfter,
	others: BeforeAfter,
	{ dispersion = 1, level = 0.95 } = {}
): FixEffect | null {
	const logRatio = logRatioOfRateRatios(topic, others);
	if (logRatio === null) return null;
	const rates = [topic.after, topic.before, others.after, others.before];
	const add = rates.some(({ events }) => events === 0) ? 0.5 : 0;
	const parts = rates.map(({ events }) => 1 / (events + add));
	const sePoisson = Math.sqrt(parts.reduce((sum, part) => sum + part, 0));
	const seQuasi = sePoisson * Math.sqrt(dispersion);
	const z = quantile(0.5 + level / 2, 0, 1);

	// Without the first part, which is what was seen after the fix.
	const known = parts.slice(1);
	const seWithout = Math.sqrt(dispersion * known.reduce((sum, part) => sum + part, 0));
	const seen = topic.after.events;
	const expectedWithout = (seen + add) / Math.exp(logRatio);
	const without = {
		value: expectedWithout,
		low: expectedWithout * Math.exp(-z * seWithout),
		high: expectedWithout * Math.exp(z * seWithout)
	};
	const observed = { value: seen, ...countInterval(seen, { level, dispersion }) };
	return {
		ratio: Math.exp(logRatio),
		logRatio,
		sePoisson,
		seQuasi,
		low: Math.exp(logRatio - z * seQuasi),
		high: Math.exp(logRatio + z * seQuasi),
		detectable: detectableRatio(seQuasi),
		averted: { value: expectedWithout - seen, expectedWithout, ...mover(without, observed) }
	};
}

/** The ratio nearest to 1 that is seen with a power of 80 % at 5 %, two-sided, from the standard error of its log. */
export function detectableRatio(se: number): number {
	return Math.exp(-(quantile(0.975, 0, 1) + quantile(0.8, 0, 1)) * se);
}
