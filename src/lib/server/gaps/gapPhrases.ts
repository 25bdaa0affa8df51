/** Phrase groups as gaps: which questions fail more than handoffs with a question do. */
import type { Estimate } from '../../estimate.ts';
import type { GapPhrase } from '../../gaps.ts';
import { phraseTitle, type PhraseCount } from '../../phrases.ts';
import { metricParameters } from '../measure/measure.ts';
import { readPhraseCounts, readPhraseGroups } from '../phrases/phraseGroups.ts';
import type { Filter } from '../scope/filter.ts';
import { query } from '../store/query.ts';
import { findGaps, type Cell, type Found } from './gapCounts.ts';
import { phraseHandoffRow, type PhraseHandoffRow } from './gapRows.ts';

/** A phrase group with what was found of it and the handoffs that it holds. */
export type FoundPhrase = {
	found: Found;
	topic: string | null;
	phrase: GapPhrase;
	handoffs: PhraseHandoffRow[];
	/** seconds of a failure */
	handle: Estimate;
};

/**
 * Judges the phrase groups of a period and filter. No conversation says the words of a handoff: what
 * they are out of is handoffs with a question, and expected is by channel over all of these.
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
	const [volumes, failures, volumesEver, failuresEver, rows] = await Promise.all([
		readPhraseCounts(whole),
		readPhraseCounts(held),
		readPhraseCounts({ ...whole, ...ever }),
		readPhraseCounts({ ...held, ...ever }),
		query('gaps/phrase_handoffs', phraseHandoffRow, await metricParameters(held, []))
	]);
	const cells = [
		...cellsOf(volumes, failures, true),
		...cellsOf(volumesEver, failuresEver, false)
	];
	const found = new Map(findGaps(cells, weeks).found.map((one) => [one.key, one]));
	return groups.flatMap((group): FoundPhrase[] => {
		const one = found.get(group.id);
		if (!one) return [];
		const handoffs = rows.filter(({ phrase }) => phrase === group.id);
		return [
			{
				found: one,
				topic: group.topic,
				phrase: { id: group.id, label: phraseTitle(group) },
				handoffs,
				handle: handleOf(handoffs.filter(({ is_failure }) => is_failure))
			}
		];
	});
}

/** The key of what is in no group; it is held against the groups, and not listed. */
const ungrouped = '';

/** Counts of the period stand for no week, so that none is counted twice. */
function cellsOf(
	volumes: readonly PhraseCount[],
	failures: readonly PhraseCount[],
	isInPeriod: boolean
): Cell[] {
	const cell = ({ group, channel, week }: PhraseCount) => ({
		key: group ?? ungrouped,
		week: isInPeriod ? '' : week,
		channel: channel ?? '',
		isInPeriod
	});
	return [
		...volumes
			.filter(({ routed }) => routed > 0)
			.map((row) => ({ ...cell(row), volume: row.routed, failures: 0 })),
		...failures.map((row) => ({ ...cell(row), volume: 0, failures: row.failures }))
	];
}

function handleOf(failures: readonly PhraseHandoffRow[]): Estimate {
	const n = failures.reduce((sum, { handled }) => sum + handled, 0);
	const all = failures.reduce((sum, { handoffs }) => sum + handoffs, 0);
	const total = failures.reduce((sum, row) => sum + row.handled * (row.mean_handle_s ?? 0), 0);
	return {
		value: n > 0 ? total / n : null,
		n,
		low: null,
		high: null,
		coverage: all > 0 ? n / all : null
	};
}
