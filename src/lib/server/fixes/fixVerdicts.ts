/** Verdicts on the fixes of the ledger. */
import { avertedCorrelation } from '../../analysis/avertedCorrelation.ts';
import { mondayOf } from '../../dates.ts';
import type { Fix } from '../../fix.ts';
import { gapStatusOf, type FixVerdict } from '../../fixVerdict.ts';
import type { GapStatus } from '../../gaps.ts';
import type { PhraseCount } from '../../phrases.ts';
import { currentPhrase, type GroupEntry } from '../phrases/phraseEntries.ts';
import { readPhraseCounts } from '../phrases/phraseGroups.ts';
import { phraseId } from '../../phrases.ts';
import { withSnapshot } from '../store/engine.ts';
import { behind } from '../store/recorder.ts';
import { readFixes } from './fixes.ts';
import { readFixGroups } from './fixGroups.ts';
import { groupFixesWithin, neighboursOf } from './fixNeighbours.ts';
import { judgement, spanOf, type FixCounts } from './fixVerdict.ts';
import { groupRows, readFixLog, topicRows, type FixLog } from './fixWeeks.ts';

/**
 * Every fix that stands with its verdict, the oldest first. It is held against the topics that had no
 * fix within its weeks. Of a log without a full week, or without any known route, none is judged.
 */
export async function readFixVerdicts(): Promise<FixVerdict[]> {
	return (await readFixJudgements()).verdicts;
}

/** Verdicts, and how the failures averted by two fixes vary together, by their numbers. */
export type FixJudgements = {
	verdicts: FixVerdict[];
	correlation: (a: number, b: number) => number;
};

/** The same, with how the numbers of fixes hang together: that of a sum is to be told from it. */
export function readFixJudgements(): Promise<FixJudgements> {
	return withSnapshot(async () => {
		const fixes = await readFixes();
		if (fixes.length === 0) return { verdicts: [], correlation: () => 0 };
		const judged = await behind('fixes', () => judgementsOf(fixes));
		const from = new Map(judged.map(({ verdict, from }) => [verdict.fix.fix_id, from]));
		return {
			verdicts: judged.map(({ verdict }) => verdict),
			correlation: (a, b) => {
				const [one, other] = [from.get(a), from.get(b)];
				return one && other ? avertedCorrelation(one, other) : 0;
			}
		};
	});
}

/** What the list of gaps says of fixes, by their numbers. */
export async function readFixStatuses(): Promise<Map<number, GapStatus>> {
	const verdicts = await readFixVerdicts();
	return new Map(verdicts.map((verdict) => [verdict.fix.fix_id, fixStatusOf(verdict)]));
}

/** What a gap with such a fix is called. */
export const fixStatusOf = ({ status }: Pick<FixVerdict, 'status'>): GapStatus =>
	gapStatusOf(status);

type Judgement = ReturnType<typeof judgement>;

async function judgementsOf(fixes: readonly Fix[]): Promise<Judgement[]> {
	const log = await readFixLog();
	if (!log) return fixes.map((fix) => judgement(fix, mondayOf(fix.done_on), noCounts, alone));
	if (!log.rows.some(({ routed }) => routed > 0)) {
		const none = log.weeks.map(() => 0);
		const own = { ...noCounts.own, counts: none, exposure: none };
		return fixes.map((fix) => {
			const week = mondayOf(fix.done_on);
			const { verdict } = judgement(fix, week, { ...noCounts, own, weeks: log.weeks }, alone);
			return { verdict: { ...verdict, unrouted: true, trend: [] }, from: null };
		});
	}
	const topics = topicRows(log);
	const asked = fixes.some(({ phrase_group }) => phrase_group !== null);
	const phrases = asked ? await readPhraseCounts(log.filter) : [];
	const groupOf = await readFixGroups(fixes);
	const judged: Judgement[] = [];
	for (const fix of fixes) {
		const week = mondayOf(fix.done_on);
		const neighbours = neighboursOf(fix, fixes, groupOf);
		const { from, to } = spanOf(log.weeks, week, neighbours);
		const within = [log.weeks[from] ?? week, log.weeks[to - 1] ?? week] as const;
		// The rest of a group's own topic is moved by fixes of the topic and of its other groups.
		const isFixed = (topic: string) =>
			fixes.some(
				(other) =>
					other.topic === topic &&
					(topic !== fix.topic || groupOf(other) !== groupOf(fix)) &&
					mondayOf(other.done_on) >= within[0] &&
					mondayOf(other.done_on) <= within[1]
			);
		const counts = await countsOf(fix, log, { topics, phrases });
		const { verdict, from: counted } = judgement(
			fix,
			week,
			{ ...counts, others: counts.others.filter(({ key }) => !isFixed(key)) },
			neighbours
		);
		const groupFixes = groupFixesWithin(fix, within[1], fixes, groupOf);
		judged.push({
			verdict: { ...verdict, group: groupOf(fix), groupFixes },
			from: counted
		});
	}
	return judged;
}

const noCounts: FixCounts = {
	weeks: [],
	own: { key: '', counts: [], exposure: [], expected: null },
	others: [],
	exposure: 'handoffs'
};
const alone = { before: null, after: null, sameWeek: 0 };

async function countsOf(
	fix: Fix,
	log: FixLog,
	read: { topics: readonly ReturnType<typeof topicRows>[number][]; phrases: PhraseCount[] }
): Promise<FixCounts> {
	const { weeks, exposure } = log;
	const group = fix.phrase_group === null ? null : await currentPhrase(fix.phrase_group);
	if (group) {
		const { own, others } = groupRows(log, { ...group, id: idOf(group) }, read.phrases);
		return { weeks, exposure, own, others };
	}
	const own =
		fix.phrase_group === null ? read.topics.find(({ key }) => key === fix.topic) : undefined;
	return {
		weeks,
		exposure,
		// A topic that the log no longer names, or a group that is gone, has no failures any more.
		own: own ?? { key: fix.topic, counts: [], exposure: [], expected: null },
		others: read.topics.filter(({ key }) => key !== fix.topic)
	};
}

const idOf = ({ model, n }: GroupEntry) => phraseId(model, n);
