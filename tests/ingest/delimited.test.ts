import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countsOf, refusal, TestStore } from './store.ts';

let store: TestStore;
beforeEach(async () => {
	store = await TestStore.open();
});
afterEach(() => store.close());

const at = '2026-11-09T14:03:22Z';
const header = 'conversation_id,handed_off_at,question';
const questions = () =>
	store.rows('select conversation_id as id, question from handoffs order by id');
const quarantine = () =>
	store.rows('select line, field, reason, raw, header from quarantine order by line::int');

/** Imports a file of this content and gives its counts. */
async function read(content: string | Uint8Array, name = 'log.csv', options = {}) {
	const report = await store.import(await store.write(name, content), options);
	return countsOf(report.total);
}

describe('a delimited log', () => {
	it('keeps quotes, delimiters and line ends inside of quotes', async () => {
		const lines = [
			header,
			`c1,${at},"one, two"`,
			`c2,${at},"she said ""no"""`,
			`c3,${at},"first\nsecond, with ""quotes""\n\nfourth"`,
			`c4,${at},""`,
			`c5,${at},plain`
		];
		expect(await read(lines.join('\n') + '\n')).toEqual([5, 5, 0, 0, 0, 0]);
		expect(await questions()).toEqual([
			{ id: 'c1', question: 'one, two' },
			{ id: 'c2', question: 'she said "no"' },
			{ id: 'c3', question: 'first\nsecond, with "quotes"\n\nfourth' },
			{ id: 'c4', question: null },
			{ id: 'c5', question: 'plain' }
		]);
	});

	it('may hold records of several lines one after another', async () => {
		const lines = [
			header,
			`c1,${at},"a\nb"`,
			`c2,${at},"c\nd"`,
			`c3,${at},"e\n\nf"`,
			`c4,${at},"x"`
		];
		expect(await read(lines.join('\n'))).toEqual([4, 4, 0, 0, 0, 0]);
		expect((await questions()).map(({ question }) => question)).toEqual([
			'a\nb',
			'c\nd',
			'e\n\nf',
			'x'
		]);
	});

	it('may hold a field of several lines that look like records themselves', async () => {
		const lines = [header, `c1,${at},"see\nc9,${at},quoted\nend"`, `c2,${at},x`];
		expect(await read(lines.join('\n'))).toEqual([2, 2, 0, 0, 0, 0]);
		expect(await questions()).toEqual([
			{ id: 'c1', question: `see\nc9,${at},quoted\nend` },
			{ id: 'c2', question: 'x' }
		]);
	});

	it.each([
		['with CRLF', `${header}\r\nc1,${at},x\r\nc2,bad,y\r\n`],
		['with a byte order mark', `\ufeff${header}\nc1,${at},x\nc2,bad,y\n`],
		['without a last line end', `${header}\nc1,${at},x\nc2,bad,y`],
		['with CRLF and no last line end', `${header}\r\nc1,${at},x\r\nc2,bad,y`]
	])('%s reads the same', async (_, content) => {
		expect(await read(content)).toEqual([2, 1, 0, 0, 0, 1]);
		expect(await questions()).toEqual([{ id: 'c1', question: 'x' }]);
		expect(await quarantine()).toEqual([
			{
				line: '3',
				field: 'handed_off_at',
				reason: 'is not a time such as 2026-11-09T14:03:22+01:00: “bad”',
				raw: 'c2,bad,y',
				header
			}
		]);
	});

	it('counts blank lines as lines of the file, not of the log', async () => {
		expect(await read(`\n\n${header}\n\nc1,${at},x\n\n\n   \nc2,bad,y\n\n`)).toEqual([
			2, 1, 0, 0, 0, 1
		]);
		expect(await quarantine()).toMatchObject([{ line: '9', raw: 'c2,bad,y' }]);
	});

	it.each([
		['semicolons', ';'],
		['tabs', '\t'],
		['bars', '|']
	])('may be divided by %s', async (_, by) => {
		const lines = [header, `c1,${at},x`, `c2,${at},"a${by}b, c"`, `c3,bad,y`];
		const text = lines.map((line, i) =>
			i === 2 ? `c2${by}${at}${by}"a${by}b, c"` : line.replaceAll(',', by)
		);
		expect(await read(text.join('\n'))).toEqual([3, 2, 0, 0, 0, 1]);
		expect(await questions()).toEqual([
			{ id: 'c1', question: 'x' },
			{ id: 'c2', question: `a${by}b, c` }
		]);
		expect(await quarantine()).toMatchObject([{ line: '4', raw: `c3${by}bad${by}y` }]);
	});

	it('may end each line with a delimiter', async () => {
		expect(await read(`${header},\nc1,${at},x,\nc2,${at},"y",\n`)).toEqual([2, 2, 0, 0, 0, 0]);
		expect(await read(`${header}\nc3,${at},x,\nc4,${at},"y\nz",\n`)).toEqual([
			2, 2, 0, 0, 0, 0
		]);
		expect(await read(`${header},\nc5,${at},x,lost\n`)).toEqual([1, 0, 0, 0, 0, 1]);
	});

	it('loses short and long lines only', async () => {
		const lines = [header, `c1,${at},x`, `c2,${at}`, `c3,${at},x,more`, `c4,${at},y`];
		expect(await read(lines.join('\n'))).toEqual([4, 2, 0, 0, 0, 2]);
		expect(await quarantine()).toMatchObject([
			{ line: '3', raw: lines[2], reason: 'has 2 columns, the header has 3' },
			{ line: '4', raw: lines[3], reason: 'has 4 columns, the header has 3' }
		]);
	});

	it.each([
		['that is not closed', `c2,${at},"open`],
		['after a closed one', `c2,${at},"a"b`],
		['that opens in the first column', `"c2,${at},x`]
	])('loses only the line with a quote %s', async (_, stray) => {
		const lines = [
			header,
			`c1,${at},x`,
			stray,
			`c3,${at},y`,
			`c4,${at},"z, z"`,
			`c5,${at},"5"`
		];
		expect(await read(lines.join('\n'))).toEqual([5, 4, 0, 0, 0, 1]);
		expect((await questions()).map(({ id }) => id)).toEqual(['c1', 'c3', 'c4', 'c5']);
		expect(await quarantine()).toMatchObject([
			{ line: '3', raw: stray, reason: expect.stringContaining('quote') as string }
		]);
	});

	it('keeps a quote inside of a field without quotes', async () => {
		expect(await read(`${header}\nc1,${at},5" disk\nc2,${at},a "b" c\n`)).toEqual([
			2, 2, 0, 0, 0, 0
		]);
		expect((await questions()).map(({ question }) => question)).toEqual(['5" disk', 'a "b" c']);
	});

	it('loses only the lines that are not UTF-8, and the others keep their numbers', async () => {
		const bad = Buffer.from(`c2,${at},caf\xe9`, 'latin1');
		const parts = [
			`${header}\nc1,${at},x\n`,
			bad,
			`\nc3,bad,y\n`,
			bad,
			`\n\nc4,${at},é\nc5,worse,z\n`
		];
		const content = Buffer.concat(parts.map((part) => Buffer.from(part)));
		expect(await read(content)).toEqual([6, 2, 0, 0, 0, 4]);
		expect((await quarantine()).map(({ line }) => line)).toEqual(['3', '4', '5', '8']);
		const [first] = await quarantine();
		expect(first?.reason).toContain('--encoding latin-1');
		expect(first?.raw).toBe(`c2,${at},café`);
	});

	it('reads latin-1 where it is told to', async () => {
		const content = Buffer.from(`${header}\nc1,${at},café\n`, 'latin1');
		expect(await read(content, 'log.csv', { encoding: 'latin-1' })).toEqual([1, 1, 0, 0, 0, 0]);
		expect(await questions()).toEqual([{ id: 'c1', question: 'café' }]);
	});

	it.each([
		['little', (text: string) => Buffer.from(text, 'utf16le')],
		['big', (text: string) => Buffer.from(text, 'utf16le').swap16()]
	])('reads UTF-16, %s end first, with or without its mark', async (_, encode) => {
		const text = `${header}\r\nc1,${at},café 🙂\r\n`;
		expect(await read(encode('\ufeff' + text))).toEqual([1, 1, 0, 0, 0, 0]);
		expect(await questions()).toEqual([{ id: 'c1', question: 'café 🙂' }]);
		expect(await read(encode(text))).toEqual([1, 0, 0, 1, 0, 0]);
	});

	it('with NUL characters in its header is refused with a hint', async () => {
		await expect(read(`conversation_id,handed_off_at,a\0b\nc1,${at},x\n`)).rejects.toThrow(
			/NUL characters.*--encoding utf-16/
		);
	});

	it('may be empty or hold a header only', async () => {
		expect(await read('', 'empty.csv')).toEqual([0, 0, 0, 0, 0, 0]);
		expect(await read('\n\n', 'blank.csv')).toEqual([0, 0, 0, 0, 0, 0]);
		expect(await read(`${header}\n`, 'header.csv')).toEqual([0, 0, 0, 0, 0, 0]);
	});

	it('refuses a field that is too long and keeps its raw text whole', async () => {
		const huge = 'x'.repeat(3_000_000);
		expect(await read(`${header}\nc1,${at},${huge}\nc2,${at},"${huge}"\nc3,${at},y\n`)).toEqual(
			[3, 1, 0, 0, 0, 2]
		);
		const rows = await quarantine();
		expect(rows.map(({ line, field }) => [line, field])).toEqual([
			['2', 'question'],
			['3', 'question']
		]);
		expect(rows[0]?.raw).toBe(`c1,${at},${huge}`);
		expect(String(rows[0]?.reason).length).toBeLessThan(200);
	});

	it('loses only a line that is longer than the limit', async () => {
		const long = 'x'.repeat(17_000_000);
		const content = `${header}\nc1,${at},x\nc2,${at},${long}\nc3,bad,y\nc4,${at},z\n`;
		expect(await read(content)).toEqual([4, 2, 0, 0, 0, 2]);
		expect((await quarantine()).map(({ line, reason }) => [line, reason])).toEqual([
			['3', 'is longer than 16000000 bytes'],
			['4', 'is not a time such as 2026-11-09T14:03:22+01:00: “bad”']
		]);
	});

	it('may be compressed by gzip or zstd, whatever its name', async () => {
		const content = `${header}\nc1,${at},x\nc2,bad,y\n`;
		expect(await read(gzipSync(content), 'log.csv.gz')).toEqual([2, 1, 0, 0, 0, 1]);
		expect(await read(gzipSync(content), 'renamed.csv')).toEqual([2, 0, 0, 1, 0, 1]);
		const file = await store.write('log.csv.zst', '');
		await store.connection.run(
			`copy (select 'c3' as conversation_id, '${at}' as handed_off_at) to '${file}' (format csv, compression zstd)`
		);
		expect(countsOf((await store.import(file)).total)).toEqual([1, 1, 0, 0, 0, 0]);
	});

	it('refuses a header that names a column twice or not at all', async () => {
		expect(
			await refusal(read(`conversation_id,handed_off_at,Topic,topic\nc1,${at},x,y\n`))
		).toMatch(/log\.csv: two columns are named topic/i);
		expect(await refusal(read(`conversation_id,,handed_off_at\nc1,x,${at}\n`))).toMatch(
			/column 2 has no name/
		);
	});

	it('finds its columns in any case, in any order, with spaces around', async () => {
		expect(await read(`Question, Handed_Off_At ,CONVERSATION_ID\nx,${at},c1\n`)).toEqual([
			1, 1, 0, 0, 0, 0
		]);
		expect(await questions()).toEqual([{ id: 'c1', question: 'x' }]);
	});

	it('may name columns line, raw and others that mean something to SQL', async () => {
		const text = `line,raw,select,"a ""b""",conversation_id,handed_off_at\n9,r,s,t,c1,${at}\n`;
		const report = await store.import(await store.write('odd.csv', text));
		expect(countsOf(report.total)).toEqual([1, 1, 0, 0, 0, 0]);
		expect(report.files[0]?.notes.join()).toContain('select');
	});

	it('keeps order and line numbers over many lines', async () => {
		const lines = Array.from({ length: 60_000 }, (_, i) =>
			i % 10_000 === 9_999 ? `c${i},bad,"q\n${i}"` : `c${i},${at},q`
		);
		const counts = await read([header, ...lines].join('\n') + '\n');
		expect(counts).toEqual([60_000, 59_994, 0, 0, 0, 6]);
		expect((await quarantine()).map(({ line, raw }) => [Number(line), raw])).toEqual(
			[9_999, 19_999, 29_999, 39_999, 49_999, 59_999].map((i, n) => [i + 2 + n, lines[i]])
		);
	});

	it('is the same file to the byte in the list of imports', async () => {
		const content = `${header}\nc1,${at},x\n`;
		await read(content);
		expect(await store.rows('select sha256, bytes::int as bytes from imports')).toEqual([
			{ sha256: createHash('sha256').update(content).digest('hex'), bytes: content.length }
		]);
	});
});
