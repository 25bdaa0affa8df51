/** The fix ledger as a file that somebody gives back: that of the page, or of the list of fixes. */
import { undefused } from '../../csv.ts';
import { readCsvTable, requireColumns, type RefusedLine } from '../http/csvTable.ts';
import { faultOf, shown } from '../reviews/reviewSchema.ts';
import { ledgerColumns } from './fixLedger.ts';
import { listedFixRow } from './fixRow.ts';
import { fixSchema, type GivenFix } from './fixSchema.ts';

/** A fix as a line gives it. */
export type GivenLine = {
	line: number;
	/** null: it is to get a number */
	id: number | null;
	/** what its phrase group was called where the file was written; null: the file does not say */
	phrase: string | null;
	fix: GivenFix;
};

/** The fixes of a file. `ended` are versions that an edit or a withdrawal had ended. */
export type FixTable = { fixes: GivenLine[]; ended: number; refused: RefusedLine[] };

/** What a fix is recorded by; all other columns are of the verdict, or of the version. */
const given = ['what', 'done_on', 'topic', 'who', 'link', 'phrase_group'] as const;

/** @throws LogError where the file as a whole is no ledger */
export function readFixTable(text: string): FixTable {
	const { names, rows, refused } = readCsvTable(text.replace(/^\ufeff/, ''), 'done_on');
	requireColumns(names, {
		what: 'fixes',
		columns: [...new Set([...Object.keys(listedFixRow.shape), ...ledgerColumns])],
		required: ['what', 'done_on', 'topic']
	});
	const table: FixTable = { fixes: [], ended: 0, refused };
	const lines = new Map<number, number>();
	for (const { line, cells } of rows) {
		const cell = (name: string) => undefused(cells[names.indexOf(name)] ?? '').trim();
		if (cell('ended_at') !== '') {
			table.ended += 1;
			continue;
		}
		const number = cell('fix_id');
		const id = number === '' ? null : Number(number);
		const read = fixSchema.safeParse(
			Object.fromEntries(given.map((name) => [name, cell(name)]))
		);
		const before = id === null ? undefined : lines.get(id);
		if (id !== null && !/^[1-9]\d{0,8}$/.test(number))
			refused.push({
				line,
				reason: `fix_id is ${shown(number)}, not the number of a fix; leave it empty to have one given`
			});
		else if (before !== undefined)
			refused.push({
				line,
				reason: `fix_id is ${number}, which stands on line ${before} already; leave it empty to record this one as a new fix`
			});
		else if (!read.success) refused.push({ line, reason: faultOf(read.error, 'the fix') });
		else {
			if (id !== null) lines.set(id, line);
			table.fixes.push({ line, id, phrase: cell('phrase') || null, fix: read.data });
		}
	}
	return table;
}
