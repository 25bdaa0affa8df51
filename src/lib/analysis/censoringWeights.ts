import type { LifeTable } from './kaplanMeier.ts';

/**
 * How much an event at each time of a life table stands for, itself and those like it who were lost
 * from sight before: one over the share still in sight, by the Kaplan–Meier estimate of being lost.
 * Σ weight · events / n is one minus the Kaplan–Meier estimate, whole, and splits into groups that
 * add up to it; with nobody lost every weight is 1 (Satten and Datta 2001). Events come before
 * losses of the same time. `n`: all who were watched.
 */
export function censoringWeights({ time, atRisk, events }: LifeTable, n: number) {
	const weights = new Map<number, number>();
	let survival = 1;
	for (const [row, at] of time.entries()) {
		const watched = atRisk[row] ?? 0;
		weights.set(at, (n * survival) / watched);
		survival *= 1 - (events[row] ?? 0) / watched;
	}
	return weights;
}
