/** The verdict on one fix, from weekly counts of its topic and of the others. */
import type { AvertedFrom } from '../../analysis/avertedCorrelation.ts';
import { changePoint } from '../../analysis/changePoint.ts';
import { dispersionOf } from '../../analysis/twoWayPoisson.ts';
import { countQuantile } from '../../analysis/negativeBinomial.ts';
import { fixVerification, type FixVerification } from '../../analysis/fixVerification.ts';
import { relapse } from '../../analysis/relapse.ts';
import { steadyControls } from '../../analysis/steadyControls.ts';
import type { Fix } from '../../fix.ts';
import type { FixReturn, FixVerdict, FixWeek, MovedTopic } from '../../fixVerdict.ts';
import type { GapVolume } from '../../gaps.ts';

/** Full weeks before a fix that are looked at, at most, and those after it that decide. */
const longestBefore = 26;
const longestAfter = 13;
/** Full weeks that a verdict needs on each side, and those that tell of a relapse. */
export const leastWeeks = 4;
const recent = 4;
/** A short look, for gaps that were closed for a while and came back. */
const shortAfter = 8;

/** Failures of one topic or group by week, what they are out of, and what its channels would have. */
export type FixRow = {
	key: string;
	counts: number[];
	exposure: number[];
	/** null: not known of it */
	expected: (number | null)[] | null;
};

/** Weekly counts around a fix: its own row, and those that it is held against. */
export type FixCounts = {
	/** Mondays of the full weeks of the log, oldest first, without a hole */
	weeks: readonly string[];
	own: FixRow;
	others: readonly FixRow[];
	exposure: GapVolume;
};

/** Other fixes that bound its weeks: Mondays of theirs. */
export type Neighbours = { before: string | null; after: string | null; sameWeek: number };

/** The weeks that a fix is judged by, as places in all weeks: from ≤ … < fix ≤ … < to. */
type Span = { from: number; at: number; to: number };

/**
 * Weeks before a fix and after it, without its own week. They begin after the fix before it and end
 * with the one after it, so that no week speaks for two fixes of the same subject.
 */
export function spanOf(weeks: readonly string[], week: string, neighbours: Neighbours): Span {
	const first = weeks[0] ?? week;
	const at = week < first ? -1 : weeks.filter((one) => one < week).length;
	const { before, after } = neighbours;
	const begin = before === null ? 0 : weeks.filter((one) => one <= before).length;
	const end = after === null ? weeks.length : weeks.filter((one) => one < after).length;
	return {
		from: Math.min(Math.max(at, 0), Math.max(0, at - longestBefore, begin)),
		at,
		to: Math.max(Math.min(weeks.length, at + 1), end)
	};
}

/**
 * Judges a fix by its first 13 full weeks, so that a verdict stands once these are over. Relapsed:
 * verified by those weeks, or by the ones before the last four, which are back (`relapse`); then the
 * weeks that verified it are those it is judged by. Each look
 * is held against the topics that did not move apart in its weeks (`steadyControls`).
 */
export function judgeFix(...about: Parameters<typeof judgement>): FixVerdict {
	return judgement(...about).verdict;
}

