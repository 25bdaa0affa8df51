import { components, compositeScore, type Components, type Weights } from './compositeScore.ts';
import { midranks } from './midranks.ts';
import { spearman } from './spearman.ts';

/**
 * A group to rank, such as a topic. A row stands for `n` handoffs that know the same components, with
 * the means of those: the mean score of such handoffs is exactly the score of their means, under any
 * weights, so that 15 rows hold a group of any size.
 */
export type ScoredGroup = { key: string | null; rows: { n: number; values: Components }[] };

/** Where a group stands, and between which places other weights could move it. */
export type GroupRank = {
	key: string | null;
	/** Quality score 0–100 under the given weights; null when no handoff is known well enough. */
	score: number | null;
	/** 1 for the highest score; equal scores share the mean of their places. */
	rank: number | null;
	/** Best and worst place, lowest and highest score, under any of the weights tried. */
	best: number | null;
	worst: number | null;
	low: number | null;
	high: number | null;
};

export type RankStability = {
	/** In the order they came in. */
	groups: GroupRank[];
	/** Rank correlation with the given weights, under those that change the order most. */
	leastAgreement: { rho: number; weights: Weights } | null;
	/** Share of pairs of groups whose order no weights reverse; null under two groups. */
	steadyPairs: number | null;
};

/**
 * How the ranking of groups moves when every weight may be half as much more or less: all ways to
 * raise or lower the four weights by `change`. Where all components are known, no weights in between
 * can reverse a pair that these leave in order, because whether one group is above another depends on
 * a sum that is linear in the weights. Handoffs that know less than `minCoverage` of the given weight
 * are left out throughout, so that what moves is the weights and never the handoffs.
 */
export function rankStability(
	groups: ScoredGroup[],
	weights: Weights,
	{ change = 0.5, minCoverage = 0.5 } = {}
): RankStability {
	const known = groups.map(({ rows }) =>
		rows.filter(({ values }) => compositeScore(values, weights).coverage >= minCoverage)
	);
	const scoresUnder = (tried: Weights) => known.map((rows) => meanScore(rows, tried));
	const base = scoresUnder(weights);
	const tries = corners(weights, change).map((tried) => {
		const scores = scoresUnder(tried);
		return { weights: tried, scores, ranks: ranksOf(scores) };
	});
	const ranks = ranksOf(base);

	const all = [{ scores: base, ranks }, ...tries];
	const ends = (of: (one: { scores: Column; ranks: Column }) => number | null | undefined) => {
		const values = all.map(of).filter((value) => typeof value === 'number');
		return values.length > 0
			? { least: Math.min(...values), most: Math.max(...values) }
			: { least: null, most: null };
	};
	return {
		groups: groups.map(({ key }, index) => {
			const places = ends((one) => one.ranks[index]);
			const scores = ends((one) => one.scores[index]);
			return {
				key,
				score: base[index] ?? null,
				rank: ranks[index] ?? null,
				best: places.least,
				worst: places.most,
				low: scores.least,
				high: scores.most
			};
		}),
		leastAgreement: leastAgreement(base, tries),
		steadyPairs: steadyPairs(
			base,
			tries.map(({ scores }) => scores)
		)
	};
}

type Column = (number | null)[];

/** Mean score of the handoffs in the rows, rounded so that equal groups stay equal. */
function meanScore(rows: ScoredGroup['rows'], weights: Weights): number | null {
	let sum = 0;
	let scored = 0;
	for (const { n, values } of rows) {
		const { score } = compositeScore(values, weights);
		if (score === null) continue;
		sum += n * score;
		scored += n;
	}
	return scored > 0 ? Math.round((sum / scored) * 1e9) / 1e9 : null;
}

/** Every way to raise or lower each weight by its share `change`. */
function corners(weights: Weights, change: number): Weights[] {
	return components.reduce<Weights[]>(
		(tried, component) =>
			tried.flatMap((one) =>
				[1 - change, 1 + change].map((factor) => ({
					...one,
					[component]: weights[component] * factor
				}))
			),
		[weights]
	);
}

function ranksOf(scores: Column): Column {
	const known = scores.flatMap((score, index) => (score === null ? [] : [{ score, index }]));
	const ranks = midranks(known.map(({ score }) => -score));
	const column: Column = scores.map(() => null);
	for (const [place, { index }] of known.entries()) column[index] = ranks[place] ?? null;
	return column;
}

function leastAgreement(
	base: Column,
	tries: { weights: Weights; scores: Column }[]
): RankStability['leastAgreement'] {
	let least: RankStability['leastAgreement'] = null;
	for (const { weights, scores } of tries) {
		const pairs = base.flatMap((score, index) => {
			const other = scores[index] ?? null;
			return score === null || other === null ? [] : [{ score, other }];
		});
		const found = spearman(
			pairs.map(({ score }) => score),
			pairs.map(({ other }) => other)
		);
		if (found && (!least || found.rho < least.rho)) least = { rho: found.rho, weights };
	}
	return least;
}

function steadyPairs(base: Column, tries: Column[]): number | null {
	let steady = 0;
	let pairs = 0;
	for (const [i, a] of base.entries()) {
		for (const [j, b] of base.entries()) {
			if (j <= i || a === null || b === null) continue;
			pairs++;
			const isReversed = tries.some((scores) => {
				const first = scores[i] ?? null;
				const second = scores[j] ?? null;
				return first !== null && second !== null && (first - second) * (a - b) < 0;
			});
			if (!isReversed) steady++;
		}
	}
	return pairs > 0 ? steady / pairs : null;
}
