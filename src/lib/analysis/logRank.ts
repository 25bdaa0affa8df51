import chiSquareCdf from '@stdlib/stats-base-dists-chisquare-cdf';
import type { LifeTable } from './kaplanMeier.ts';

/** Below this share of itself before elimination, a variance is rounding of zero. */
const noVariance = 1e-10;

/** Whether groups come back at the same pace. `p` null where no test can be made. */
export type LogRank = {
	chiSquare: number | null;
	/** Groups that could be told apart, less one. */
	df: number;
	p: number | null;
	/** Events seen in each group, and expected if all shared one pace. */
	observed: number[];
	expected: number[];
};

/**
 * Log-rank test of two or more groups over all times (Mantel 1966; Peto and Peto 1972). Each table
 * has a row for every time of its group, with or without an event, as `lifeTable` makes it. Groups
 * without anyone at risk at any event take no part; with no event at all, or one group only, there
 * is no test.
 */
export function logRank(groups: LifeTable[]): LogRank {
	const observed = groups.map(({ events }) => events.reduce((sum, count) => sum + count, 0));
	const expected = groups.map(() => 0);
	const covariance = groups.map(() => groups.map(() => 0));
	const eventTimes = new Set(
		groups.flatMap(({ time, events }) => time.filter((_, row) => (events[row] ?? 0) > 0))
	);
	const cursors = groups.map(() => 0);
	for (const time of [...eventTimes].sort((a, b) => a - b)) {
		let died = 0;
		const shares = groups.map((group, index) => {
			let row = cursors[index] ?? 0;
			while ((group.time[row] ?? Infinity) < time) row++;
			cursors[index] = row;
			if (group.time[row] === time) died += group.events[row] ?? 0;
			return group.atRisk[row] ?? 0;
		});
		const atRisk = shares.reduce((sum, count) => sum + count, 0);
		const spread = atRisk > 1 ? (died * (atRisk - died)) / (atRisk - 1) : 0;
		for (const [i, own] of shares.entries()) {
			expected[i] = (expected[i] ?? 0) + (died * own) / atRisk;
			const line = covariance[i] ?? [];
			for (const [j, other] of shares.entries()) {
				const pair = (i === j ? own / atRisk : 0) - (own * other) / (atRisk * atRisk);
				line[j] = (line[j] ?? 0) + spread * pair;
			}
		}
	}
	const excess = observed.map((count, index) => count - (expected[index] ?? 0));
	const { value, rank } = quadraticForm(excess, covariance);
	return {
		chiSquare: rank > 0 ? value : null,
		df: rank,
		p: rank > 0 ? 1 - chiSquareCdf(value, rank) : null,
		observed,
		expected
	};
}

/** x′ V⁻ x and the rank of V, by elimination that passes over directions without variance. */
function quadraticForm(x: number[], v: number[][]): { value: number; rank: number } {
	const rows = v.map((line, index) => [...line, x[index] ?? 0]);
	let value = 0;
	let rank = 0;
	for (const [i, row] of rows.entries()) {
		const pivot = row[i] ?? 0;
		if (pivot <= noVariance * (v[i]?.[i] ?? 0)) continue;
		rank++;
		value += (row[x.length] ?? 0) ** 2 / pivot;
		for (const below of rows.slice(i + 1)) {
			const factor = (below[i] ?? 0) / pivot;
			for (let j = i; j <= x.length; j++) below[j] = (below[j] ?? 0) - factor * (row[j] ?? 0);
		}
	}
	return { value, rank };
}
