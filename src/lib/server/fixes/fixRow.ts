/** Rows of queries/fixes. */
import { z } from 'zod';
import type { Fix } from '../../fix.ts';
import { fixStatuses } from '../../fixVerdict.ts';

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

/** A fix of the list with its verdict; null of a version that has ended. */
export const listedFixRow = fixRow.extend({
	status: z.enum(fixStatuses).nullable().describe('The verdict in a word.'),
	back_since: z
		.string()
		.nullable()
		.describe('Monday of about the week since which a relapsed one is back.'),
	verdict: z.string().nullable().describe('The verdict in a sentence or two.')
});
export type ListedFix = z.infer<typeof listedFixRow>;

export const fixTopicRow = z.strictObject({ topic: z.string() });
