import type { Compared } from './gammaPoisson.ts';
import { standardisedRatio } from './standardisedRatio.ts';
import type { Interval } from './wilson.ts';

/** Excess failures, as a share of those expected: 0.5 is half as many again; below 0 fewer. */
export type Relapse = {
	before: number;
	now: Interval & { value: number };
	/** The share of the old excess that is back; below 0 where fewer fail than expected. */
	returned: number;
	isRelapsed: boolean;
};

/**
 * Whether a verified gap is back: the excess of the last weeks (4 of them) lies above half of that
 * before the fix, each as a share of what is expected, so that a growing volume alone is no relapse.
 * The interval of the excess now is the exact one, at a `dispersion` of counts. Null where nothing is
 * expected, or where there was no excess to come back.
 */
export function relapse(
	before: Compared,
	now: Compared,
	{ share = 0.5, dispersion = 1, level = 0.95 } = {}
): Relapse | null {
	const ratio = standardisedRatio(now.observed, now.expected, { dispersion, level });
	if (!ratio || !(before.expected > 0) || !(before.observed > before.expected)) return null;
	const old = before.observed / before.expected - 1;
	const value = ratio.ratio - 1;
	return {
		before: old,
		now: { value, low: ratio.exact.low - 1, high: ratio.exact.high - 1 },
		returned: value / old,
		isRelapsed: value > share * old
	};
}
