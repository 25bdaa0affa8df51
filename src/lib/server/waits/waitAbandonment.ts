/** Abandonment against the wait for a person. */
import { z } from 'zod';
import { abandonmentHazard } from '../../analysis/abandonmentHazard.ts';
import { doseBins } from '../../analysis/doseResponse.ts';
import type { LifeTable } from '../../analysis/kaplanMeier.ts';
import type { Spread } from '../../csat.ts';
import type { Abandonment, EndingBin } from '../../waits.ts';
import type { Filter } from '../scope/filter.ts';
import { metricParameters } from '../measure/measure.ts';
import { query } from '../store/query.ts';
import { binEdges, endOf, shareOf } from './waitBins.ts';

export const endingRow = z.strictObject({
	wait_s: z.number().nullable(),
	n: z.int(),
	abandoned: z.int()
});
export type EndingRow = z.infer<typeof endingRow>;

/** Where bins may begin. */
const roundSeconds = [
	0, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600, 1200, 1800, 3600, 7200, 14_400, 28_800,
	86_400
];
/** Waits that a bin needs, and bins that a figure carries. */
const leastOfBin = 50;
const mostBins = 12;

/** Share abandoned and hazard of giving up by wait, over handoffs with a known outcome. */
export async function readAbandonment(filter: Filter): Promise<Abandonment> {
	return abandonmentOf(
		await query('waits/endings', endingRow, await metricParameters(filter, []))
	);
}

/** @param rows each length once; handoffs without one in a row of their own */
export function abandonmentOf(rows: EndingRow[]): Abandonment {
	const known = rows.flatMap(({ wait_s, n, abandoned }) =>
		wait_s === null ? [] : { dose: wait_s, n, hits: abandoned }
	);
	const edges = binEdges(
		known.map(({ dose, n }) => ({
			from_s: roundSeconds.findLast((start) => start <= dose) ?? 0,
			n
		})),
		{ least: leastOfBin, most: mostBins }
	);
	const hazards = abandonmentHazard(lifeTableOf(known), edges);
	const bins = doseBins(known, edges).map((bin, at): EndingBin => {
		const hazard = hazards[at];
		const chance = {
			value: hazard?.hazard ?? null,
			low: hazard?.interval?.low ?? null,
			high: hazard?.interval?.high ?? null
		};
		const isOpen = bin.to === Infinity;
		const gaveUp = hazard?.gaveUp;
		return {
			from_s: bin.from,
			to_s: endOf(bin.to),
			share: shareOf(bin.hits, bin.n),
			hazard: { n: hazard?.atRisk ?? 0, ...chance },
			perMinute: isOpen ? null : aMinute(chance, bin.to - bin.from),
			gaveUp:
				isOpen || !gaveUp
					? null
					: { value: gaveUp.rate, low: gaveUp.low, high: gaveUp.high }
		};
	});
	const abandoned = rows.reduce((sum, row) => sum + row.abandoned, 0);
	const withoutWait = rows.find(({ wait_s }) => wait_s === null)?.abandoned ?? 0;
	return { bins, abandoned, withoutWait };
}

/** A chance over so many seconds as the chance a minute that makes it, where it stays the same throughout. */
export function aMinute(chance: Spread, seconds: number): Spread {
	const of = (one: number | null) => (one === null ? null : 1 - (1 - one) ** (60 / seconds));
	return { value: of(chance.value), low: of(chance.low), high: of(chance.high) };
}

/** Waits by their length: giving up is the event, anything else ends the watching. */
function lifeTableOf(waits: { dose: number; n: number; hits: number }[]): LifeTable {
	const sorted = [...waits].sort((a, b) => a.dose - b.dose);
	let waiting = sorted.reduce((sum, { n }) => sum + n, 0);
	const atRisk = sorted.map(({ n }) => {
		const now = waiting;
		waiting -= n;
		return now;
	});
	return {
		time: sorted.map(({ dose }) => dose),
		atRisk,
		events: sorted.map(({ hits }) => hits)
	};
}
