import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { newFolder } from './folder.ts';
import { here } from './here.ts';
import { seam } from './run.ts';

const commands = [
	'import',
	'sample',
	'metrics',
	'gaps',
	'report',
	'status',
	'quarantine',
	'reviews',
	'fix',
	'phrases',
	'serve'
];

describe('the words after seam', () => {
	test('without any the help is shown, and every command stands in it', async () => {
		const { code, stdout, stderr } = await seam([]);
		expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
		for (const command of commands) expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
		expect(stdout).toContain('SEAM_DATA');
	});

	test.each(commands)('seam %s --help gives examples', async (command) => {
		const { code, stdout, stderr } = await here([command, '--help'], {});
		expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
		expect(stdout).toContain(`Usage: seam ${command}`);
		expect(stdout).toMatch(new RegExp(`Examples:\\n.*seam ${command}`));
	});

	test.each([
		[['nope'], /^seam: unknown command 'nope'\n/],
		[['imprt'], /Did you mean import\?/],
		[['import'], /^seam: missing required argument 'path'\n/],
		[['import', 'x.csv', '--encoding', 'utf8'], /'utf8' is invalid.* utf-8, utf-16, latin-1/],
		[['import', 'nowhere.csv'], /nowhere\.csv does not exist\.\n$/],
		[['metrics', '--metrics', 'handoffs'], /^seam: required option '--from <date>'/],
		[['sample', '--weeks', '0'], /0 is not a whole number of 1 or more/],
		[['sample', '--end', '2026-02-30'], /2026-02-30 is not a date such as/],
		[['status', '--jsn'], /^seam: unknown option '--jsn'\n/],
		[['reviews', 'imprt'], /unknown command 'imprt'/],
		[['reviews', 'export', '--format', 'xml'], /'xml' is invalid.* csv, ndjson/],
		[
			['reviews', 'import'],
			/^seam: missing required argument 'file'\n.*seam reviews import --help/
		],
		[
			['fix', 'add', '--topic', 'Refunds'],
			/required option '--what <text>'.*\n.*fix add --help/
		],
		[['fix', 'edit', 'one'], /“one” is not the number of a fix\.\n$/],
		[['fix', 'list', '--format', 'xml'], /'xml' is invalid.* table, json, csv/],
		[['phrases', 'merge', 'p1-1'], /missing required argument 'into'\n.*phrases merge --help/],
		[['phrases', 'lst'], /unknown command 'lst'/],
		[['serve', 'now'], /too many arguments/]
	])('%j is wrong usage: exit code 2, said on stderr alone', async (words, said) => {
		const { code, stdout, stderr } = await here(words, { SEAM_DATA: await newFolder() });
		expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
		expect(stderr).toMatch(said);
		expect(stderr).not.toMatch(/\n\s+at /);
	});

	test.each([
		['PORT', 'abc', 'seam: PORT=abc is not a port; give a number from 1 to 65535.\n'],
		['PORT', '70000', 'seam: PORT=70000 is not a port; give a number from 1 to 65535.\n'],
		[
			'HOST',
			'0.0.0.0',
			'seam: HOST=0.0.0.0 is refused: Seam has no sign-in yet and serves on 127.0.0.1 only.\n'
		]
	])('seam serve with %s=%s is refused in one sentence', async (name, value, sentence) => {
		const data = join(await newFolder(), 'data');
		const answer = await here(['serve'], { SEAM_DATA: data, [name]: value });
		expect(answer).toEqual({ code: 2, stdout: '', stderr: sentence });
		expect(existsSync(data)).toBe(false);
	});

	test.each([
		['status'],
		['quarantine'],
		['reviews', 'export'],
		['reviews', 'import', 'reviews.csv'],
		['fix', 'add', '--topic', 'Refunds', '--what', 'Article', '--on', '2026-10-05'],
		['fix', 'edit', '1', '--who', 'Ann'],
		['fix', 'list'],
		['fix', 'withdraw', '1'],
		['phrases', 'list'],
		['phrases', 'update'],
		['phrases', 'rename', 'p1-1', 'Late parcel'],
		['metrics', '--metrics', 'handoffs', '--from', '2026-08-01', '--to', '2026-09-01']
	])('seam %s on no data says how to get some and makes no folder', async (...words) => {
		const data = join(await newFolder(), 'data');
		expect(await here(words, { SEAM_DATA: data })).toEqual({
			code: 1,
			stdout: '',
			stderr: `seam: There is no data in ${data} yet: run npm start, or seam import FILE.\n`
		});
		expect(existsSync(data)).toBe(false);
	});
});
