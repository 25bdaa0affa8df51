import quantile from '@stdlib/stats-base-dists-normal-quantile';

/** One topic of one path: its conversations, the surveys answered, and the good answers among them. */
export type Stratum = {
	topic: string | null;
	conversations: number;
	answers: number;
	positive: number;
};

/** How much each topic counts, in any unit: only the shares matter. */
export type Mix = ReadonlyMap<string | null, number>;

/** A share of good answers (0–1) at a stated topic mix, with its 95 % interval. */
export type Standardised = {
	/** Null when a topic of the mix has no answer: not comparable. */
	value: number | null;
	/** Null also when a topic has a single answer, and so no spread. */
	se: number | null;
	/** Null also when no topic shows any spread. */
	low: number | null;
	high: number | null;
	/** Share of the mix whose topics have an answer (0–1); null for an empty mix. */
	covered: number | null;
};

/** Topic mix of a path's own conversations. */
export function mixOf(strata: Stratum[]): Mix {
	const mix = new Map<string | null, number>();
	for (const { topic, conversations } of strata)
		mix.set(topic, (mix.get(topic) ?? 0) + conversations);
	return mix;
}

/**
 * Direct standardisation: the share of good answers a path would have if its topics came in the
 * mix, and each kept its own share (Fleiss, Levin and Paik 2003, ch. 19). With the path's own mix
 * it is the response-weighted share: every topic counts by its conversations, not by how many of
 * them answered. Each topic comes once. A topic without answers is never filled in; merge it first
 * (`mergeThinTopics`).
 */
export function standardise(strata: Stratum[], mix: Mix): Standardised {
	const byTopic = new Map(strata.map((stratum) => [stratum.topic, stratum]));
	const whole = [...mix.values()].reduce((sum, weight) => sum + weight, 0);
	let value = 0;
	let variance = 0;
	let covered = 0;
	let isKnown = whole > 0;
	for (const [topic, weight] of mix) {
		if (!(weight > 0)) continue;
		const { answers, positive } = byTopic.get(topic) ?? { answers: 0, positive: 0 };
		if (!(answers > 0)) {
			isKnown = false;
			continue;
		}
		const share = weight / whole;
		const rate = positive / answers;
		covered += weight;
		value += share * rate;
		variance += answers > 1 ? (share * share * rate * (1 - rate)) / (answers - 1) : Infinity;
	}
	const estimate = { value: isKnown ? value : null, se: isKnown ? Math.sqrt(variance) : null };
	return { ...withInterval(estimate, 0), covered: whole > 0 ? covered / whole : null };
}

/**
 * Difference a − b of two paths at the same mix, in shares. The paths are independent: different
 * conversations. Null where either is not comparable.
 */
export function standardisedDifference(
	a: Standardised,
	b: Standardised
): { value: number | null; se: number | null; low: number | null; high: number | null } {
	const value = a.value === null || b.value === null ? null : a.value - b.value;
	const se = a.se === null || b.se === null ? null : Math.hypot(a.se, b.se);
	return withInterval({ value, se }, -1);
}

/**
 * Paths with the same topics each: those that have fewer than `floor` answers on any of the paths
 * become one, named `rest`, on all of them. What is still too thin then is not comparable, and
 * `standardise` says so.
 */
export function mergeThinTopics(paths: Stratum[][], floor = 2, rest = 'other'): Stratum[][] {
	const topics = new Set(paths.flat().map(({ topic }) => topic));
	const answersOf = (strata: Stratum[], topic: string | null) =>
		strata.reduce((sum, one) => sum + (one.topic === topic ? one.answers : 0), 0);
	const thin = new Set(
		[...topics].filter((topic) => paths.some((strata) => answersOf(strata, topic) < floor))
	);
	return paths.map((strata) => {
		const merged = new Map<string | null, Stratum>();
		for (const stratum of strata) {
			const topic = thin.has(stratum.topic) ? rest : stratum.topic;
			const sum = merged.get(topic) ?? { topic, conversations: 0, answers: 0, positive: 0 };
			sum.conversations += stratum.conversations;
			sum.answers += stratum.answers;
			sum.positive += stratum.positive;
			merged.set(topic, sum);
		}
		return [...merged.values()];
	});
}

/** Normal interval, kept between the floor and 1. */
function withInterval({ value, se }: { value: number | null; se: number | null }, floor: number) {
	if (value === null || se === null || !Number.isFinite(se))
		return { value, se: null, low: null, high: null };
	if (se === 0) return { value, se, low: null, high: null };
	const half = quantile(0.975, 0, 1) * se;
	return { value, se, low: Math.max(floor, value - half), high: Math.min(1, value + half) };
}
