/** Phrase groups with their failures by week, from counts of handoffs with a question. */
import type { PhraseCount } from '../../phrases.ts';
import { partOf, summed } from './phraseExposure.ts';
import type { GroupCounts } from './phraseGrowth.ts';

/** Handoffs with a question of the period and of all weeks read, by trigger chosen or whatever it is. */
export type QuestionCounts = Record<
	'volumes' | 'failures' | 'volumesEver' | 'failuresEver',
	PhraseCount[]
>;

/**
 * Failures and handoffs of each group; what is in no group is one of its own of each topic and
 * language, and not listed.
 * @param weeks Mondays of the full weeks to look at
 */
export function groupCounts(
	{ volumes, failures, volumesEver, failuresEver }: QuestionCounts,
	weeks: readonly string[]
): GroupCounts[] {
	const keyOf = (row: PhraseCount) => row.group ?? partOf(row);
	const failed = (row: PhraseCount) => row.failures;
	const routed = (row: PhraseCount) => row.routed;
	const weekOf = (row: PhraseCount) => `${row.week} ${keyOf(row)}`;
	const [observed, weekly] = [
		summed(failures, keyOf, failed),
		summed(failuresEver, weekOf, failed)
	];
	const [own, ever] = [summed(volumes, keyOf, routed), summed(volumesEver, keyOf, routed)];
	const parts = new Map(volumesEver.map((row) => [keyOf(row), partOf(row)]));
	return [...parts].map(([key, part]) => ({
		key,
		part,
		weeks: weeks.map((week) => weekly.get(`${week} ${key}`) ?? 0),
		observed: observed.get(key) ?? 0,
		everRouted: ever.get(key) ?? 0,
		routed: own.get(key) ?? 0
	}));
}
