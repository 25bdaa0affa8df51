/** Weekly counts of a topic or group, under a name that is the same wherever it is counted. */
type Counted = { key: string; counts: readonly number[] };

/** Places of weeks: from ≤ … < to. */
type Stretch = { from: number; to: number };

/** What the failures averted by a fix are worked out from; rows run over the same weeks for all fixes. */
export type AvertedFrom = {
	own: Counted;
	/** those that it is held against */
	others: readonly Counted[];
	before: Stretch;
	after: Stretch;
	/** failures that would have come without it */
	expectedWithout: number;
};

/**
 * How the failures averted by two fixes vary together by chance, from −1 to 1: what both are held
 * against moves both alike, and weeks after one fix may be those before another. By the delta method
 * on weekly counts, each by itself, with a variance in one proportion to its mean, which falls out.
 * Of a row counted in part for one of them, the part is what they share. 0 where nothing varies.
 */
export function avertedCorrelation(one: AvertedFrom, other: AvertedFrom): number {
	const variance = together(one, one) * together(other, other);
	return variance > 0 ? Math.min(1, Math.max(-1, together(one, other) / Math.sqrt(variance))) : 0;
}

/** Weeks of a row, and failures averted more for each failure more in them. */
type Part = Counted & Stretch & { slope: number };

function together(one: AvertedFrom, other: AvertedFrom): number {
	const theirs = partsOf(other);
	let sum = 0;
	for (const a of partsOf(one))
		for (const b of theirs) {
			if (a.key !== b.key) continue;
			for (let week = Math.max(a.from, b.from); week < Math.min(a.to, b.to); week++)
				sum += a.slope * b.slope * Math.min(a.counts[week] ?? 0, b.counts[week] ?? 0);
		}
	return sum;
}

/** Averted = expected − seen; expected = before × others after / others before, by what each is out of. */
function partsOf({ own, others, before, after, expectedWithout }: AvertedFrom): Part[] {
	const events = (rows: readonly Counted[], { from, to }: Stretch) =>
		rows.reduce((all, { counts }) => counts.slice(from, to).reduce((a, n) => a + n, all), 0);
	const per = (count: number) => (count > 0 ? expectedWithout / count : 0);
	return [
		{ ...own, ...before, slope: per(events([own], before)) },
		{ ...own, ...after, slope: -1 },
		...others.flatMap((row) => [
			{ ...row, ...before, slope: -per(events(others, before)) },
			{ ...row, ...after, slope: per(events(others, after)) }
		])
	];
}
