/** What happened beside the numbers, for the time axes of all figures. */
import path from 'node:path';
import { DOUBLE, INTEGER } from '@duckdb/node-api';
import { z } from 'zod';
import type { Mark } from '../marks.ts';
import { query } from './query.ts';

/**
 * An AI version is in service from the first day on which it has a tenth of the handoffs that name a
 * version, if it keeps a tenth over that day and the six after it and has 20 handoffs in them: a trial
 * with a few customers is not the day to look at, and a day of few handoffs proves nothing.
 */
const service = { leastShare: 0.1, leastHandoffs: 20 };

export const versionRow = z.strictObject({ ai_version: z.string(), first_day: z.string() });
export const importDayRow = z.strictObject({ file: z.string(), local_day: z.string() });

/** AI versions and imports of the whole log, whatever a page looks at, oldest first. */
export async function readMarks(): Promise<Mark[]> {
	const [versions, imports] = await Promise.all([
		query('marks/versions', versionRow, {
			values: { least_share: service.leastShare, least_handoffs: service.leastHandoffs },
			types: { least_share: DOUBLE, least_handoffs: INTEGER }
		}),
		query('marks/imports', importDayRow)
	]);
	return [
		...versions.map(({ ai_version, first_day }): Mark => ({
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
