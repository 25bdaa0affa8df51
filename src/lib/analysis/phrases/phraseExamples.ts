import { centreOf, nearestCentre } from './centres.ts';
import type { SparseVector } from './tfidf.ts';

/**
 * Questions that show a group: first the most central one, then central ones that say it otherwise.
 * Each next one has the highest cosine to the centre × (1 − its highest cosine to those chosen), among
 * the `within` most central. Places in the list given; the same words are never chosen twice.
 */
export function phraseExamples(
	vectors: readonly SparseVector[],
	{ most = 4, within = 200 } = {}
): number[] {
	const toCentre = nearestCentre([centreOf(vectors)]);
	const central = vectors
		.map((vector, place) => ({ place, similarity: toCentre(vector)?.similarity ?? 0 }))
		.sort((one, other) => other.similarity - one.similarity || one.place - other.place)
		.slice(0, within);
	const chosen = central.slice(0, 1).map(({ place }) => place);
	const closest = new Map(central.map(({ place }) => [place, 0]));
	while (chosen.length > 0 && chosen.length < most) {
		const last = vectors[chosen[chosen.length - 1] as number] as SparseVector;
		const toLast = nearestCentre([last]);
		let next: number | null = null;
		let best = 1e-9;
		for (const { place, similarity } of central) {
			const near = Math.max(
				closest.get(place) ?? 0,
				toLast(vectors[place] as SparseVector)?.similarity ?? 0
			);
			closest.set(place, near);
			const worth = similarity * (1 - near);
			if (worth > best) {
				best = worth;
				next = place;
			}
		}
		if (next === null) break;
		chosen.push(next);
	}
	return chosen;
}
