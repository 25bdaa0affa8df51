import { Command } from 'commander';
import { LogError, UsageError } from '../../ingest/errors.ts';
import { beginning, formatNumber, inLine } from '../lib/format.ts';
import {
	phraseTitle,
	type PhraseGroup,
	type PhraseGroups,
	type PhraseJob
} from '../lib/phrases.ts';
import { readParameters } from '../lib/server/http/parameters.ts';
import {
	editPhrase,
	type PhraseEdit,
	type PhraseEntry
} from '../lib/server/phrases/phraseEntries.ts';
import {
	listPhrases,
	phrasesParameters,
	type GroupingMessage
} from '../lib/server/phrases/phraseFile.ts';
import { groupQuestions, type GroupingReport } from '../lib/server/phrases/phraseJob.ts';
import { Interrupted, interruptible } from './interrupt.ts';
import { linesOf } from './lines.ts';
import { askServer, requireData } from './server.ts';

const examples = `
Questions are grouped by how customers said them, within a topic and a language. A running server
does it after each import; update does it now. Groups keep their ids; new ones come as proposals.

Examples:
  seam phrases list --topic Refunds
  seam phrases rename p3-2 "Refund missing after 14 days"
  seam phrases merge p3-5 p3-2
  seam phrases accept p3-9 p3-10
  seam phrases update`;

/** `seam phrases list`, `update`, `rename`, `merge`, `unmerge`, `accept` and `dismiss`. */
export function phrasesCommand(): Command {
	return new Command('phrases')
		.description('List what customers asked, in groups; name, merge, accept or dismiss them.')
		.addCommand(listCommand())
		.addCommand(updateCommand())
		.addCommand(
			editCommand('rename', 'Call a group something; "" takes the name away.')
				.argument('<group>', 'its id, such as p3-12')
				.argument('<name>', 'what to call it')
				.action((group: string, name: string, { json }: Words) =>
					edit([group], { name }, 'Renamed', json)
				)
		)
		.addCommand(
			editCommand('merge', 'Put the questions of a group, past and coming, into another.')
				.argument('<group>', 'the group that goes')
				.argument('<into>', 'the group that takes its questions and stays')
				.action((group: string, into: string, { json }: Words) =>
					edit([group], { merged_into: into }, 'Merged', json)
				)
		)
		.addCommand(
			editCommand('unmerge', 'Take a group out of the one it was merged into.')
				.argument('<group>', 'the group that was merged')
				.action((group: string, { json }: Words) =>
					edit([group], { merged_into: null }, 'Took out', json)
				)
		)
		.addCommand(
			editCommand('accept', 'Take proposed groups in.')
				.argument('<group...>', 'their ids')
				.action((groups: string[], { json }: Words) =>
					edit(groups, { status: 'accepted' }, 'Accepted', json)
				)
		)
		.addCommand(
			editCommand('dismiss', 'Hide groups; what they hold is not proposed again.')
				.argument('<group...>', 'their ids')
				.action((groups: string[], { json }: Words) =>
					edit(groups, { status: 'dismissed' }, 'Dismissed', json)
				)
		)
		.addHelpText('after', examples);
}

type Words = { json?: boolean };

const editCommand = (name: string, description: string) =>
	new Command(name).description(description).option('--json', 'print the groups as JSON');

async function edit(ids: string[], change: PhraseEdit, done: string, json = false): Promise<void> {
	const changed: PhraseEntry[] = [];
	for (const id of ids) {
		const answer = await askServer(`/api/phrases/${encodeURIComponent(id)}`, {
			method: 'PATCH',
			body: JSON.stringify(change)
		});
		if (!answer) requireData();
		const entry = answer
			? ((await answer.json()) as PhraseEntry)
			: await editPhrase(id, change);
		changed.push(entry);
		const into = entry.merged_into === null ? '' : ` into ${entry.merged_into}`;
		if (!json) console.log(`${done} ${entry.id} (${phraseTitle(entry)})${into}.`);
	}
	if (json) console.log(JSON.stringify(changed));
}

