import type { Tally } from './newcombe.ts';

/**
 * Decisions of the AI whose confidence lay from `from` up to, and without, `to` (the last bin with
 * it): `n` in all, `handed` of them handed over. `ai` and `human` hold the known ends of those it
 * kept and of those it handed over, resolved out of known.
 */
export type ConfidenceBin = {
	from: number;
	to: number;
	n: number;
	handed: number;
	ai: Tally;
	human: Tally;
};

/** Handed over whatever the confidence, by another rule: known ends in `human`. */
export type Regardless = { n: number; human: Tally };

/** What a log tells of another threshold. */
export type ThresholdWhatIf = {
	threshold: number;
	handoffs: number;
	/** of all decisions, 0–1; null without any */
	handoffRate: number | null;
	/** resolved if all whose end is unknown were not, or were */
	lower: number | null;
	upper: number | null;
	/** share of decisions of which the log holds the end that they would have */
	shareIdentified: number | null;
};

/** Below this share of known ends, a band says too little to decide by. */
export const leastIdentified = 0.9;

/**
 * Handoffs and resolution had the AI handed over below another confidence than the `logged` one. How
 * many is known: each decision keeps its confidence, and what was handed over above the threshold
 * for other reasons still is. How it would end is known only where the path stays the same; for the
 * others the worst case and the best make a band (Manski 1990). Ends that were not logged count as
 * unknown too.
 * @param threshold as well as `logged`: an edge of a bin, or outside all of them
 * @throws RangeError when a threshold lies within a bin
 */
export function thresholdWhatIf(
	bins: readonly ConfidenceBin[],
	logged: number,
	threshold: number,
	regardless: Regardless = { n: 0, human: { hits: 0, n: 0 } }
): ThresholdWhatIf {
	for (const edge of [logged, threshold])
		if (bins.some(({ from, to }) => from < edge && edge < to))
			throw new RangeError(`the threshold ${String(edge)} lies within a bin`);
	const { n: kept, human } = regardless;
	const sum = { n: kept, handoffs: kept, resolved: human.hits, known: human.n };
	for (const bin of bins) {
		const wasBelow = bin.to <= logged;
		const isBelow = bin.to <= threshold;
		const isRaised = isBelow && !wasBelow;
		const isLowered = wasBelow && !isBelow;
		sum.n += bin.n;
		sum.handoffs += isRaised ? bin.n : isLowered ? 0 : bin.handed;
		if (!isRaised) {
			sum.resolved += bin.ai.hits;
			sum.known += bin.ai.n;
		}
		if (!isLowered) {
			sum.resolved += bin.human.hits;
			sum.known += bin.human.n;
		}
	}
	const share = (count: number) => (sum.n > 0 ? count / sum.n : null);
	return {
		threshold,
		handoffs: sum.handoffs,
		handoffRate: share(sum.handoffs),
		lower: share(sum.resolved),
		upper: share(sum.resolved + sum.n - sum.known),
		shareIdentified: share(sum.known)
	};
}

/** Decisions of one confidence: `kept` by the AI and `handed` over because of it. */
export type ConfidenceCount = { confidence: number; kept: number; handed: number };

/**
 * The threshold that decisions look made by: the edge, in steps, that the fewest of them are on the
 * wrong side of, and the share that it agrees with. Of several that fit alike, the middle one. Null
 * where only one side was ever taken.
 */
export function thresholdSeen(
	counts: readonly ConfidenceCount[],
	step = 0.01
): { threshold: number; agree: number } | null {
	const total = counts.reduce((sum, { kept, handed }) => sum + kept + handed, 0);
	if (!counts.some(({ kept }) => kept > 0) || !counts.some(({ handed }) => handed > 0))
		return null;
	const steps = Math.round(1 / step);
	const wrong = Array.from({ length: steps + 1 }, (_, at) =>
		counts.reduce(
			(sum, { confidence, kept, handed }) =>
				sum + (Math.floor(confidence * steps + 1e-9) < at ? kept : handed),
			0
		)
	);
	const least = Math.min(...wrong);
	const fits = wrong.flatMap((count, at) => (count === least ? [at] : []));
	const middle = fits[Math.floor(fits.length / 2)] ?? 0;
	return { threshold: middle / steps, agree: 1 - least / total };
}
