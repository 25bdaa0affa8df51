import type { Survival } from './kaplanMeier.ts';
import type { Tally } from './newcombe.ts';

/**
 * So many trials, and hits among them, as would say a share as surely as a Kaplan–Meier estimate
 * does: n = r(1 − r) / se² (Cutler and Ederer 1958, effective sample size). Where nobody or everybody
 * came back there is no error to read it from: those still watched, or all of them, stand for it.
 * @param watched how many were watched at first
 */
export function effectiveTally({ rate, se, atRisk }: Survival, watched: number): Tally {
	if (rate === 0) return { hits: 0, n: atRisk };
	if (se === null || se === 0) return { hits: rate * watched, n: watched };
	const n = Math.min(watched, (rate * (1 - rate)) / (se * se));
	return { hits: rate * n, n };
}
