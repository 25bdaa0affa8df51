import type { SparseVector } from './tfidf.ts';

/** Two clusters made one: the lowest item of each, and the mean similarity over all pairs between. */
export type Merge = { one: number; other: number; similarity: number };

/**
 * Similarities of n items, each pair once: row by row above the diagonal, n(n − 1)/2 numbers. Cosines
 * of vectors of length 1, added up term by term over the texts that share it.
 */
export function cosines(vectors: readonly SparseVector[]): Float64Array {
	const n = vectors.length;
	const found = new Float64Array((n * (n - 1)) / 2);
	const holders = new Map<number, { items: number[]; weights: number[] }>();
	// From the last item to the first: those already entered are the ones to its right in the row.
	for (let item = n - 1; item >= 0; item--) {
		const { terms, weights } = vectors[item] as SparseVector;
		const start = rowStart(item, n);
		for (let place = 0; place < terms.length; place++) {
			const term = terms[place] as number;
			const weight = weights[place] as number;
			const held = holders.get(term);
			if (!held) {
				holders.set(term, { items: [item], weights: [weight] });
				continue;
			}
			const { items } = held;
			for (let at = 0; at < items.length; at++)
				(found[start + (items[at] as number)] as number) +=
					weight * (held.weights[at] as number);
			items.push(item);
			held.weights.push(weight);
		}
	}
	return found;
}

/**
 * Average linkage (UPGMA) by nearest-neighbour chains, O(n²) time on the pairs given, which it
 * overwrites. Merges come with falling similarity; those under `cut` are never made. A cluster whose
 * nearest neighbour is under the cut is done: averages can only fall.
 * Source: F. Murtagh (1983), A survey of recent advances in hierarchical clustering algorithms;
 * D. Müllner (2011), Modern hierarchical, agglomerative clustering algorithms.
 */
export function averageLinkage(pairs: Float64Array, n: number, cut = -Infinity): Merge[] {
	const sizes = new Float64Array(n).fill(1);
	// Items that still can be merged, in ascending order.
	let open = Int32Array.from({ length: n }, (_, item) => item);
	const lowest = Int32Array.from(open);
	const merges: Merge[] = [];
	const chain: number[] = [];
	const close = (item: number) => {
		open = open.filter((one) => one !== item);
	};
	while (open.length > 1 || chain.length > 0) {
		if (chain.length === 0) chain.push(open[0] as number);
		const tip = chain[chain.length - 1] as number;
		const before = chain[chain.length - 2] ?? -1;
		let nearest = before;
		let best = before < 0 ? -Infinity : (pairs[pairAt(tip, before, n)] as number);
		for (const item of open) {
			if (item === tip) continue;
			const similarity = pairs[pairAt(tip, item, n)] as number;
			if (similarity > best) {
				best = similarity;
				nearest = item;
			}
		}
		if (nearest < 0 || best < cut) {
			close(tip);
			chain.pop();
			continue;
		}
		if (nearest !== before) {
			chain.push(nearest);
			continue;
		}
		chain.length -= 2;
		const [kept, gone] = tip < nearest ? [tip, nearest] : [nearest, tip];
		merges.push({
			one: lowest[kept] as number,
			other: lowest[gone] as number,
			similarity: best
		});
		close(gone);
		const [keptSize, goneSize] = [sizes[kept] as number, sizes[gone] as number];
		const size = keptSize + goneSize;
		for (const item of open) {
			if (item === kept) continue;
			const place = pairAt(kept, item, n);
			pairs[place] =
				(keptSize * (pairs[place] as number) +
					goneSize * (pairs[pairAt(gone, item, n)] as number)) /
				size;
		}
		sizes[kept] = size;
	}
	return merges.sort((one, other) => other.similarity - one.similarity);
}

/**
 * The clusters that merges of at least `cut` make of n items: for each item the number of its cluster,
 * counted from 0 in the order of their lowest items.
 */
export function clustersAt(merges: readonly Merge[], n: number, cut: number): Int32Array {
	const parents = Int32Array.from({ length: n }, (_, item) => item);
	const root = (item: number): number => {
		let at = item;
		while (parents[at] !== at) at = parents[at] = parents[parents[at] as number] as number;
		return at;
	};
	for (const { one, other, similarity } of merges) {
		if (similarity < cut) continue;
		const [low, high] = [root(one), root(other)].sort((a, b) => a - b) as [number, number];
		parents[high] = low;
	}
	const numbers = new Map<number, number>();
	return parents.map((_, item) => {
		const of = root(item);
		if (!numbers.has(of)) numbers.set(of, numbers.size);
		return numbers.get(of) as number;
	});
}

/** What to add to the right item of a pair for its place among the pairs. */
function rowStart(item: number, n: number): number {
	return item * n - (item * (item + 1)) / 2 - item - 1;
}

function pairAt(one: number, other: number, n: number): number {
	return one < other ? rowStart(one, n) + other : rowStart(other, n) + one;
}
