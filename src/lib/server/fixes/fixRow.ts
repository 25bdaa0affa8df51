/** Rows of queries/fixes. */
import { z } from 'zod';
import type { Fix } from '../../fix.ts';

export const fixRow = z.strictObject({
	fix_id: z.int(),
	what: z.string(),
	who: z.string().nullable(),
	done_on: z.string(),
	link: z.string().nullable(),
	topic: z.string(),
	phrase_group: z.string().nullable(),
	recorded_at: z.string(),
	ended_at: z.string().nullable()
}) satisfies z.ZodType<Fix>;

export const fixTopicRow = z.strictObject({ topic: z.string() });
