/** How often customers asked for a person before they got one. */
import type { Asked, AskedGroup, Requests } from '../../triggers.ts';
import type { Filter } from '../scope/filter.ts';
import { metricParameters } from '../measure/measure.ts';
import { query } from '../store/query.ts';
import { estimateShare } from '../measure/share.ts';
import { requestRow, type RequestRow } from './triggerRows.ts';

/** Handoffs by number of requests, of all and by trigger and topic, most often fought for first. */
export async function readRequests(filter: Filter): Promise<Requests> {
	const read = async (by: ('trigger' | 'topic')[]) =>
		query('triggers/requests', requestRow, await metricParameters(filter, by));
	const [all, triggers, topics] = await Promise.all([
		read([]),
		read(['trigger']),
		read(['topic'])
	]);
	return { all: all.map(askedOf), triggers: groupsOf(triggers), topics: groupsOf(topics) };
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
function groupsOf(rows: RequestRow[]): AskedGroup[] {
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
				asked: own.map(askedOf)
			};
		})
		.sort((a, b) => (b.twice.low ?? -1) - (a.twice.low ?? -1) || b.n - a.n);
}

const total = (rows: RequestRow[]) => rows.reduce((sum, { handoffs }) => sum + handoffs, 0);
