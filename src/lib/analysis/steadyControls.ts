import quantile from '@stdlib/stats-base-dists-normal-quantile';
import type { FixWeeks } from './fixVerification.ts';
import { twoWayPoisson } from './twoWayPoisson.ts';

/** A topic that moved apart from the others. */
export type MovedControl = {
	row: number;
	/**
	 * Its rate after over its rate before, over the median of the same of the others; null where it
	 * has exposure on one side only.
	 */
	ratio: number | null;
	/** Log of that ratio over its error, and over how the others scatter where that is more than chance. */
	z: number | null;
};

export type SteadyControls = {
	/** Rows to hold the fixed topic against, ascending. */
	steady: number[];
	/** Rows that are not: those of one side only, then the farthest first. */
	moved: MovedControl[];
};

/** A median absolute deviation of a normal distribution is its standard deviation over this. */
const madScale = 1.4826;

/**
 * Topics that a fix can be held against: those whose rate did not change apart from the others' when
 * the fix was made. A topic is moved where the log of its rate ratio, after over before, lies beyond
 * the normal quantile of 5 % over the number of topics, two-sided, of the median of the others. The
 * error is quasi-Poisson, with the scatter of weeks within each side, and that of a median; where the
 * topics together differ by more than chance, their median deviation is the measure instead (Hampel's
 * rule), so that of topics that all wander none is taken out. One at a time, the farthest first, and
 * fewer than half of them: what most topics did is not what moved. Topics that came or went between
 * the sides are moved too, where others are on both. Those with under 10 failures steer nothing and stay.
 */
export function steadyControls(
	{ counts, exposure, fixed, firstAfter, leftOut = 0 }: FixWeeks,
	{ level = 0.95, leastEvents = 10 } = {}
): SteadyControls {
	const others = [...counts.keys()].filter((row) => row !== fixed);
	const lastBefore = Math.max(0, firstAfter - leftOut);
	const sum = (row: readonly number[]) => row.reduce((all, one) => all + one, 0);
	const eventsOf = (row: number) =>
		sum((counts[row] ?? []).filter((_, week) => week < lastBefore || week >= firstAfter));
	const changes = others.flatMap((row): Change[] => {
		const [own, out] = [counts[row] ?? [], exposure[row] ?? []];
		const events = [sum(own.slice(0, lastBefore)), sum(own.slice(firstAfter))] as const;
		const bases = [sum(out.slice(0, lastBefore)), sum(out.slice(firstAfter))] as const;
		const [before, after] = [events[0] + 0.5, events[1] + 0.5];
		return eventsOf(row) >= leastEvents && bases[0] > 0 && bases[1] > 0
			? [
					{
						row,
						log: Math.log(after / bases[1] / (before / bases[0])),
						variance: 1 / before + 1 / after
					}
				]
			: [];
	});
	const limit = quantile(1 - (1 - level) / 2 / Math.max(1, changes.length), 0, 1);
	const table = (rows: readonly number[], from: number, to?: number) => ({
		counts: rows.map((row) => (counts[row] ?? []).slice(from, to)),
		exposure: rows.map((row) => (exposure[row] ?? []).slice(from, to))
	});

	const apart: Apart[] = [];
	let left = changes;
	while (2 * (apart.length + 1) < changes.length) {
		const rows = left.map(({ row }) => row);
		const scatter = scatterWithout([table(rows, 0, lastBefore), table(rows, firstAfter)]);
		const measured = left.map((one, at): Apart => {
			const rest = left.filter((other) => other !== one);
			const log = one.log - median(rest.map((other) => other.log));
			const variance = one.variance + medianVariance(rest.map((other) => other.variance));
			return {
				row: one.row,
				ratio: Math.exp(log),
				z: log / Math.sqrt(variance * scatter(at))
			};
		});
		const wander = Math.max(1, madScale * median(measured.map(({ z }) => Math.abs(z))));
		const scaled = measured.map((one) => ({ ...one, z: one.z / wander }));
		const farthest = scaled.reduce((far, one) =>
			Math.abs(one.z) > Math.abs(far.z) ? one : far
		);
		if (!(Math.abs(farthest.z) > limit)) break;
		apart.push(farthest);
		left = left.filter(({ row }) => row !== farthest.row);
	}
	const isOnBoth = new Set(changes.map(({ row }) => row));
	const onOneSide = others.filter(
		(row) => changes.length > 0 && !isOnBoth.has(row) && eventsOf(row) >= leastEvents
	);
	const moved: MovedControl[] = [
		...onOneSide.map((row) => ({ row, ratio: null, z: null })),
		...apart
	];
	const isMoved = new Set(moved.map(({ row }) => row));
	return { steady: others.filter((row) => !isMoved.has(row)), moved };
}

type Apart = { row: number; ratio: number; z: number };
type Change = { row: number; log: number; variance: number };

/**
 * Variance of weekly counts over their mean within tables, at least 1, without the row asked for: a
 * topic that grows must not hide behind its own scatter.
 */
function scatterWithout(tables: Parameters<typeof twoWayPoisson>[0][]): (row: number) => number {
	const fits = tables.flatMap((table) => {
		const fit = twoWayPoisson(table);
		return fit ? [{ ...fit, counts: table.counts }] : [];
	});
	return (row) => {
		let [pearson, freedom] = [0, 0];
		for (const { counts, fitted, ...fit } of fits) {
			const own = (counts[row] ?? []).reduce((sum, count, week) => {
				const mean = fitted[row]?.[week] ?? 0;
				return mean > 0 ? sum + (count - mean) ** 2 / mean : sum;
			}, 0);
			pearson += fit.pearson - own;
			freedom += fit.freedom * (1 - 1 / counts.length);
		}
		return freedom > 0 ? Math.max(1, pearson / freedom) : 1;
	};
}

/** Of the median of normal values, each with its own variance: π/2 · n / (Σ 1/σ)². */
function medianVariance(variances: readonly number[]): number {
	const density = variances.reduce((sum, variance) => sum + 1 / Math.sqrt(variance), 0);
	return (Math.PI / 2) * (variances.length / density ** 2);
}

function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const at = (sorted.length - 1) / 2;
	return ((sorted[Math.floor(at)] ?? 0) + (sorted[Math.ceil(at)] ?? 0)) / 2;
}
