/** An import as the command line asks for it, of a server or of itself. */
import { z } from 'zod';
import { encodings } from '../../../ingest/files.ts';
import { importLog, type ImportReport, type Progress } from '../../../ingest/import.ts';
import { withStore } from './engine.ts';

export const importRequestSchema = z.strictObject({
	/** Absolute paths, globs and folders on this machine. */
	paths: z.array(z.string()).min(1),
	source: z.string().optional(),
	timezone: z.string().optional(),
	encoding: z.enum(encodings).optional(),
	dryRun: z.boolean().optional(),
	keepSample: z.boolean().optional()
});
export type ImportRequest = z.infer<typeof importRequestSchema>;

/** What a server says while and after it imports, one JSON value a line. */
export type ImportMessage =
	{ progress: Progress } | { report: ImportReport } | { error: string; exitCode: number };

/** Runs an import here, in the process that holds the database. */
export function runImport(
	{ paths, ...options }: ImportRequest,
	onProgress?: (progress: Progress) => void,
	signal?: AbortSignal
): Promise<ImportReport> {
	return withStore((store) => importLog(store, paths, { ...options, onProgress, signal }));
}
