/** Groups of handoffs by how soon customers come back after them. */
import { benjaminiHochberg } from '../../analysis/benjaminiHochberg.ts';
import { rankByShrunkenShare, sharePrior, shrink } from '../../analysis/betaBinomial.ts';
import { kaplanMeier } from '../../analysis/kaplanMeier.ts';
import { logRank } from '../../analysis/logRank.ts';
import type { Tally } from '../../analysis/newcombe.ts';
import type { Choices, GroupedReturns, ReturnGroup } from '../../repeats.ts';
import { backAt, drawnDays, leastWatched, pooled, returnsOf, type Life } from './repeatLife.ts';

/** How many groups have their curve drawn. */
const drawn = 6;

/**
 * Ranks groups by the 5 % quantile of what is to be believed of their share back within the window,
 * and tests each against all others; one group alone is neither.
 */
export function groupReturns(
	lives: Map<string | null, Life>,
	{ match, days, marks }: Pick<Choices, 'match' | 'days'> & { marks: number[] }
): GroupedReturns {
	const found = [...lives]
		.map(([key, life]) => ({ key, life, n: life[0]?.at_risk ?? 0, tally: tallyAt(life, days) }))
		.sort((a, b) => b.n - a.n);
	const said = found.filter(({ tally }) => tally !== null);
	const prior = sharePrior(said.flatMap(({ tally }) => tally ?? []));
	const shares =
		prior && said.length > 1
			? said.flatMap(({ tally }) => (tally ? shrink(prior, tally) : []))
			: [];
	const against = againstOthers(
		said.map(({ life }) => life),
		found.map(({ life }) => life)
	);
	const largest = new Set(said.slice(0, drawn));
	const rows = new Map(
		found.map((group): [typeof group, ReturnGroup] => {
			const at = said.indexOf(group);
			const share = shares[at];
			return [
				group,
				{
					key: group.key,
					n: group.n,
					marks: backAt(group.life, marks, match === 'any'),
					line: largest.has(group)
						? backAt(group.life, drawnDays(marks.at(-1) ?? 0), false).map(
								({ day, value }) => ({ day, value })
							)
						: null,
					shrunken: share
						? { value: share.mean, low: share.low, high: share.high }
						: null,
					against: against[at] ?? null
				}
			];
		})
	);
	const order =
		shares.length > 0 ? rankByShrunkenShare(shares).flatMap((at) => said[at] ?? []) : said;
	const thin = found.filter(({ tally }) => tally === null);
	const test = said.length > 1 ? logRank(said.map(({ life }) => returnsOf(life))) : null;
	return {
		groups: [...order, ...thin].flatMap((group) => rows.get(group) ?? []),
		test: test === null || test.p === null ? null : { p: test.p, groups: said.length }
	};
}

/**
 * The share back by a day as hits out of a sample that would give the same standard error without
 * anyone lost from sight (Dorey and Korn 1987); null where too few were still watched.
 */
export function tallyAt(life: Life, day: number): Tally | null {
	const found = kaplanMeier(returnsOf(life), day);
	if (!found || found.atRisk < leastWatched) return null;
	const { rate, survival, se, atRisk } = found;
	const n = se ? (rate * survival) / se ** 2 : atRisk;
	return { hits: rate * n, n };
}

function againstOthers(own: Life[], all: Life[]): (ReturnGroup['against'] | null)[] {
	if (all.length < 2) return [];
	const tests = own.map((life) => {
		const rest = pooled(all.filter((other) => other !== life));
		return logRank([returnsOf(life), returnsOf(rest)]);
	});
	const tested = tests.filter(({ p }) => p !== null);
	const { adjusted, rejected } = benjaminiHochberg(tested.flatMap(({ p }) => p ?? []));
	return tests.map((test) => {
		const at = tested.indexOf(test);
		if (at < 0) return null;
		return {
			observed: test.observed[0] ?? 0,
			expected: test.expected[0] ?? 0,
			p: adjusted[at] ?? 1,
			differs: rejected[at] ?? false
		};
	});
}
