/** Conversations that only looked contained, by topic: the failures that no handoff log shows. */
import type { CameBack } from '../../gaps.ts';
import type { Estimate } from '../../estimate.ts';
import { emptyEstimate, measure } from '../measure/measure.ts';
import { groupReturns } from '../repeats/repeatGroups.ts';
import { readLife, returnsWithin } from '../repeats/repeatLife.ts';
import { lackedByConversations, type Filter } from '../scope/filter.ts';

/**
 * AI-only conversations that came back on their topic within the window, topics with the highest
 * share believed first. Null where conversations do not carry what is filtered by.
 */
export async function readCameBack(
	filter: Filter,
	windowDays: number
): Promise<{ all: CameBack; topics: CameBack[] } | null> {
	if (lackedByConversations(filter)) return null;
	const id = 'false_containment_rate' as const;
	const [byTopic, [whole], lives] = await Promise.all([
		measure(filter, [id], ['topic'], { windowDays }),
		measure(filter, [id], [], { windowDays }),
		readLife(filter, 'ai_only', 'topic', { match: 'same', on: 'any', horizon: windowDays })
	]);
	const grouped = groupReturns(lives, { match: 'same', days: windowDays, marks: [windowDays] });
	const rates = new Map(byTopic.map(({ by, values }) => [by.topic ?? null, values[id]]));
	const known = grouped.groups.map(({ key }) => key);
	const rest = [...rates.keys()].filter((topic) => !known.includes(topic));
	const topics = [...known, ...rest].map((topic): CameBack => {
		const against = grouped.groups.find(({ key }) => key === topic)?.against ?? null;
		const rate = rates.get(topic) ?? emptyEstimate(id);
		return {
			topic,
			conversations: conversationsOf(rate),
			rate,
			seen: returnsWithin(lives.get(topic) ?? [], windowDays),
			expected: against?.expected ?? null,
			p: against?.p ?? null,
			differs: against?.differs ?? false
		};
	});
	const rate = whole?.values[id] ?? emptyEstimate(id);
	return {
		all: {
			topic: null,
			conversations: conversationsOf(rate),
			rate,
			seen: topics.reduce((sum, { seen }) => sum + seen, 0),
			expected: null,
			p: null,
			differs: false
		},
		topics
	};
}

/** All of a topic, also those that cannot be followed. */
const conversationsOf = ({ n, coverage }: Estimate) => (coverage ? Math.round(n / coverage) : n);
