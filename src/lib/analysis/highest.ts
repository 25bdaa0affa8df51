/** Where a function with one top between two ends is highest: golden section, to 10⁻⁶. */
export function highest(of: (x: number) => number, from: number, to: number): number {
	const golden = (Math.sqrt(5) - 1) / 2;
	let [low, high] = [from, to];
	let left = high - golden * (high - low);
	let right = low + golden * (high - low);
	let [atLeft, atRight] = [of(left), of(right)];
	while (high - low > 1e-6) {
		if (atLeft > atRight) {
			[high, right, atRight] = [right, left, atLeft];
			left = high - golden * (high - low);
			atLeft = of(left);
		} else {
			[low, left, atLeft] = [left, right, atRight];
			right = low + golden * (high - low);
			atRight = of(right);
		}
	}
	return (low + high) / 2;
}
