/** How much of the points each local line sees (0–1), and how often outliers are weighted down. */
export type LowessOptions = { share?: number; robustSteps?: number };

/**
 * Locally weighted straight lines through paired values (Cleveland 1979): at each `x`, ordered, the
 * value of a line fitted to the nearest points with tricube weights; then, `robustSteps` times
 * over, with points far from the last fit weighted down (bisquare of six times the median
 * distance). Time grows with the square of the number of points. Where the points in sight share
 * one `x`, the line is their mean; where none is in sight with weight, the value is that of the point itself.
 */
export function lowess(
	x: readonly number[],
	y: readonly number[],
	{ share = 0.5, robustSteps = 3 }: LowessOptions = {}
): { x: number; y: number }[] {
	const points = x.map((at, index) => ({ x: at, y: y[index] ?? 0 })).sort((a, b) => a.x - b.x);
	const count = points.length;
	const near = Math.min(count, Math.max(1, Math.floor(share * count + 1e-10)));
	// Where the points lie on the lines, what rounding leaves must not make outliers of them.
	const dust = 1e-9 * points.reduce((most, point) => Math.max(most, Math.abs(point.y)), 0);
	let trust = points.map(() => 1);
	let fit: number[] = [];
	for (let step = 0; step <= robustSteps; step++) {
		if (step > 0)
			trust = bisquare(
				points.map((point, index) => point.y - (fit[index] ?? 0)),
				dust
			);
		let left = 0;
		fit = points.map((point) => {
			while (
				left + near < count &&
				point.x > ((points[left]?.x ?? 0) + (points[left + near]?.x ?? 0)) / 2
			)
				left++;
			return localLine(
				point,
				points.slice(left, left + near),
				trust.slice(left, left + near)
			);
		});
	}
	return points.map((point, index) => ({ x: point.x, y: fit[index] ?? 0 }));
}

type XY = { x: number; y: number };

function localLine(at: XY, near: XY[], trust: number[]): number {
	const radius = Math.max(...near.map(({ x }) => Math.abs(x - at.x)));
	const weights = near.map(({ x }, index) => {
		const distance = radius > 0 ? Math.abs(x - at.x) / radius : 0;
		return (1 - distance ** 3) ** 3 * (trust[index] ?? 0);
	});
	const whole = sum(weights);
	if (!(whole > 0)) return at.y;
	const mean = (of: (point: XY) => number) =>
		sum(near.map((point, index) => ((weights[index] ?? 0) / whole) * of(point)));
	const centre = mean(({ x }) => x);
	const level = mean(({ y }) => y);
	const spread = mean(({ x }) => (x - centre) ** 2);
	if (spread < 1e-12) return level;
	return level + ((at.x - centre) * mean(({ x, y }) => (x - centre) * y)) / spread;
}

function bisquare(residuals: number[], dust: number): number[] {
	const distances = residuals.map((one) => (Math.abs(one) > dust ? Math.abs(one) : 0));
	const ordered = distances.toSorted((a, b) => a - b);
	const half = ordered.length / 2;
	const median = ((ordered[Math.ceil(half) - 1] ?? 0) + (ordered[Math.floor(half)] ?? 0)) / 2;
	return distances.map((distance) => {
		const scaled = median > 0 ? distance / (6 * median) : distance > 0 ? 1 : 0;
		return scaled >= 1 ? 0 : (1 - scaled * scaled) ** 2;
	});
}

function sum(values: number[]): number {
	return values.reduce((total, value) => total + value, 0);
}
