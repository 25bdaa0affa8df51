import path from 'node:path';
import { Command, Option } from 'commander';
import { LogError, SeamError, StoreError, UsageError } from '../../ingest/errors.ts';
import type { ImportReport, Progress } from '../../ingest/import.ts';
import { runImport, type ImportMessage, type ImportRequest } from '../lib/server/importRequest.ts';
import { dataFolder } from '../lib/server/root.ts';
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

/** `seam import PATH…` */
export function importCommand(): Command {
	return new Command('import')
		.description(
			'Read logs into Seam: files, folders or globs of CSV, TSV, NDJSON, JSON, Parquet.'
		)
		.argument('<path...>', 'files, folders or globs; .gz and .zst too')
		.option(
			'--source <name|file.sql>',
			'what wrote the log; found from its columns when not given'
		)
		.option('--timezone <zone>', 'IANA zone of times without offset, such as Europe/Berlin')
		.addOption(
			new Option('--encoding <name>', 'of text files; UTF-8 when not given').choices([
				'utf-8',
				'utf-16',
				'latin-1'
			])
		)
		.option('--dry-run', 'say what would happen and change nothing')
		.option('--keep-sample', 'keep the sample data beside the real')
		.option('--json', 'print the counts as JSON')
		.action(async (paths: string[], options: Options) => {
			const { json, ...rest } = options;
			const request: ImportRequest = {
				...rest,
				source: rest.source?.endsWith('.sql') ? path.resolve(rest.source) : rest.source,
				paths: paths.map((given) => path.resolve(given))
			};
			const progress = showProgress();
			const report = await importAnywhere(request, progress.show).finally(progress.end);
			console.log(json ? JSON.stringify(jsonOf(report)) : textOf(report));
		});
}

async function importAnywhere(
	request: ImportRequest,
	onProgress: (progress: Progress) => void
): Promise<ImportReport> {
	const answer = await askServer('/api/import', {
		method: 'POST',
		body: JSON.stringify(request)
	});
	if (!answer?.body) return runImport(request, onProgress);
	const decoder = new TextDecoder();
	let pending = '';
	for await (const chunk of answer.body) {
		pending += decoder.decode(chunk, { stream: true });
		const lines = pending.split('\n');
		pending = lines.pop() ?? '';
		for (const line of lines) {
			const message = JSON.parse(line) as ImportMessage;
			if ('report' in message) return message.report;
			if ('error' in message) throw refused(message);
			onProgress(message.progress);
		}
	}
	throw new StoreError('The server ended before the import was done; nothing was imported.');
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

const number = (n: number) => n.toString().replace(/\B(?=(\d{3})+$)/g, ' ');

function textOf(report: ImportReport): string {
	const said = (row: ImportReport['total']) =>
		counts
			.slice(1)
			.filter((name) => row[name] > 0)
			.map((name) => `${number(row[name])} ${name}`)
			.join(', ') || 'nothing';
	const lines = report.files.flatMap((file) => [
		`${file.file}: read as ${file.source}, ${number(file.lines)} lines: ${said(file)}`,
		...file.notes.map((note) => `  ${note}`)
	]);
	if (report.files.length > 1)
		lines.push(
			`In all ${number(report.total.lines)} lines: ${said(report.total)}, ${report.total.seconds.toFixed(1)} s`
		);
	if (report.total.quarantined > 0 && !report.dryRun)
		lines.push(`seam quarantine shows the refused lines and why.`);
	if (report.removedSample)
		lines.push(report.dryRun ? 'The sample data would go.' : 'The sample data has gone.');
	if (report.dryRun) lines.push(`A dry run: ${dataFolder()} is as it was.`);
	return lines.join('\n');
}
