import quantile from '@stdlib/stats-base-dists-normal-quantile';
import { auc, type Auc } from './auc.ts';

/** Scores with their ends of one stratum, such as a topic. */
export type EndsOf = { scores: number[]; ends: (boolean | number)[] };

/**
 * Area under the curve within strata: only good and bad ends of the same stratum are compared, each
 * pair counting alike (Hanley and McNeil 1982; DeLong's error of each stratum). It asks whether a
 * score tells ends apart beyond what the stratum alone tells. Strata with fewer than `least` of
 * either end take no part; null when none is left.
 */
export function aucWithin(
	strata: readonly EndsOf[],
	{ least = 10, level = 0.95 } = {}
): (Auc & { strata: number }) | null {
	const found = strata
		.map(({ scores, ends }) => auc(scores, ends))
		.filter((one): one is Auc => one !== null && one.good >= least && one.bad >= least);
	const pairs = found.reduce((sum, { good, bad }) => sum + good * bad, 0);
	if (found.length === 0) return null;
	let area = 0;
	let variance = 0;
	for (const one of found) {
		const weight = (one.good * one.bad) / pairs;
		area += weight * one.auc;
		variance += weight * weight * (one.se ?? 0) ** 2;
	}
	const se = variance > 0 ? Math.sqrt(variance) : null;
	const half = se === null ? null : quantile(0.5 + level / 2, 0, 1) * se;
	return {
		auc: area,
		se,
		low: half === null ? null : Math.max(0, area - half),
		high: half === null ? null : Math.min(1, area + half),
		good: found.reduce((sum, { good }) => sum + good, 0),
		bad: found.reduce((sum, { bad }) => sum + bad, 0),
		strata: found.length
	};
}
