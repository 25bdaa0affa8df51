import quantile from '@stdlib/stats-base-dists-normal-quantile';
import { wilson } from './wilson.ts';

/** Scores of 0 and 1 are read as this close to certain, because certainty has no log-odds. */
const nearlyCertain = 0.005;

/**
 * Newton's method: a step below `arrived` ends it, a longer one than `stride` would overshoot where
 * scores are nearly certain, and what is beyond `runaway` is on its way to infinity.
 */
const arrived = 1e-10;
const stride = 1;
const runaway = 50;

/** Whether scores, read as chances of a good end, mean what they say. Intervals of 95 %. */
export type Calibration = {
	/** Of the log-odds: 1 is right, below 1 the scores are too extreme, 0 they say nothing. */
	slope: number;
	slopeLow: number;
	slopeHigh: number;
	/** Of the line with that slope. */
	intercept: number;
	/** Intercept at slope 1: below 0, ends are worse than the scores say on the whole. */
	inTheLarge: number;
};

/** One span of scores, for the picture: both ends, rows, mean score, share of good ends, interval. */
export type CalibrationBin = {
	from: number;
	to: number;
	n: number;
	meanScore: number;
	rate: number;
	low: number;
	high: number;
};

/**
 * Logistic recalibration (Cox 1958; Steyerberg 2019, ch. 15) of scores 0–1 for a later good (true or
 * 1) or bad end. Null where it has no finite answer: all ends alike, all scores alike, or a
 * threshold that tells good from bad without fail.
 */
export function calibration(scores: number[], ends: (boolean | number)[]): Calibration | null {
	const odds = scores.map(logOdds);
	const line = fit(odds, ends);
	const level = fitLevel(odds, ends);
	if (line === null || level === null) return null;
	const half = quantile(0.975, 0, 1) * line.se;
	return {
		slope: line.slope,
		slopeLow: line.slope - half,
		slopeHigh: line.slope + half,
		intercept: line.intercept,
		inTheLarge: level
	};
}

/** The chance of a good end that a recalibration gives a score of 0–1. */
export function recalibrated(
	{ slope, intercept }: Pick<Calibration, 'slope' | 'intercept'>,
	score: number
): number {
	return chanceOf(intercept + slope * logOdds(score));
}

/**
 * Share of good ends within spans of the score, each with its lower edge excluded and its upper one
 * included, the first with both; empty ones are left out. Rates have Wilson's interval.
 */
export function calibrationBins(
	scores: number[],
	ends: (boolean | number)[],
	edges = [0, 0.25, 0.5, 0.75, 1]
): CalibrationBin[] {
	return edges.slice(1).flatMap((to, index) => {
		const from = edges[index] ?? 0;
		const rows = scores.flatMap((score, row) =>
			(score > from || (index === 0 && score === from)) && score <= to
				? [{ score, good: ends[row] ? 1 : 0 }]
				: []
		);
		const n = rows.length;
		const good = rows.reduce((sum, row) => sum + row.good, 0);
		const interval = wilson(good, n);
		if (!interval) return [];
		const meanScore = rows.reduce((sum, row) => sum + row.score, 0) / n;
		return [{ from, to, n, meanScore, rate: good / n, ...interval }];
	});
}

function logOdds(score: number): number {
	const chance = Math.min(1 - nearlyCertain, Math.max(nearlyCertain, score));
	return Math.log(chance / (1 - chance));
}

const chanceOf = (odds: number) => 1 / (1 + Math.exp(-odds));

/** Logistic regression of ends on log-odds, by Newton's method. */
function fit(
	odds: number[],
	ends: (boolean | number)[]
): { slope: number; intercept: number; se: number } | null {
	const centre = odds.reduce((sum, x) => sum + x, 0) / odds.length;
	let middle = 0;
	let slope = 0;
	for (let step = 0; step < 100; step++) {
		let gradient0 = 0;
		let gradient1 = 0;
		let weight = 0;
		let weight1 = 0;
		let weight2 = 0;
		for (const [row, value] of odds.entries()) {
			const x = value - centre;
			const chance = chanceOf(middle + slope * x);
			const rest = (ends[row] ? 1 : 0) - chance;
			const own = chance * (1 - chance);
			gradient0 += rest;
			gradient1 += rest * x;
			weight += own;
			weight1 += own * x;
			weight2 += own * x * x;
		}
		const determinant = weight * weight2 - weight1 * weight1;
		if (!(determinant > 1e-12 * weight * weight2)) return null;
		const by0 = (weight2 * gradient0 - weight1 * gradient1) / determinant;
		const by1 = (weight * gradient1 - weight1 * gradient0) / determinant;
		const scale = Math.min(1, stride / Math.hypot(by0, by1));
		middle += scale * by0;
		slope += scale * by1;
		if (!(Math.abs(middle) < runaway && Math.abs(slope) < runaway)) return null;
		if (Math.hypot(by0, by1) < arrived) {
			const se = Math.sqrt(weight / determinant);
			return { slope, intercept: middle - slope * centre, se };
		}
	}
	return null;
}

/** Intercept alone, beside log-odds that are taken as they are. */
function fitLevel(odds: number[], ends: (boolean | number)[]): number | null {
	let level = 0;
	for (let step = 0; step < 100; step++) {
		let gradient = 0;
		let weight = 0;
		for (const [row, x] of odds.entries()) {
			const chance = chanceOf(level + x);
			gradient += (ends[row] ? 1 : 0) - chance;
			weight += chance * (1 - chance);
		}
		const by = Math.min(stride, Math.max(-stride, gradient / weight));
		level += by;
		if (!(Math.abs(level) < runaway)) return null;
		if (Math.abs(by) < arrived) return level;
	}
	return null;
}
