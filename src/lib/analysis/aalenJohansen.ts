import quantile from '@stdlib/stats-base-dists-normal-quantile';

/** A share below this is rounding of none. */
const rounding = 1e-12;

/** What a customer came back with: the same topic or another one. */
export type Cause = 'same' | 'other';

/**
 * Columns of a life table with two kinds of event, ordered by time: how many were still watched just
 * before each time, and how many came back at it on each kind of topic. It needs a row for every
 * time with an event, and, to say how many are at risk at a time without one, a row at the first
 * time at or after it.
 */
export type CompetingTable = { time: number[]; atRisk: number[] } & Record<Cause, number[]>;

/** Share whose first contact by a time was of this kind (0–1), with its 95 % interval. */
export type Incidence = {
	rate: number;
	/** Standard error; null when everyone came back so. */
	se: number | null;
	/** Ends of the interval; null without such an event and when everyone came back so. */
	low: number | null;
	high: number | null;
};

/**
 * Aalen–Johansen estimate at a time: who had come back by then first on the same topic, and who
 * first on another; with `survival`, those not back at all, they add up to 1. A contact on the other
 * kind of topic is an end of its own, not a censoring, so neither rate is overstated. Multinomial
 * error, log-log interval (Aalen and Johansen 1978; Marubini and Valsecchi 1995). Times in any one
 * unit. Null when nobody was watched.
 */
export function aalenJohansen(
	table: CompetingTable,
	at: number
): (Record<Cause, Incidence> & { survival: number; atRisk: number }) | null {
	if (!((table.atRisk[0] ?? 0) > 0)) return null;
	const same = incidence(table, 'same', at);
	const other = incidence(table, 'other', at);
	const next = table.time.findIndex((time) => time >= at);
	return {
		same,
		other,
		survival: Math.max(0, 1 - same.rate - other.rate),
		atRisk: table.atRisk[next] ?? 0
	};
}

/**
 * Life table of raw times: how long each was watched, and what it ended in (null: censored). Events
 * come before censorings of the same time.
 */
export function competingTable(times: number[], causes: (Cause | null)[]): CompetingTable {
	const order = times.map((_, index) => index).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0));
	const table: CompetingTable = { time: [], atRisk: [], same: [], other: [] };
	for (const [passed, index] of order.entries()) {
		const time = times[index] ?? 0;
		if (table.time.at(-1) !== time) {
			table.time.push(time);
			table.atRisk.push(times.length - passed);
			table.same.push(0);
			table.other.push(0);
		}
		const cause = causes[index];
		if (!cause) continue;
		const row = table.time.length - 1;
		table[cause][row] = (table[cause][row] ?? 0) + 1;
	}
	return table;
}

function incidence(table: CompetingTable, cause: Cause, at: number): Incidence {
	const steps = [];
	let before = 1;
	let rate = 0;
	for (const [row, time] of table.time.entries()) {
		if (time > at) break;
		const watched = table.atRisk[row] ?? 0;
		const own = (table[cause][row] ?? 0) / watched;
		const any = ((table.same[row] ?? 0) + (table.other[row] ?? 0)) / watched;
		rate += before * own;
		if (any > 0) steps.push({ watched, before, own, any, rate });
		before *= 1 - any;
	}
	let variance = 0;
	for (const step of steps) {
		// How the rate moves with the chance of each kind of event at this time.
		const later = step.any < 1 ? (rate - step.rate) / (1 - step.any) : 0;
		const toOwn = step.before - later;
		const rest = step.any - step.own;
		const spread = toOwn * toOwn * step.own + later * later * rest;
		const centre = toOwn * step.own - later * rest;
		variance += (spread - centre * centre) / step.watched;
	}
	const left = 1 - rate;
	if (left < rounding) return { rate, se: null, low: null, high: null };
	const se = Math.sqrt(Math.max(0, variance));
	if (rate === 0) return { rate, se, low: null, high: null };
	const half = (quantile(0.975, 0, 1) * se) / (-left * Math.log(left));
	return {
		rate,
		se,
		low: 1 - left ** Math.exp(-half),
		high: 1 - left ** Math.exp(half)
	};
}
