/** Handoffs given back to the AI, and conversations with several handoffs. */
import type { Chains, Handbacks } from '../../triggers.ts';
import type { Filter } from '../scope/filter.ts';
import { metricParameters } from '../measure/measure.ts';
import { query } from '../store/query.ts';
import { estimateShare } from '../measure/share.ts';
import { chainRow, handbackRow, type HandbackRow } from './triggerRows.ts';

/** What came after handbacks, of all and by trigger and topic, most handbacks first. */
export async function readChains(filter: Filter): Promise<Chains> {
	const read = async (by: ('trigger' | 'topic')[]) =>
		query('triggers/handbacks', handbackRow, await metricParameters(filter, by));
	const [[all], triggers, topics, lengths] = await Promise.all([
		read([]),
		read(['trigger']),
		read(['topic']),
		query('triggers/chains', chainRow, await metricParameters(filter, []))
	]);
	return {
		all: all ? handbacksOf(all) : null,
		triggers: triggers.map(handbacksOf).sort((a, b) => b.handed_back - a.handed_back),
		topics: topics.map(handbacksOf).sort((a, b) => b.handed_back - a.handed_back),
		lengths: lengths.map(({ handoffs, conversations, known, resolved }) => ({
			handoffs,
			conversations,
			resolved: estimateShare(resolved, known, conversations)
		}))
	};
}

/** Of those whose customer could be watched, or was seen to come back. */
function handbacksOf({ key1, handed_back, again, came_back, stayed }: HandbackRow): Handbacks {
	const known = again + came_back + stayed;
	return {
		key: key1,
		handed_back,
		again: estimateShare(again, handed_back),
		came_back: estimateShare(came_back, known, handed_back),
		stayed: estimateShare(stayed, known, handed_back)
	};
}
