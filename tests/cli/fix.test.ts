import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { proofHeader, proofOf, tokenHeader } from '../../src/lib/server/http/handshake.ts';
import { newFolder } from './folder.ts';
import { here } from './here.ts';
import { handoffLog, seam } from './run.ts';

let data: string;
const fix = (...words: string[]) => here(['fix', ...words], { SEAM_DATA: data });

beforeAll(async () => {
	const home = await newFolder();
	data = join(home, 'data');
	await writeFile(join(home, 'log.csv'), handoffLog(3));
	const imported = await seam(['import', join(home, 'log.csv')], { data });
	expect(imported.code, imported.stderr).toBe(0);
});

describe('seam fix', () => {
	test('records, edits, lists and withdraws a fix', async () => {
		expect((await fix('list')).stdout).toBe('No fix is recorded.\n');
		const added = await fix(
			...['add', '--topic', 'Refunds', '--what', '=1+1', '--on', '2026-08-10'],
			...['--who', 'Ann', '--link', 'https://example.com/a']
		);
		expect(added).toEqual({
			code: 0,
			stdout: 'Recorded fix 1: “=1+1” (Refunds, 10 Aug 2026).\n',
			stderr: ''
		});
		const words = ['--topic', 'Delivery', '--what', 'Tracking explained', '--on', '2026-08-03'];
		const json = await fix('add', ...words, '--json');
		expect(JSON.parse(json.stdout)).toMatchObject({ fix_id: 2, who: null, ended_at: null });
		expect((await fix('list')).stdout).toBe(
			[
				'fix  on          topic     what                verdict    who  link',
				'2    2026-08-03  Delivery  Tracking explained  too early',
				'1    2026-08-10  Refunds   =1+1                too early  Ann  https://example.com/a',
				''
			].join('\n')
		);
		const csv = (await fix('list', '--format', 'csv', '--topic', 'Refunds')).stdout;
		expect(csv).toMatch(/^\ufefffix_id,what,.*\r\n1,'=1\+1,Ann,2026-08-10,.*\r\n$/);

		const file = join(data, '..', 'ledger.csv');
		await writeFile(
			file,
			csv +
				`7,Other,,2026-08-10,,Refund${','.repeat((csv.split('\r\n')[0] ?? '').split(',').length - 6)}\n`
		);
		const back = await fix('import', file);
		expect([back.code, back.stdout]).toEqual([1, '2 lines read: 1 there already.\n']);
		expect(back.stderr).toMatch(/1 line of 2 refused:\n {2}.*ledger\.csv:3: topic is “Refund”/);
		const tried = await fix('import', file, '--dry-run', '--json');
		expect(JSON.parse(tried.stdout)).toMatchObject({ lines: 2, added: 0, dry_run: true });

		const edited = await fix('edit', '1', '--what', 'Article', '--who', '');
		expect(edited.stdout).toBe('Edited fix 1: “Article” (Refunds, 10 Aug 2026).\n');
		const [now] = JSON.parse(
			(await fix('list', '--json', '--topic', 'Refunds')).stdout
		) as unknown[];
		expect(now).toMatchObject({ fix_id: 1, what: 'Article', who: null, phrase_group: null });
		const withdrawn = await fix('withdraw', '2');
		expect(withdrawn.stdout).toBe(
			'Withdrew fix 2: “Tracking explained” (Delivery, 3 Aug 2026).\n'
		);
		expect((await fix('list')).stdout.trimEnd().split('\n')).toHaveLength(2);
		const all = (await fix('list', '--all')).stdout.trimEnd().split('\n');
		expect(all).toHaveLength(4);
		expect(all[0]).toMatch(/ended$/);
	});

	test.each([
		[
			['add', '--topic', 'Refund', '--what', 'x', '--on', '2026-08-10'],
			/topic is “Refund”, .*Nearest: Refunds, /
		],
		[['add', '--topic', 'Refunds', '--what', 'x', '--on', 'monday'], /done_on is “monday”/],
		[
			['add', '--topic', 'Refunds', '--what', 'x', '--on', '2026-08-10', '--group', 'p1-1'],
			/phrase_group is “p1-1”, .* “Refunds” has no phrase groups: leave it out/
		],
		[['edit', '1'], /Nothing to change in fix 1/],
		[['edit', '1', '--link', 'javascript:alert(1)'], /link is “javascript:alert\(1\)”/],
		[['withdraw', '9'], /No fix has the number 9\.\n$/]
	])('%j is refused with what is off: exit code 2', async (words, said) => {
		const { code, stdout, stderr } = await fix(...words);
		expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
		expect(stderr).toMatch(said);
	});
});

test('seam fix hands its work to the server that runs on the data folder', async () => {
	const asked: string[] = [];
	const stored = { fix_id: 4, what: 'x', topic: 'Refunds', done_on: '2026-08-10' };
	const server = createServer((request, response) => {
		let body = '';
		request.on('data', (part: Buffer) => (body += part.toString()));
		request.on('end', () => {
			expect(request.headers[tokenHeader]).toBe('abc');
			asked.push(`${request.method} ${request.url} ${body}`.trim());
			response.setHeader(proofHeader, proofOf('abc'));
			response.end(JSON.stringify(request.method === 'GET' ? [] : stored));
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	const port = typeof address === 'object' ? address?.port : undefined;
	const own = await newFolder();
	const file = { pid: process.pid, url: `http://127.0.0.1:${port}`, token: 'abc' };
	await writeFile(join(own, 'server.json'), JSON.stringify(file));
	const words = [
		['add', '--topic', 'Refunds', '--what', 'x', '--on', '2026-08-10'],
		['edit', '4', '--link', ''],
		['list', '--topic', 'A & B'],
		['withdraw', '4']
	];
	for (const one of words) {
		const { code, stderr } = await here(['fix', ...one], { SEAM_DATA: own });
		expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
	}
	expect(asked).toEqual([
		'POST /api/fixes {"topic":"Refunds","what":"x","done_on":"2026-08-10"}',
		'PATCH /api/fixes/4 {"link":""}',
		'GET /api/fixes?all=no&topic=A+%26+B',
		'DELETE /api/fixes/4'
	]);
	server.close();
});
