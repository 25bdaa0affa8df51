/** What happened beside the numbers, for the time axes of all figures. */
import path from 'node:path';
import { z } from 'zod';
import type { Mark } from '../../marks.ts';
import { readFixes } from '../fixes/fixes.ts';
import { query } from '../store/query.ts';

export const versionRow = z.strictObject({
	ai_version: z.string(),
	first_day: z.string(),
	is_from_start: z.boolean()
});
export const importDayRow = z.strictObject({ file: z.string(), local_day: z.string() });

/**
 * AI versions and imports of the whole log, whatever a page looks at, and fixes, oldest first.
 *
 * A version is in service from the first day on which it has a tenth of the handoffs that name a
 * version, if it keeps a tenth over that day and the six after it and has 20 handoffs in them: a trial
 * with a few customers is not the day to look at, and a day of few handoffs proves nothing. One that is
 * there in the first seven days of the log did not come in.
 * @param topics what a page is narrowed to: only their fixes move its numbers; without any, all
 */
export async function readMarks(topics: readonly string[] = []): Promise<Mark[]> {
	const [fixes, versions, imports] = await Promise.all([
		readFixes(topics),
		query('marks/versions', versionRow),
		query('marks/imports', importDayRow)
	]);
	return [
		...fixes.map(({ what, done_on, topic }): Mark => ({
			kind: 'fix',
			day: done_on,
			name: what,
			topic
		})),
		...versions
			.filter(({ is_from_start }) => !is_from_start)
			.map(({ ai_version, first_day }): Mark => ({
				kind: 'version',
				day: first_day,
				name: ai_version
			})),
		...imports.map(({ file, local_day }): Mark => ({
			kind: 'import',
			day: local_day,
			name: path.basename(file)
		}))
	].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}
