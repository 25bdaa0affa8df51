import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { knownSources } from '../../ingest/sources.ts';
import { root } from '../../ingest/root.ts';
import { fixCommand } from '../../src/cli/fix.ts';
import { gapsCommand } from '../../src/cli/gaps.ts';
import { importCommand } from '../../src/cli/import.ts';
import { metricsCommand } from '../../src/cli/metrics.ts';
import { phrasesCommand } from '../../src/cli/phrases.ts';
import { quarantineCommand } from '../../src/cli/quarantine.ts';
import { reportCommand } from '../../src/cli/report.ts';
import { reviewsCommand } from '../../src/cli/reviews.ts';
import { sampleCommand } from '../../src/cli/sample.ts';
import { serveCommand } from '../../src/cli/serve.ts';
import { statusCommand } from '../../src/cli/status.ts';
import { metricIds, metrics } from '../../src/lib/metrics.ts';
import { dimensions } from '../../src/lib/server/scope/filter.ts';
import { filterDimensions } from '../../src/lib/scope.ts';
import { formats } from '../../src/lib/server/measure/metricsQuery.ts';
import { defaultSettings } from '../../src/lib/server/settings/settings.ts';
import { blocksOf, proseOf, readPage, sectionOf } from './pages.ts';

const headingsOf = (page: string, marks: string) =>
	[...proseOf(page).matchAll(new RegExp(`^${marks} (.+)$`, 'gm'))].map(([, text]) => text);

describe('docs/metrics.md', () => {
	test('has a paragraph for every metric, in the order pages list them', async () => {
		expect(headingsOf(await readPage('docs/metrics.md'), '##')).toEqual([...metricIds]);
	});

	test.each(metricIds)(
		'%s has its definition, unit, fields, interval and formula',
		async (id) => {
			const section = sectionOf(await readPage('docs/metrics.md'), `## ${id}`) ?? '';
			const { label, definition, fields, companion } = metrics[id];
			expect(section).toContain(`**${label}.** ${definition}`);
			expect(section).toMatch(/^- Unit: .+\.$/m);
			expect(section).toMatch(/^- Interval: .+\.$/m);
			for (const name of fields.flatMap((field) => field.split(' or ')))
				expect(section).toContain(`\`${name}\``);
			if (companion) expect(section).toContain(`\`${companion}\``);
			expect(blocksOf(section).map(({ language }) => language)).toEqual(['sql']);
		}
	);
});

describe('docs/commands.md', () => {
	const commands: Command[] = [
		importCommand(),
		sampleCommand(),
		metricsCommand(),
		gapsCommand(),
		reportCommand(),
		statusCommand(),
		quarantineCommand(),
		reviewsCommand(),
		fixCommand(),
		phrasesCommand(),
		serveCommand()
	];

	test('has a paragraph for every command and no other', async () => {
		const named = commands.map((command) => `seam ${command.name()}`);
		expect(headingsOf(await readPage('docs/commands.md'), '##')).toEqual(named);
		const files = await readdir(join(root, 'src', 'cli'));
		for (const command of commands) expect(files).toContain(`${command.name()}.ts`);
	});

	test.each(commands.map((command) => [command.name(), command] as const))(
		'seam %s: every option with its default and its choices, and no other',
		async (name, command) => {
			const section = sectionOf(await readPage('docs/commands.md'), `## seam ${name}`) ?? '';
			const rows = section.split('\n').filter((line) => line.startsWith('| `--'));
			const documented = rows.map((row) => /`(--[\w-]+)/.exec(row)?.[1]);
			const options = [command, ...command.commands].flatMap((one) => one.options);
			const known = new Set(options.map(({ long }) => long));
			expect([...documented].sort()).toEqual([...known].sort());
			for (const part of command.commands)
				expect(section).toContain(`\`seam ${name} ${part.name()}`);
			for (const option of options) {
				const row = rows.find((line) => line.includes(`\`${option.long}`)) ?? '';
				for (const choice of option.argChoices ?? [])
					expect(row).toContain(`\`${choice}\``);
				if (
					typeof option.defaultValue === 'number' ||
					typeof option.defaultValue === 'string'
				)
					expect(row).toContain(String(option.defaultValue));
				if (option.mandatory) expect(row).toContain('required');
			}
		}
	);
});

describe('docs/sources.md', () => {
	test('has a paragraph for every source', async () => {
		const page = await readPage('docs/sources.md');
		const section = sectionOf(page, '## Sources that come with Seam') ?? '';
		const names = (await knownSources()).map(({ name }) => name);
		expect(headingsOf(section, '###').sort()).toEqual(names.sort());
	});
});

describe('docs/settings.md', () => {
	test('has a paragraph for every setting, in order, and no other', async () => {
		const headings = headingsOf(await readPage('docs/settings.md'), '##');
		expect(headings).toEqual([...Object.keys(defaultSettings), 'Environment']);
	});

	test.each(Object.entries(defaultSettings))('%s: says its default', async (key, value) => {
		const section = sectionOf(await readPage('docs/settings.md'), `## ${key}`) ?? '';
		expect(section).toContain(`Default: \`${JSON.stringify(value)}\`.`);
	});

	test('names every variable of the environment that the program reads', async () => {
		const section = sectionOf(await readPage('docs/settings.md'), '## Environment') ?? '';
		const folders = ['src', 'ingest', 'scripts'];
		const files = await Promise.all(
			folders.map(async (folder) =>
				(await readdir(join(root, folder), { recursive: true }))
					.filter((file) => /\.(ts|js|svelte)$/.test(file))
					.map((file) => join(root, folder, file))
			)
		);
		const texts = await Promise.all(files.flat().map((file) => readFile(file, 'utf8')));
		const read = texts.flatMap((text) => text.match(/\bSEAM_[A-Z_]+\b/g) ?? []);
		expect(read.length).toBeGreaterThan(5);
		for (const name of new Set(['PORT', 'HOST', ...read]))
			expect(section).toContain(`\`${name}\``);
	});
});

describe('docs/api.md', () => {
	test('names every dimension, filter and form', async () => {
		const page = await readPage('docs/api.md');
		const row = (name: string) =>
			page.split('\n').find((line) => line.startsWith(`| ${name}`)) ?? '';
		for (const name of dimensions) expect(row('`by`')).toContain(`\`${name}\``);
		for (const name of filterDimensions) expect(row('`topic`,')).toContain(`\`${name}\``);
		for (const name of formats) expect(row('`format`')).toContain(`\`${name}\``);
	});
});
