import { kaplanMeier, type LifeTable, type Survival } from './kaplanMeier.ts';
import { wilson, type Interval } from './wilson.ts';

/** Those who still waited at `from`, and what became of them before `to`. */
export type HazardBin = {
	from: number;
	to: number;
	atRisk: number;
	abandoned: number;
	/** Answered within the bin: no longer at risk, and no sign of patience. */
	answered: number;
	/** Chance that one who waits at `from` gives up before `to` unless answered; null with nobody at risk. */
	hazard: number | null;
	/** Null also where everybody was answered within the bin. */
	interval: Interval | null;
	/** Share that would have given up before `to`, had nobody been answered, with its interval. */
	gaveUp: Survival | null;
};

/**
 * Hazard of giving up by wait. Customers who were answered are censored at their wait (Brown et al.
 * 2005): how long they would have stayed is not known, only that it is longer. Within a bin the
 * hazard is Kaplan–Meier's among those who enter it, with Wilson's interval at the effective sample
 * q(1 − q)/se² (Dorey and Korn 1987); where none or all gave up that is the number of those who
 * were not answered within the bin.
 *
 * The table has a row for every time at which a wait ended, given up (an event) or answered, as
 * `lifeTable` makes it. Edges ascend in its unit, the last may be Infinity; a wait that ends on an
 * edge is in the bin above it. It takes answers as unrelated to patience, and overstates patience
 * where those about to leave are served first.
 */
export function abandonmentHazard(table: LifeTable, edges: readonly number[]): HazardBin[] {
	return edges.slice(1).map((to, index) => {
		const from = edges[index] ?? to;
		const start = rowsBefore(table, from);
		const end = rowsBefore(table, to);
		const bin = slice(table, start, end);
		const atRisk = table.atRisk[start] ?? 0;
		const abandoned = bin.events.reduce((sum, events) => sum + events, 0);
		const answered = atRisk - (table.atRisk[end] ?? 0) - abandoned;
		const within = kaplanMeier(bin, Infinity);
		const hazard = atRisk > 0 ? (within?.rate ?? 0) : null;
		const spread = hazard === null ? 0 : hazard * (1 - hazard);
		const sample = spread > 0 ? spread / (within?.se ?? NaN) ** 2 : atRisk - answered;
		return {
			from,
			to,
			atRisk,
			abandoned,
			answered,
			hazard,
			interval: hazard === null ? null : wilson(hazard * sample, sample),
			gaveUp: kaplanMeier(slice(table, 0, end), Infinity)
		};
	});
}

function rowsBefore({ time }: LifeTable, edge: number): number {
	const row = time.findIndex((at) => at >= edge);
	return row < 0 ? time.length : row;
}

function slice({ time, atRisk, events }: LifeTable, start: number, end: number): LifeTable {
	return {
		time: time.slice(start, end),
		atRisk: atRisk.slice(start, end),
		events: events.slice(start, end)
	};
}
