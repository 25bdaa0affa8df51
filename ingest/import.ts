/** An import: files in, rows merged and derived in one transaction, or nothing at all. */
import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { userInfo } from 'node:os';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { countOf, valueOf } from './ask.ts';
import { fieldsOf, recordKinds } from './contract.ts';
import { derive, markAll, markChanged } from './derive.ts';
import { messageOf, StoreError } from './errors.ts';
import type { Encoding } from './files.ts';
import { mergeRecords, type FileEffects } from './merge.ts';
import { quoteName, quotePath, quoteText } from './sql.ts';
import { stageAll, type Staged } from './staging.ts';
import { loggedKey } from './tables.ts';
import { checkZone, machineZone } from './zone.ts';

/** Where the rows go. */
export type Store = {
	connection: DuckDBConnection;
	/** The data folder. */
	folder: string;
	/** The folder `queries`. */
	queries: string;
	hashIdentities: boolean;
	/** The team's zone when the settings name one. */
	timezone: string | null;
};

export type ImportOptions = {
	/** Name of a source or path of a mapping; found from the columns when not given. */
	source?: string;
	/** Zone of times without offset, and of the team where the settings name none. */
	timezone?: string;
	encoding?: Encoding;
	/** Counts what would happen and leaves the store as it is. */
	dryRun?: boolean;
	/** Real data takes the place of the sample unless this is set. */
	keepSample?: boolean;
	onProgress?: (progress: Progress) => void;
	/** Ends the import; the store is then as it was. */
	signal?: AbortSignal;
};

export type Progress = {
	phase: 'reading' | 'merging' | 'deriving';
	file: string | null;
	/** Lines staged so far. */
	lines: number;
	/** Share of the bytes that are staged. */
	fraction: number;
};

export type ImportCounts = {
	lines: number;
	inserted: number;
	replaced: number;
	unchanged: number;
	superseded: number;
	quarantined: number;
};

export type FileReport = ImportCounts & {
	file: string;
	source: string;
	timezone: string | null;
	notes: string[];
	seconds: number;
};

export type ImportReport = {
	files: FileReport[];
	total: ImportCounts & { seconds: number };
	/** The sample was there and has gone. */
	removedSample: boolean;
	dryRun: boolean;
};

/**
 * Imports files, globs and folders.
 * @throws UsageError for a path, source or zone that does not exist
 * @throws LogError when a file cannot be read; the store is then as it was
 * @throws StoreError when the disk is full or the store cannot be written
 */
export async function importLog(
	store: Store,
	paths: string[],
	options: ImportOptions = {}
): Promise<ImportReport> {
	if (options.timezone !== undefined) checkZone(options.timezone);
	const began = performance.now();
	const folder = path.join(store.folder, 'tmp', randomUUID());
	await mkdir(folder, { recursive: true, mode: 0o700 });
	const interrupt = () => store.connection.interrupt();
	options.signal?.addEventListener('abort', interrupt);
	try {
		const staged = await stageAll(store, folder, paths, options);
		const stagedAt = performance.now();
		const report = await takeIn(store, staged, options);
		const seconds = (performance.now() - began) / 1000;
		const shared = (performance.now() - stagedAt) / 1000;
		const lines = Math.max(1, report.total.lines);
		for (const file of report.files) file.seconds += (shared * file.lines) / lines;
		return { ...report, total: { ...report.total, seconds } };
	} catch (error) {
		if (/No space left|disk is full|ENOSPC/i.test(messageOf(error)))
			throw new StoreError(
				`The disk that holds ${store.folder} is full. Nothing was imported; free some space and run it again.`,
				{ cause: error }
			);
		throw error;
	} finally {
		options.signal?.removeEventListener('abort', interrupt);
		await rm(folder, { recursive: true, force: true });
	}
}

