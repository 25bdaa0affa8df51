import quantile from '@stdlib/stats-base-dists-normal-quantile';

/**
 * Columns of a life table, ordered by time: how many were still watched just before each time, and
 * how many came back at it. It needs a row for every time with an event, and, to say how many are
 * at risk at a time without one, a row at the first time at or after it.
 */
export type LifeTable = { time: number[]; atRisk: number[]; events: number[] };

/** Share that had come back by a time (`rate`, `survival` = 1 − rate), with its 95 % interval. */
export type Survival = {
	survival: number;
	rate: number;
	/** Greenwood's standard error; null when nobody is left. */
	se: number | null;
	/** Ends of the interval of `rate`; null without an event and when nobody is left. */
	low: number | null;
	high: number | null;
	/** How many have a time of `at` or more. */
	atRisk: number;
};

/**
 * Kaplan–Meier estimate at a time, with Greenwood's error and the log-log interval (Kaplan and Meier
 * 1958; Kalbfleisch and Prentice 1980). Times in any one unit. Null when nobody was watched.
 */
export function kaplanMeier(table: LifeTable, at: number): Survival | null {
	if (!((table.atRisk[0] ?? 0) > 0)) return null;
	let survival = 1;
	let hazardVariance = 0;
	let atRisk = 0;
	for (const [row, time] of table.time.entries()) {
		const watched = table.atRisk[row] ?? 0;
		const events = table.events[row] ?? 0;
		if (time >= at && atRisk === 0) atRisk = watched;
		if (time > at) break;
		survival *= 1 - events / watched;
		hazardVariance += events / (watched * (watched - events));
	}
	const rate = 1 - survival;
	if (survival === 0) return { survival, rate, se: null, low: null, high: null, atRisk };
	const se = survival * Math.sqrt(hazardVariance);
	if (survival === 1) return { survival, rate, se, low: null, high: null, atRisk };
	const half = (quantile(0.975, 0, 1) * Math.sqrt(hazardVariance)) / -Math.log(survival);
	return {
		survival,
		rate,
		se,
		low: 1 - survival ** Math.exp(-half),
		high: 1 - survival ** Math.exp(half),
		atRisk
	};
}

/**
 * Life table of raw times: how long each was watched, and whether it ended in an event (true or 1)
 * or was censored. Events come before censorings of the same time.
 */
export function lifeTable(times: number[], events: (boolean | number)[]): LifeTable {
	const order = times.map((_, index) => index).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0));
	const table: LifeTable = { time: [], atRisk: [], events: [] };
	for (const [passed, index] of order.entries()) {
		const time = times[index] ?? 0;
		if (table.time.at(-1) !== time) {
			table.time.push(time);
			table.atRisk.push(times.length - passed);
			table.events.push(0);
		}
		const row = table.time.length - 1;
		table.events[row] = (table.events[row] ?? 0) + (events[index] ? 1 : 0);
	}
	return table;
}
