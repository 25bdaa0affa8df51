import { unit, type SparseVector } from './tfidf.ts';

/** The direction of a group: its strongest terms by their place in a vocabulary. */
export type Centre = { terms: Int32Array; weights: Float64Array };

/** Terms kept of a centre: what bounds the time of an assignment and the size of a stored model. */
export const centreTerms = 300;

/** The mean direction of vectors, at length 1, kept to its `most` strongest terms. */
export function centreOf(vectors: readonly SparseVector[], most = centreTerms): Centre {
	let size = 0;
	for (const { terms } of vectors) for (const term of terms) size = Math.max(size, term + 1);
	const sums = new Float64Array(size);
	for (const { terms, weights } of vectors)
		for (let at = 0; at < terms.length; at++)
			(sums[terms[at] as number] as number) += weights[at] as number;
	let kept: number[] = [];
	for (let term = 0; term < size; term++) if ((sums[term] as number) > 0) kept.push(term);
	if (kept.length > most)
		kept = kept
			.sort((one, other) => (sums[other] as number) - (sums[one] as number) || one - other)
			.slice(0, most);
	return {
		terms: Int32Array.from(kept),
		weights: unit(Float64Array.from(kept, (term) => sums[term] as number))
	};
}

/** Finds the centre of the highest cosine for a vector; the first of equals, null where none shares a term. */
export function nearestCentre(
	centres: readonly Centre[]
): (vector: SparseVector) => { centre: number; similarity: number } | null {
	const holders = new Map<number, { centres: number[]; weights: number[] }>();
	centres.forEach(({ terms, weights }, centre) =>
		terms.forEach((term, place) => {
			const held = holders.get(term) ?? { centres: [], weights: [] };
			holders.set(term, held);
			held.centres.push(centre);
			held.weights.push(weights[place] as number);
		})
	);
	const scores = new Float64Array(centres.length);
	return ({ terms, weights }) => {
		scores.fill(0);
		for (let place = 0; place < terms.length; place++) {
			const held = holders.get(terms[place] as number);
			if (!held) continue;
			const weight = weights[place] as number;
			for (let at = 0; at < held.centres.length; at++)
				(scores[held.centres[at] as number] as number) +=
					weight * (held.weights[at] as number);
		}
		let best = -1;
		let similarity = 0;
		for (let centre = 0; centre < scores.length; centre++) {
			const score = scores[centre] as number;
			if (score > similarity) {
				similarity = score;
				best = centre;
			}
		}
		return best < 0 ? null : { centre: best, similarity };
	};
}
