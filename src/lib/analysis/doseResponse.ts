import { isotonic, isotonicAt } from './isotonic.ts';
import { wilson, type Interval } from './wilson.ts';

/**
 * Handoffs of one topic and one dose, such as minutes of waiting: `n` with a known response, `hits`
 * among them, and where the response is a rating the `sum` of all ratings.
 */
export type Dosed = {
	dose: number;
	n: number;
	hits: number;
	sum?: number;
	topic?: string | null;
};

/** Share of hits among the doses from `from` up to, and without, `to`; null, as its interval, where n is 0. */
export type DoseBin = {
	from: number;
	to: number;
	n: number;
	hits: number;
	share: number | null;
	interval: Interval | null;
	/** Mean rating; null where a row has no `sum`. */
	mean: number | null;
};

/**
 * Response by bins of dose: the plain share of hits with Wilson's interval. Edges ascend, the last
 * may be Infinity; a dose on an edge is in the bin above it, doses outside all bins are in none.
 */
export function doseBins(rows: readonly Dosed[], edges: readonly number[]): DoseBin[] {
	return edges.slice(1).map((to, index) => {
		const from = edges[index] ?? to;
		const inside = rows.filter(({ dose, n }) => n > 0 && dose >= from && dose < to);
		const n = total(inside, (row) => row.n);
		const hits = total(inside, (row) => row.hits);
		const sum = total(inside, (row) => row.sum ?? NaN);
		return {
			from,
			to,
			n,
			hits,
			share: n > 0 ? hits / n : null,
			interval: wilson(hits, n),
			mean: n > 0 && !Number.isNaN(sum) ? sum / n : null
		};
	});
}

/** A bin at the topic mix of all bins together, over the topics that are comparable. */
export type DoseBinWithin = {
	from: number;
	to: number;
	/** Of the comparable topics. */
	n: number;
	hits: number;
	/** n of a plain share that would be known as well: 1 / Σ (W² / n). */
	effectiveN: number;
	share: number | null;
	interval: Interval | null;
	/** Monotone fit through the shares, weighted by `effectiveN`. */
	fitted: number | null;
};

/**
 * Response by bins of dose within topics. Long waits and hard topics go together, so each topic
 * keeps its own share in every bin, and the topics are weighted alike in all bins: by their n over
 * all of them (direct standardisation). The interval is Wilson's at the effective n, which is on the
 * safe side where topics differ and stays right where all are hits or none is. A topic takes part
 * with `least` in every bin that has any handoff; `covered` is the share of n of those that do,
 * null where there is none at all. `direction` is that of the fit.
 */
export function doseWithinTopics(
	rows: readonly Dosed[],
	edges: readonly number[],
	{ least = 5, direction = 'falling' as 'falling' | 'rising' } = {}
): { bins: DoseBinWithin[]; topics: (string | null)[]; covered: number | null } {
	const byTopic = new Map<string | null, Dosed[]>();
	for (const row of rows) {
		const topic = row.topic ?? null;
		const own = byTopic.get(topic);
		if (own) own.push(row);
		else byTopic.set(topic, [row]);
	}
	const all = doseBins(rows, edges);
	const strata = [...byTopic].map(([topic, own]) => {
		const bins = doseBins(own, edges);
		const isFull = bins.every(({ n }, index) => n >= least || all[index]?.n === 0);
		return { topic, bins, weight: total(bins, ({ n }) => n), isFull };
	});
	const comparable = strata.filter(({ isFull, weight }) => isFull && weight > 0);
	const whole = total(comparable, ({ weight }) => weight);
	const bins = all.map(({ from, to }, index) => {
		const cells = comparable.map(({ bins: own, weight }) => ({
			n: own[index]?.n ?? 0,
			hits: own[index]?.hits ?? 0,
			weight: weight / whole
		}));
		const n = total(cells, (cell) => cell.n);
		const hits = total(cells, (cell) => cell.hits);
		if (n === 0)
			return { from, to, n, hits, effectiveN: 0, share: null, interval: null, fitted: null };
		const share = total(cells, (cell) => (cell.weight * cell.hits) / cell.n);
		const effectiveN = 1 / total(cells, (cell) => cell.weight ** 2 / cell.n);
		const interval = wilson(share * effectiveN, effectiveN);
		return { from, to, n, hits, effectiveN, share, interval, fitted: null };
	});
	const levels = isotonic(
		bins.map(({ share, effectiveN }, x) => ({ x, y: share ?? 0, weight: effectiveN })),
		direction
	);
	const overall = total(strata, ({ weight }) => weight);
	return {
		bins: bins.map((bin, x) => ({
			...bin,
			fitted: bin.share === null ? null : isotonicAt(levels, x)
		})),
		topics: comparable.map(({ topic }) => topic),
		covered: overall > 0 ? whole / overall : null
	};
}

function total<Row>(rows: readonly Row[], of: (row: Row) => number): number {
	return rows.reduce((sum, row) => sum + of(row), 0);
}
