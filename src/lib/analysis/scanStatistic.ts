import { randomBinomial, randomGamma } from 'd3-random';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** One topic over its last so many weeks. */
export type ScanWindow = {
	/** Place of the topic in the rows given. */
	topic: number;
	weeks: number;
	observed: number;
	/** Where all events fall as expected. */
	expected: number;
	/** Rate inside over rate outside, both against expectation. */
	relativeRisk: number;
	/** Log likelihood ratio; 0 where no more than expected was seen. */
	llr: number;
};

/** A window with the chance of one as good anywhere in the search. */
export type ScanCluster = ScanWindow & {
	p: number;
	/** By rank among the rounds drawn, never under 1 / (rounds + 1). */
	pMonteCarlo: number;
	/** By a Gumbel curve through the rounds; finer than their number, and the p of few rounds. */
	pGumbel: number;
	/** Weeks between two such windows by chance, if looked at once a week. */
	recurrenceWeeks: number;
	isEmerging: boolean;
};

export type Scan = {
	/** The best window of all. */
	best: ScanCluster;
	/** The best window of each topic, against the best of all by chance: on the safe side. */
	topics: ScanCluster[];
	/** Every window, topic by topic, from 1 week to the most. */
	windows: ScanWindow[];
	/** The llr that the best window passes by chance once in twenty times. */
	criticalLlr: number;
};

export type ScanOptions = {
	maxWeeks?: number;
	rounds?: number;
	seed?: number;
	/** Variance of counts over their mean; under 1 is read as 1. */
	dispersion?: number;
	/** An emerging window is at most this likely by chance, and has at least so many events. */
	alpha?: number;
	least?: number;
};

/** From this many rounds on their own ranks are fine enough. */
const many = 999;

/**
 * Prospective scan for what emerges (Kulldorff 2001): of all windows, each topic over its last 1 to
 * `maxWeeks` weeks, the one whose events exceed expectation by the largest Poisson likelihood ratio.
 * Rows are topics, columns weeks; `expected` in any unit, it is scaled to all events. The p allows
 * for the search: all events are dealt out anew by expectation, with a seed, so that the same log
 * gives the same p. With few rounds it is read off a Gumbel curve (Abrams, Kulldorff and Kleinman
 * 2010). With a `dispersion` above 1 the events are dealt in bursts (Dirichlet-multinomial). Emerging
 * is what chance shows about once a year of weekly looks. Cells that expect nothing are left out, as
 * is what was seen in them. Null where no events are left.
 */
export function scanStatistic(
	counts: readonly (readonly number[])[],
	expected: readonly (readonly number[])[],
	{
		maxWeeks = 4,
		rounds = 199,
		seed = 1,
		dispersion = 1,
		alpha = 1 / 52,
		least = 5
	}: ScanOptions = {}
): Scan | null {
	const table = counts.map((row, topic) =>
		row.map((count, week) => {
			const weight = expected[topic]?.[week] ?? 0;
			return weight > 0 ? { count, weight } : { count: 0, weight: 0 };
		})
	);
	const cells = table.flat();
	const all = cells.reduce((sum, { count }) => sum + count, 0);
	const weights = cells.reduce((sum, { weight }) => sum + weight, 0);
	if (!(all > 0)) return null;

	const spans = Math.min(maxWeeks, Math.max(...table.map((row) => row.length)));
	const scale = all / weights;
	/** The last weeks of each topic, newest first. */
	const recent = table.map((row) => row.slice(-spans).reverse());
	const windows = recent.flatMap((row, topic) => {
		let [observed, mean] = [0, 0];
		return row.map((cell, at): ScanWindow => {
			observed += cell.count;
			mean += cell.weight * scale;
			const outside = (all - observed) / (all - mean);
			return {
				topic,
				weeks: at + 1,
				observed,
				expected: mean,
				relativeRisk: observed / mean / outside,
				llr: logLikelihoodRatio(observed, mean, all)
			};
		});
	});
	const drawn = deal(recent, { all, scale, rounds, seed, dispersion: Math.max(1, dispersion) });
	const chance = gumbel(drawn);
	const judge = (window: ScanWindow): ScanCluster => {
		const asLarge = drawn.filter((llr) => llr >= window.llr - 1e-12).length;
		const pMonteCarlo = (1 + asLarge) / (rounds + 1);
		const pGumbel = chance(window.llr);
		const p = rounds >= many || window.llr === 0 ? pMonteCarlo : pGumbel;
		const isEmerging = p <= alpha && window.observed >= least;
		return { ...window, p, pMonteCarlo, pGumbel, recurrenceWeeks: 1 / p, isEmerging };
	};
	const bestOf = (some: readonly ScanWindow[]) =>
		some.reduce((best, one) => (one.llr > best.llr ? one : best));
	const topics = table.flatMap((_, topic) => {
		const own = windows.filter((window) => window.topic === topic);
		return own.length > 0 ? [judge(bestOf(own))] : [];
	});
	drawn.sort((a, b) => a - b);
	return {
		best: judge(bestOf(windows)),
		topics,
		windows,
		criticalLlr: drawn[Math.ceil(0.95 * rounds) - 1] ?? 0
	};
}

