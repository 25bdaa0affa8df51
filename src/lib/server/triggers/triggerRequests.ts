/** How often customers asked for a person before they got one. */
import type { Asked, AskedGroup, Requests } from '../../triggers.ts';
import type { GroupChange } from '../../change.ts';
import type { Scope } from '../../scope.ts';
import { filterOf, type Chosen } from '../scope/scope.ts';
import { readGroupChanges } from '../measure/groupChanges.ts';
import { metricParameters } from '../measure/measure.ts';
import { query } from '../store/query.ts';
import { estimateShare } from '../measure/share.ts';
import { requestRow, type RequestRow } from './triggerRows.ts';

/** Handoffs by number of requests, of all and by trigger and topic, most often fought for first. */
export async function readRequests(scope: Scope, chosen: Chosen): Promise<Requests> {
	const filter = filterOf(scope, chosen);
	const read = async (by: ('trigger' | 'topic')[]) =>
		query('triggers/requests', requestRow, await metricParameters(filter, by));
	const changesBy = (by: 'trigger' | 'topic') =>
		readGroupChanges(scope, chosen, 'fought_rate', by);
	const [all, triggers, topics, byTrigger, byTopic] = await Promise.all([
		read([]),
		read(['trigger']),
		read(['topic']),
		changesBy('trigger'),
		changesBy('topic')
	]);
	return {
		all: all.map(askedOf),
		triggers: groupsOf(triggers, byTrigger),
		topics: groupsOf(topics, byTopic)
	};
}

function askedOf(row: RequestRow): Asked {
	return {
		requests: row.requests as Asked['requests'],
		handoffs: row.handoffs,
		before: { n: row.before_n, p50: row.before_p50_s, p90: row.before_p90_s },
		after: { n: row.after_n, p50: row.after_p50_s },
		csat_top2: estimateShare(row.csat_hits, row.csat_n, row.handoffs),
		resolution_rate: estimateShare(row.resolution_hits, row.resolution_n, row.handoffs)
	};
}

/** Groups by the lower end of the share that asked twice and more: a small group needs more of them. */
function groupsOf(rows: RequestRow[], changes: Map<string | null, GroupChange>): AskedGroup[] {
	const keys = [...new Set(rows.map(({ key1 }) => key1))];
	return keys
		.map((key): AskedGroup => {
			const own = rows.filter(({ key1 }) => key1 === key);
			const known = own.filter(({ requests }) => requests !== null);
			const n = total(known);
			const possible = total(own);
			const share = (least: number) =>
				estimateShare(
					total(known.filter(({ requests }) => (requests ?? 0) >= least)),
					n,
					possible
				);
			return {
				key,
				n,
				once: share(1),
				twice: share(2),
				thrice: share(3),
				asked: own.map(askedOf),
				change: changes.get(key) ?? null
			};
		})
		.sort((a, b) => (b.twice.low ?? -1) - (a.twice.low ?? -1) || b.n - a.n);
}

const total = (rows: RequestRow[]) => rows.reduce((sum, { handoffs }) => sum + handoffs, 0);
