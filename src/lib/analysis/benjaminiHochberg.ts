/**
 * Many p-values at once: `adjusted` in the order given, and whether each is `rejected`, so that of
 * those rejected no more than the share q is expected to be chance (Benjamini and Hochberg 1995).
 */
export function benjaminiHochberg(
	pValues: readonly number[],
	q = 0.05
): { adjusted: number[]; rejected: boolean[] } {
	const m = pValues.length;
	const falling = [...pValues.entries()].sort(([, a], [, b]) => b - a);
	const adjusted = new Array<number>(m).fill(1);
	let smallest = 1;
	for (const [passed, [index, p]] of falling.entries()) {
		smallest = Math.min(smallest, (p * m) / (m - passed));
		adjusted[index] = smallest;
	}
	return { adjusted, rejected: adjusted.map((p) => p <= q) };
}
