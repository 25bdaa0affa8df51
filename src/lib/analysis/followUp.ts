import type { LifeTable } from './kaplanMeier.ts';

/**
 * Median time for which customers were watched, by Kaplan–Meier with censoring as the event
 * (Schemper and Smith 1996): how far back the log can see, whatever the repeat rate. The table has a
 * row for every time, as `lifeTable` makes it. Null when fewer than half were censored.
 */
export function medianFollowUp({ time, atRisk, events }: LifeTable): number | null {
	let survival = 1;
	let half: number | null = null;
	for (const [row, at] of time.entries()) {
		const watched = atRisk[row] ?? 0;
		const censored = watched - (atRisk[row + 1] ?? 0) - (events[row] ?? 0);
		if (censored === 0) continue;
		// At exactly one half, any time up to the next step would do: their middle.
		if (half !== null) return (half + at) / 2;
		survival *= 1 - censored / watched;
		if (Math.abs(survival - 0.5) < 1e-12) half = at;
		else if (survival < 0.5) return at;
	}
	return half;
}

/**
 * The two simple repeat rates within a window, to show beside Kaplan–Meier how far they lead astray:
 * `asGood` counts those not yet watched for the window as not come back (too low), `matureOnly`
 * drops them while it keeps the early repeats among them (too high). Null when nobody is left.
 */
export function naiveRepeatRates(
	{ time, atRisk, events }: LifeTable,
	window: number
): { asGood: number | null; matureOnly: number | null } {
	const repeats = events.reduce(
		(sum, count, row) => sum + ((time[row] ?? 0) <= window ? count : 0),
		0
	);
	const next = time.findIndex((at) => at >= window);
	const atEnd = time[next] === window ? (events[next] ?? 0) : 0;
	const mature = repeats + (atRisk[next] ?? 0) - atEnd;
	const all = atRisk[0] ?? 0;
	return {
		asGood: all > 0 ? repeats / all : null,
		matureOnly: mature > 0 ? repeats / mature : null
	};
}
