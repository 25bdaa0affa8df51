/** Shares counted in SQL, as estimates. */
import { wilson } from '../../analysis/wilson.ts';
import type { Estimate } from '../../estimate.ts';

/** Hits out of n with Wilson's interval; `possible` could have been known, n when left out. */
export function estimateShare(hits: number, n: number, possible = n): Estimate {
	const interval = wilson(hits, n);
	return {
		value: n > 0 ? hits / n : null,
		n,
		low: interval?.low ?? null,
		high: interval?.high ?? null,
		coverage: possible > 0 ? n / possible : null
	};
}
