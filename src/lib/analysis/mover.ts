import type { Interval } from './wilson.ts';

/** A value with both ends of its interval, of whatever method. */
export type Bounded = Interval & { value: number };

/**
 * Interval of the difference of two independent numbers, a − b, from their own intervals, which need
 * not be symmetric (method of variance estimates recovery, Zou and Donner 2008). With Wilson's
 * intervals it is Newcombe's. In the unit of the values.
 */
export function mover(a: Bounded, b: Bounded): Interval {
	const difference = a.value - b.value;
	return {
		low: difference - Math.hypot(a.value - a.low, b.high - b.value),
		high: difference + Math.hypot(a.high - a.value, b.value - b.low)
	};
}
