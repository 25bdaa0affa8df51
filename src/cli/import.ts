import path from 'node:path';
import { Command, Option } from 'commander';
import type { SeamError } from '../../ingest/errors.ts';
import { LogError, StoreError, UsageError } from '../../ingest/errors.ts';
import { encodings } from '../../ingest/files.ts';
import type { ImportReport, Progress } from '../../ingest/import.ts';
import { grouped } from '../lib/format.ts';
import {
	runImport,
	type ImportMessage,
	type ImportRequest
} from '../lib/server/store/importRequest.ts';
import { dataFolder } from '../lib/server/store/root.ts';
import { Interrupted, interruptible } from './interrupt.ts';
import { linesOf } from './lines.ts';
import { showProgress } from './progress.ts';
import { askServer } from './server.ts';

type Options = {
	source?: string;
	timezone?: string;
	encoding?: ImportRequest['encoding'];
	dryRun?: boolean;
	keepSample?: boolean;
	json?: boolean;
};

const examples = `
Seam finds out what wrote a log from its columns and says it. Lines that break the
format are set aside with their reason (seam quarantine); the rest is imported.
Importing a file twice changes nothing; a later line of the same handoff wins.
While a server runs on the data folder it does the work, and its pages show the rows at once.

Examples:
  seam import handoffs.csv
  seam import logs/ --timezone Europe/Berlin
  seam import 'exports/2026-*.ndjson.gz' --dry-run
  seam import calls.txt --source anonymous-bank
  seam import export.json --source ./my-platform.sql --json`;

/** `seam import PATH…` */
export function importCommand(): Command {
	return new Command('import')
		.description(
			'Read logs into Seam: CSV, TSV, NDJSON, JSON or Parquet; files, folders, globs.'
		)
		.argument('<path...>', 'files, folders or globs; .gz and .zst too')
		.option(
			'--source <name|file.sql>',
			'what wrote the log; found from its columns when not given'
		)
		.option('--timezone <zone>', 'IANA zone of times without offset, such as Europe/Berlin')
		.addOption(
			new Option('--encoding <name>', 'of text files; UTF-8 when not given').choices(
				encodings
			)
		)
		.option('--dry-run', 'say what would happen and change nothing')
		.option('--keep-sample', 'keep the sample data beside the real')
		.option('--json', 'print the counts as JSON')
		.addHelpText('after', examples)
		.action(async (paths: string[], options: Options) => {
			const { json, ...rest } = options;
			const request: ImportRequest = {
				...rest,
				source: rest.source?.endsWith('.sql') ? path.resolve(rest.source) : rest.source,
				paths: paths.map((given) => path.resolve(given))
			};
			const report = await importAnywhere(request);
			console.log(json ? JSON.stringify(jsonOf(report)) : textOf(report));
		});
}

/** Imports in the server that holds the database, or here when there is none. */
async function importAnywhere(request: ImportRequest): Promise<ImportReport> {
	const { signal, done } = interruptible();
	const progress = showProgress();
	const show = (now: Progress) => {
		signal.throwIfAborted();
		progress.show(now);
	};
	signal.addEventListener('abort', () => {
		progress.end();
		if (process.stderr.isTTY) console.error('Ending; once more ends at once.');
	});
	let fate = 'nothing was imported';
	try {
		const answer = await askServer('/api/import', {
			method: 'POST',
			body: JSON.stringify(request),
			signal
		});
		if (answer) fate = 'the server drops the import';
		return await (answer ? reportOf(answer, show) : runImport(request, show, signal));
	} catch (error) {
		if (signal.aborted) throw new Interrupted(`Interrupted: ${fate}.`);
		throw error;
	} finally {
		progress.end();
		done();
	}
}

/** What a server says while and after it imports, read to its end. */
async function reportOf(
	answer: Response,
	show: (progress: Progress) => void
): Promise<ImportReport> {
	for await (const line of linesOf(answer)) {
		const message = JSON.parse(line) as ImportMessage;
		if ('report' in message) return message.report;
		if ('error' in message) throw refused(message);
		show(message.progress);
	}
	throw new StoreError(
		'The server ended before it said what became of the import. Run the command again: importing twice changes nothing.'
	);
}

const refused = ({ error, exitCode }: { error: string; exitCode: number }): SeamError =>
	exitCode === 2 ? new UsageError(error) : new LogError(error);

const counts = ['lines', 'inserted', 'replaced', 'unchanged', 'superseded', 'quarantined'] as const;

/** The form that programs read. */
function jsonOf(report: ImportReport) {
	const of = (row: ImportReport['total']) => ({
		...Object.fromEntries(counts.map((name) => [name, row[name]])),
		seconds: Math.round(row.seconds * 1000) / 1000
	});
	return {
		files: report.files.map((file) => ({
			file: file.file,
			source: file.source,
			...of(file),
			...(file.notes.length > 0 && { notes: file.notes })
		})),
		total: of(report.total),
		...(report.dryRun && { dry_run: true }),
		...(report.removedSample && { removed_sample: true })
	};
}

const number = (n: number) => grouped(String(n), ' ');

const plural = (lines: number) => (lines === 1 ? '1 line' : `${number(lines)} lines`);

function textOf(report: ImportReport): string {
	const said = (row: ImportReport['total']) =>
		counts
			.slice(1)
			.filter((name) => row[name] > 0)
			.map((name) => `${number(row[name])} ${name}`)
			.join(', ') || 'nothing';
	const lines = report.files.flatMap((file) => [
		`${file.file}: read as ${file.source}, ${plural(file.lines)}: ${said(file)}`,
		...file.notes.map((note) => `  ${note}`)
	]);
	if (report.files.length > 1)
		lines.push(
			`In all ${plural(report.total.lines)}: ${said(report.total)}, ${report.total.seconds.toFixed(1)} s`
		);
	if (report.total.quarantined > 0)
		lines.push(
			report.dryRun
				? `${plural(report.total.quarantined)} would be refused.`
				: `${plural(report.total.quarantined)} refused and set aside: seam quarantine shows why.`
		);
	if (report.removedSample)
		lines.push(report.dryRun ? 'The sample data would go.' : 'The sample data has gone.');
	if (report.dryRun) lines.push(`A dry run: ${dataFolder()} is as it was.`);
	return lines.join('\n');
}
