/** A fix ledger comes in from a file, so that it can be moved from one store to another. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { UsageError } from '../../../../ingest/errors.ts';
import type { Fix } from '../../fix.ts';
import { phraseTitle } from '../../phrases.ts';
import { readGivenFile, type RefusedLine } from '../http/csvTable.ts';
import { currentPhrase } from '../phrases/phraseEntries.ts';
import { withStore } from '../store/engine.ts';
import { inTransaction } from '../store/transaction.ts';
import { givenOf, insertFix, newFixId, readFixVersions, requirePast } from './fixes.ts';
import type { GivenFix } from './fixSchema.ts';
import { requirePhraseGroup, requireTopic } from './fixSubject.ts';
import { readFixTable, type GivenLine } from './fixTable.ts';

export const fixImportSchema = z.strictObject({
	/** Absolute path on this machine. */
	path: z.string().min(1),
	dryRun: z.boolean().optional()
});
export type FixImportRequest = z.infer<typeof fixImportSchema>;

/** What became of the lines of a file: lines = added + unchanged + ended + refused. */
export const fixesImported = z.strictObject({
	lines: z.int(),
	added: z.int(),
	unchanged: z.int().describe('There already, the same in all fields.'),
	ended: z.int().describe('Versions that had ended; they are left out.'),
	refused: z.array(z.strictObject({ line: z.int(), reason: z.string() })),
	dryRun: z.boolean()
});
export type FixImport = z.infer<typeof fixesImported>;

/**
 * Records the fixes of a file under their numbers; doing it twice changes nothing. A line that cannot
 * be is refused by itself, and a number that stands for another fix here is never written over.
 * @throws UsageError where there is no such file, LogError where it is no ledger
 */
export async function importFixes({ path, dryRun = false }: FixImportRequest): Promise<FixImport> {
	const { fixes, ended, refused } = readFixTable(await readGivenFile(path, 'fixes'));
	return withStore(({ connection }) =>
		inTransaction(connection, dryRun ? 'rollback' : 'commit', async () => {
			const versions = await readFixVersions();
			const counts = { added: 0, unchanged: 0 };
			const refusals: RefusedLine[] = [...refused];
			// Those with a number first, so that none is given to another.
			for (const given of [...fixes].sort(
				(a, b) => Number(a.id === null) - Number(b.id === null)
			))
				try {
					const isNew = isToBeAdded(given, versions);
					if (isNew) {
						await requireSubject(connection, given);
						const id = given.id ?? (await newFixId(connection));
						await insertFix(connection, id, given.fix);
						versions.push(versionOf(id, given.fix));
					}
					counts[isNew ? 'added' : 'unchanged'] += 1;
				} catch (fault) {
					if (!(fault instanceof UsageError)) throw fault;
					refusals.push({ line: given.line, reason: fault.message.replace(/\.$/, '') });
				}
			return {
				lines: fixes.length + ended + refused.length,
				...counts,
				ended,
				refused: refusals.sort((a, b) => a.line - b.line),
				dryRun
			};
		})
	);
}

const isSame = (a: GivenFix, b: GivenFix) => differing(a, b).length === 0;
const differing = (a: GivenFix, b: GivenFix) =>
	(Object.keys(a) as (keyof GivenFix)[]).filter((field) => a[field] !== b[field]);

/**
 * Whether the ledger lacks it.
 * @throws UsageError where its number is that of another fix, or of one that was withdrawn
 */
function isToBeAdded({ id, fix }: GivenLine, versions: readonly Fix[]): boolean {
	const standing = versions.filter(({ ended_at }) => ended_at === null);
	if (id === null) return !standing.some((one) => isSame(givenOf(one), fix));
	const own = standing.find(({ fix_id }) => fix_id === id);
	if (own) {
		const fields = differing(givenOf(own), fix);
		if (fields.length === 0) return false;
		throw new UsageError(
			`fix_id is ${id}, and fix ${id} here is “${own.what}” (${own.topic}, ${own.done_on}), another in ${fields.join(', ')}: change it with seam fix edit ${id}, or leave fix_id empty to record this line as a new fix`
		);
	}
	if (versions.some(({ fix_id }) => fix_id === id))
		throw new UsageError(
			`fix_id is ${id}, and fix ${id} was withdrawn here: leave fix_id empty to record this line as a new fix`
		);
	return true;
}

/** What is asked of every fix, and that its phrase group is the one the file means. */
async function requireSubject(
	connection: DuckDBConnection,
	{ fix, phrase }: GivenLine
): Promise<void> {
	await requireTopic(fix.topic);
	await requirePast(connection, fix.done_on);
	if (fix.phrase_group === null) return;
	await requirePhraseGroup(fix.phrase_group, fix.topic);
	const group = await currentPhrase(fix.phrase_group);
	const title = group && phraseTitle(group);
	if (phrase !== null && title !== null && phrase !== title)
		throw new UsageError(
			`phrase_group is “${fix.phrase_group}”, which is “${title}” here and “${phrase}” in the file: groups may be numbered otherwise here; give the id of the right one, or empty phrase if it is this one`
		);
}

const versionOf = (fix_id: number, fix: GivenFix): Fix => ({
	fix_id,
	...fix,
	recorded_at: '',
	ended_at: null
});
