/** What the failures of a gap cost, and what a fix would save. */
import { clusterCost } from '../../analysis/clusterCost.ts';
import { ratingInterval } from '../../analysis/meanInterval.ts';
import { welch } from '../../analysis/welch.ts';
import type { Estimate } from '../../estimate.ts';
import type { GapCost, GapCsat } from '../../gaps.ts';
import { metrics } from '../../metrics.ts';
import type { Found } from './gapCounts.ts';
import type { RatingRow, RepeatWorkRow } from './gapRows.ts';

/** Fewer contacts of known work are too few for a mean: that of all topics stands for it. */
export const leastKnown = 10;

/** The work behind failures, of one topic or of all. */
export type Work = {
	/** seconds of one failure */
	handle: Estimate | undefined;
	repeat: Estimate | undefined;
	repeatWork: Pick<RepeatWorkRow, 'known' | 'mean_work_s'> | undefined;
};

const minutes = (seconds: number) => seconds / 60;
const hours = (minutes: number) => minutes / 60;

/** The work of repeats of all topics: each by the contacts whose work is known. */
export function pooledRepeatWork(rows: readonly RepeatWorkRow[]): Work['repeatWork'] {
	const known = rows.reduce((sum, row) => sum + row.known, 0);
	const total = rows.reduce((sum, row) => sum + row.known * (row.mean_work_s ?? 0), 0);
	return { known, mean_work_s: known > 0 ? total / known : null };
}

/** Whether a mean is of enough. */
export const isKnown = ({ value, n }: Estimate) => value !== null && n >= leastKnown;

/** A mean of enough, else that of all topics. */
function handleMinutes({ handle }: Work, all: Work): number | null {
	for (const estimate of [handle, all.handle])
		if (estimate && estimate.value !== null && estimate.n >= leastKnown)
			return minutes(estimate.value);
	return null;
}

function repeatMinutesOf({ repeatWork }: Work, all: Work): number | null {
	for (const work of [repeatWork, all.repeatWork])
		if (work && work.mean_work_s !== null && work.known >= leastKnown)
			return minutes(work.mean_work_s);
	return null;
}

const noEstimate: Estimate = { value: null, n: 0, low: null, high: null, coverage: null };

/** Null where no handle time is known: an unknown cost is not none. */
export function costOf(
	{ observed, expected, excess }: Pick<Found, 'observed' | 'expected' | 'excess'>,
	work: Work,
	all: Work
): GapCost | null {
	const repeat = [work.repeat, all.repeat].find((one) => one && one.value !== null) ?? noEstimate;
	const agentMinutes = handleMinutes(work, all);
	const repeatMinutes = repeatMinutesOf(work, all);
	const cost = clusterCost({
		failures: observed,
		expected,
		excess: excess?.excess ?? null,
		agentMinutes,
		repeatChance: repeat.value,
		repeatMinutes,
		csatGap: null
	});
	if (!cost || agentMinutes === null) return null;
	const { avoidable } = cost;
	return {
		hours: hours(cost.totalMinutes),
		minutes: agentMinutes,
		minutesEach: cost.minutesEach,
		repeatMinutes,
		repeatChance: repeat,
		repeats: repeat.value === null ? null : observed * repeat.value,
		avoidable: avoidable?.interval
			? {
					value: hours(avoidable.minutes),
					low: hours(avoidable.interval.low),
					high: hours(avoidable.interval.high)
				}
			: null
	};
}

/**
 * Hours that a fix would surely save: the excess at the ratio of which one can be 95 % sure (EB05),
 * or, of what emerges, the excess of its last weeks where that is more. Failures instead of hours
 * where no work is known.
 */
export function savingOf(
	{ expected, excess, emerging }: Pick<Found, 'expected' | 'excess' | 'emerging'>,
	cost: GapCost | null
): number {
	const sure = expected === null || !excess ? 0 : Math.max(0, excess.shrunken.q05 - 1) * expected;
	const rising = emerging ? emerging.observed - emerging.expected : 0;
	return Math.max(sure, rising) * (cost ? hours(cost.minutesEach) : 1);
}

/** Ratings of the failures beside those of the topic's other handoffs. */
export function csatOf(rows: readonly Rated[], failures: number): GapCsat {
	const [failed, others] = [true, false].map((is) =>
		summed(rows.filter(({ is_failure }) => is_failure === is))
	);
	const [gap, comparable] = [estimateOf(failed), estimateOf(others)];
	const compared =
		failed && others && isEnough(gap) && isEnough(comparable)
			? welch(meanOf(others), meanOf(failed))
			: null;
	const lost = (points: number) => points * failures;
	return {
		gap,
		comparable,
		difference: compared && {
			value: compared.difference,
			low: compared.low,
			high: compared.high
		},
		lost: compared && {
			value: lost(compared.difference),
			low: lost(compared.low),
			high: lost(compared.high)
		}
	};
}

const isEnough = ({ value, n }: Estimate) => value !== null && n >= metrics.csat_mean.floor;

type Ratings = Pick<RatingRow, 'handoffs' | 'answers' | 'total' | 'total_of_squares'>;
type Rated = Ratings & Pick<RatingRow, 'is_failure'>;

function summed(rows: readonly Ratings[]): Ratings {
	const sum = (of: (row: Ratings) => number) => rows.reduce((all, row) => all + of(row), 0);
	return {
		handoffs: sum((row) => row.handoffs),
		answers: sum((row) => row.answers),
		total: sum((row) => row.total),
		total_of_squares: sum((row) => row.total_of_squares)
	};
}

function meanOf({ answers: n, total, total_of_squares: squares }: Ratings) {
	const mean = total / n;
	return { n, mean, sd: Math.sqrt(Math.max(0, (squares - n * mean * mean) / (n - 1))) };
}

function estimateOf(ratings: Ratings | undefined): Estimate {
	const { handoffs = 0, answers: n = 0, total: sum = 0 } = ratings ?? {};
	if (n === 0) return { ...noEstimate, coverage: handoffs > 0 ? 0 : null };
	const interval = ratingInterval({ n, sum, sumOfSquares: ratings?.total_of_squares ?? 0 });
	return {
		value: sum / n,
		n,
		low: interval?.low ?? null,
		high: interval?.high ?? null,
		coverage: n / handoffs
	};
}
