/** The lines that were refused. */
import { z } from 'zod';
import { query } from './query.ts';

export const refusedRow = z.strictObject({
	import_id: z.string(),
	file: z.string(),
	line: z.int(),
	/** handoff or conversation; null where the line could not be read at all */
	record: z.string().nullable(),
	field: z.string().nullable(),
	reason: z.string(),
	/** header line of a delimited file */
	header: z.string().nullable(),
	raw: z.string()
});
export type RefusedLine = z.infer<typeof refusedRow>;

/** Every refused line with its reason, as it stood in its file. */
export const readQuarantine = () => query('log/quarantine', refusedRow);
