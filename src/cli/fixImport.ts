import path from 'node:path';
import { Command } from 'commander';
import { LogError } from '../../ingest/errors.ts';
import { formatNumber } from '../lib/format.ts';
import {
	importFixes,
	type FixImport,
	type FixImportRequest
} from '../lib/server/fixes/fixImport.ts';
import { askServer, requireData } from './server.ts';

/** `seam fix import FILE`: a ledger from another store, or mended in a spreadsheet. */
export function fixImportCommand(): Command {
	return new Command('import')
		.description('Record the fixes of a file: the CSV of the page Fixes, or of list.')
		.argument('<file>', 'CSV, also as a spreadsheet has saved it')
		.option('--dry-run', 'say what would happen and change nothing')
		.option('--json', 'print the counts as JSON')
		.action(async (file: string, options: { dryRun?: boolean; json?: boolean }) => {
			const request: FixImportRequest = {
				path: path.resolve(file),
				...(options.dryRun && { dryRun: true })
			};
			const answer = await askServer('/api/fixes/import', {
				method: 'POST',
				body: JSON.stringify(request)
			});
			if (!answer) requireData();
			const done = answer ? ((await answer.json()) as FixImport) : await importFixes(request);
			console.log(options.json ? JSON.stringify(jsonOf(done)) : textOf(done));
			if (done.refused.length > 0) throw new LogError(refusalOf(file, done));
		});
}

/** The form that programs read. */
const jsonOf = ({ dryRun, ...counts }: FixImport) => ({
	...counts,
	...(dryRun && { dry_run: true })
});

const plural = (count: number, what: string) =>
	`${formatNumber(count)} ${what}${count === 1 ? '' : 's'}`;

function textOf({ lines, added, unchanged, ended, dryRun }: FixImport): string {
	const said = [
		...(added > 0 ? [`${formatNumber(added)} recorded`] : []),
		...(unchanged > 0 ? [`${formatNumber(unchanged)} there already`] : []),
		...(ended > 0 ? [`${plural(ended, 'version')} that had ended left out`] : [])
	];
	return (
		`${plural(lines, 'line')} read: ${said.join(', ') || 'nothing recorded'}.` +
		(dryRun ? '\nA dry run: nothing was changed.' : '')
	);
}

/** The refused lines, said on stderr as the failure they are. */
function refusalOf(file: string, { refused, lines }: FixImport): string {
	const said = refused.map(({ line, reason }) => `  ${file}:${line}: ${reason}`);
	return [`${plural(refused.length, 'line')} of ${formatNumber(lines)} refused:`, ...said].join(
		'\n'
	);
}