async function takeIn(
	store: Store,
	staged: Staged[],
	options: ImportOptions
): Promise<ImportReport> {
	const { connection } = store;
	const progress = (phase: Progress['phase']) =>
		options.onProgress?.({
			phase,
			file: null,
			lines: staged.reduce((sum, file) => sum + file.lines, 0),
			fraction: 1
		});
	const importIds = staged.map(() => randomUUID());
	await connection.run('begin transaction');
	try {
		options.signal?.throwIfAborted();
		progress('merging');
		const isReal = staged.some(
			(file) => file.sampleZone === null && file.lines > file.quarantined
		);
		const removedSample = isReal && !options.keepSample && (await removeSample(connection));
		const effects: FileEffects[][] = [];
		for (const record of recordKinds)
			effects.push(
				await mergeRecords(
					connection,
					record,
					staged.map((file) => file.rows[record]),
					importIds
				)
			);
		const files = staged.map((file, i): FileReport => {
			const sum = (effect: keyof FileEffects) =>
				effects.reduce((total, ofRecord) => total + (ofRecord[i]?.[effect] ?? 0), 0);
			return {
				file: file.file.path,
				source: file.source.name,
				timezone: file.zone,
				lines: file.lines,
				inserted: sum('inserted'),
				replaced: sum('replaced'),
				unchanged: sum('unchanged'),
				superseded: sum('superseded'),
				quarantined: file.quarantined,
				notes: file.notes,
				seconds: file.seconds
			};
		});
		const zone = await settleZone(store, staged, options);
		await writeQuarantine(connection, staged, importIds);
		await writeImports(connection, staged, files, importIds);
		options.signal?.throwIfAborted();
		progress('deriving');
		if (zone.isNew || removedSample) await markAll(connection);
		else await markChanged(connection);
		await derive(connection, store.queries, zone.name);
		options.signal?.throwIfAborted();
		await connection.run(options.dryRun ? 'rollback' : 'commit');
		return {
			files,
			total: { ...totalOf(files), seconds: 0 },
			removedSample,
			dryRun: options.dryRun ?? false
		};
	} catch (error) {
		await connection.run('rollback').catch(() => undefined);
		throw error;
	}
}

function totalOf(files: FileReport[]): ImportCounts {
	const sum = (count: keyof ImportCounts) =>
		files.reduce((total, file) => total + file[count], 0);
	return {
		lines: sum('lines'),
		inserted: sum('inserted'),
		replaced: sum('replaced'),
		unchanged: sum('unchanged'),
		superseded: sum('superseded'),
		quarantined: sum('quarantined')
	};
}

/**
 * Takes the sample out of the store, with what was said about its handoffs, since a real one may bear
 * the id of a made-up one, and with the fixes recorded before any real log came. Says whether there
 * was a sample.
 */
async function removeSample(connection: DuckDBConnection): Promise<boolean> {
	const sample = `(select import_id from imports where is_sample and removed_at is null)`;
	if ((await countOf(connection, sample)) === 0) return false;
	await connection.run(
		`delete from reviews where handoff_id in (select handoff_id from handoffs where import_id in ${sample})`
	);
	// Ended and not deleted, so that their numbers are not given to others.
	await connection.run(
		`update fixes set ended_at = greatest(now() at time zone 'UTC', recorded_at)
		where ended_at is null
			and recorded_at < coalesce((select min(imported_at) from imports where not is_sample), 'infinity')`
	);
	await removeSamplePhrases(connection, sample);
	for (const table of ['handoffs', 'conversations', 'quarantine'])
		await connection.run(`delete from ${table} where import_id in ${sample}`);
	await connection.run(
		`update imports set removed_at = (now() at time zone 'UTC') where is_sample and removed_at is null`
	);
	return true;
}

/**
 * Ends the phrase models that only questions of the sample are in, and forgets where those belong.
 * The numbers of such models stay taken.
 */
