/** Handoffs given back to the AI, and conversations with several handoffs. */
import { datesOf, type Dates } from '../../address.ts';
import { newcombe } from '../../analysis/newcombe.ts';
import type { Change } from '../../change.ts';
import { metrics } from '../../metrics.ts';
import type { Scope } from '../../scope.ts';
import type { Chains, Handbacks } from '../../triggers.ts';
import { filterOf, type Chosen } from '../scope/scope.ts';
import { metricParameters } from '../measure/measure.ts';
import { query } from '../store/query.ts';
import { estimateShare } from '../measure/share.ts';
import { chainRow, handbackRow, type HandbackRow } from './triggerRows.ts';

/** What came after handbacks, of all and by trigger and topic, most handbacks first. */
export async function readChains(scope: Scope, chosen: Chosen): Promise<Chains> {
	const { compared } = scope;
	const filter = filterOf(scope, chosen);
	const read = async (by: ('trigger' | 'topic')[], of = filter) =>
		query('triggers/handbacks', handbackRow, await metricParameters(of, by));
	const [[all], before, triggers, topics, lengths] = await Promise.all([
		read([]),
		compared.lacks === null ? read([], filterOf(compared, chosen)) : null,
		read(['trigger']),
		read(['topic']),
		query('triggers/chains', chainRow, await metricParameters(filter, []))
	]);
	return {
		all: all ? handbacksOf(all) : null,
		change: all && before ? changeOf(all, before[0], datesOf(compared)) : null,
		triggers: triggers.map(handbacksOf).sort((a, b) => b.handed_back - a.handed_back),
		topics: topics.map(handbacksOf).sort((a, b) => b.handed_back - a.handed_back),
		lengths: lengths.map(({ handoffs, conversations, known, resolved }) => ({
			handoffs,
			conversations,
			resolved: estimateShare(resolved, known, conversations)
		}))
	};
}

/** What became of the share handed over again, with Newcombe's interval. */
function changeOf(now: HandbackRow, then: HandbackRow | undefined, dates: Dates): Change {
	const tally = (row?: HandbackRow) => ({ hits: row?.again ?? 0, n: row?.handed_back ?? 0 });
	const [a, b] = [tally(now), tally(then)];
	const { floor } = metrics.handback_rate;
	const before = estimateShare(b.hits, b.n);
	if (Math.min(a.n, b.n) < floor)
		return { before, difference: null, low: null, high: null, dates };
	const { low, high } = newcombe(a, b) ?? { low: null, high: null };
	return { before, difference: a.hits / a.n - b.hits / b.n, low, high, dates };
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
