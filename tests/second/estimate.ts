import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';

/** One metric of one group, as the database side gives it. */
export type Estimate = {
	value: number | null;
	n: number;
	low: number | null;
	high: number | null;
	coverage: number | null;
};

const z = normalQuantile(0.975, 0, 1);

const bare = (value: number | null, n: number, all: number): Estimate => ({
	value,
	n,
	low: null,
	high: null,
	coverage: all === 0 ? null : n / all
});

export function countOf(rows: unknown[]): Estimate {
	return bare(rows.length, rows.length, rows.length);
}

/** Share of the rows of which a thing is true, over those of which it is known. */
export function shareOf<Row>(rows: Row[], test: (row: Row) => boolean | null): Estimate {
	let n = 0;
	let hits = 0;
	for (const row of rows) {
		const answer = test(row);
		if (answer === null) continue;
		n++;
		if (answer) hits++;
	}
	if (n === 0) return bare(null, 0, rows.length);
	const p = hits / n;
	const root = z * Math.sqrt(z * z + 4 * n * p * (1 - p));
	return {
		...bare(p, n, rows.length),
		low: Math.max(0, (2 * n * p + z * z - root) / (2 * (n + z * z))),
		high: Math.min(1, (2 * n * p + z * z + root) / (2 * (n + z * z)))
	};
}

/** Quantile of the known values, linear between neighbours (type 7). */
export function quantile(values: number[], p: number): number | null {
	const sorted = values.toSorted((a, b) => a - b);
	const place = (sorted.length - 1) * p;
	const below = sorted[Math.floor(place)];
	const above = sorted[Math.ceil(place)];
	if (below === undefined || above === undefined) return null;
	return below + (above - below) * (place - Math.floor(place));
}

const knownOf = <Row>(rows: Row[], valueOf: (row: Row) => number | null) =>
	rows.map(valueOf).filter((value) => value !== null);

export function quantileOf<Row>(
	rows: Row[],
	p: number,
	valueOf: (row: Row) => number | null
): Estimate {
	const values = knownOf(rows, valueOf);
	return bare(quantile(values, p), values.length, rows.length);
}

/** Mean of the known values with Student's interval; none where the values are all equal. */
export function meanOf<Row>(rows: Row[], valueOf: (row: Row) => number | null): Estimate {
	const values = knownOf(rows, valueOf);
	const n = values.length;
	if (n === 0) return bare(null, 0, rows.length);
	const mean = values.reduce((sum, value) => sum + value, 0) / n;
	const found = bare(mean, n, rows.length);
	if (values.every((value) => value === values[0])) return found;
	const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
	const half = tQuantile(0.975, n - 1) * Math.sqrt(squares / (n - 1) / n);
	return { ...found, low: mean - half, high: mean + half };
}

/** Mean of ratings on 1–5, its interval kept on the scale; a Dirichlet posterior where all are equal. */
export function ratingOf<Row>(rows: Row[], valueOf: (row: Row) => number | null): Estimate {
	const values = knownOf(rows, valueOf);
	const found = meanOf(rows, valueOf);
	if (found.low !== null && found.high !== null)
		return { ...found, low: Math.max(1, found.low), high: Math.min(5, found.high) };
	if (values.length < 2) return found;
	const weighted = [
		...values.map((value) => ({ value, weight: 1 })),
		...[1, 2, 3, 4, 5].map((value) => ({ value, weight: 0.2 }))
	];
	const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
	const centre = weighted.reduce((sum, { value, weight }) => sum + value * weight, 0) / total;
	const spread =
		weighted.reduce((sum, { value, weight }) => sum + weight * (value - centre) ** 2, 0) /
		total;
	const half = z * Math.sqrt(spread / (total + 1));
	return { ...found, low: Math.max(1, centre - half), high: Math.min(5, centre + half) };
}

/** How long a row was watched, in days, and whether it ended in a come-back. */
export type Watched = { days: number; cameBack: boolean };

/** Share that came back within the window by Kaplan–Meier; null under ten still watched at its end. */
export function comeBackOf<Row>(
	rows: Row[],
	watchedOf: (row: Row) => Watched | null,
	window = 7
): Estimate {
	const watched = rows.map(watchedOf).filter((row) => row !== null);
	const found = bare(null, watched.length, rows.length);
	if (watched.filter(({ days }) => days >= window).length < 10) return found;
	const times = watched.filter(({ cameBack }) => cameBack).map(({ days }) => days);
	const sorted = watched.map(({ days }) => days).sort((a, b) => a - b);
	let survival = 1;
	let greenwood = 0;
	let passed = 0;
	for (const time of [...new Set(times)].sort((a, b) => a - b)) {
		if (time > window) break;
		while ((sorted[passed] ?? Infinity) < time) passed++;
		const atRisk = sorted.length - passed;
		const events = times.filter((other) => other === time).length;
		survival = (survival * (atRisk - events)) / atRisk;
		greenwood += events / atRisk / (atRisk - events);
	}
	if (survival === 1 || survival === 0) return { ...found, value: 1 - survival };
	const error = Math.sqrt(greenwood) / Math.abs(Math.log(survival));
	const centre = Math.log(-Math.log(survival));
	return {
		...found,
		value: 1 - survival,
		low: 1 - Math.exp(-Math.exp(centre - z * error)),
		high: 1 - Math.exp(-Math.exp(centre + z * error))
	};
}
