/** How two ways to part the same items agree; all but `ari` lie within 0 and 1. */
export type Agreement = {
	/** Mutual information over the mean entropy of both (arithmetic): the V-measure. */
	nmi: number;
	/** Rand index adjusted for chance: 1 for the same partition, about 0 for a random one. */
	ari: number;
	/** How much knowing the cluster says of the class, and the class of the cluster. */
	homogeneity: number;
	completeness: number;
	/** Share of items that belong to the commonest class of their cluster. */
	purity: number;
};

/**
 * Compares a partition with the true classes, item by item. Numbers name parts and mean nothing else.
 * Sources: A. Rosenberg, J. Hirschberg (2007), V-Measure; L. Hubert, P. Arabie (1985), Comparing
 * partitions.
 */
export function partitionAgreement(
	classes: readonly number[],
	clusters: readonly number[]
): Agreement {
	const n = classes.length;
	const cells = new Map<number, Map<number, number>>();
	const classSizes = new Map<number, number>();
	const clusterSizes = new Map<number, number>();
	const add = (counts: Map<number, number>, key: number) =>
		counts.set(key, (counts.get(key) ?? 0) + 1);
	classes.forEach((one, item) => {
		const cluster = clusters[item];
		if (cluster === undefined) throw new RangeError(`item ${item} of ${n} has no cluster`);
		const row = cells.get(cluster) ?? new Map<number, number>();
		cells.set(cluster, row);
		add(row, one);
		add(classSizes, one);
		add(clusterSizes, cluster);
	});

	let information = 0;
	let pairsTogether = 0;
	let commonest = 0;
	for (const [cluster, row] of cells) {
		for (const [one, count] of row) {
			const byChance = ((clusterSizes.get(cluster) ?? 0) * (classSizes.get(one) ?? 0)) / n;
			information += (count / n) * Math.log(count / byChance);
			pairsTogether += pairs(count);
		}
		commonest += Math.max(...row.values());
	}
	const [classEntropy, clusterEntropy] = [entropy(classSizes, n), entropy(clusterSizes, n)];
	const [classPairs, clusterPairs] = [classSizes, clusterSizes].map((sizes) =>
		sum([...sizes.values()].map(pairs))
	) as [number, number];
	const expected = n < 2 ? 0 : (classPairs * clusterPairs) / pairs(n);
	const most = (classPairs + clusterPairs) / 2;
	const homogeneity = classEntropy === 0 ? 1 : information / classEntropy;
	const completeness = clusterEntropy === 0 ? 1 : information / clusterEntropy;
	const together = homogeneity + completeness;
	return {
		nmi: together === 0 ? 0 : (2 * homogeneity * completeness) / together,
		ari: most === expected ? 1 : (pairsTogether - expected) / (most - expected),
		homogeneity,
		completeness,
		purity: n === 0 ? 1 : commonest / n
	};
}

const pairs = (count: number) => (count * (count - 1)) / 2;
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

function entropy(sizes: Map<number, number>, n: number): number {
	return sum([...sizes.values()].map((size) => -(size / n) * Math.log(size / n)));
}