/** The same, with the counts that the failures averted come from; null: none can be told. */
export function judgement(
	fix: Fix,
	week: string,
	counts: FixCounts,
	neighbours: Neighbours
): { verdict: FixVerdict; from: AvertedFrom | null } {
	const span = spanOf(counts.weeks, week, neighbours);
	const before = Math.max(0, span.at - span.from);
	const since = Math.max(0, span.to - span.at - 1);
	const look = (after: number) => verify(counts, span, after);
	const whole = look(since);
	const found = returnOf(counts, span, since, look);
	// Of a relapsed one the weeks that had verified it: those in which it is back say no more of that.
	const after = found?.isBack ? found.proven : Math.min(since, longestAfter);
	const judged = after === since ? whole : look(after);
	const isRunning = neighbours.after === null;
	const sum = (row: readonly number[], from: number, to: number) =>
		row.slice(Math.max(0, from), Math.max(0, to)).reduce((all, one) => all + one, 0);
	const { counts: own } = counts.own;
	const trend = trendOf({ ...counts, others: whole.steady }, span);
	const verdict: FixVerdict = {
		fix,
		group: fix.phrase_group,
		status: found?.isBack
			? 'relapsed'
			: since < leastWeeks && isRunning
				? 'too early'
				: judged.verdict,
		weeks: { before, after, since },
		failures: {
			before: sum(own, span.from, span.at),
			after: sum(own, span.at + 1, span.at + 1 + after)
		},
		conditions: judged.conditions,
		effect: judged.effect,
		averted: whole.effect && {
			value: whole.effect.averted.value,
			low: whole.effect.averted.low,
			high: whole.effect.averted.high
		},
		others: judged.steady.filter(({ key }) => key !== '').length,
		isHeldAgainstNone: judged.steady.some(({ key }) => key === ''),
		moved: judged.moved,
		movedSince: whole.moved,
		placebos: judged.placebos.length,
		asStrong: judged.asStrong,
		dispersion: judged.dispersion,
		back: found && {
			...{ of: found.of, share: found.share, isBack: found.isBack },
			since: found.isBack ? weekOfReturn(trend) : null
		},
		neighbours,
		groupFixes: [],
		exposure: counts.exposure,
		unrouted: false,
		trend
	};
	const from = whole.effect && {
		own: counts.own,
		others: whole.steady,
		before: { from: Math.max(0, span.from), to: span.at },
		after: { from: span.at + 1, to: span.at + 1 + since },
		expectedWithout: whole.effect.averted.expectedWithout
	};
	return { verdict, from };
}

/** About the first week since the fix from which failures are back: the rise that explains them best. */
function weekOfReturn(trend: readonly FixWeek[]): string | null {
	const after = trend.filter(({ side }) => side === 'after');
	const expected = after.flatMap(({ expected }) => expected ?? []);
	const rise = changePoint(
		after.map(({ observed }) => observed),
		{
			...(expected.length === after.length && { exposure: expected }),
			...{ direction: 'rising', minSegment: 2, rounds: 0 }
		}
	);
	return rise ? (after[rise.index]?.week ?? null) : null;
}

/** The rows between two places, as the method wants them: the fixed one first. */
function tableOf({ own, others }: FixCounts, from: number, to: number) {
	const rows = [own, ...others];
	return {
		counts: rows.map(({ counts }) => counts.slice(from, to)),
		exposure: rows.map(({ exposure }) => exposure.slice(from, to))
	};
}

/** A verification, the topics that it is held against, and those that moved apart from them. */
type Look = FixVerification & { steady: FixRow[] } & Record<'moved' | 'asStrong', MovedTopic[]>;

function verify(counts: FixCounts, { from, at }: Span, after: number): Look {
	const begin = Math.max(0, from);
	return against(counts, [begin, Math.max(begin, at + 1 + after)], {
		firstAfter: at + 1 - begin,
		leftOut: at < 0 ? 0 : 1
	});
}

function against(
	counts: FixCounts,
	[from, to]: [number, number],
	sides: { firstAfter: number; leftOut: number }
): Look {
	const weeks = { ...tableOf(counts, from, to), fixed: 0, ...sides };
	const { steady, moved } = steadyControls(weeks);
	const other = (row: number) => counts.others.slice(row - 1, row);
	const found = fixVerification({ ...weeks, controls: steady });
	const { effect } = found;
	return {
		...found,
		asStrong: found.placebos
			.filter(({ logRatio }) => effect && logRatio <= effect.logRatio)
			.flatMap(({ row, logRatio }) =>
				other(row).map(({ key }) => ({ key, ratio: Math.exp(logRatio) }))
			),
		steady: steady.flatMap(other),
		moved: moved.flatMap(({ row, ratio }) => other(row).map(({ key }) => ({ key, ratio })))
	};
}

type Returned = Omit<FixReturn, 'since'>;

