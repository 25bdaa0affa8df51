import { randomLcg } from 'd3-random';
import { centreOf, nearestCentre, type Centre } from '../src/lib/analysis/phrases/centres.ts';
import type { SparseVector } from '../src/lib/analysis/phrases/tfidf.ts';

/**
 * Spherical k-means, the rival: k-means++ starts, the best of `starts` by summed cosine. For each
 * vector the number of its cluster. The same seed gives the same clusters.
 */
export function sphericalKMeans(
	vectors: readonly SparseVector[],
	k: number,
	{ seed = 1, starts = 10, passes = 50 } = {}
): number[] {
	const random = randomLcg(seed / 4294967296);
	let best: { total: number; clusters: number[] } = { total: -1, clusters: [] };
	for (let start = 0; start < starts; start++) {
		let centres = firstCentres(vectors, k, random);
		let clusters: number[] = [];
		let total = 0;
		for (let pass = 0; pass < passes; pass++) {
			const nearest = nearestCentre(centres);
			total = 0;
			const moved = vectors.map((vector) => {
				const found = nearest(vector);
				total += found?.similarity ?? 0;
				return found?.centre ?? 0;
			});
			const settled = moved.every((cluster, item) => cluster === clusters[item]);
			clusters = moved;
			if (settled) break;
			centres = centres.map((centre, cluster) => {
				const members = vectors.filter((_, item) => moved[item] === cluster);
				return members.length > 0 ? centreOf(members, Infinity) : centre;
			});
		}
		if (total > best.total) best = { total, clusters };
	}
	return best.clusters;
}

function firstCentres(vectors: readonly SparseVector[], k: number, random: () => number): Centre[] {
	const first = vectors[Math.floor(random() * vectors.length)];
	const centres = first ? [first] : [];
	while (centres.length > 0 && centres.length < Math.min(k, vectors.length)) {
		const nearest = nearestCentre(centres);
		const away = vectors.map((vector) => Math.max(0, 1 - (nearest(vector)?.similarity ?? 0)));
		let rest = random() * away.reduce((sum, one) => sum + one, 0);
		const next = away.findIndex((one) => (rest -= one) < 0);
		centres.push(vectors[Math.max(0, next)] as SparseVector);
	}
	return centres;
}
