import { averageLinkage, clustersAt, cosines } from './averageLinkage.ts';
import { centreOf, nearestCentre } from './centres.ts';
import type { SparseVector } from './tfidf.ts';

export type GroupOptions = {
	/** Mean cosine down to which average linkage merges. */
	cut: number;
	/** Fewest members of a group. */
	least: number;
	/** How often members move to the nearest centre after linkage, at most; 0 leaves linkage as it is. */
	passes: number;
	/** Cosine to its centre under which a question stays outside. */
	near: number;
};

/** Chosen on the training questions of bench/phrases.ts. */
export const groupDefaults: GroupOptions = { cut: 0.1, least: 5, passes: 5, near: 0.2 };

/**
 * Groups vectors by average linkage on their cosines; groups of fewer than `least` are dissolved. Then
 * each vector, dissolved ones too, moves to the nearest centre that is `near` enough, until nothing
 * moves: linkage never takes a merge back, and this mends its early ones. For each vector the number
 * of its group, counted from 0 by falling size, or −1. Time and memory grow with the square: 3,000
 * vectors take about a second and 36 MB.
 */
export function phraseGroups(
	vectors: readonly SparseVector[],
	options: Partial<GroupOptions> = {}
): Int32Array {
	const { cut, least, passes, near } = { ...groupDefaults, ...options };
	const n = vectors.length;
	const merges = averageLinkage(cosines(vectors), n, cut);
	let found = bySize(clustersAt(merges, n, cut), least);
	for (let pass = 0; pass < passes; pass++) {
		const nearest = nearestCentre(
			membersOf(found).map((group) => centreOf(pick(vectors, group)))
		);
		const moved = bySize(
			Int32Array.from(vectors, (vector) => {
				const best = nearest(vector);
				return best && best.similarity >= near ? best.centre : -1;
			}),
			least
		);
		if (moved.every((group, item) => group === found[item])) break;
		found = moved;
	}
	return found;
}

/** The items of each group, in order. */
export function membersOf(groups: Int32Array): number[][] {
	const members: number[][] = [];
	groups.forEach((group, item) => {
		if (group >= 0) (members[group] ??= []).push(item);
	});
	return members;
}

export const pick = <Item>(items: readonly Item[], places: readonly number[]): Item[] =>
	places.map((place) => items[place] as Item);

/** Numbers groups anew by falling size, equals by their first item; small ones become −1. */
function bySize(groups: Int32Array, least: number): Int32Array {
	const kept = membersOf(groups)
		.filter((members) => members.length >= least)
		.sort((one, other) => other.length - one.length || (one[0] ?? 0) - (other[0] ?? 0));
	const found = new Int32Array(groups.length).fill(-1);
	kept.forEach((members, group) => members.forEach((item) => (found[item] = group)));
	return found;
}
