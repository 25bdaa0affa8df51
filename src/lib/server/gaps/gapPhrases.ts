/** Phrase groups as gaps: which questions grow, or fail more than their topic's volume explains. */
import type { GapPhrase } from '../../gaps.ts';
import { phraseTitle } from '../../phrases.ts';
import { fixWeekRow } from '../fixes/fixWeeks.ts';
import { metricParameters } from '../measure/measure.ts';
import { readPhraseCounts, readPhraseGroups } from '../phrases/phraseGroups.ts';
import { filterType, filterValue, type Filter } from '../scope/filter.ts';
import { query } from '../store/query.ts';
import type { Found } from './gapCounts.ts';
import { phraseHandoffRow, type PhraseHandoffRow } from './gapRows.ts';
import { groupCounts } from './groupCounts.ts';
import { exposuresOf } from './phraseExposure.ts';
import { judgeGroups } from './phraseGrowth.ts';

/** A phrase group with what was found of it and the handoffs that it holds. */
export type FoundPhrase = {
	found: Found;
	/** held against its own past share, not against the other groups */
	grown: boolean;
	topic: string | null;
	phrase: GapPhrase;
	handoffs: PhraseHandoffRow[];
};

/**
 * Judges the phrase groups of a period and filter. No conversation says the words of a handoff: they
 * are out of the conversations of their topic and language.
 * @param weeks Mondays of the full weeks to look at, and the days to read for them
 */
export async function findPhraseGaps(
	held: Filter,
	{ weeks, from, to }: { weeks: readonly string[]; from: string; to: string }
): Promise<FoundPhrase[]> {
	const { groups } = await readPhraseGroups(held, { examples: 0 });
	if (groups.length === 0) return [];
	const whole: Filter = { ...held, trigger: undefined };
	const ever = { from, to };
	const volumesOf = (filter: Filter) =>
		query('fixes/weeks', fixWeekRow, {
			values: { filter: filterValue(filter) },
			types: { filter: filterType }
		});
	const [volumes, failures, volumesEver, failuresEver, rows, talks, talksEver] =
		await Promise.all([
			readPhraseCounts(whole),
			readPhraseCounts(held),
			readPhraseCounts({ ...whole, ...ever }),
			readPhraseCounts({ ...held, ...ever }),
			query('gaps/phrase_handoffs', phraseHandoffRow, await metricParameters(held, [])),
			volumesOf(whole),
			volumesOf({ ...whole, ...ever })
		]);
	const exposures = exposuresOf({
		weeks,
		period: talks,
		ever: talksEver,
		asked: failuresEver
	});
	const counts = groupCounts({ volumes, failures, volumesEver, failuresEver }, weeks);
	const found = new Map(judgeGroups(counts, exposures, weeks).map((one) => [one.key, one]));
	return groups.flatMap((group): FoundPhrase[] => {
		const one = found.get(group.id);
		if (!one) return [];
		const handoffs = rows.filter(({ phrase }) => phrase === group.id);
		return [
			{
				found: one,
				grown: one.grown,
				topic: group.topic,
				phrase: { id: group.id, label: phraseTitle(group), language: group.language },
				handoffs
			}
		];
	});
}
