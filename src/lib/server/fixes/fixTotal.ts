/** What fixes have saved together, no handoff counted twice. */
import { moverSum } from '../../analysis/mover.ts';
import type { FixLedger, JudgedFix } from '../../fixVerdict.ts';
import type { Ranged } from '../../gaps.ts';
import { leastWeeks } from './fixVerdict.ts';

/**
 * Sum of all fixes with four full weeks, also of those not proven: leaving out the ones that did not
 * help would flatter the rest. Of fixes of the same week with the same subject one is added. The
 * failures of a phrase group are among its topic's: in weeks that a fix of the whole topic speaks for,
 * that one is added alone, and a fix of a group takes the share of its weeks that are left. Interval
 * by `moverSum`: fixes held against the same topics vary together.
 * @param correlation of two fixes, by their numbers
 */
export function fixTotal(
	fixes: readonly JudgedFix[],
	correlation: (a: number, b: number) => number = () => 0
): FixLedger['total'] {
	const due = fixes.filter(({ averted, weeks }) => averted && weeks.since >= leastWeeks);
	if (due.length === 0) return null;
	const seen = new Set<string>();
	const single = due.filter((one) => {
		const key = JSON.stringify([one.fix.topic, one.group, weekOf(one)]);
		return !seen.has(key) && seen.add(key);
	});
	const whole = single.filter(({ group }) => group === null);
	const shareOf = (one: JudgedFix) => {
		if (one.group === null) return 1;
		const spoken = new Set(
			whole.filter(({ fix }) => fix.topic === one.fix.topic).flatMap(weeksSince)
		);
		const own = weeksSince(one);
		return own.filter((week) => !spoken.has(week)).length / own.length;
	};
	const added = single
		.map((one) => ({ ...one, share: shareOf(one) }))
		.filter(({ share }) => share > 0);
	const summed = (of: (one: JudgedFix) => Ranged | null) => {
		const parts = added.flatMap((one) => {
			const part = of(one);
			return part ? { ...scaled(part, one.share), id: one.fix.fix_id } : [];
		});
		if (parts.length < added.length) return null;
		return moverSum(parts, (a, b) => correlation(parts[a]?.id ?? 0, parts[b]?.id ?? 0));
	};
	const averted = summed((one) => one.averted);
	return (
		averted && {
			fixes: due.length,
			within: due.length - added.filter(({ share }) => share === 1).length,
			averted,
			hours: summed((one) => one.hours)
		}
	);
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
