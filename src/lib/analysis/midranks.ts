/** Ranks from 1 for the smallest value on; equal values share the mean of their ranks. */
export function midranks(values: number[]): number[] {
	const order = values
		.map((value, index) => ({ value, index }))
		.sort((a, b) => a.value - b.value);
	const ranks = values.map(() => 0);
	for (let start = 0; start < order.length;) {
		let end = start + 1;
		while (end < order.length && order[end]?.value === order[start]?.value) end++;
		for (const { index } of order.slice(start, end)) ranks[index] = (start + 1 + end) / 2;
		start = end;
	}
	return ranks;
}
