/** Whether the score of a handoff foretells what the customer says and does afterwards. */
import { z } from 'zod';
import { auc } from '../../analysis/auc.ts';
import { aucWithin, type EndsOf } from '../../analysis/aucWithin.ts';
import { brier } from '../../analysis/brier.ts';
import { calibration, calibrationBins, recalibrated } from '../../analysis/calibration.ts';
import { ends, type End, type Foretelling } from '../../quality.ts';
import type { Filter } from '../scope/filter.ts';
import { metricParameters } from '../measure/measure.ts';
import { query } from '../store/query.ts';

/** How many bins of equal n the picture has. */
const bins = 5;

export const endRow = z.strictObject({
	week: z.string(),
	topic: z.string().nullable(),
	score: z.number(),
	satisfied: z.int(),
	dissatisfied: z.int(),
	stayed: z.int(),
	came_back: z.int()
});
type EndRow = z.infer<typeof endRow>;

const opposite = { satisfied: 'dissatisfied', stayed: 'came_back' } as const;

/** For each end: what the earlier half of the weeks teaches, held against the later half. */
export async function readForetelling(filter: Filter, windowDays: number): Promise<Foretelling[]> {
	const { values, types } = await metricParameters(filter, [], { windowDays });
	const rows = await query('quality/ends', endRow, { values, types });
	return ends.map((end) => foretell(rows, end));
}

/** Judges one end on the later half of the weeks that know it. */
export function foretell(rows: EndRow[], end: End): Foretelling {
	const known = rows.filter((row) => row[end] + row[opposite[end]] > 0);
	const weeks = [...new Set(known.map(({ week }) => week))].sort();
	const half = Math.floor(weeks.length / 2);
	const [firstEarlier, lastEarlier] = [weeks[0], weeks[half - 1]];
	const [firstLater, lastLater] = [weeks[half], weeks.at(-1)];
	const nothing = { end, weeks: null, n: 0, good: 0, auc: null, within: null, calibration: null };
	if (!firstEarlier || !lastEarlier || !firstLater || !lastLater) return nothing;
	const learned = spread(
		known.filter(({ week }) => week < firstLater),
		end
	);
	const later = known.filter(({ week }) => week >= firstLater);
	const judged = spread(later, end);
	const topics = [...new Set(later.map(({ topic }) => topic))].map((topic) =>
		spread(
			later.filter((row) => row.topic === topic),
			end
		)
	);
	return {
		end,
		weeks: {
			earlier: { first: firstEarlier, last: lastEarlier },
			later: { first: firstLater, last: lastLater }
		},
		n: judged.ends.length,
		good: judged.ends.filter(Boolean).length,
		auc: auc(judged.scores, judged.ends),
		within: aucWithin(topics),
		calibration: calibrate(learned, judged)
	};
}

/** Chances by the earlier weeks for the handoffs of the later ones. */
function calibrate(learned: EndsOf, judged: EndsOf): Foretelling['calibration'] {
	const line = calibration(learned.scores, learned.ends);
	if (!line || judged.scores.length === 0) return null;
	const chances = judged.scores.map((score) => recalibrated(line, score));
	const found = brier(chances, judged.ends);
	return found && { bins: calibrationBins(chances, judged.ends, edges(chances)), brier: found };
}

/** Edges of bins with about as many handoffs each. */
function edges(chances: number[]): number[] {
	const sorted = [...chances].sort((a, b) => a - b);
	const inner = Array.from(
		{ length: bins - 1 },
		(_, index) => sorted[Math.floor(((index + 1) * sorted.length) / bins)] ?? 1
	);
	return [0, ...new Set(inner), 1];
}

/** A score of 0–1 and an end for each handoff. */
function spread(rows: EndRow[], end: End): EndsOf {
	const scores: number[] = [];
	const known: boolean[] = [];
	for (const row of rows) {
		for (let i = 0; i < row[end]; i++) {
			scores.push(row.score / 100);
			known.push(true);
		}
		for (let i = 0; i < row[opposite[end]]; i++) {
			scores.push(row.score / 100);
			known.push(false);
		}
	}
	return { scores, ends: known };
}