async function removeSamplePhrases(connection: DuckDBConnection, sample: string): Promise<void> {
	await connection.run(
		`delete from phrase_members where handoff_id in (select handoff_id from handoffs where import_id in ${sample})`
	);
	const ended = 'model not in (select model from phrase_members)';
	await connection.run(`delete from phrase_groups where ${ended}`);
	await connection.run(
		`update phrase_models set body = null, ended_at = now() at time zone 'UTC' where ended_at is null and ${ended}`
	);
}

/**
 * A line that is refused again is not written down again; one whose record has now come with the
 * field that was at fault, from whatever file, is struck off.
 */
async function writeQuarantine(
	connection: DuckDBConnection,
	staged: Staged[],
	importIds: string[]
): Promise<void> {
	const all = (of: (file: Staged) => string) => staged.map(of).map(quotePath).join(', ');
	const stillRefused = `exists (
		select 1 from read_parquet([${all((file) => file.refused)}]) as r
		where r.record_key = q.record_key and r.raw = q.raw)`;
	for (const record of recordKinds) {
		const carries = fieldsOf(record).map(
			({ name }) => `when ${quoteText(name)} then g.${quoteName(name)} is not null`
		);
		await connection.run(
			`delete from quarantine as q
			where record = '${record}' and not ${stillRefused} and exists (
				select 1 from read_parquet([${all((file) => file.rows[record])}]) as g
				where ${loggedKey(record, 'g')} = q.record_key
					and case q.field ${carries.join(' ')} else true end)`
		);
	}
	for (const [i, file] of staged.entries()) {
		await connection.run(
			`insert into quarantine
			select ${quoteText(importIds[i] ?? '')}, ${quoteText(file.file.path)}, line, record, field, reason, header, raw, record_key
			from read_parquet(${quotePath(file.refused)}) as r
			where not exists (
				select 1 from quarantine as q
				where q.raw = r.raw and q.reason = r.reason
					and (q.record_key = r.record_key or (q.file = ${quoteText(file.file.path)} and q.line = r.line)))`
		);
	}
}

async function writeImports(
	connection: DuckDBConnection,
	staged: Staged[],
	files: FileReport[],
	importIds: string[]
): Promise<void> {
	for (const [i, report] of files.entries()) {
		const file = staged[i];
		if (!file) continue;
		await connection.run(
			`insert into imports values ($import_id, $file, $sha256, $bytes::bigint, $source, $lines::bigint, $inserted::bigint,
				$replaced::bigint, $unchanged::bigint, $superseded::bigint, $quarantined::bigint, $is_sample, $imported_by,
				now() at time zone 'UTC', $duration_s::double, null)`,
			{
				import_id: importIds[i] ?? '',
				file: report.file,
				sha256: file.sha256,
				bytes: file.file.bytes,
				source: report.source,
				lines: report.lines,
				inserted: report.inserted,
				replaced: report.replaced,
				unchanged: report.unchanged,
				superseded: report.superseded,
				quarantined: report.quarantined,
				is_sample: file.sampleZone !== null,
				imported_by: whoImports(),
				duration_s: report.seconds
			}
		);
	}
}

function whoImports(): string {
	try {
		return userInfo().username;
	} catch {
		return 'unknown';
	}
}

/**
 * The team's zone: the one in the settings, else that of the first log that names one, else the
 * machine's. Weeks and days are cut by it, so a new zone cuts all of them anew.
 */
async function settleZone(
	store: Store,
	staged: Staged[],
	options: ImportOptions
): Promise<{ name: string; isNew: boolean }> {
	const current = String(await valueOf(store.connection, 'select timezone from settings'));
	const isFirst = (await countOf(store.connection, 'imports where removed_at is null')) === 0;
	const named =
		options.timezone ??
		staged.map((file) => file.zone ?? file.sampleZone).find((zone) => zone !== null);
	const name = store.timezone ?? (isFirst ? (named ?? machineZone()) : current);
	if (name === current) return { name, isNew: false };
	await store.connection.run('update settings set timezone = $name', { name });
	return { name, isNew: true };
}
