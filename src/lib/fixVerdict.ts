/** Verdicts on fixes: whether failures fell beyond what the other topics did. */
import type { FixEffect } from './analysis/fixEffect.ts';
import type { ConditionState } from './analysis/fixVerification.ts';
import type { Fix } from './fix.ts';
import type { GapStatus, GapVolume, Ranged } from './gaps.ts';

/** Too early: fewer than four full weeks since. The other words are those of METRICS. */
export const fixStatuses = ['verified', 'not proven yet', 'relapsed', 'too early'] as const;
export type FixStatus = (typeof fixStatuses)[number];

/** A week beside a fix: failures seen, and those that would have come at the rate before it. */
export type FixWeek = {
	/** Monday */
	week: string;
	side: 'before' | 'fix' | 'after';
	observed: number;
	/** at the rate before the fix, moved as the other topics have moved; null: nothing to tell by */
	expected: number | null;
	/** where chance would put the count (95 %) */
	low: number | null;
	high: number | null;
};

/** How much of what the fix took away is back in the last four weeks. */
export type FixReturn = {
	/** of the excess over what volume explains, or where there was none, of the fall */
	of: 'excess' | 'fall';
	/** share that is back: 1 is all of it */
	share: number;
	isBack: boolean;
	/** Monday of about the first week that it is back; null: not back */
	since: string | null;
};

/** A topic that moved apart from the others. */
export type MovedTopic = {
	/** its name; '' is none */
	key: string;
	/**
	 * its rate after over its rate before, over the same of the other topics (their median); null: it
	 * came or went between the two
	 */
	ratio: number | null;
};

export type FixVerdict = {
	fix: Fix;
	/** the phrase group that holds its questions today; null: the topic as a whole */
	group: string | null;
	status: FixStatus;
	/**
	 * full weeks on each side that the verdict rests on, of a relapsed fix those that had verified it,
	 * and those since the fix in all
	 */
	weeks: { before: number; after: number; since: number };
	/** failures in the same weeks */
	failures: { before: number; after: number };
	/** what a verified fix needs, as it stands */
	conditions: ConditionState[];
	/** change of its rate against the others'; null: no weeks or no others to hold it against */
	effect: FixEffect | null;
	/** failures averted in all full weeks since; below 0 where there were more than without it */
	averted: Ranged | null;
	/** topics that it is held against, and how many rows of all are large enough for a placebo */
	others: number;
	/** whether what has no topic is held against it as well */
	isHeldAgainstNone: boolean;
	placebos: number;
	/** those of them that fell as much without a fix */
	asStrong: MovedTopic[];
	/** topics left out of these, in the weeks of the verdict and in all weeks since; the farthest first */
	moved: MovedTopic[];
	movedSince: MovedTopic[];
	/** variance of weekly counts over their mean */
	dispersion: number;
	/** null: not verified, or fewer than eight weeks since */
	back: FixReturn | null;
	/** Mondays of the fixes that bound its weeks; the next one ends what is counted for it */
	neighbours: { before: string | null; after: string | null; sameWeek: number };
	/** of a fix of a whole topic: those of its phrase groups within the weeks since, the earliest first */
	groupFixes: Pick<Fix, 'fix_id' | 'what' | 'done_on'>[];
	/** what failures are out of */
	exposure: GapVolume;
	/** no handoff of the log has a known route, so that no failure is known */
	unrouted: boolean;
	/** oldest first */
	trend: FixWeek[];
};

/** A verdict with what the averted failures would have cost. */
export type JudgedFix = FixVerdict & {
	/** what its phrase group is called; null: the topic as a whole */
	phrase: string | null;
	/** handle minutes of one failure with the repeats it causes; null: no handle time logged */
	minutesEach: number | null;
	/** whose handle time these are: its phrase group's, its topic's, or where it has too few, of all */
	minutesOf: 'group' | 'topic' | 'log' | null;
	/** hours of agents saved since, at these minutes */
	hours: Ranged | null;
};

/** Everything the page Fixes shows. */
export type FixLedger = {
	/** latest first */
	fixes: JudgedFix[];
	/** of all fixes with four full weeks, proven or not; null: none of them */
	total: {
		fixes: number;
		/** of them not added, or in part: their failures are in those of another fix */
		within: number;
		averted: Ranged;
		hours: Ranged | null;
	} | null;
};

/** A topic of the log to record a fix of, and its phrase groups, the largest first. */
export type FixSubject = { topic: string; groups: { id: string; title: string }[] };

/** What a gap with such a fix is called. */
export const gapStatusOf = (status: FixStatus): GapStatus =>
	status === 'too early' ? 'fix recorded' : status;

/** What a form holds of a fix, as it was typed. */
export type TypedFix = Record<
	'what' | 'done_on' | 'who' | 'link' | 'topic' | 'phrase_group',
	string
>;

type Subject = Pick<TypedFix, 'topic' | 'phrase_group'>;

/** A topic, or a phrase group of it, as the one choice of a form: "Refunds#", "Refunds#p3-12". */
export const subjectValue = ({ topic, phrase_group }: Subject): string =>
	topic === '' ? '' : `${topic}#${phrase_group}`;

/** The same taken apart; no id of a group holds a "#". */
export function subjectOf(value: string): Subject {
	const at = value.lastIndexOf('#');
	return at < 0
		? { topic: value, phrase_group: '' }
		: { topic: value.slice(0, at), phrase_group: value.slice(at + 1) };
}
