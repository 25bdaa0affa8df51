import { Command, Option } from 'commander';
import { readQuarantine, type RefusedLine } from '../lib/server/store/quarantine.ts';
import { askServer, requireData } from './server.ts';

const examples = `
Examples:
  seam quarantine
  seam quarantine --file handoffs.csv --format raw > mended.csv
    mend the lines in mended.csv, then: seam import mended.csv`;

/** `seam quarantine` */
export function quarantineCommand(): Command {
	return new Command('quarantine')
		.description(
			'Show the refused lines and why; raw prints them to be mended and imported again.'
		)
		.addOption(
			new Option(
				'--format <form>',
				'text, json, or raw: the lines as they were, with their header'
			)
				.choices(['text', 'json', 'raw'])
				.default('text')
		)
		.option('--file <path>', 'only the lines of this file')
		.addHelpText('after', examples)
		.action(async ({ format, file }: { format: 'text' | 'json' | 'raw'; file?: string }) => {
			const answer = await askServer('/api/quarantine');
			if (!answer) requireData();
			const all = answer ? ((await answer.json()) as RefusedLine[]) : await readQuarantine();
			const lines = all.filter((line) => file === undefined || line.file.endsWith(file));
			process.stdout.write(forms[format](lines));
		});
}

const forms: Record<'text' | 'json' | 'raw', (lines: RefusedLine[]) => string> = {
	text: (lines) =>
		lines.length === 0
			? 'No line was refused.\n'
			: lines
					.map(
						({ file, line, field, reason, raw }) =>
							`${file}:${line}: ${field ?? 'the line'} ${reason}\n    ${raw.slice(0, 200)}\n`
					)
					.join(''),
	json: (lines) => JSON.stringify(lines) + '\n',
	raw: (lines) => {
		// Lines of one header together, whatever file they are from.
		const groups = new Map<string | null, string[]>();
		for (const { header, raw } of lines) {
			const group = groups.get(header) ?? (header === null ? [] : [header]);
			groups.set(header, group);
			group.push(raw);
		}
		return [...groups.values()].flatMap((group) => group.map((line) => `${line}\n`)).join('');
	}
};
