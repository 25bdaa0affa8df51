/** Neighbouring spans of a wait taken together until each has enough. */
import type { Share } from '../../waits.ts';
import { wilson } from '../../analysis/wilson.ts';

/** How much lies in the span from `from_s` up to the next one. */
export type Span = { from_s: number; n: number };

/**
 * Edges of bins, in seconds, from 0 to Infinity: as long as there are more than `most` bins or one
 * has less than `least`, the one with least is joined with its smaller neighbour.
 * @returns no edges when nothing lies in any span
 */
export function binEdges(
	spans: Span[],
	{ least, most }: { least: number; most: number }
): number[] {
	const byStart = new Map<number, number>();
	for (const { from_s, n } of spans) byStart.set(from_s, (byStart.get(from_s) ?? 0) + n);
	const bins = [...byStart]
		.map(([from_s, n]) => ({ from_s, n }))
		.filter(({ n }) => n > 0)
		.sort((a, b) => a.from_s - b.from_s);
	const [first] = bins;
	if (!first) return [];
	first.from_s = 0;
	while (bins.length > 1) {
		const smallest = bins.reduce(
			(found, { n }, at) => (n < (bins[found]?.n ?? 0) ? at : found),
			0
		);
		if (bins.length <= most && (bins[smallest]?.n ?? 0) >= least) break;
		const isLeft =
			smallest > 0 &&
			(smallest === bins.length - 1 ||
				(bins[smallest - 1]?.n ?? 0) <= (bins[smallest + 1]?.n ?? 0));
		const at = isLeft ? smallest - 1 : smallest;
		const joined = bins.splice(at + 1, 1)[0];
		const kept = bins[at];
		if (kept && joined) kept.n += joined.n;
	}
	return [...bins.map(({ from_s }) => from_s), Infinity];
}

/** The end of a bin as pages have it. */
export const endOf = (edge: number) => (edge === Infinity ? null : edge);

/** Hits among n with Wilson's interval. */
export function shareOf(hits: number, n: number): Share {
	const interval = wilson(hits, n);
	return {
		n,
		value: n > 0 ? hits / n : null,
		low: interval?.low ?? null,
		high: interval?.high ?? null
	};
}
