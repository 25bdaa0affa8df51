import path from 'node:path';
import { Command, Option } from 'commander';
import { LogError } from '../../ingest/errors.ts';
import { grouped } from '../lib/format.ts';
import { reviewFormats, type ReviewFormat } from '../lib/server/reviews/reviewFile.ts';
import {
	exportReviews,
	importReviews,
	type ReviewImport,
	type ReviewImportRequest
} from '../lib/server/reviews/reviewImport.ts';
import { replaceFile } from './out.ts';
import { askServer, requireData } from './server.ts';

const examples = `
A file holds every review ever given, also those that were replaced or withdrawn. Importing
keeps what is there: of each handoff the newest review holds. Lines that are no reviews are
refused, each with its number and the reason; the others go in, and the command ends with 1.

Examples:
  seam reviews export --out reviews.csv
  seam reviews export --format ndjson > reviews.ndjson
  seam reviews import reviews.csv --dry-run`;

/** `seam reviews export` and `seam reviews import FILE` */
export function reviewsCommand(): Command {
	return new Command('reviews')
		.description('Write the reviews given in Seam to a file, and take them in from one.')
		.addCommand(exportCommand())
		.addCommand(importCommand())
		.addHelpText('after', examples);
}

function exportCommand(): Command {
	return new Command('export')
		.description('Write all reviews as CSV, or as a JSON object a line.')
		.option('--out <file>', 'write them to a file; to stdout when not given')
		.addOption(
			new Option('--format <form>', 'by the ending of --out, else csv').choices(reviewFormats)
		)
		.action(async ({ out, format }: { out?: string; format?: ReviewFormat }) => {
			const form = format ?? (out !== undefined && isLines(out) ? 'ndjson' : 'csv');
			const answer = await askServer(`/api/reviews?format=${form}`);
			if (!answer) requireData();
			// As bytes: reading an answer as text would drop the mark at the beginning of a CSV.
			const text = answer
				? new TextDecoder('utf-8', { ignoreBOM: true }).decode(await answer.arrayBuffer())
				: await exportReviews(form);
			if (out === undefined) process.stdout.write(text);
			else {
				await replaceFile(out, text);
				console.error(`seam: wrote ${out}`);
			}
		});
}

const isLines = (file: string) => /\.(ndjson|jsonl)$/i.test(file);

function importCommand(): Command {
	return new Command('import')
		.description('Take in the reviews of a file that export has written.')
		.argument('<file>', 'CSV, also as a spreadsheet has saved it, or a JSON object a line')
		.option('--dry-run', 'say what would happen and change nothing')
		.option('--json', 'print the counts as JSON')
		.action(async (file: string, options: { dryRun?: boolean; json?: boolean }) => {
			const request: ReviewImportRequest = {
				path: path.resolve(file),
				...(options.dryRun && { dryRun: true })
			};
			const answer = await askServer('/api/reviews', {
				method: 'POST',
				body: JSON.stringify(request)
			});
			if (!answer) requireData();
			const done = answer
				? ((await answer.json()) as ReviewImport)
				: await importReviews(request);
			console.log(options.json ? JSON.stringify(jsonOf(done)) : textOf(done));
			if (done.refused.length > 0) throw new LogError(refusalOf(file, done));
		});
}

/** The form that programs read. */
const jsonOf = ({ lines, effects, refused, unknown, dryRun }: ReviewImport) => ({
	lines,
	...effects,
	refused: refused.map(({ line, reason }) => ({ line, reason })),
	unknown_handoffs: unknown,
	...(dryRun && { dry_run: true })
});

const number = (n: number) => grouped(String(n), ' ');

/** Ids that are named before the rest is only counted. */
const mostNamed = 5;

function textOf({ lines, effects, unknown, dryRun }: ReviewImport): string {
	const words = {
		added: 'added',
		older: 'added beside a newer one',
		ended: 'ended by the file',
		unchanged: 'there already'
	};
	const counts = (Object.keys(words) as (keyof typeof words)[])
		.filter((effect) => effects[effect] > 0)
		.map((effect) => `${number(effects[effect])} ${words[effect]}`);
	const said = [`${plural(lines, 'review')} read: ${counts.join(', ') || 'nothing new'}.`];
	if (unknown.length > 0) {
		const named = unknown.slice(0, mostNamed).join(', ');
		const more = unknown.length - mostNamed;
		said.push(
			`The log does not hold ${plural(unknown.length, 'handoff')} (${named}${more > 0 ? ` and ${number(more)} more` : ''}): the reviews are kept for when it does.`
		);
	}
	if (dryRun) said.push('A dry run: nothing was changed.');
	return said.join('\n');
}

const plural = (count: number, what: string) => `${number(count)} ${what}${count === 1 ? '' : 's'}`;

/** The refused lines, said on stderr as the failure they are. */
function refusalOf(file: string, { refused, lines }: ReviewImport): string {
	const said = refused.map(({ line, reason }) => `  ${file}:${line}: ${reason}`);
	return [`${plural(refused.length, 'line')} of ${number(lines)} refused:`, ...said].join('\n');
}
