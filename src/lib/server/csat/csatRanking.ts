/** Topics and triggers by CSAT, ranked by what can surely be said of them. */
import { benjaminiHochberg } from '../../analysis/benjaminiHochberg.ts';
import { rankByShrunkenShare, sharePrior, shrink } from '../../analysis/betaBinomial.ts';
import { twoProportions } from '../../analysis/twoProportions.ts';
import type { RankedGroup, Ranking } from '../../csat.ts';
import type { Estimate } from '../../estimate.ts';
import { metrics } from '../../metrics.ts';
import { tallyOf } from './csatMix.ts';
import type { Filter } from '../scope/filter.ts';
import { emptyEstimate, measure } from '../measure/measure.ts';

/** Satisfied share by topic or trigger over the handoffs of a filter. */
export async function readRanking(filter: Filter, by: 'topic' | 'trigger'): Promise<Ranking> {
	const [rows, [whole]] = await Promise.all([
		measure(filter, ['handoffs', 'csat_top2'], [by]),
		measure(filter, ['csat_top2'])
	]);
	const groups = rows.map((row) => ({
		key: row.by[by] ?? null,
		handoffs: row.values.handoffs.n,
		csat_top2: row.values.csat_top2
	}));
	return rank(groups, whole?.values.csat_top2 ?? emptyEstimate('csat_top2'));
}

/**
 * Groups by the 95 % quantile of what is to be believed of their satisfied share, lowest first: at
 * the top is who is surely low. The differences from all others are judged together.
 */
export function rank(
	groups: Pick<RankedGroup, 'key' | 'handoffs' | 'csat_top2'>[],
	all: Estimate
): Ranking {
	const total = tallyOf(all);
	const floor = metrics.csat_top2.floor;
	const [ranked, thin] = [
		groups.filter(({ csat_top2 }) => csat_top2.n >= floor),
		groups.filter(({ csat_top2 }) => csat_top2.n < floor)
	];
	// The share of dissatisfied answers is ranked: surely high there is surely low here.
	const lost = (estimate: Estimate) => {
		const { hits, n } = tallyOf(estimate);
		return { hits: n - hits, n };
	};
	const prior = sharePrior(groups.map(({ csat_top2 }) => lost(csat_top2)));
	const shares = prior ? ranked.map(({ csat_top2 }) => shrink(prior, lost(csat_top2))) : [];
	const comparisons = ranked.map(({ csat_top2 }) => {
		const own = tallyOf(csat_top2);
		return twoProportions(own, { hits: total.hits - own.hits, n: total.n - own.n });
	});
	const tested = comparisons.filter((one) => one !== null);
	const { rejected } = benjaminiHochberg(tested.map(({ p }) => p));
	const rows = ranked.map((group, at): RankedGroup => {
		const share = shares[at];
		const comparison = comparisons[at] ?? null;
		return {
			...group,
			shrunken: share
				? { value: 1 - share.mean, low: 1 - share.high, high: 1 - share.low }
				: null,
			difference: comparison && {
				value: comparison.difference,
				low: comparison.low,
				high: comparison.high,
				differs: rejected[tested.indexOf(comparison)] ?? false
			}
		};
	});
	const order = rankByShrunkenShare(shares);
	return {
		all,
		groups: [
			...order.flatMap((at) => rows[at] ?? []),
			...thin
				.sort((a, b) => b.csat_top2.n - a.csat_top2.n || b.handoffs - a.handoffs)
				.map((group) => ({ ...group, shrunken: null, difference: null }))
		]
	};
}
