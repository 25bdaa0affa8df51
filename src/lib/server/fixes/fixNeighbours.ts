/** Which fixes bound the weeks of one. */
import { mondayOf } from '../../dates.ts';
import type { Fix } from '../../fix.ts';
import type { FixVerdict } from '../../fixVerdict.ts';

type GroupOf = (fix: Fix) => string | null;

/**
 * Mondays of the fixes that bound the weeks of one. Its next one ends them only where it is of the same
 * subject, or of the whole topic of a group's fix: a fix of one of its groups says little of a topic,
 * and would hide that the topic's own has relapsed. They begin after any fix of the topic before it that
 * moved its failures, so that it is not credited with what that one took away.
 * @param groupOf the phrase group of a fix today; null: the topic as a whole
 */
export function neighboursOf(
	fix: Fix,
	fixes: readonly Fix[],
	groupOf: GroupOf
): FixVerdict['neighbours'] {
	const own = groupOf(fix);
	const week = mondayOf(fix.done_on);
	const rivals = fixes
		.filter(({ fix_id, topic }) => fix_id !== fix.fix_id && topic === fix.topic)
		.map((other) => ({ week: mondayOf(other.done_on), group: groupOf(other) }))
		.sort((a, b) => (a.week < b.week ? -1 : 1));
	const moving = rivals.filter(({ group }) => own === null || group === null || group === own);
	const ending = rivals.filter(({ group }) => group === null || group === own);
	return {
		before: moving.findLast((other) => other.week < week)?.week ?? null,
		after: ending.find((other) => other.week > week)?.week ?? null,
		sameWeek: moving.filter((other) => other.week === week).length
	};
}

/**
 * Fixes of a topic's phrase groups within the weeks since a fix of the whole topic, the earliest first:
 * what they took away counts for both. None within those of a group's fix.
 * @param until Monday of its last week
 */
export function groupFixesWithin(
	fix: Fix,
	until: string,
	fixes: readonly Fix[],
	groupOf: GroupOf
): FixVerdict['groupFixes'] {
	if (groupOf(fix) !== null) return [];
	const week = mondayOf(fix.done_on);
	return fixes
		.filter((other) => other.topic === fix.topic && groupOf(other) !== null)
		.filter(({ done_on }) => mondayOf(done_on) > week && mondayOf(done_on) <= until)
		.map(({ fix_id, what, done_on }) => ({ fix_id, what, done_on }))
		.sort((a, b) => (a.done_on < b.done_on ? -1 : a.done_on > b.done_on ? 1 : 0));
}
