import { Command, Option } from 'commander';
import {
	answerGaps,
	gapFormats,
	gapsParameters,
	type GapRow,
	type GapsQuery
} from '../lib/server/gaps/gapFile.ts';
import { readParameters } from '../lib/server/http/parameters.ts';
import { baseUrl } from '../lib/server/report/baseUrl.ts';
import { formatNumber, inLine } from '../lib/format.ts';
import { gapKinds, gapStatuses } from '../lib/gaps.ts';
import { callWords, choiceWords, kindWords, statusWords } from '../lib/gapWords.ts';
import { askServer, requireData } from './server.ts';
import { conditions, whereOption } from './where.ts';

type Options = {
	from: string;
	to: string;
	where?: string[];
	kind?: string[];
	status?: string[];
	emerging?: boolean;
	all?: boolean;
	json?: boolean;
	format: string;
};

const forms = ['table', ...gapFormats];

const examples = `
A gap is a topic, or a phrase group within it, whose failure handoffs exceed what its volume
and channels explain, or one that is emerging. Those that save most come first. Dates are
local, --to is excluded. --where topic= keeps those without one.

Examples:
  seam gaps --from 2026-08-17 --to 2026-11-16
  seam gaps --from 2026-08-17 --to 2026-11-16 --json --where channel=chat
  seam gaps --from 2026-08-17 --to 2026-11-16 --format markdown --kind content > gaps.md`;

/** `seam gaps`: the same rows as GET /api/gaps. */
export function gapsCommand(): Command {
	return new Command('gaps')
		.description('List knowledge gaps: topics that fail more than their volume explains.')
		.requiredOption('--from <date>', 'first local day, such as 2026-08-01')
		.requiredOption('--to <date>', 'the local day after the last one')
		.addOption(whereOption())
		.addOption(new Option('--kind <kind...>', 'keep gaps of this kind').choices(gapKinds))
		.addOption(
			new Option('--status <status...>', 'keep what has this status, gap or not').choices(
				gapStatuses
			)
		)
		.option('--emerging', 'only what is emerging')
		.option('--all', 'topics that are no gaps as well')
		.option('--json', 'the same as --format json')
		.addOption(new Option('--format <form>', 'of the answer').choices(forms).default('table'))
		.addHelpText('after', examples)
		.action(async (options: Options) => {
			const form = options.json ? 'json' : options.format;
			const parameters = new URLSearchParams([
				['from', options.from],
				['to', options.to],
				['format', form === 'table' ? 'json' : form],
				...(options.kind ?? []).map((kind) => ['kind', kind]),
				...(options.status ?? []).map((status) => ['status', status]),
				...(options.emerging ? [['emerging', 'yes']] : []),
				...(options.all ? [['all', 'yes']] : []),
				...conditions(options.where ?? [])
			]);
			const question = readParameters(gapsParameters, parameters);
			const answer = await askServer(`/api/gaps?${parameters.toString()}`);
			if (!answer) requireData();
			const text = answer
				? await answer.text()
				: await answerGaps(question, baseUrl('SEAM_URL', process.env.SEAM_URL));
			process.stdout.write(
				form === 'table' ? tableOf(JSON.parse(text) as GapRow[], question) : text
			);
		});
}

/** Columns as wide as their longest cell, numbers to the right. */
function tableOf(rows: readonly GapRow[], question: GapsQuery): string {
	const chosen = choiceWords({
		topics: question.topic ?? [],
		kinds: question.kind ?? [],
		statuses: question.status ?? [],
		emergingOnly: question.emerging === 'yes'
	});
	if (rows.length === 0 && chosen !== null) return `No gap of this choice: ${chosen}.\n`;
	if (rows.length === 0)
		return 'No gaps: nothing stands out, or no failure of these days is known (seam status: what the log holds).\n';
	const number = (value: number | null, decimals = 0) =>
		value === null ? '–' : formatNumber(value, decimals);
	const lines = [
		[
			'Gap',
			'Called',
			'Kind',
			'Seen',
			'Expected',
			'Ratio',
			'95 % interval',
			'Hours',
			'Emerging',
			'First seen',
			'Status'
		],
		...rows.map((row) => [
			`${row.topic === null ? 'No topic' : inLine(row.topic)}${row.phrase === null ? '' : `: ${row.phrase}`}`,
			callWords[row.called],
			kindWords[row.kind],
			number(row.observed),
			number(row.expected, 1),
			number(row.ratio, 2),
			row.low !== null && row.high !== null
				? `${number(row.low, 2)} to ${number(row.high, 2)}`
				: '–',
			number(row.cost_hours, 1),
			row.emerging ? `${row.emerging.weeks} weeks` : '',
			row.first_seen ? row.first_seen + (row.or_before ? ' or before' : '') : '–',
			row.status ? statusWords[row.status] : '–'
		])
	];
	const widths = (lines[0] ?? []).map((_, at) =>
		Math.max(...lines.map((line) => line[at]?.length ?? 0))
	);
	const isNumber = (at: number) => at >= 3 && at <= 7;
	return lines
		.map((line) =>
			line
				.map((cell, at) =>
					isNumber(at) ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)
				)
				.join('  ')
				.trimEnd()
		)
		.map((line) => `${line}\n`)
		.join('');
}
