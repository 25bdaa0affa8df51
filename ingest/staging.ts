/** Stages all files of an import before anything is written to the store. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { z } from 'zod';
import { findFiles, hashOf, inspect, truthFile } from './files.ts';
import { identityKey } from './identity.ts';
import type { ImportOptions, Store } from './import.ts';
import { knownSources } from './sources.ts';
import { quotePath, quoteText } from './sql.ts';
import { stageFile, type StagedFile } from './stage.ts';

export type Staged = StagedFile & {
	sha256: string;
	seconds: number;
	/** Zone of the sample; null for a real log. */
	sampleZone: string | null;
};

/**
 * Stages the files of an import, one after the other, in a database of their own.
 * @param folder for the staged rows; the caller removes it
 */
export async function stageAll(
	store: Store,
	folder: string,
	paths: string[],
	options: ImportOptions
): Promise<Staged[]> {
	const instance = await DuckDBInstance.create(path.join(folder, 'staging.duckdb'), {
		temp_directory: path.join(folder, 'spill'),
		memory_limit: '1500MB'
	});
	const connection = await instance.connect();
	const interrupt = () => connection.interrupt();
	options.signal?.addEventListener('abort', interrupt);
	try {
		await connection.run(`set TimeZone = 'UTC'; set preserve_insertion_order = true`);
		const found = await findFiles(connection, paths);
		// A mapping is somebody's SQL: it shall see the log and nothing else. A path is allowed as it
		// is and as it is written for DuckDB.
		const both = (paths: string[]) => paths.flatMap((p) => [quoteText(p), quotePath(p)]).join();
		await connection.run(
			`set allowed_directories = [${both([folder])}]; set allowed_paths = [${both(found)}];
			set enable_external_access = false; set lock_configuration = true`
		);
		const files = await Promise.all(found.map((file) => inspect(file, options.encoding)));
		const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
		const staging = {
			connection,
			folder,
			key: store.hashIdentities ? await identityKey(store.folder) : null,
			known: await knownSources(),
			source: options.source,
			zone: options.timezone
		};
		const staged: Staged[] = [];
		let lines = 0;
		let read = 0;
		for (const [i, file] of files.entries()) {
			const progress = (linesOfFile = 0, share = 0) => {
				options.signal?.throwIfAborted();
				options.onProgress?.({
					phase: 'reading',
					file: file.path,
					lines: lines + linesOfFile,
					fraction: (read + share * file.bytes) / (bytes || 1)
				});
			};
			progress();
			const began = performance.now();
			const one = await stageFile({ ...staging, onStep: progress }, file, i);
			const sha256 = await hashOf(file.path);
			lines += one.lines;
			read += file.bytes;
			progress();
			staged.push({
				...one,
				sha256,
				sampleZone: await sampleZone(file.path, sha256),
				seconds: (performance.now() - began) / 1000
			});
		}
		return staged;
	} finally {
		options.signal?.removeEventListener('abort', interrupt);
		connection.disconnectSync();
		instance.closeSync();
	}
}

/** The zone of the sample if `seam sample` wrote this very file: its hash stands in the truth beside it. */
async function sampleZone(file: string, sha256: string): Promise<string | null> {
	const text = await readFile(path.join(path.dirname(file), truthFile), 'utf8').catch(() => '');
	if (!text.includes(sha256)) return null;
	const truth = truthSchema.safeParse(text);
	return truth.success ? truth.data.time_zone : null;
}

const truthSchema = z
	.string()
	.transform((text, context) => {
		try {
			return JSON.parse(text) as unknown;
		} catch {
			context.addIssue('is not JSON');
			return z.NEVER;
		}
	})
	.pipe(z.object({ made_by: z.literal('seam sample'), time_zone: z.string() }));
