import { dot, leastSquares, type LeastSquares } from './leastSquares.ts';

/**
 * Four numbers of a segmented line, in this order: level at the first week, slope per week, change
 * of level at the first week after, change of slope from there on.
 */
export type Segments = [level: number, slope: number, step: number, bend: number];

/** A weekly series broken at a fix, by a straight line and by Poisson regression. */
export type InterruptedSeries = {
	line: {
		coefficients: number[];
		se: number[];
		/** Allows for weeks that resemble those before them (Newey and West 1987). */
		seRobust: number[];
		/** Of the residuals: 2 without resemblance, below it where neighbours are alike. */
		durbinWatson: number;
	};
	/** Null where it has no finite answer. */
	poisson: {
		coefficients: number[];
		se: number[];
		/** Pearson's χ² over its degrees of freedom. */
		dispersion: number;
		/** Ratio of the rate just after to what the line before leads to. */
		stepRatio: number;
		/** Counts that the line before leads to less those seen, summed over the weeks after. */
		averted: number;
	} | null;
};

/**
 * Interrupted time series (Bernal, Cummins and Gasparrini 2017): one series of counts, a line before
 * the week `firstAfter` and another from it on. It has no other topics beside it, so anything else
 * that happened that week is in it as well. Exposures, such as conversations, enter the Poisson
 * regression as offset. Null with fewer than 2 weeks on a side or 5 in all.
 */
export function interruptedSeries(
	counts: readonly number[],
	firstAfter: number,
	{ exposure, lags = 3 }: { exposure?: readonly number[]; lags?: number } = {}
): InterruptedSeries | null {
	const n = counts.length;
	if (firstAfter < 2 || n - firstAfter < 2 || n < 5) return null;
	const design = counts.map((_, week) => {
		const after = week >= firstAfter ? 1 : 0;
		return [1, week, after, after * (week - firstAfter)];
	});
	const fit = leastSquares(design, counts);
	if (!fit) return null;
	const rest = counts.map((count, week) => count - dot(design[week] ?? [], fit.coefficients));
	const squares = dot(rest, rest);
	const freedom = n - 4;
	return {
		line: {
			coefficients: fit.coefficients,
			se: diagonal(fit).map((one) => Math.sqrt((one * squares) / freedom)),
			seRobust: neweyWest(design, rest, fit, lags),
			durbinWatson:
				rest.slice(1).reduce((sum, one, at) => sum + (one - (rest[at] ?? 0)) ** 2, 0) /
				squares
		},
		poisson: poisson(design, counts, firstAfter, exposure)
	};
}

const diagonal = ({ inverse }: LeastSquares) => inverse.map((row, at) => row[at] ?? 0);

/** Standard errors with Bartlett's weights and the small-sample factor n / (n − k). */
function neweyWest(
	design: readonly number[][],
	rest: readonly number[],
	{ inverse }: LeastSquares,
	lags: number
): number[] {
	const n = design.length;
	return inverse.map((row) => {
		// What each week pulls on this coefficient.
		const pulls = design.map((own, week) => dot(row, own) * (rest[week] ?? 0));
		let variance = dot(pulls, pulls);
		for (let lag = 1; lag <= lags; lag++)
			variance += 2 * (1 - lag / (lags + 1)) * dot(pulls.slice(lag), pulls.slice(0, n - lag));
		return Math.sqrt((Math.max(0, variance) * n) / (n - row.length));
	});
}

/** By iteratively reweighted least squares. */
function poisson(
	design: readonly number[][],
	counts: readonly number[],
	firstAfter: number,
	exposure?: readonly number[]
): InterruptedSeries['poisson'] {
	if (exposure?.some((one) => !(one > 0))) return null;
	const offsets = counts.map((_, week) => Math.log(exposure?.[week] ?? 1));
	let fitted = counts.map((count) => count + 0.5);
	let coefficients: number[] = [];
	for (let round = 0; round < 100; round++) {
		const working = counts.map((count, week) => {
			const mean = fitted[week] ?? 1;
			return Math.log(mean) - (offsets[week] ?? 0) + (count - mean) / mean;
		});
		const fit = leastSquares(design, working, fitted);
		if (!fit || fit.coefficients.some((one) => !(Math.abs(one) < 50))) return null;
		const moved = fit.coefficients.map((one, at) =>
			Math.abs(one - (coefficients[at] ?? Infinity))
		);
		coefficients = fit.coefficients;
		fitted = design.map((row, week) => Math.exp(dot(row, coefficients) + (offsets[week] ?? 0)));
		if (Math.max(...moved) > 1e-11) continue;
		const [level = 0, slope = 0, step = 0] = coefficients;
		const pearson = counts.reduce(
			(sum, count, week) => sum + (count - (fitted[week] ?? 1)) ** 2 / (fitted[week] ?? 1),
			0
		);
		return {
			coefficients,
			se: diagonal(fit).map(Math.sqrt),
			dispersion: pearson / (counts.length - 4),
			stepRatio: Math.exp(step),
			averted: counts.reduce((sum, count, week) => {
				const without = Math.exp(level + slope * week + (offsets[week] ?? 0));
				return week < firstAfter ? sum : sum + without - count;
			}, 0)
		};
	}
	return null;
}
