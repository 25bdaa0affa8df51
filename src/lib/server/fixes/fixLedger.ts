/** The fix ledger with verdicts, and the hours that fixes have saved. */
import { byteOrderMark, csvLine, type Cell } from '../../csv.ts';
import { addDays } from '../../dates.ts';
import type { FixLedger, FixVerdict, JudgedFix } from '../../fixVerdict.ts';
import { phraseId, phraseTitle } from '../../phrases.ts';
import { readFailureWork, type GroupHandoffs } from '../gaps/failureWork.ts';
import { costOf } from '../gaps/gapCost.ts';
import { phraseHandoffRow } from '../gaps/gapRows.ts';
import { metricParameters } from '../measure/measure.ts';
import { currentPhrase, readGroupEntries } from '../phrases/phraseEntries.ts';
import type { Filter } from '../scope/filter.ts';
import { withSnapshot } from '../store/engine.ts';
import { query } from '../store/query.ts';
import { behind } from '../store/recorder.ts';
import { verdictColumns, verdictRowOf } from './fixRow.ts';
import { fixTotal, scaled } from './fixTotal.ts';
import { readFixJudgements } from './fixVerdicts.ts';
import { readFixLog } from './fixWeeks.ts';

/** Weeks up to the last full one whose failures tell what one takes. */
const costWeeks = 26;

/** Every fix that stands, the latest first, and what they saved together. */
export function readFixLedger(): Promise<FixLedger> {
	return withSnapshot(async () => {
		const { verdicts, correlation } = await readFixJudgements();
		const fixes = await behind('fixes', () => judged(verdicts));
		return {
			fixes: fixes.sort(byDay),
			total: fixTotal(fixes, correlation)
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
	const minutes = await readMinutes(verdicts.some(({ group }) => group !== null));
	return Promise.all(
		verdicts.map(async (verdict): Promise<JudgedFix> => {
			const { averted, fix } = verdict;
			const group = fix.phrase_group === null ? null : await currentPhrase(fix.phrase_group);
			const { minutesEach, minutesOf } = minutes(verdict);
			return {
				...verdict,
				phrase:
					fix.phrase_group === null
						? null
						: group
							? phraseTitle(group)
							: fix.phrase_group,
				minutesEach,
				minutesOf,
				hours: averted && minutesEach !== null ? scaled(averted, minutesEach / 60) : null
			};
		})
	);
}

/** Minutes of a failure, and whose they are. */
type Minutes = Pick<JudgedFix, 'minutesEach' | 'minutesOf'>;

/** Handle minutes of a failure with the repeats it causes, of a fix: as the list of gaps has them. */
async function readMinutes(hasGroups: boolean): Promise<(fix: FixVerdict) => Minutes> {
	const log = await readFixLog();
	if (!log) return () => ({ minutesEach: null, minutesOf: null });
	const from = addDays(log.filter.to, -7 * costWeeks);
	const failures: Filter = {
		from: from < log.filter.from ? log.filter.from : from,
		to: log.filter.to,
		route: ['failure']
	};
	const { all, ofTopic, ofGroup, whose } = await readFailureWork(
		failures,
		hasGroups ? await readGroupHandoffs(failures) : []
	);
	return ({ fix: { topic }, group }) => {
		const work = group === null ? ofTopic(topic) : ofGroup(topic, group);
		const cost = costOf({ observed: 1, expected: null, excess: null }, work, all);
		return {
			minutesEach: cost?.minutesEach ?? null,
			minutesOf: cost && whose(topic, group)
		};
	};
}

/** Of all phrase groups that stand: a group's minutes are drawn towards those of its topic. */
async function readGroupHandoffs(failures: Filter): Promise<GroupHandoffs[]> {
	const [entries, rows] = await Promise.all([
		readGroupEntries(),
		query('gaps/phrase_handoffs', phraseHandoffRow, await metricParameters(failures, []))
	]);
	return entries
		.filter(({ status, merged_into }) => status === 'accepted' && merged_into === null)
		.map(({ model, n, topic }) => {
			const id = phraseId(model, n);
			return { id, topic, handoffs: rows.filter(({ phrase }) => phrase === id) };
		});
}

type LinkOf = (id: number) => string;

const recordedColumns = [
	...(['fix_id', 'what', 'topic', 'phrase_group'] as const),
	...(['phrase', 'who', 'done_on', 'link'] as const)
];
/** The columns of the ledger as a file. */
export const ledgerColumns: readonly string[] = [...recordedColumns, ...verdictColumns, 'page'];

function ledgerLine(judged: JudgedFix, linkOf: LinkOf): Cell[] {
	const recorded = { ...judged.fix, phrase: judged.phrase };
	const verdict = verdictRowOf(judged);
	return [
		...recordedColumns.map((column) => recorded[column]),
		...verdictColumns.map((column) => verdict[column]),
		linkOf(judged.fix.fix_id)
	];
}

/** The ledger for a spreadsheet: a fix a line, with its verdict. */
export function writeFixLedger(fixes: readonly JudgedFix[], linkOf: LinkOf): string {
	const lines = fixes.map((fix) => csvLine(ledgerLine(fix, linkOf)));
	return byteOrderMark + csvLine(ledgerColumns) + lines.join('');
}
