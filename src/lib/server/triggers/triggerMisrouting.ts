/** Which queues the wrong-queue share lies with: a matter of routing, seldom of the trigger. */
import { benjaminiHochberg } from '../../analysis/benjaminiHochberg.ts';
import { rankByShrunkenShare, sharePrior, shrink } from '../../analysis/betaBinomial.ts';
import type { Tally } from '../../analysis/newcombe.ts';
import { twoProportions } from '../../analysis/twoProportions.ts';
import { metrics } from '../../metrics.ts';
import type { Misrouting, QueueShare } from '../../triggers.ts';
import { moveRow } from '../week/causes.ts';
import type { Scope } from '../../scope.ts';
import { filterOf, type Chosen } from '../scope/scope.ts';
import { readGroupChanges } from '../measure/groupChanges.ts';
import { measure, metricParameters } from '../measure/measure.ts';
import { query } from '../store/query.ts';

/** How many pairs of queues are named. */
const mostMoves = 5;

/** Queues, surely high wrong-queue shares first, and the commonest moves between queues. */
export async function readMisrouting(scope: Scope, chosen: Chosen): Promise<Misrouting> {
	const filter = filterOf(scope, chosen);
	const changes = await readGroupChanges(scope, chosen, 'misrouted_rate', 'queue');
	const [rows, moves] = await Promise.all([
		measure(filter, ['handoffs', 'misrouted_rate'], ['queue']),
		query('week/moves', moveRow, await metricParameters(filter, []))
	]);
	return {
		queues: rankQueues(
			rows.map(({ by, values }) => ({
				key: by.queue ?? null,
				handoffs: values.handoffs.n,
				misrouted: values.misrouted_rate,
				change: changes.get(by.queue ?? null) ?? null
			}))
		),
		moves: moves
			// A handoff may be moved and end where it began.
			.filter(
				({ queue, resolved_queue }) =>
					queue !== null && resolved_queue !== null && queue !== resolved_queue
			)
			.sort((a, b) => b.moved - a.moved)
			.slice(0, mostMoves)
			.map(({ queue, resolved_queue, moved }) => ({
				from: queue,
				to: resolved_queue,
				moved
			}))
	};
}

type Unranked = Pick<QueueShare, 'key' | 'handoffs' | 'misrouted' | 'change'>;

const tallyOf = ({ misrouted: { value, n } }: Unranked): Tally => ({
	hits: Math.round((value ?? 0) * n),
	n
});

/** Queues by the 5 % quantile of what is to be believed of their share, each against all others. */
export function rankQueues(queues: Unranked[]): QueueShare[] {
	const { floor } = metrics.misrouted_rate;
	const told = queues.filter(({ misrouted }) => misrouted.n >= floor);
	const thin = queues.filter(({ misrouted }) => misrouted.n < floor);
	const tallies = told.map(tallyOf);
	const all = queues.map(tallyOf).reduce(
		(sum, { hits, n }) => ({
			hits: sum.hits + hits,
			n: sum.n + n
		}),
		{ hits: 0, n: 0 }
	);
	const prior = sharePrior(queues.map(tallyOf));
	const shares = prior ? tallies.map((tally) => shrink(prior, tally)) : [];
	const comparisons = tallies.map((tally) =>
		twoProportions(tally, { hits: all.hits - tally.hits, n: all.n - tally.n })
	);
	const { rejected } = benjaminiHochberg(comparisons.map((one) => one?.p ?? 1));
	const ranked = told.map((queue, at): QueueShare => {
		const share = shares[at];
		const comparison = comparisons[at];
		return {
			...queue,
			shrunken: share ? { value: share.mean, low: share.low, high: share.high } : null,
			difference: comparison
				? {
						value: comparison.difference,
						low: comparison.low,
						high: comparison.high,
						differs: rejected[at] ?? false
					}
				: null
		};
	});
	return [
		...rankByShrunkenShare(shares).flatMap((at) => ranked[at] ?? []),
		...thin
			.sort((a, b) => b.handoffs - a.handoffs)
			.map((queue) => ({ ...queue, shrunken: null, difference: null }))
	];
}
