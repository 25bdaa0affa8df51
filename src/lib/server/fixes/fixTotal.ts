/** What fixes have saved together, no handoff counted twice. */
import type { Fix } from '../../fix.ts';
import type { FixLedger, JudgedFix } from '../../fixVerdict.ts';
import type { Ranged } from '../../gaps.ts';
import { leastWeeks } from './fixVerdict.ts';

/**
 * Sum of all fixes with four full weeks, also of those not proven: leaving out the ones that did not
 * help would flatter the rest. Of fixes of the same week with the same subject one is added. The
 * failures of a phrase group are among its topic's: in weeks that a fix of the whole topic speaks for,
 * that one is added alone, and a fix of a group takes the share of its weeks that are left. Interval
 * by the method of Zou and Donner (2008), as if fixes were independent.
 * @param groupOf the phrase group that holds the questions of a fix today; null: the topic as a whole
 */
export function fixTotal(
	fixes: readonly JudgedFix[],
	groupOf: (fix: Fix) => string | null = ({ phrase_group }) => phrase_group
): FixLedger['total'] {
	const due = fixes.filter(({ averted, weeks }) => averted && weeks.since >= leastWeeks);
	if (due.length === 0) return null;
	const seen = new Set<string>();
	const single = due.filter((one) => {
		const key = JSON.stringify([one.fix.topic, groupOf(one.fix), weekOf(one)]);
		return !seen.has(key) && seen.add(key);
	});
	const whole = single.filter(({ fix }) => groupOf(fix) === null);
	const shareOf = (one: JudgedFix) => {
		if (groupOf(one.fix) === null) return 1;
		const spoken = new Set(
			whole.filter(({ fix }) => fix.topic === one.fix.topic).flatMap(weeksSince)
		);
		const own = weeksSince(one);
		return own.filter((week) => !spoken.has(week)).length / own.length;
	};
	const added = single
		.map((one) => ({ ...one, share: shareOf(one) }))
		.filter(({ share }) => share > 0);
	const hours = added.flatMap(({ hours, share }) => (hours ? scaled(hours, share) : []));
	return {
		fixes: due.length,
		within: due.length - added.filter(({ share }) => share === 1).length,
		averted: summed(
			added.flatMap(({ averted, share }) => (averted ? scaled(averted, share) : []))
		),
		hours: hours.length === added.length ? summed(hours) : null
	};
}

const weekOf = ({ trend, fix }: JudgedFix) =>
	trend.find(({ side }) => side === 'fix')?.week ?? fix.done_on;

/** Mondays of the weeks that averted failures are counted of. */
const weeksSince = ({ trend }: JudgedFix) =>
	trend.filter(({ side }) => side === 'after').map(({ week }) => week);

/** So many times a number with its interval. */
export const scaled = ({ value, low, high }: Ranged, by: number): Ranged => ({
	value: value * by,
	low: low * by,
	high: high * by
});

function summed(parts: readonly Ranged[]): Ranged {
	const value = parts.reduce((sum, part) => sum + part.value, 0);
	const spread = (end: 'low' | 'high') =>
		Math.sqrt(parts.reduce((sum, part) => sum + (part.value - part[end]) ** 2, 0));
	return { value, low: value - spread('low'), high: value + spread('high') };
}
