/** A mean `y` of `weight` values (1 unless said) at `x`, in any units. */
export type Point = { x: number; y: number; weight?: number };

/** A stretch of `x` over which the fit is level at `y`; `weight` is that of the points pooled in it. */
export type Level = { from: number; to: number; y: number; weight: number };

/**
 * Least-squares fit that never turns: `falling` or `rising` in `x`, by pooling adjacent violators
 * (Ayer et al. 1955; Barlow et al. 1972). Points of the same `x` are averaged first, by weight.
 * Levels come in the order of `x` and differ from one to the next; none where no point has weight.
 * The fit shows a shape, without an interval: its ends lean towards the outermost points.
 */
export function isotonic(points: readonly Point[], direction: 'falling' | 'rising'): Level[] {
	const sign = direction === 'falling' ? -1 : 1;
	const levels: Level[] = [];
	for (const { x, y, weight } of averaged(points)) {
		let level = { from: x, to: x, y, weight };
		for (let last = levels.at(-1); last; last = levels.at(-1)) {
			if (sign * last.y < sign * level.y) break;
			levels.pop();
			level = { ...pooled(last, level), from: last.from, to: level.to };
		}
		levels.push(level);
	}
	return levels;
}

/**
 * Value of the fit at any `x`: a straight line between two levels, the outermost level beyond the
 * ends. Null without levels.
 */
export function isotonicAt(levels: readonly Level[], x: number): number | null {
	const next = levels.findIndex(({ to }) => x <= to);
	const level = next < 0 ? levels.at(-1) : levels[next];
	const before = levels[next - 1];
	if (!level) return null;
	if (next < 0 || !before || x >= level.from) return level.y;
	return before.y + ((level.y - before.y) * (x - before.to)) / (level.from - before.to);
}

function averaged(points: readonly Point[]): Required<Point>[] {
	const byX = new Map<number, Required<Point>>();
	for (const { x, y, weight = 1 } of points) {
		if (!(weight > 0)) continue;
		const known = byX.get(x);
		byX.set(x, { x, ...(known ? pooled(known, { y, weight }) : { y, weight }) });
	}
	return [...byX.values()].sort((a, b) => a.x - b.x);
}

type Mean = { y: number; weight: number };

function pooled(a: Mean, b: Mean): Mean {
	const weight = a.weight + b.weight;
	return { y: (a.y * a.weight + b.y * b.weight) / weight, weight };
}
