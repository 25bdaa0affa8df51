/** An import as the command line asks for it, of a server or of itself. */
import { z } from 'zod';
import { encodings } from '../../../../ingest/files.ts';
import { importLog, type ImportReport, type Progress } from '../../../../ingest/import.ts';
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

const counts = {
	lines: z.int(),
	inserted: z.int(),
	replaced: z.int(),
	unchanged: z.int(),
	superseded: z.int(),
	quarantined: z.int()
};

/** What a server says while and after it imports, one JSON value a line. */
export type ImportMessage =
	{ progress: Progress } | { report: ImportReport } | { error: string; exitCode: number };

/** The same as a schema. */
export const importMessageSchema = z.union([
	z.strictObject({
		progress: z.strictObject({
			phase: z.enum(['reading', 'merging', 'deriving']),
			file: z.string().nullable(),
			lines: z.int(),
			fraction: z.number()
		})
	}),
	z.strictObject({
		report: z.strictObject({
			files: z.array(
				z.strictObject({
					...counts,
					file: z.string(),
					source: z.string(),
					timezone: z.string().nullable(),
					notes: z.array(z.string()),
					seconds: z.number()
				})
			),
			total: z.strictObject({ ...counts, seconds: z.number() }),
			removedSample: z.boolean(),
			dryRun: z.boolean()
		})
	}),
	z.strictObject({ error: z.string(), exitCode: z.int() })
]) satisfies z.ZodType<ImportMessage>;

/** Runs an import here, in the process that holds the database. */
export function runImport(
	{ paths, ...options }: ImportRequest,
	onProgress?: (progress: Progress) => void,
	signal?: AbortSignal
): Promise<ImportReport> {
	return withStore((store) => importLog(store, paths, { ...options, onProgress, signal }));
}
