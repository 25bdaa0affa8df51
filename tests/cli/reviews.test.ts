import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { newFolder } from './folder.ts';
import { here } from './here.ts';
import { handoffLog, seam } from './run.ts';

let home: string;
const env = () => ({ SEAM_DATA: join(home, 'data') });

beforeAll(async () => {
	home = await newFolder();
	const log = join(home, 'log.csv');
	await writeFile(log, handoffLog(3).replace('conversation_id', 'handoff_id,conversation_id'));
	const ids = (await readFile(log, 'utf8')).split('\n');
	await writeFile(
		log,
		ids.map((line, at) => (at === 0 || line === '' ? line : `H${at},${line}`)).join('\n')
	);
	const imported = await seam(['import', log], { data: join(home, 'data') });
	expect(imported.code, imported.stderr).toBe(0);
});

const at = '2026-08-05T12:00:00Z';

describe('seam reviews', () => {
	test('takes in a file, names lines that are none and ends with 1 for them', async () => {
		const file = join(home, 'reviews.csv');
		await writeFile(
			file,
			[
				'handoff_id,necessary,note,reviewed_at',
				`H1,false,'=1+1,${at}`,
				`H2,perhaps,,${at}`,
				`H9,unsure,,${at}`
			].join('\n')
		);
		const dry = await here(['reviews', 'import', file, '--dry-run'], env());
		expect(dry.stdout).toContain('3 reviews read: 2 added.\n');
		expect(dry.stdout).toContain('A dry run: nothing was changed.');
		const first = await here(['reviews', 'import', file], env());
		expect(first.code).toBe(1);
		expect(first.stdout).toContain('3 reviews read: 2 added.\n');
		expect(first.stdout).toContain('does not hold 1 handoff (H9)');
		expect(first.stderr).toContain('seam: 1 line of 3 refused:\n');
		expect(first.stderr).toContain(`${file}:3: necessary is “perhaps”`);
		const again = await here(['reviews', 'import', file, '--json'], env());
		expect(JSON.parse(again.stdout)).toMatchObject({
			lines: 3,
			added: 0,
			older: 0,
			ended: 0,
			unchanged: 2,
			refused: [{ line: 3 }],
			unknown_handoffs: ['H9']
		});
	});

	test('writes a file that it takes in again, whole and defused', async () => {
		const out = join(home, 'out.csv');
		const exported = await here(['reviews', 'export', '--out', out], env());
		expect(exported).toEqual({ code: 0, stdout: '', stderr: `seam: wrote ${out}\n` });
		const text = await readFile(out, 'utf8');
		expect(text).toContain(`H1,false,,'=1+1,,2026-08-05T12:00:00.000000Z,\r\n`);
		const { stdout } = await here(['reviews', 'export', '--format', 'csv'], env());
		expect(stdout).toBe(text);
		const back = await here(['reviews', 'import', out, '--json'], env());
		expect(back.code).toBe(0);
		expect(JSON.parse(back.stdout)).toMatchObject({ lines: 2, unchanged: 2, refused: [] });
		const lines = await here(['reviews', 'export', '--out', join(home, 'out.ndjson')], env());
		expect(lines.code).toBe(0);
		const [line = ''] = (await readFile(join(home, 'out.ndjson'), 'utf8')).split('\n');
		expect(JSON.parse(line)).toMatchObject({ handoff_id: 'H1', note: '=1+1' });
	});

	test('says what is off with a file that is none of reviews', async () => {
		const log = join(home, 'log.csv');
		const answer = await here(['reviews', 'import', log], env());
		expect(answer.code).toBe(1);
		expect(answer.stderr).toMatch(
			/^seam: The file has no column necessary; columns of reviews: /
		);
		expect((await here(['reviews', 'import', join(home, 'nope.csv')], env())).code).toBe(2);
	});
});
