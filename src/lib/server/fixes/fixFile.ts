/** The fix ledger for programs and spreadsheets: a JSON list, or CSV. */
import { z } from 'zod';
import { byteOrderMark, csvLine } from '../../csv.ts';
import type { Fix } from '../../fix.ts';
import { oneOf } from '../http/parameters.ts';
import { withSnapshot } from '../store/engine.ts';
import { readFixLedger } from './fixLedger.ts';
import { listedFixRow, verdictRowOf, type ListedFix } from './fixRow.ts';
import { readFixVersions } from './fixes.ts';

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

/** The fixes asked for with their verdicts and the hours they saved, the oldest first. */
export function listFixes({ topic = [], all }: Omit<FixesQuery, 'format'>): Promise<ListedFix[]> {
	return withSnapshot(async () => {
		const versions = await readFixVersions();
		const { fixes } = await readFixLedger();
		return versions
			.filter(({ ended_at }) => all === 'yes' || ended_at === null)
			.filter((fix) => topic.length === 0 || topic.includes(fix.topic))
			.map((fix) => ({
				...fix,
				...verdictRowOf(fixes.find((one) => isVersion(one.fix, fix)) ?? null)
			}));
	});
}

const isVersion = (one: Fix, other: Fix) =>
	one.fix_id === other.fix_id && one.recorded_at === other.recorded_at;

const columns = Object.keys(listedFixRow.shape) as (keyof ListedFix)[];

/** Writes fixes; texts of a CSV are set off where a spreadsheet would run them. */
export function writeFixes(fixes: readonly ListedFix[], format: FixFormat): string {
	if (format === 'json') return `${JSON.stringify(fixes)}\n`;
	const lines = fixes.map((fix) => csvLine(columns.map((column) => fix[column])));
	return byteOrderMark + csvLine(columns) + lines.join('');
}
