/** So many in a row on one side of the centre are a shift to check. */
export const longRun = 8;

/** Values closer to the centre than this share of it lie on it: rounding, not a side. */
const onCentre = 1e-9;

/** Which side of the centre a value lies on: 1 above, −1 below, 0 on it. */
export function side(value: number, centre: number): -1 | 0 | 1 {
	if (Math.abs(value - centre) <= onCentre * Math.abs(centre)) return 0;
	return value > centre ? 1 : -1;
}

/**
 * For each value, how many in a row up to it lie on its side of the centre: positive above, negative
 * below, 0 on it, which ends a run.
 */
export function runs(values: readonly number[], centre: number): number[] {
	let run = 0;
	return values.map((value) => (run = continued(run, side(value, centre))));
}

/** A run after one more value on a side. */
export function continued(run: number, next: -1 | 0 | 1): number {
	return next !== 0 && Math.sign(run) === next ? run + next : next;
}
