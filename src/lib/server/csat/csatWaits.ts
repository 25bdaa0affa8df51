/** CSAT against the waits before and after the handoff. */
import { z } from 'zod';
import { standardise, type Stratum } from '../../analysis/directStandardisation.ts';
import type { CsatPage, WaitBin, WaitBins } from '../../csat.ts';
import { comparable } from './csatMix.ts';
import type { Filter } from '../scope/filter.ts';
import { estimateOf, metricParameters } from '../measure/measure.ts';
import { query } from '../store/query.ts';

export const waitRow = z.strictObject({
	wait: z.enum(['before', 'after']),
	from_s: z.number(),
	to_s: z.number().nullable(),
	topic: z.string().nullable(),
	possible: z.int(),
	n: z.int(),
	hits: z.int()
});
export type WaitRow = z.infer<typeof waitRow>;

/** Answers that a bin needs; under it neighbours are taken together. */
const leastOfBin = 30;
/** More of the mix in merged topics than this: topics are not evened out. */
const mostMerged = 0.5;

/** Satisfied share by wait before and by wait after, over handoffs that got a reply. */
export async function readCsatWaits(filter: Filter): Promise<CsatPage['waits']> {
	const rows = await query('csat/by_wait', waitRow, await metricParameters(filter, []));
	const of = (wait: WaitRow['wait']) => binsOf(rows.filter((row) => row.wait === wait));
	return { before: of('before'), after: of('after') };
}

/** Bins of one wait, neighbours with few answers taken together; without enough answers none. */
export function binsOf(rows: WaitRow[]): WaitBins {
	const groups = together(rows);
	const strata = groups.map(stratify);
	const { groups: even, weights, mix } = comparable(strata, stratify(rows));
	const isEven = mix.mergedShare <= mostMerged;
	return {
		mix,
		bins: groups.map((group, at): WaitBin => {
			const sum = (of: 'possible' | 'n' | 'hits') =>
				group.reduce((total, row) => total + row[of], 0);
			const { value, low, high } = standardise(even[at] ?? [], weights);
			const counts = { possible: sum('possible'), n: sum('n'), hits: sum('hits') };
			return {
				from_s: group[0]?.from_s ?? 0,
				to_s: group.at(-1)?.to_s ?? null,
				handoffs: counts.possible,
				csat_top2: estimateOf({ key1: null, key2: null, ...counts }, 0),
				standardised: isEven && value !== null ? { value, low, high } : null
			};
		})
	};
}

/** Rows in runs of neighbouring bins that hold enough answers each; what is left joins the last. */
function together(rows: WaitRow[]): WaitRow[][] {
	const answers = (group: WaitRow[]) => group.reduce((sum, { n }) => sum + n, 0);
	const borders = [...new Set(rows.map(({ from_s }) => from_s))].sort((a, b) => a - b);
	const groups: WaitRow[][] = [];
	let open: WaitRow[] = [];
	for (const border of borders) {
		open = [...open, ...rows.filter(({ from_s }) => from_s === border)];
		if (answers(open) < leastOfBin) continue;
		groups.push(open);
		open = [];
	}
	const last = groups.at(-1);
	if (last) last.push(...open);
	return groups;
}

/** One stratum per topic. */
function stratify(rows: WaitRow[]): Stratum[] {
	const byTopic = new Map<string | null, Stratum>();
	for (const { topic, possible, n, hits } of rows) {
		const stratum = byTopic.get(topic) ?? { topic, conversations: 0, answers: 0, positive: 0 };
		byTopic.set(topic, {
			topic,
			conversations: stratum.conversations + possible,
			answers: stratum.answers + n,
			positive: stratum.positive + hits
		});
	}
	return [...byTopic.values()];
}
