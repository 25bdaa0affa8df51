/** Failures of phrase groups against what the conversations of their topic and language explain. */
import { excessPoisson } from '../../analysis/excessPoisson.ts';
import { scanStatistic, steadyCounts } from '../../analysis/scanStatistic.ts';
import { dispersionOf } from '../../analysis/twoWayPoisson.ts';
import {
	emergingOf,
	excessOptions,
	firstSeenOf,
	isBeyondChance,
	lastFull,
	leastFailures,
	leastPast,
	recent,
	weekOf,
	type Found
} from './gapCounts.ts';
import { growthWeeks } from '../../gaps.ts';
import type { PartExposure } from './phraseExposure.ts';

/** A group, its failures and its handoffs with a question and a known route. */
export type GroupCounts = {
	key: string;
	/** of its topic and language */
	part: string;
	/** failures by week and of the period */
	weeks: readonly number[];
	observed: number;
	/** handoffs of all weeks read and of the period */
	everRouted: number;
	routed: number;
};

/** A growth is what chance shows in one of 52 looks, as what emerges. */
const growthChance = 1 / 52;
/** So that a group without any failure before has a share all the same (Jeffreys). */
const half = 0.5;
/** Windows are many: fewer rounds do for a Gumbel curve. */
const growthRounds = 99;

const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);

/**
 * Judges phrase groups by the conversations of their topic and language. `emerging` is a scan over the
 * last one to four weeks against the group's own share of these. A group whose last weeks, however
 * many, exceed its share of before is `grown`: expected is that share (failures and a half over
 * exposure, in the weeks before), which is known no better than these failures tell. What is left of what the conversations of a topic and language
 * would fail is split among its other handoffs with a question, so that excesses add up.
 * @param groups accepted ones, and what is in none, by topic and language
 * @param exposures by topic and language; groups of one without expect nothing
 * @param weeks Mondays of the full weeks, oldest first
 */
export function judgeGroups(
	groups: readonly GroupCounts[],
	exposures: ReadonlyMap<string, PartExposure>,
	weeks: readonly string[]
): (Found & { grown: boolean })[] {
	const none: PartExposure = { weeks: weeks.map(() => 0), period: 0, volume: 0, volumes: [] };
	const outOf = ({ part }: GroupCounts) => exposures.get(part) ?? none;
	const table = {
		counts: groups.map((group) => [...group.weeks]),
		exposure: groups.map((group) => [...outOf(group).weeks])
	};
	const dispersion = Math.max(1, dispersionOf(table));
	const emerging = emergingOf(table, dispersion);
	const growth = growthOf(table, dispersion);
	const grown = groups.map((group, at) => {
		const long = growth[at] ?? emerging[at]?.weeks ?? null;
		return long === null
			? null
			: beforeGrowth(group.weeks, outOf(group).weeks, long, dispersion);
	});
	/** What the groups of a part that have not grown share: expectation and handoffs. */
	const rest = (part: string, of: 'weekly' | 'period') => {
		const own = groups.flatMap((group, at) => (group.part === part ? [{ group, at }] : []));
		const taken = sum(own.map(({ at }) => grown[at]?.share ?? 0));
		const others = own.filter(({ at }) => !grown[at]).map(({ group }) => group);
		const handoffs = sum(
			others.map((group) => (of === 'period' ? group.routed : group.everRouted))
		);
		return { left: Math.max(0, 1 - taken), handoffs };
	};
	const parts = new Map(
		[...new Set(groups.map(({ part }) => part))].map((part) => [
			part,
			{ period: rest(part, 'period'), weekly: rest(part, 'weekly') }
		])
	);
	const shares = groups.map((group, at) => {
		const past = grown[at];
		if (past) return { period: past.share, weekly: past.share };
		const part = parts.get(group.part);
		const of = (all: { left: number; handoffs: number } | undefined, own: number) =>
			all && all.handoffs > 0 ? (all.left * own) / all.handoffs : 0;
		return {
			period: of(part?.period, group.routed),
			weekly: of(part?.weekly, group.everRouted)
		};
	});
	const expected = groups.map((group, at) => {
		const { period } = outOf(group);
		return period > 0 ? period * (shares[at]?.period ?? 0) : null;
	});
	const judged = excessPoisson(
		groups.map(({ observed }, at) => ({
			observed,
			expected: expected[at] ?? null,
			past: grown[at]?.past ?? null
		})),
		{ ...excessOptions, dispersion }
	);
	return groups.map((group, at) => {
		const out = outOf(group);
		const window = emerging[at] ?? null;
		const trend = weeks.map((week, place) => {
			const mean = (out.weeks[place] ?? 0) * (shares[at]?.weekly ?? 0);
			return weekOf(week, {
				observed: group.weeks[place] ?? 0,
				expected: mean > 0 ? mean : null,
				volume: out.volumes[place] ?? 0,
				dispersion
			});
		});
		const past = grown[at];
		return {
			key: group.key,
			observed: group.observed,
			expected: expected[at] ?? null,
			volume: out.volume,
			excess: judged.topics[at] ?? null,
			emerging: window,
			trend,
			...(past
				? { firstSeen: weeks[past.before] ?? null, isOlder: false }
				: firstSeenOf(trend, window, dispersion)),
			grown: past !== null && past !== undefined
		};
	});
}

/**
 * The weeks before a growth and the share of them. A growth often sets in slowly: weeks are taken off
 * their end as long as the last four are beyond chance at the share of those before.
 */
function beforeGrowth(
	counts: readonly number[],
	exposure: readonly number[],
	long: number,
	dispersion: number
): { before: number; past: number; share: number } | null {
	const pastOf = (end: number) => sum(counts.slice(0, end)) + half;
	const shareOf = (end: number) => pastOf(end) / sum(exposure.slice(0, end));
	let before = counts.length - long;
	while (before - recent >= leastPast) {
		const start = before - recent;
		const mean = shareOf(start) * sum(exposure.slice(start, before));
		if (!isBeyondChance(sum(counts.slice(start, before)), mean, dispersion)) break;
		before -= 1;
	}
	return sum(exposure.slice(0, before)) > 0
		? { before, past: pastOf(before), share: shareOf(before) }
		: null;
}

/** For how many weeks, up to the last one, each row has been above its own rate; null: it has not. */
function growthOf(
	{ counts, exposure }: { counts: number[][]; exposure: number[][] },
	dispersion: number
): (number | null)[] {
	const [seen, out] = [lastFull(counts), lastFull(exposure)];
	const maxWeeks = growthWeeks(seen[0]?.length ?? 0);
	// Thin rows cannot be found, and would only be dealt to.
	const rows = seen.flatMap((row, at) => (sum(row) >= leastFailures ? [at] : []));
	const since: (number | null)[] = counts.map(() => null);
	if (maxWeeks < 1 || rows.length === 0) return since;
	const of = (table: number[][]) => rows.map((at) => table[at] ?? []);
	const scan = scanStatistic(of(seen), steadyCounts(of(seen), of(out)), {
		maxWeeks,
		dispersion,
		rounds: growthRounds,
		alpha: growthChance,
		least: leastFailures
	});
	for (const { topic, weeks, isEmerging } of scan?.topics ?? []) {
		const at = rows[topic];
		if (isEmerging && at !== undefined) since[at] = weeks;
	}
	return since;
}
