/** The chance of a repeat of phrase groups, drawn towards that of their topic by how thin they are. */
import { sharePrior, shrink, type SharePrior } from '../../analysis/betaBinomial.ts';
import { effectiveTally } from '../../analysis/effectiveTally.ts';
import { kaplanMeier } from '../../analysis/kaplanMeier.ts';
import type { Tally } from '../../analysis/newcombe.ts';
import type { Estimate } from '../../estimate.ts';
import { engine } from '../store/engine.ts';
import { metricParameters } from '../measure/measure.ts';
import type { Filter } from '../scope/filter.ts';
import { query } from '../store/query.ts';
import { phraseRepeatRow, type PhraseRepeatRow } from './gapRows.ts';

/** Handoffs of a group that are followed, and what they say as a number of trials. */
export type PhraseRepeats = Tally & { followed: number; possible: number };

/** Who came back of each phrase group of a filter, by the id of the group. */
export async function readPhraseRepeats(filter: Filter): Promise<Map<string, PhraseRepeats>> {
	const { settings } = await engine();
	const rows = await query(
		'gaps/phrase_repeats',
		phraseRepeatRow,
		await metricParameters(filter, [])
	);
	return new Map(
		rows.map((row) => [
			row.phrase,
			{
				...tallyOf(row, settings.repeat_window_days),
				followed: row.n,
				possible: row.possible
			}
		])
	);
}

/** Of a group that nobody was watched in to the end of the window nothing is known. */
function tallyOf(row: PhraseRepeatRow, windowDays: number): Tally {
	if (row.at_risk_at_window === 0) return { hits: 0, n: 0 };
	const survival = kaplanMeier(
		{ time: row.days ?? [], atRisk: row.at_risk ?? [], events: row.repeats ?? [] },
		windowDays
	);
	if (!survival) return { hits: 0, n: row.at_risk_at_window };
	return effectiveTally(survival, row.n);
}

/**
 * Chances of the groups of one topic: each its own, drawn towards the topic's by how few of it could
 * be followed and how little the groups of the topic differ beyond chance (beta-binomial).
 * @param topic the topic's own chance; without one the groups have none
 */
export function repeatChances(
	topic: Estimate | undefined,
	groups: ReadonlyMap<string, PhraseRepeats>
): Map<string, Estimate> {
	const spread = sharePrior([...groups.values()]);
	if (!spread || !topic || topic.value === null) return new Map();
	const prior = around(topic.value, topic.n, spread);
	return new Map(
		[...groups].map(([phrase, { followed, possible, ...tally }]) => {
			const { mean, low, high } = shrink(prior, tally);
			const coverage = possible === 0 ? null : followed / possible;
			return [phrase, { value: mean, low, high, n: followed, coverage }];
		})
	);
}

/** As wide as the groups are spread, around the topic's share; none or all is drawn in by half a hit. */
function around(share: number, n: number, spread: SharePrior): SharePrior {
	const mean = Math.min(Math.max(share, 0.5 / (n + 1)), (n + 0.5) / (n + 1));
	const size = spread.alpha + spread.beta;
	return { ...spread, mean, alpha: mean * size, beta: (1 - mean) * size };
}
