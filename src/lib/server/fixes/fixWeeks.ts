/** Weekly failures of all topics, or of phrase groups, over the whole log: what fixes are judged by. */
import { z } from 'zod';
import { expectedCounts } from '../../analysis/expectedCounts.ts';
import { addDays, mondayOf } from '../../dates.ts';
import type { GapVolume } from '../../gaps.ts';
import type { PhraseCount } from '../../phrases.ts';
import { filterType, filterValue, type Filter } from '../scope/filter.ts';
import { lastFullWeek } from '../scope/scope.ts';
import { readExtent } from '../store/log.ts';
import { query } from '../store/query.ts';
import type { FixRow } from './fixVerdict.ts';

export const fixWeekRow = z.strictObject({
	/** Monday */
	week: z.string(),
	topic: z.string().nullable(),
	language: z.string().nullable(),
	channel: z.string().nullable(),
	conversations: z.int(),
	routed: z.int(),
	failures: z.int()
});
export type FixWeekRow = z.infer<typeof fixWeekRow>;

/** The full weeks of the log and what they hold. */
export type FixLog = {
	/** Mondays, oldest first, without a hole */
	weeks: string[];
	rows: FixWeekRow[];
	exposure: GapVolume;
	/** the days of these weeks */
	filter: Filter;
};

/** @returns null where the log holds no full week */
export async function readFixLog(): Promise<FixLog | null> {
	const { first_handoff, last_handoff } = await readExtent();
	const [first, last] = [first_handoff?.slice(0, 10), last_handoff?.slice(0, 10)];
	if (first === undefined || last === undefined) return null;
	const newest = await lastFullWeek(first, last);
	if (newest === null) return null;
	const weeks: string[] = [];
	for (let week = mondayOf(addDays(first, 6)); week <= newest; week = addDays(week, 7))
		weeks.push(week);
	const [oldest] = weeks;
	if (oldest === undefined) return null;
	const filter: Filter = { from: oldest, to: addDays(newest, 7) };
	const rows = await query('fixes/weeks', fixWeekRow, {
		values: { filter: filterValue(filter) },
		types: { filter: filterType }
	});
	const isRecorded = rows.some(({ conversations }) => conversations > 0);
	return { weeks, rows, exposure: isRecorded ? 'conversations' : 'handoffs', filter };
}

/** Sums rows by week into one number each. */
const byWeek = <Row extends { week: string }>(
	weeks: readonly string[],
	rows: readonly Row[],
	of: (row: Row) => number
): number[] => {
	const sums = new Map<string, number>();
	for (const row of rows) sums.set(row.week, (sums.get(row.week) ?? 0) + of(row));
	return weeks.map((week) => sums.get(week) ?? 0);
};

function grouped<Row>(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
	const groups = new Map<string, Row[]>();
	for (const row of rows) {
		const own = groups.get(key(row));
		if (own) own.push(row);
		else groups.set(key(row), [row]);
	}
	return groups;
}

/**
 * What the failures of some rows are out of: their conversations. Without conversation records all
 * handoffs of the log with a known route stand for them, the same for every row: a topic's own would
 * fall with its failures, and a fix that worked would not be seen.
 */
const exposureOf = ({ weeks, rows, exposure }: FixLog, own: readonly FixWeekRow[]) =>
	exposure === 'conversations'
		? byWeek(weeks, own, ({ conversations }) => conversations)
		: byWeek(weeks, rows, ({ routed }) => routed);

/** All topics, '' being none. */
export function topicRows(log: FixLog): FixRow[] {
	const { weeks, rows, exposure } = log;
	const byTopic = grouped(rows, ({ topic }) => topic ?? '');
	const weekly = grouped(rows, ({ week }) => week);
	const expected = weeks.map(
		(week) =>
			new Map(
				expectedCounts(
					(weekly.get(week) ?? []).map((row) => ({
						topic: row.topic ?? '',
						stratum: row.channel ?? '',
						population: exposure === 'conversations' ? row.conversations : row.routed,
						events: row.failures
					}))
				).map((one) => [one.topic, one.expected])
			)
	);
	return [...byTopic].map(([key, own]) => ({
		key,
		counts: byWeek(weeks, own, ({ failures }) => failures),
		exposure: exposureOf(log, own),
		expected: expected.map((topics) => topics.get(key) ?? null)
	}));
}

/**
 * A phrase group, and the rest of the log: the other failures with a question of each topic. The group
 * is out of the conversations of its topic and language, the others out of those of their topic: no
 * conversation that stayed with the AI says which words it was about.
 */
export function groupRows(
	log: FixLog,
	group: { id: string; topic: string | null; language: string | null },
	counts: readonly PhraseCount[]
): { own: FixRow; others: FixRow[] } {
	const { weeks, rows } = log;
	const isOwn = ({ topic, language }: FixWeekRow) =>
		topic === group.topic && language === group.language;
	const rest = counts.filter((count) => count.group !== group.id);
	const failures = (count: PhraseCount) => count.failures;
	return {
		own: {
			key: group.id,
			counts: byWeek(
				weeks,
				counts.filter((count) => count.group === group.id),
				failures
			),
			exposure: exposureOf(log, rows.filter(isOwn)),
			expected: null
		},
		others: [...grouped(rest, ({ topic }) => topic ?? '')].map(([key, own]) => ({
			key,
			counts: byWeek(weeks, own, failures),
			exposure: exposureOf(
				log,
				rows.filter(({ topic }) => (topic ?? '') === key)
			),
			expected: null
		}))
	};
}
