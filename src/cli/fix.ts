import { Command, Option } from 'commander';
import type { Fix } from '../lib/fix.ts';
import { savedWords } from '../lib/fixWords.ts';
import { formatDate } from '../lib/format.ts';
import { fixFormats, listFixes, writeFixes, type FixFormat } from '../lib/server/fixes/fixFile.ts';
import type { ListedFix } from '../lib/server/fixes/fixRow.ts';
import { editFix, readFixId, saveFix, withdrawFix } from '../lib/server/fixes/fixes.ts';
import { fixImportCommand } from './fixImport.ts';
import { askServer, requireData } from './server.ts';

const examples = `
A fix is recorded with its topic, spelt as in the log, and the day it went live. It stands as a
mark on axes of weeks. An edit and a withdrawal keep what was there: list --all shows it.

Examples:
  seam fix add --topic Refunds --on 2026-10-05 --what "Article on refund times rewritten" \\
    --who Ann --link https://kb.example.com/refund-times
  seam fix edit 1 --on 2026-10-06 --link ""
  seam fix list --topic Refunds
  seam fix withdraw 1
  seam fix import seam-fix-ledger.csv --dry-run`;

/** `seam fix add`, `edit`, `list`, `withdraw` and `import`: the fix ledger. */
export function fixCommand(): Command {
	return new Command('fix')
		.description(
			'Record what was done about a gap, edit it, list it, withdraw it, import a ledger.'
		)
		.addCommand(addCommand())
		.addCommand(editCommand())
		.addCommand(listCommand())
		.addCommand(withdrawCommand())
		.addCommand(fixImportCommand())
		.addHelpText('after', examples);
}

/** The words of a command; null in place of an empty one is for the check of a fix to make. */
type Words = {
	topic?: string;
	what?: string;
	on?: string;
	who?: string;
	link?: string;
	group?: string;
	json?: boolean;
};

/** The fields that were given, by the names that a fix has for them. */
const fieldsOf = ({ on, group, topic, what, who, link }: Words) =>
	Object.fromEntries(
		Object.entries({ topic, what, done_on: on, who, link, phrase_group: group }).filter(
			([, value]) => value !== undefined
		)
	);

function addCommand(): Command {
	return new Command('add')
		.description('Record a fix.')
		.requiredOption('--topic <name>', 'the topic, as the log spells it')
		.requiredOption('--what <text>', 'what was done, in a line')
		.requiredOption('--on <date>', 'the local day it went live, such as 2026-10-05')
		.option('--who <name>', 'who did it')
		.option('--link <address>', 'an http or https address, such as the article')
		.option('--group <id>', 'the phrase group within the topic')
		.option('--json', 'print the fix as JSON')
		.action(async ({ json, ...words }: Words) => {
			const fields = fieldsOf(words);
			const answer = await askServer('/api/fixes', send('POST', fields));
			if (!answer) requireData();
			say('Recorded', answer ? ((await answer.json()) as Fix) : await saveFix(fields), json);
		});
}

function editCommand(): Command {
	return new Command('edit')
		.description('Change what is given of a fix; "" takes away who, link or group.')
		.argument('<number>', 'of the fix')
		.option('--topic <name>', 'the topic, as the log spells it')
		.option('--what <text>', 'what was done, in a line')
		.option('--on <date>', 'the local day it went live')
		.option('--who <name>', 'who did it')
		.option('--link <address>', 'an http or https address')
		.option('--group <id>', 'the phrase group within the topic')
		.option('--json', 'print the fix as JSON')
		.action(async (number: string, { json, ...words }: Words) => {
			const id = readFixId(number);
			const fields = fieldsOf(words);
			const answer = await askServer(`/api/fixes/${id}`, send('PATCH', fields));
			if (!answer) requireData();
			const fix = answer ? ((await answer.json()) as Fix) : await editFix(id, fields);
			say('Edited', fix, json);
		});
}

function withdrawCommand(): Command {
	return new Command('withdraw')
		.description('Take a fix back: it is marked no longer, and its number is not given again.')
		.argument('<number>', 'of the fix')
		.option('--json', 'print the fix as JSON')
		.action(async (number: string, { json }: Words) => {
			const id = readFixId(number);
			const answer = await askServer(`/api/fixes/${id}`, { method: 'DELETE' });
			if (!answer) requireData();
			say('Withdrew', answer ? ((await answer.json()) as Fix) : await withdrawFix(id), json);
		});
}

type ListOptions = { topic?: string; all?: boolean; json?: boolean; format: 'table' | FixFormat };

function listCommand(): Command {
	return new Command('list')
		.description(
			'Print the fixes that stand with their verdicts and hours saved, by their day.'
		)
		.option('--topic <name>', 'only those of this topic')
		.option('--all', 'also versions that an edit or a withdrawal has ended')
		.addOption(
			new Option('--format <form>', 'of the list')
				.choices(['table', ...fixFormats])
				.default('table')
		)
		.option('--json', 'the same as --format json')
		.action(async ({ topic, all, json, format: given }: ListOptions) => {
			const format = json ? 'json' : given;
			const asked = {
				...(topic !== undefined && { topic: [topic] }),
				all: all ? ('yes' as const) : ('no' as const)
			};
			const parameters = new URLSearchParams({ all: asked.all });
			if (topic !== undefined) parameters.append('topic', topic);
			const answer = await askServer(`/api/fixes?${parameters.toString()}`);
			if (!answer) requireData();
			const fixes = answer ? ((await answer.json()) as ListedFix[]) : await listFixes(asked);
			process.stdout.write(
				format === 'table' ? tableOf(fixes, all ?? false) : writeFixes(fixes, format)
			);
		});
}

const send = (method: string, body: unknown): RequestInit => ({
	method,
	body: JSON.stringify(body)
});

function say(done: string, fix: Fix, json = false): void {
	const { fix_id, what, topic, done_on } = fix;
	console.log(
		json
			? JSON.stringify(fix)
			: `${done} fix ${fix_id}: “${what}” (${topic}, ${formatDate(done_on)}).`
	);
}

/** Hours with their interval; null where they are not known. */
const savedOf = ({ hours: value, hours_low: low, hours_high: high }: ListedFix) =>
	value === null || low === null || high === null ? null : savedWords({ value, low, high });

/** Columns as wide as what they hold; an empty one is left out. */
function tableOf(fixes: ListedFix[], all: boolean): string {
	if (fixes.length === 0) return 'No fix is recorded.\n';
	const columns: [string, (fix: ListedFix) => string | null][] = [
		['fix', ({ fix_id }) => String(fix_id)],
		['on', ({ done_on }) => done_on],
		['topic', ({ topic }) => topic],
		['group', ({ phrase_group }) => phrase_group],
		['what', ({ what }) => what],
		['verdict', ({ status }) => status],
		['back since', ({ back_since }) => back_since],
		['hours saved', savedOf],
		['who', ({ who }) => who],
		['link', ({ link }) => link],
		...(all
			? ([['ended', ({ ended_at }) => ended_at?.slice(0, 19) ?? null]] as typeof columns)
			: [])
	];
	const cells = columns
		.map(([name, of]) => [name, ...fixes.map((fix) => of(fix) ?? '')])
		.filter(([, ...column]) => column.some((cell) => cell !== ''));
	const widths = cells.map((column) => Math.max(...column.map((cell) => cell.length)));
	return [-1, ...fixes.keys()]
		.map((at) =>
			cells
				.map((column, i) => (column[at + 1] ?? '').padEnd(widths[i] ?? 0))
				.join('  ')
				.trimEnd()
		)
		.join('\n')
		.concat('\n');
}
