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

/**
 * Interval of a sum of numbers from their own intervals, which need not be symmetric (Zou and Donner
 * 2008; Zou 2008 for those that vary together). In the unit of the values.
 * @param correlation of two of them, by their places; without it each varies by itself
 */
export function moverSum(
	parts: readonly Bounded[],
	correlation: (a: number, b: number) => number = () => 0
): Bounded {
	const value = parts.reduce((sum, part) => sum + part.value, 0);
	const reach = (end: 'low' | 'high') => {
		const reaches = parts.map((part) => Math.abs(part[end] - part.value));
		const squared = reaches.reduce(
			(all, a, i) =>
				all +
				reaches.reduce((sum, b, j) => sum + (i === j ? 1 : correlation(i, j)) * a * b, 0),
			0
		);
		return Math.sqrt(Math.max(0, squared));
	};
	return { value, low: value - reach('low'), high: value + reach('high') };
}
