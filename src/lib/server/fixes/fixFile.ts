/** The fix ledger for programs and spreadsheets: a JSON list, or CSV. */
import { z } from 'zod';
import { byteOrderMark, csvLine } from '../../csv.ts';
import type { Fix } from '../../fix.ts';
import { oneOf } from '../http/parameters.ts';
import { fixRow } from './fixRow.ts';
import { readFixes, readFixVersions } from './fixes.ts';

export const fixFormats = ['json', 'csv'] as const;
export type FixFormat = (typeof fixFormats)[number];

/** The parameters of a call for fixes. */
export const fixesParameters = z.strictObject({
	format: oneOf('format', fixFormats, 'The form of the answer.').default('json'),
	topic: z
		.array(z.string())
		.optional()
		.meta({ description: 'Keep only fixes of this topic; again for several.' }),
	all: oneOf(
		'all',
		['yes', 'no'],
		'Whether versions that an edit or a withdrawal has ended come along.'
	).default('no')
});
export type FixesQuery = z.output<typeof fixesParameters>;

/** The fixes asked for, the oldest first. */
export async function listFixes({ topic = [], all }: Omit<FixesQuery, 'format'>): Promise<Fix[]> {
	if (all === 'no') return readFixes(topic);
	const versions = await readFixVersions();
	return versions.filter((fix) => topic.length === 0 || topic.includes(fix.topic));
}

const columns = Object.keys(fixRow.shape) as (keyof Fix)[];

/** Writes fixes; texts of a CSV are set off where a spreadsheet would run them. */
export function writeFixes(fixes: readonly Fix[], format: FixFormat): string {
	if (format === 'json') return `${JSON.stringify(fixes)}\n`;
	const lines = fixes.map((fix) => csvLine(columns.map((column) => fix[column])));
	return byteOrderMark + csvLine(columns) + lines.join('');
}