/** Whether the last four weeks are back where they were, of a fix that was verified without them. */
function returnOf(
	counts: FixCounts,
	span: Span,
	since: number,
	look: (after: number) => Look
): (Returned & { proven: number }) | null {
	if (since < 2 * recent) return null;
	const looks = [
		Math.min(longestAfter, since - recent),
		...(since >= shortAfter + recent ? [shortAfter] : []),
		Math.min(longestAfter, since)
	];
	const proven = looks.find((after) => look(after).verdict === 'verified');
	if (proven === undefined) return null;
	const back = excessBack(counts, span, proven) ?? fallBack(counts, span, look(proven));
	return back && { ...back, proven };
}

/** Of the excess over what volume explains; null where there was none, or the fix left most of it. */
function excessBack({ own }: FixCounts, { from, at, to }: Span, proven: number): Returned | null {
	const { expected } = own;
	if (!expected) return null;
	const compared = (begin: number, end: number) => ({
		observed: own.counts.slice(begin, end).reduce((all, one) => all + one, 0),
		expected: expected.slice(begin, end).reduce<number>((all, one) => all + (one ?? 0), 0)
	});
	const before = compared(Math.max(0, from), at);
	const mended = relapse(before, compared(at + 1, at + 1 + proven));
	const now = relapse(before, compared(to - recent, to));
	if (!mended || mended.isRelapsed || !now) return null;
	return { of: 'excess', share: now.returned, isBack: now.isRelapsed };
}

/** Of the fall against the others: the last four weeks held against those before the fix. */
function fallBack(
	counts: FixCounts,
	{ from, at, to }: Span,
	{ effect }: FixVerification
): Returned | null {
	const begin = Math.max(0, from);
	const last = against(counts, [begin, to], {
		firstAfter: to - recent - begin,
		leftOut: to - recent - at
	}).effect;
	if (!effect || !last) return null;
	const share = 1 - (1 - last.ratio) / (1 - effect.ratio);
	return { of: 'fall', share, isBack: share > 0.5 };
}

/**
 * Each week with what would have come at the rate before the fix: exposure × that rate × how the
 * others stand against themselves before it. The band holds what chance leaves of a count and of
 * these rates.
 */
function trendOf(counts: FixCounts, { from, at, to }: Span): FixWeek[] {
	const begin = Math.max(0, from);
	const table = tableOf(counts, begin, Math.max(begin, at));
	const dispersion = Math.max(1, dispersionOf(table));
	const { own, others, weeks } = counts;
	const rate = (row: FixRow, first: number, last: number) => ({
		events: row.counts.slice(first, last).reduce((all, one) => all + one, 0),
		exposure: row.exposure.slice(first, last).reduce((all, one) => all + one, 0)
	});
	const together = (first: number, last: number) =>
		others.reduce(
			(all, row) => {
				const one = rate(row, first, last);
				return { events: all.events + one.events, exposure: all.exposure + one.exposure };
			},
			{ events: 0, exposure: 0 }
		);
	const [ownBefore, theirsBefore] = [rate(own, begin, at), together(begin, Math.max(begin, at))];
	return weeks.slice(begin, to).map((week, index): FixWeek => {
		const place = begin + index;
		const theirs = together(place, place + 1);
		const known =
			at > begin &&
			[ownBefore, theirsBefore, theirs].every(
				({ events, exposure }) => events > 0 && exposure > 0
			);
		const mean = known
			? (((own.exposure[place] ?? 0) * ownBefore.events) / ownBefore.exposure) *
				((theirs.events / theirs.exposure) * (theirsBefore.exposure / theirsBefore.events))
			: null;
		const unsure = 1 / ownBefore.events + 1 / theirsBefore.events + 1 / theirs.events;
		const bound = (p: number) =>
			mean === null
				? null
				: countQuantile(p, { mean, dispersion: dispersion * (1 + mean * unsure) });
		return {
			week,
			side: place < at ? 'before' : place === at ? 'fix' : 'after',
			observed: own.counts[place] ?? 0,
			expected: mean,
			low: bound(0.025),
			high: bound(0.975)
		};
	});
}
