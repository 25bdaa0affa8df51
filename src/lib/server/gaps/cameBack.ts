/** Conversations that only looked contained, by topic: the failures that no handoff log shows. */
import { INTEGER } from '@duckdb/node-api';
import { maskPersonal } from '../../analysis/phrases/maskPersonal.ts';
import type { CameBack, CameBackExample } from '../../gaps.ts';
import type { Estimate } from '../../estimate.ts';
import { emptyEstimate, measure, metricParameters } from '../measure/measure.ts';
import { groupReturns } from '../repeats/repeatGroups.ts';
import { readLife, returnsWithin } from '../repeats/repeatLife.ts';
import { lackedByConversations, type Filter } from '../scope/filter.ts';
import { query } from '../store/query.ts';
import { cameBackRow } from './gapRows.ts';

/** Examples shown at most. */
const mostExamples = 10;

/**
 * AI-only conversations that came back on their topic within the window, topics with the highest
 * share believed first. Null where conversations do not carry what is filtered by.
 */
export async function readCameBack(
	filter: Filter,
	windowDays: number
): Promise<{ all: CameBack; topics: CameBack[]; examples: CameBackExample[] } | null> {
	if (lackedByConversations(filter)) return null;
	const id = 'false_containment_rate' as const;
	const [byTopic, [whole], lives, examples] = await Promise.all([
		measure(filter, [id], ['topic'], { windowDays }),
		measure(filter, [id], [], { windowDays }),
		readLife(filter, 'ai_only', 'topic', { match: 'same', on: 'any', horizon: windowDays }),
		readExamples(filter, windowDays)
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
		topics,
		examples
	};
}

/** The newest, those that came back with a question first; texts masked. */
async function readExamples(filter: Filter, windowDays: number): Promise<CameBackExample[]> {
	const { values, types } = await metricParameters(filter, [], { windowDays });
	const rows = await query('gaps/came_back', cameBackRow, {
		values: { ...values, most: mostExamples },
		types: { ...types, most: INTEGER }
	});
	return rows.map(({ is_back_ai_only, is_back_human_only, back_question, ...row }) => ({
		...row,
		path:
			row.back_handoff_id !== null
				? 'handed_off'
				: is_back_ai_only
					? 'ai_only'
					: is_back_human_only
						? 'human_only'
						: null,
		back_question: back_question && maskPersonal(back_question).replace(/\s+/g, ' ').trim()
	}));
}

/** All of a topic, also those that cannot be followed. */
const conversationsOf = ({ n, coverage }: Estimate) => (coverage ? Math.round(n / coverage) : n);
