/** The fix ledger with verdicts, and the hours that fixes have saved. */
import { byteOrderMark, csvLine, type Cell } from '../../csv.ts';
import { addDays } from '../../dates.ts';
import type { FixLedger, FixVerdict, JudgedFix } from '../../fixVerdict.ts';
import { fixVerdictWords } from '../../fixWords.ts';
import { phraseTitle } from '../../phrases.ts';
import { costOf, pooledRepeatWork, type Work } from '../gaps/gapCost.ts';
import { repeatWorkRow } from '../gaps/gapRows.ts';
import { measure, metricParameters } from '../measure/measure.ts';
import { currentPhrase } from '../phrases/phraseEntries.ts';
import type { Filter } from '../scope/filter.ts';
import { withSnapshot } from '../store/engine.ts';
import { query } from '../store/query.ts';
import { behind } from '../store/recorder.ts';
import { readFixGroups } from './fixGroups.ts';
import { fixTopicRow } from './fixRow.ts';
import { fixTotal, scaled } from './fixTotal.ts';
import { readFixVerdicts } from './fixVerdicts.ts';
import { readFixLog } from './fixWeeks.ts';

/** Weeks up to the last full one whose failures tell what one takes. */
const costWeeks = 26;

/** Every fix that stands, the latest first, and what they saved together. */
export function readFixLedger(): Promise<FixLedger> {
	return withSnapshot(async () => {
		const [verdicts, topics] = await Promise.all([
			readFixVerdicts(),
			query('fixes/topics', fixTopicRow)
		]);
		const fixes = await behind('fixes', () => judged(verdicts));
		const groupOf = await readFixGroups(verdicts.map(({ fix }) => fix));
		return {
			fixes: fixes.sort(byDay),
			total: fixTotal(fixes, groupOf),
			topics: topics.map(({ topic }) => topic)
		};
	});
}

/** One fix that stands; null for a number that no fix has, or a withdrawn one. */
export async function readJudgedFix(id: number): Promise<JudgedFix | null> {
	const { fixes } = await readFixLedger();
	return fixes.find(({ fix }) => fix.fix_id === id) ?? null;
}

const byDay = ({ fix: a }: JudgedFix, { fix: b }: JudgedFix) =>
	a.done_on < b.done_on ? 1 : a.done_on > b.done_on ? -1 : b.fix_id - a.fix_id;

async function judged(verdicts: readonly FixVerdict[]): Promise<JudgedFix[]> {
	if (verdicts.length === 0) return [];
	const minutes = await readMinutes();
	return Promise.all(
		verdicts.map(async (verdict): Promise<JudgedFix> => {
			const { averted, fix } = verdict;
			const group = fix.phrase_group === null ? null : await currentPhrase(fix.phrase_group);
			const minutesEach = minutes(fix.topic);
			return {
				...verdict,
				phrase:
					fix.phrase_group === null
						? null
						: group
							? phraseTitle(group)
							: fix.phrase_group,
				minutesEach,
				hours: averted && minutesEach !== null ? scaled(averted, minutesEach / 60) : null
			};
		})
	);
}

/** Handle minutes of a failure with the repeats it causes, by topic: as the list of gaps has them. */
async function readMinutes(): Promise<(topic: string) => number | null> {
	const log = await readFixLog();
	if (!log) return () => null;
	const from = addDays(log.filter.to, -7 * costWeeks);
	const failures: Filter = {
		from: from < log.filter.from ? log.filter.from : from,
		to: log.filter.to,
		route: ['failure']
	};
	const ids = ['handle_mean', 'repeat_rate'] as const;
	const [works, byTopic, [whole]] = await Promise.all([
		query('gaps/repeat_work', repeatWorkRow, await metricParameters(failures, [])),
		measure(failures, ids, ['topic']),
		measure(failures, ids)
	]);
	const all: Work = {
		handle: whole?.values.handle_mean,
		repeat: whole?.values.repeat_rate,
		repeatWork: pooledRepeatWork(works)
	};
	return (topic) => {
		const values = byTopic.find(({ by }) => by.topic === topic)?.values;
		const work: Work = {
			handle: values?.handle_mean,
			repeat: values?.repeat_rate,
			repeatWork: works.find((row) => row.topic === topic)
		};
		return (
			costOf({ observed: 1, expected: null, excess: null }, work, all)?.minutesEach ?? null
		);
	};
}

type LinkOf = (id: number) => string;

const ledgerCells: Record<string, (fix: JudgedFix, linkOf: LinkOf) => Cell> = {
	fix_id: ({ fix }) => fix.fix_id,
	what: ({ fix }) => fix.what,
	topic: ({ fix }) => fix.topic,
	phrase_group: ({ fix }) => fix.phrase_group,
	phrase: ({ phrase }) => phrase,
	who: ({ fix }) => fix.who,
	done_on: ({ fix }) => fix.done_on,
	link: ({ fix }) => fix.link,
	status: ({ status }) => status,
	weeks_before: ({ weeks }) => weeks.before,
	weeks_since: ({ weeks }) => weeks.since,
	failures_before: ({ failures }) => failures.before,
	failures_after: ({ failures }) => failures.after,
	ratio: ({ effect }) => effect?.ratio,
	ratio_low: ({ effect }) => effect?.low,
	ratio_high: ({ effect }) => effect?.high,
	detectable_ratio: ({ effect }) => effect?.detectable,
	averted: ({ averted }) => averted?.value,
	averted_low: ({ averted }) => averted?.low,
	averted_high: ({ averted }) => averted?.high,
	hours: ({ hours }) => hours?.value,
	hours_low: ({ hours }) => hours?.low,
	hours_high: ({ hours }) => hours?.high,
	verdict: (fix) => fixVerdictWords(fix),
	page: ({ fix }, linkOf) => linkOf(fix.fix_id)
};
/** The columns of the ledger as a file. */
export const ledgerColumns = Object.keys(ledgerCells);

/** The ledger for a spreadsheet: a fix a line, with its verdict. */
export function writeFixLedger(fixes: readonly JudgedFix[], linkOf: LinkOf): string {
	const lines = fixes.map((fix) =>
		csvLine(Object.values(ledgerCells).map((of) => of(fix, linkOf)))
	);
	return byteOrderMark + csvLine(ledgerColumns) + lines.join('');
}
