import { laney } from './laney.ts';
import type { Tally } from './newcombe.ts';
import { continued, longRun, side } from './runs.ts';
import type { Interval } from './wilson.ts';
import { mean, xmr } from './xmr.ts';

/** Below this n a week says too little and is skipped. */
export const minWeekN = 10;

/** With fewer weeks there is no chart. */
export const minWeeks = 8;

/** A baseline is set from so many weeks and then frozen; a run of as many is a confirmed shift. */
export const baselineWeeks = 12;

/** Beyond 3 σ is a signal, a run of 8 or more on one side a shift to check, all else is steady. */
export type Verdict = 'signal' | 'shift' | 'steady';

/** A week's mean, or another measure that is no share, over n rows. Null where nothing was seen. */
export type WeekMean = { value: number | null; n: number };

/** A week as its chart sees it. All but value and n are null for a week that is skipped. */
export type ChartedWeek = {
	value: number | null;
	n: number;
	centre: number | null;
	/** 3 σ limits; null too where the baseline has no spread. */
	low: number | null;
	high: number | null;
	/** How many weeks in a row up to this one are on its side: positive above the centre, negative below. */
	run: number | null;
	/** How far the value lies from the centre, in σ; null where the baseline has no spread. */
	distance: number | null;
	/** Weeks in the baseline it is judged by. */
	baseline: number | null;
	verdict: Verdict | null;
};

export type ControlChart = {
	weeks: ChartedWeek[];
	/** Positions of the first and last week of each baseline. The second and later follow a confirmed shift. */
	baselines: { from: number; to: number }[];
};

type Limits = {
	centre: number;
	at: (n: number) => Interval | null;
	distance: (value: number, n: number) => number | null;
};

/**
 * Chart of a weekly share, oldest week first: Laney p′. Give it all weeks there are and show the
 * last ones, so that the baseline stays where it was. Null with fewer than 8 weeks of n ≥ 10.
 */
export function shareChart(weeks: readonly Tally[]): ControlChart | null {
	const valued = weeks.map(({ hits, n }) => ({ hits, n, value: n > 0 ? hits / n : null }));
	return chart(valued, (baseline) => {
		const found = laney(baseline);
		return {
			centre: found?.centre ?? Number.NaN,
			at: (n) => found?.limits(n) ?? null,
			distance: (value, n) => found?.distance(value, n) ?? null
		};
	});
}

/**
 * Chart of a weekly mean, quantile or count, oldest week first: XmR, which gives every week the same
 * limits whatever its n. Otherwise as `shareChart`.
 */
export function meanChart(weeks: readonly WeekMean[]): ControlChart | null {
	return chart([...weeks], (baseline) => {
		const values = baseline.map(({ value }) => value);
		const found = xmr(values);
		return {
			centre: mean(values),
			at: () => found && { low: found.low, high: found.high },
			distance: (value) => found && (value - found.centre) / found.sigma
		};
	});
}

/**
 * Judges each week by the limits in force when it came. The baseline is the first 12 weeks that
 * count, or all where there are fewer. When 12 weeks in a row after it have lain on one side of its
 * centre, the shift is confirmed, and they are the baseline of the weeks that follow.
 */
function chart<Week extends WeekMean>(
	weeks: Week[],
	limitsOf: (baseline: (Week & { value: number })[]) => Limits
): ControlChart | null {
	const kept = weeks.flatMap((week, index) =>
		week.n >= minWeekN && week.value !== null
			? [{ index, week: { ...week, value: week.value } }]
			: []
	);
	if (kept.length < minWeeks) return null;

	const baselines: ControlChart['baselines'] = [];
	let size = 0;
	const set = (from: number, to: number) => {
		const baseline = kept.slice(from, to);
		size = baseline.length;
		baselines.push({ from: baseline[0]?.index ?? 0, to: baseline.at(-1)?.index ?? 0 });
		return limitsOf(baseline.map(({ week }) => week));
	};
	let limits = set(0, baselineWeeks);
	let end = Math.min(kept.length, baselineWeeks) - 1;
	let run = 0;
	const charted: ChartedWeek[] = weeks.map(({ value, n }) => ({ value, n, ...skipped }));
	for (const [position, { index, week }] of kept.entries()) {
		const { value, n } = week;
		const ends = limits.at(n);
		run = continued(run, side(value, limits.centre));
		charted[index] = {
			value,
			n,
			centre: limits.centre,
			low: ends?.low ?? null,
			high: ends?.high ?? null,
			run,
			distance: limits.distance(value, n),
			baseline: size,
			verdict: verdictOf(value, ends, run)
		};
		if (Math.abs(run) < baselineWeeks || position < end + baselineWeeks) continue;
		limits = set(position + 1 - baselineWeeks, position + 1);
		end = position;
		run = 0;
	}
	return { weeks: charted, baselines };
}

const skipped = {
	centre: null,
	low: null,
	high: null,
	run: null,
	distance: null,
	baseline: null,
	verdict: null
};

function verdictOf(value: number, ends: Interval | null, run: number): Verdict {
	if (ends && (value < ends.low || value > ends.high)) return 'signal';
	return Math.abs(run) >= longRun ? 'shift' : 'steady';
}
