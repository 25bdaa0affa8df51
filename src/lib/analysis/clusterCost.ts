import type { Interval } from './wilson.ts';

/** What the failures of one topic cost; minutes are those of people. Null is not known. */
export type ClusterCosts = {
	failures: number;
	/** Failures expected of it; null where unknown. */
	expected: number | null;
	/** Interval of failures less expected, in failures. */
	excess?: Interval | null;
	/** Handle minutes of one failure. */
	agentMinutes: number | null;
	/** Chance that a failure comes back, 0–1, and the handle minutes of that contact. */
	repeatChance: number | null;
	repeatMinutes: number | null;
	/** CSAT of comparable handoffs without a failure less that of failures, in points. */
	csatGap: number | null;
};

/** Cost of a topic's failures, and the part beyond what is expected, which a fix could avoid. */
export type ClusterCost = {
	/** Minutes that one failure takes, with the repeats it causes. */
	minutesEach: number;
	totalMinutes: number;
	avoidable: AvoidableCost | null;
	/** Rating points lost; stands beside the minutes and is never added to them. */
	csatPointsLost: number | null;
	/** Whether chance and minutes of repeats are in it; without them the cost is too low. */
	hasRepeats: boolean;
};

/** Of the excess only, never below none; the interval is that of the excess, at the same minutes a failure. */
export type AvoidableCost = {
	minutes: number;
	repeats: number | null;
	interval: Interval | null;
};

/**
 * Cost of a topic: failures × (handle minutes + chance of a repeat × its minutes). Avoidable is the
 * excess only, max(0, seen − expected). Null where the handle time is not known: an unknown cost is
 * not none.
 */
export function clusterCost({
	failures,
	expected,
	excess = null,
	agentMinutes,
	repeatChance,
	repeatMinutes,
	csatGap
}: ClusterCosts): ClusterCost | null {
	if (agentMinutes === null) return null;
	const hasRepeats = repeatChance !== null && repeatMinutes !== null;
	const minutesEach = agentMinutes + (hasRepeats ? repeatChance * repeatMinutes : 0);
	const avoidable = (of: number) => Math.max(0, of) * minutesEach;
	const beyond = expected === null ? null : Math.max(0, failures - expected);
	return {
		minutesEach,
		totalMinutes: failures * minutesEach,
		avoidable:
			beyond === null
				? null
				: {
						minutes: beyond * minutesEach,
						repeats: repeatChance === null ? null : beyond * repeatChance,
						interval: excess && {
							low: avoidable(excess.low),
							high: avoidable(excess.high)
						}
					},
		csatPointsLost: csatGap === null ? null : failures * csatGap,
		hasRepeats
	};
}