/**
 * What a scan expects where each topic keeps its own rate: its events over all weeks, spread by
 * exposure, such as conversations. A topic that rises is in its own rate, which costs some power.
 */
export function steadyCounts(
	counts: readonly (readonly number[])[],
	exposure: readonly (readonly number[])[]
): number[][] {
	return counts.map((row, topic) => {
		const out = exposure[topic] ?? [];
		const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);
		const rate = sum(row) / (sum(out) || 1);
		return row.map((_, week) => rate * (out[week] ?? 0));
	});
}

function logLikelihoodRatio(observed: number, expected: number, all: number): number {
	if (!(observed > expected)) return 0;
	const rest = all - observed;
	const outside = rest > 0 ? rest * Math.log(rest / (all - expected)) : 0;
	return observed * Math.log(observed / expected) + outside;
}

/** The largest llr of each round in which all events are dealt out by expectation. */
function deal(
	recent: readonly { weight: number }[][],
	options: { all: number; scale: number; rounds: number; seed: number; dispersion: number }
): number[] {
	const { all, scale, rounds, seed, dispersion } = options;
	const generator = xoroshiro128plus(seed);
	const source = () => uniformFloat64(generator);
	const binomial = randomBinomial.source(source);
	const gamma = randomGamma.source(source);
	/** Expected events, in bursts or as they are. */
	const fall = (mean: number) =>
		dispersion > 1 && mean > 0 ? gamma(mean / (dispersion - 1))() : mean;
	const means = recent.map((row) => row.map(({ weight }) => weight * scale));
	const flat = means.flat();
	const outside = Math.max(0, all - flat.reduce((sum, mean) => sum + mean, 0));
	return Array.from({ length: rounds }, () => {
		const parts = flat.map(fall);
		let room = parts.reduce((sum, part) => sum + part, fall(outside));
		let left = all;
		let cell = 0;
		let most = 0;
		for (const row of means) {
			let [observed, expected] = [0, 0];
			for (const mean of row) {
				const part = parts[cell++] ?? 0;
				const share = room > 0 ? Math.min(1, part / room) : 0;
				const count = left > 0 && share > 0 ? binomial(left, share)() : 0;
				room -= part;
				left -= count;
				observed += count;
				expected += mean;
				most = Math.max(most, logLikelihoodRatio(observed, expected, all));
			}
		}
		return most;
	});
}

const eulerGamma = 0.5772156649015329;

/** Upper tail of a Gumbel curve of the same mean and spread. */
function gumbel(values: readonly number[]): (x: number) => number {
	const n = values.length;
	const mean = values.reduce((sum, one) => sum + one, 0) / n;
	const squares = values.reduce((sum, one) => sum + (one - mean) ** 2, 0);
	const width = (Math.sqrt(squares / (n - 1)) * Math.sqrt(6)) / Math.PI;
	const top = mean - eulerGamma * width;
	return (x) => (width > 0 ? -Math.expm1(-Math.exp(-(x - top) / width)) : x > top ? 0 : 1);
}
