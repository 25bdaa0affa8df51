/** What the failures of a phrase group are out of: the conversations of its topic and language. */
import type { PhraseCount } from '../../phrases.ts';
import type { FixWeekRow } from '../fixes/fixWeeks.ts';

/** What the failures of the groups of a topic and language are out of. */
export type PartExposure = {
	/** failures with a question that its conversations would have at the rates of their channels, by week */
	weeks: readonly number[];
	/** the same of the period */
	period: number;
	/** conversations of the period, or what stands for them; and of each week */
	volume: number;
	volumes: readonly number[];
};

/** The key of a topic and language. */
export const partOf = ({ topic, language }: Pick<FixWeekRow, 'topic' | 'language'>) =>
	JSON.stringify([topic, language]);

/** Conversations, handoffs and failures of a period, of all weeks read, and those with a question. */
export type PhraseVolumes = {
	/** Mondays of the full weeks to look at */
	weeks: readonly string[];
	period: readonly FixWeekRow[];
	ever: readonly FixWeekRow[];
	/** of all weeks read, whether in a group or not */
	asked: readonly PhraseCount[];
};

/**
 * Exposures of topics and languages: failures with a question that their conversations would have at
 * the rate of each channel over all topics and weeks. As questions may be logged from some day on
 * only, it is times the share of the failures of that channel and week that carry one. Without
 * conversation records, handoffs with a known route stand for conversations.
 */
export function exposuresOf({
	weeks,
	period,
	ever,
	asked
}: PhraseVolumes): Map<string, PartExposure> {
	const isRecorded = ever.some(({ conversations }) => conversations > 0);
	const volume = ({ conversations, routed }: FixWeekRow) => (isRecorded ? conversations : routed);
	const failures = ({ failures }: { failures: number }) => failures;
	const channelOf = ({ channel }: { channel: string | null }) => channel ?? '';
	const cellOf = (row: { channel: string | null; week: string }) =>
		JSON.stringify([channelOf(row), row.week]);

	const volumes = summed(ever, channelOf, volume);
	const failed = summed(ever, channelOf, failures);
	const failedWeekly = summed(ever, cellOf, failures);
	const askedWeekly = summed(asked, cellOf, failures);
	const askedOf = summed(asked, channelOf, failures);
	/** Failures with a question of one conversation. */
	const rateOf = (row: FixWeekRow) => {
		const [channel, cell] = [channelOf(row), cellOf(row)];
		const all = failed.get(channel) ?? 0;
		const weekly = failedWeekly.get(cell) ?? 0;
		const share =
			weekly > 0 ? (askedWeekly.get(cell) ?? 0) / weekly : (askedOf.get(channel) ?? 0) / all;
		return all > 0 ? (all / (volumes.get(channel) ?? 1)) * Math.min(1, share) : 0;
	};

	const weekOf = (row: FixWeekRow) => JSON.stringify([partOf(row), row.week]);
	const expected = (row: FixWeekRow) => volume(row) * rateOf(row);
	const weeklyExpected = summed(ever, weekOf, expected);
	const weeklyVolume = summed(ever, weekOf, volume);
	const periodExpected = summed(period, partOf, expected);
	const periodVolume = summed(period, partOf, volume);
	return new Map(
		[...new Set(ever.map(partOf))].map((part) => {
			const byWeek = (sums: ReadonlyMap<string, number>) =>
				weeks.map((week) => sums.get(JSON.stringify([part, week])) ?? 0);
			return [
				part,
				{
					weeks: byWeek(weeklyExpected),
					volumes: byWeek(weeklyVolume),
					period: periodExpected.get(part) ?? 0,
					volume: periodVolume.get(part) ?? 0
				}
			];
		})
	);
}

/** Sums rows by a key. */
export function summed<Row>(
	rows: readonly Row[],
	key: (row: Row) => string,
	of: (row: Row) => number
): Map<string, number> {
	const sums = new Map<string, number>();
	for (const row of rows) sums.set(key(row), (sums.get(key(row)) ?? 0) + of(row));
	return sums;
}