function listCommand(): Command {
	return new Command('list')
		.description('Print the groups, proposals and what waits, most questions first.')
		.option('--topic <name>', 'only of this topic; "" for handoffs without one')
		.option('--language <code>', 'only of this language')
		.option('--from <date>', 'first local date; all of the log when not given')
		.option('--to <date>', 'local date after the last one')
		.option('--json', 'print them as JSON, with examples')
		.action(async ({ json, ...asked }: Record<string, string> & Words) => {
			const parameters = new URLSearchParams({ ...asked, ...(!json && { examples: '1' }) });
			const answer = await askServer(`/api/phrases?${parameters.toString()}`);
			if (!answer) requireData();
			const found = answer
				? ((await answer.json()) as PhraseGroups)
				: await listPhrases(readParameters(phrasesParameters, parameters));
			console.log(json ? JSON.stringify(found) : textOf(found));
		});
}

function updateCommand(): Command {
	return new Command('update')
		.description('Group the questions that no run has looked at yet.')
		.option('--json', 'print the counts as JSON')
		.action(async ({ json }: Words) => {
			const report = await updateAnywhere();
			const { parts, questions, groups, proposals, failures } = report;
			console.log(
				json
					? JSON.stringify(report)
					: `${counted(questions, 'question')} looked at in ${counted(parts, 'part')} (topic and language): ${counted(groups, 'new group')}, ${counted(proposals, 'proposal')}.`
			);
			if (failures.length > 0) throw new LogError(failures.join('\n'));
		});
}

const counted = (count: number, what: string) =>
	`${formatNumber(count)} ${what}${count === 1 ? '' : 's'}`;

async function updateAnywhere(): Promise<GroupingReport> {
	const { signal, done } = interruptible();
	const show = (job: PhraseJob) => {
		if (process.stderr.isTTY)
			process.stderr.write(
				`\r\x1b[Kgrouping questions · ${Math.round(100 * job.fraction)} % · ${job.topic ?? 'no topic'}`
			);
	};
	try {
		const answer = await askServer('/api/phrases/update', {
			method: 'POST',
			body: '{}',
			signal
		});
		if (!answer) requireData();
		return await (answer ? reportOf(answer, show) : groupQuestions(show, signal));
	} catch (error) {
		if (signal.aborted)
			throw new Interrupted('Interrupted: what was done is kept, the rest waits.');
		throw error;
	} finally {
		if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
		done();
	}
}

async function reportOf(answer: Response, show: (job: PhraseJob) => void): Promise<GroupingReport> {
	for await (const line of linesOf(answer)) {
		const message = JSON.parse(line) as GroupingMessage;
		if ('report' in message) return message.report;
		if ('error' in message)
			throw message.exitCode === 2
				? new UsageError(message.error)
				: new LogError(message.error);
		show(message.progress);
	}
	throw new LogError('The server ended before all questions were grouped. Run it again.');
}

function textOf({ groups, proposals, coverage }: PhraseGroups): string {
	const line = (group: PhraseGroup, mark: string) =>
		[
			group.id.padEnd(8),
			mark.padEnd(9),
			String(group.questions).padStart(6),
			String(group.failures).padStart(6),
			`  ${group.topic ?? '(no topic)'}, ${group.language ?? '(no language)'}: ${phraseTitle(group)}`
		].join(' ') +
		(group.examples[0] ? `  – ${beginning(inLine(group.examples[0].question), 100)}` : '');
	const lines = [
		...groups.map((group) => line(group, '')),
		...proposals.map((group) => line(group, 'proposed'))
	];
	const sum = (of: 'waiting' | 'outside', few: boolean) =>
		coverage
			.filter(({ tooFew }) => tooFew === few)
			.reduce((total, part) => total + part[of], 0);
	return [
		...(lines.length > 0
			? [`${'group'.padEnd(19)} asked failed`, ...lines]
			: ['There are no phrase groups.']),
		`In no group: ${counted(sum('outside', false), 'question')}; of topics and languages with too few: ${sum('waiting', true)}; not looked at yet: ${sum('waiting', false)}.`
	].join('\n');
}
