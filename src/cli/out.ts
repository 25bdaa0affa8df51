/** Writes what `--out` asks for. */
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { messageOf, StoreError, UsageError } from '../../ingest/errors.ts';
import type { ReportFormat } from '../lib/server/report/reportQuery.ts';

/** The form that the ending of a file's name stands for; HTML where it stands for none. */
export function formatOf(file: string): ReportFormat {
	const forms: Record<string, ReportFormat> = { '.md': 'md', '.markdown': 'md', '.json': 'json' };
	return forms[path.extname(file).toLowerCase()] ?? 'html';
}

/**
 * Puts a text in a file's place in one step: who reads it meanwhile has the old one or the new.
 * @returns its bytes
 * @throws UsageError where the path is no place for a file, StoreError where it cannot be written
 */
export async function replaceFile(file: string, text: string): Promise<number> {
	const folder = path.dirname(path.resolve(file));
	const there = await stat(file).catch(() => null);
	if (there?.isDirectory())
		throw new UsageError(`--out ${file} is a folder; give the path of a file in it.`);
	// A device or a pipe would be replaced by a file.
	if (there && !there.isFile())
		throw new UsageError(`--out ${file} is not an ordinary file; leave --out away for stdout.`);
	if (!(await stat(folder).catch(() => null))?.isDirectory())
		throw new UsageError(`--out ${file}: there is no folder ${folder}; make it first.`);
	const draft = path.join(folder, `.${path.basename(file)}.${process.pid}.tmp`);
	try {
		await writeFile(draft, text);
		await rename(draft, file);
	} catch (error) {
		await rm(draft, { force: true });
		throw new StoreError(`--out ${file} cannot be written (${messageOf(error)}).`);
	}
	return Buffer.byteLength(text);
}
