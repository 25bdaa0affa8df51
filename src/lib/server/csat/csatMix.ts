/** CSAT of several groups at one and the same topic mix. */
import {
	mergeThinTopics,
	mixOf,
	standardise,
	standardisedDifference,
	type Mix as Weights,
	type Stratum
} from '../../analysis/directStandardisation.ts';
import { nonresponse } from '../../analysis/nonresponse.ts';
import type { Mix, PathSummary, Standardised } from '../../csat.ts';
import type { Estimate } from '../../estimate.ts';
import { paths, type Path } from '../../week.ts';
import type { PathGroup } from './csatPaths.ts';
import { estimateOf } from '../measure/measure.ts';

/** A topic with fewer answers than this in one of the groups is merged with others like it. */
const leastOfTopic = 5;
/** Under so many answers a path is not compared: one topic more or less would decide. */
export const leastOfPath = 30;
/** No topic of a log has this name. */
const rest = '\u0000rest';

/** Satisfied answers among those given. */
export const tallyOf = ({ value, n }: Estimate) => ({ hits: Math.round((value ?? 0) * n), n });

export const stratumOf = (
	topic: string | null,
	conversations: number,
	satisfied: Estimate
): Stratum => ({
	topic,
	conversations,
	answers: satisfied.n,
	positive: tallyOf(satisfied).hits
});

/**
 * Groups with the topics of a mix only, thin ones merged in all of them alike.
 * @param weights handoffs by topic: what the mix counts
 */
export function comparable(
	groups: Stratum[][],
	weights: Stratum[]
): { groups: Stratum[][]; weights: Weights; mix: Mix } {
	const wanted = new Set(
		weights.filter(({ conversations }) => conversations > 0).map(({ topic }) => topic)
	);
	const within = groups.map((strata) => strata.filter(({ topic }) => wanted.has(topic)));
	const merged = merge(within);
	// Where nothing is compared nothing is merged.
	const kept = groups.length > 0 ? new Set(merged.flat().map(({ topic }) => topic)) : wanted;
	const mixed = weights
		.filter(({ topic }) => wanted.has(topic))
		.map((one) => ({ ...one, topic: kept.has(one.topic) ? one.topic : rest }));
	const sums = mixOf(mixed);
	const whole = [...sums.values()].reduce((sum, weight) => sum + weight, 0);
	return {
		groups: merged,
		weights: sums,
		mix: {
			topics: wanted.size,
			merged: [...wanted].filter((topic) => !kept.has(topic)).length,
			mergedShare: whole > 0 ? (sums.get(rest) ?? 0) / whole : 0
		}
	};
}

/** Thin topics as one, and with them the next thinnest for as long as even that one is thin. */
function merge(groups: Stratum[][]): Stratum[][] {
	let floor = leastOfTopic;
	for (;;) {
		const merged = mergeThinTopics(groups, floor, rest);
		const others = merged.flat().filter(({ topic }) => topic !== rest);
		const together = merged.map(
			(strata) => strata.find(({ topic }) => topic === rest)?.answers ?? 0
		);
		const hasRest = merged.flat().length > others.length;
		if (!hasRest || others.length === 0 || Math.min(...together) >= leastOfTopic) return merged;
		floor = Math.min(...others.map(({ answers }) => answers)) + 1;
	}
}

/** Value and interval without what only the computation needs. */
const plain = ({ value, low, high, covered }: Standardised): Standardised => ({
	value,
	low,
	high,
	covered
});

/**
 * What the paths say, as answered and at the topic mix of the handoffs.
 * @param all each path without regard to topic
 * @param byTopic each path by topic
 * @param isAsked whether the log carries answers of a path at all
 */
export function summarise(
	all: PathGroup[],
	byTopic: PathGroup[],
	isAsked: (path: Path) => boolean
): { paths: PathSummary[]; mix: Mix } {
	const strataOf = (path: Path) =>
		byTopic
			.filter((group) => group.path === path)
			.map((group) => stratumOf(group.key, group.conversations, group.csat_top2));
	const there = all
		.filter(({ conversations }) => conversations > 0)
		.sort((a, b) => paths.indexOf(a.path) - paths.indexOf(b.path));
	const compared = there.filter(({ csat_top2 }) => csat_top2.n >= leastOfPath);
	const { groups, weights, mix } = comparable(
		compared.map(({ path }) => strataOf(path)),
		strataOf('handed_off')
	);
	const standardised = new Map(
		compared.map(({ path }, at) => [path, standardise(groups[at] ?? [], weights)])
	);
	const handedOff = standardised.get('handed_off');
	return {
		mix,
		paths: there.map(({ path, conversations, csat_top2, csat_mean }) => {
			const strata = strataOf(path);
			const { bounds, isMostlySilent } = nonresponse(strata);
			const same = standardised.get(path);
			const difference =
				path !== 'handed_off' && same && handedOff
					? standardisedDifference(handedOff, same)
					: null;
			return {
				path,
				conversations,
				response: responseOf(conversations, csat_top2.n, isAsked(path)),
				csat_top2,
				csat_mean,
				standardised: same ? plain(same) : null,
				weighted: same ? plain(weighted(strata)) : null,
				difference: difference && {
					value: difference.value,
					low: difference.low,
					high: difference.high
				},
				bounds: isAsked(path) && isMostlySilent ? bounds : null
			};
		})
	};
}

/** Satisfied share at the mix of the path's own conversations. */
function weighted(strata: Stratum[]): Standardised {
	const own = comparable([strata], strata);
	return standardise(own.groups[0] ?? [], own.weights);
}

/** Absent is not zero: where no conversation could answer there is no rate. */
function responseOf(conversations: number, answers: number, isAsked: boolean): Estimate {
	const n = isAsked ? conversations : 0;
	return estimateOf({ key1: null, key2: null, possible: conversations, n, hits: answers }, 0);
}
