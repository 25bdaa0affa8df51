/** Who waited longer after the handoff than before it. */
import { benjaminiHochberg } from '../../analysis/benjaminiHochberg.ts';
import { twoProportions } from '../../analysis/twoProportions.ts';
import type { Estimate } from '../../estimate.ts';
import { metrics } from '../../metrics.ts';
import type { Grouping, LongerGroup } from '../../waits.ts';
import { tallyOf } from '../csat/csatMix.ts';
import type { Filter } from '../scope/filter.ts';
import { measure } from '../measure/measure.ts';

/** Share that waited longer after than before, by the groups of a dimension. */
export async function readLonger(filter: Filter, by: Grouping): Promise<LongerGroup[]> {
	const rows = await measure(filter, ['longer_after_share'], [by]);
	return compareLonger(
		rows.map((row) => ({ key: row.by[by] ?? null, longer: row.values.longer_after_share }))
	);
}

/** Highest share first, those with too few last; the differences from all others are judged together. */
export function compareLonger(groups: { key: string | null; longer: Estimate }[]): LongerGroup[] {
	const { floor } = metrics.longer_after_share;
	const tallies = groups.map(({ longer }) => tallyOf(longer));
	const all = tallies.reduce((a, b) => ({ hits: a.hits + b.hits, n: a.n + b.n }), {
		hits: 0,
		n: 0
	});
	const compared = tallies.map((own) =>
		own.n < floor || all.n - own.n < floor
			? null
			: twoProportions(own, { hits: all.hits - own.hits, n: all.n - own.n })
	);
	const tested = compared.filter((one) => one !== null);
	const { rejected } = benjaminiHochberg(tested.map(({ p }) => p));
	const isThin = ({ longer }: LongerGroup) => longer.n < floor || longer.value === null;
	return groups
		.map((group, at): LongerGroup => {
			const difference = compared[at] ?? null;
			return {
				...group,
				difference: difference && {
					value: difference.difference,
					low: difference.low,
					high: difference.high,
					differs: rejected[tested.indexOf(difference)] ?? false
				}
			};
		})
		.sort(
			(a, b) =>
				Number(isThin(a)) - Number(isThin(b)) ||
				(isThin(a) ? b.longer.n - a.longer.n : 0) ||
				(b.longer.value ?? 0) - (a.longer.value ?? 0)
		);
}
