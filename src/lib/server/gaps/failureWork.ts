/** The work that a failure takes, of a topic or a phrase group: what costs and savings are told by. */
import { shrinkDifferences } from '../../analysis/shrunkenDifference.ts';
import type { Estimate } from '../../estimate.ts';
import { measure, metricParameters } from '../measure/measure.ts';
import type { Filter } from '../scope/filter.ts';
import { query } from '../store/query.ts';
import { isKnown, leastKnown, pooledRepeatWork, type Work } from './gapCost.ts';
import { repeatWorkRow, type PhraseHandoffRow } from './gapRows.ts';
import { readPhraseRepeats, repeatChances } from './phraseRepeats.ts';

/** Handoffs of a phrase group, of which the failures count here. */
export type GroupHandoffs = { id: string; topic: string | null; handoffs: PhraseHandoffRow[] };

/** Whose handle time it is. */
export type WorkOf = 'group' | 'topic' | 'log';

export type FailureWork = {
	/** of all topics, where one has too few */
	all: Work;
	ofTopic: (topic: string | null) => Work;
	ofGroup: (topic: string | null, id: string) => Work;
	/** null: no handle time is known */
	whose: (topic: string | null, id: string | null) => WorkOf | null;
};

const ids = ['handle_mean', 'repeat_rate'] as const;

/**
 * Work behind the failures of a filter.
 * @param groups the phrase groups to tell it of as well
 */
export async function readFailureWork(
	failures: Filter,
	groups: readonly GroupHandoffs[]
): Promise<FailureWork> {
	const [works, byTopic, [whole], repeats] = await Promise.all([
		query('gaps/repeat_work', repeatWorkRow, await metricParameters(failures, [])),
		measure(failures, ids, ['topic']),
		measure(failures, ids),
		groups.length > 0 ? readPhraseRepeats(failures) : null
	]);
	const workOf = (
		values: Partial<Record<(typeof ids)[number], Estimate>> | undefined,
		repeatWork: Work['repeatWork']
	): Work => ({ handle: values?.handle_mean, repeat: values?.repeat_rate, repeatWork });
	const all = workOf(whole?.values, pooledRepeatWork(works));
	const ofTopic = (topic: string | null) =>
		workOf(
			byTopic.find(({ by }) => (by.topic ?? null) === topic)?.values,
			works.find((row) => row.topic === topic)
		);
	const [chances, handles] = [new Map<string, Estimate>(), new Map<string, Estimate>()];
	for (const topic of new Set(groups.map((group) => group.topic))) {
		const own = groups.filter((group) => group.topic === topic);
		const { handle, repeat } = ofTopic(topic);
		const known = own.flatMap(({ id }) => {
			const one = repeats?.get(id);
			return one ? [[id, one] as const] : [];
		});
		for (const [id, chance] of repeatChances(repeat, new Map(known))) chances.set(id, chance);
		for (const [id, mean] of handleMeans(handle, own)) handles.set(id, mean);
	}
	const ofGroup = (topic: string | null, id: string) => {
		const work = ofTopic(topic);
		return {
			...work,
			handle: handles.get(id) ?? work.handle,
			repeat: chances.get(id) ?? work.repeat
		};
	};
	const whose = (topic: string | null, id: string | null) => {
		if (id !== null && handles.has(id)) return 'group';
		const { handle } = ofTopic(topic);
		if (handle && isKnown(handle)) return 'topic';
		return all.handle && isKnown(all.handle) ? 'log' : null;
	};
	return { all, ofTopic, ofGroup, whose };
}

/**
 * Mean handle seconds of the groups of one topic with ten failures of known work: each its own, drawn
 * towards the topic's by how little the groups differ beyond chance (`shrinkDifferences`), with the
 * spread within groups taken together.
 * @param topic the topic's own mean; without enough of it the groups have none
 */
export function handleMeans(
	topic: Estimate | undefined,
	groups: readonly GroupHandoffs[]
): Map<string, Estimate> {
	if (!topic || topic.value === null || topic.n < leastKnown) return new Map();
	const centre = topic.value;
	const known = groups.map(summaryOf).filter(({ n }) => n >= leastKnown);
	const freedom = known.reduce((sum, { n }) => sum + n - 1, 0);
	const squares = known.reduce((sum, one) => sum + one.deviations, 0);
	// Handle times that are all the same are known to the second.
	const sd = Math.max(1e-9, Math.sqrt(squares / Math.max(1, freedom)));
	const believed = shrinkDifferences(
		known.map(({ n, mean }) => ({ value: mean - centre, se: sd / Math.sqrt(n) }))
	);
	return new Map(
		known.map(({ id, n, coverage }, at) => [
			id,
			{ value: centre + (believed[at]?.mean ?? 0), n, low: null, high: null, coverage }
		])
	);
}

function summaryOf({ id, handoffs }: GroupHandoffs) {
	const failures = handoffs.filter(({ is_failure }) => is_failure);
	const sum = (of: (row: PhraseHandoffRow) => number) =>
		failures.reduce((all, row) => all + of(row), 0);
	const [n, whole] = [sum((row) => row.handled), sum((row) => row.handoffs)];
	const total = sum((row) => row.handled * (row.mean_handle_s ?? 0));
	const mean = n > 0 ? total / n : 0;
	const deviations = Math.max(0, sum((row) => row.handle_squares) - n * mean * mean);
	return { id, n, mean, deviations, coverage: whole > 0 ? n / whole : null };
}
