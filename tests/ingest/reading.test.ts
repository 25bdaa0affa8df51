import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countsOf, ndjson, refusal, TestStore } from './store.ts';

let store: TestStore;
beforeEach(async () => {
	store = await TestStore.open();
});
afterEach(() => store.close());

const at = '2026-11-09T14:03:22Z';
const csv = `conversation_id,handed_off_at\nc1,${at}\nc2,${at}\n`;
const line = (id: string, more: Record<string, unknown> = {}) => ({
	conversation_id: id,
	handed_off_at: at,
	...more
});

async function read(content: Parameters<TestStore['write']>[1], name = 'log.ndjson', options = {}) {
	const report = await store.import(await store.write(name, content), options);
	return countsOf(report.total);
}
const refused = async (content: string, name = 'log.ndjson', options = {}) =>
	refusal(store.import(await store.write(name, content), options));
const quarantine = () =>
	store.rows(
		'select line::int as line, record, field, reason, raw, header from quarantine order by line'
	);

describe('a log in JSON', () => {
	it('loses only the lines that are broken or no objects', async () => {
		const lines = ['{"conversation_id": "c1", ', '[1]', '7', '"text"', 'null', 'not json', ''];
		const content = ndjson([line('c0')]) + lines.join('\n') + '\n' + ndjson([line('c9')]);
		expect(await read(content)).toEqual([8, 2, 0, 0, 0, 6]);
		expect(await quarantine()).toEqual(
			lines.slice(0, 6).map((raw, i) => ({
				line: i + 2,
				record: null,
				field: null,
				reason: i === 0 || i === 5 ? 'is not JSON' : 'is JSON, but not an object',
				raw,
				header: null
			}))
		);
	});

	it('may begin with a broken line', async () => {
		const broken = '{"conversation_id": "c1", ';
		expect(await read(`${broken}\n${ndjson([line('c2')])}`)).toEqual([2, 1, 0, 0, 0, 1]);
		expect(await quarantine()).toMatchObject([{ line: 1, raw: broken }]);
	});

	it('may show a field of the format after thousands of lines, and columns of a mapping too', async () => {
		const lines = Array.from({ length: 3000 }, (_, i) => line(`c${i}`));
		await read([...lines, line('late', { csat: 4, topic: 'Refunds' })]);
		expect(await store.rows('select csat, topic from handoffs where csat is not null')).toEqual(
			[{ csat: 4, topic: 'Refunds' }]
		);
	});

	it('may be an array, on one line or on many, and keep the places in it', async () => {
		const list = [line('c1'), line('c2', { handed_off_at: 'bad' }), line('c3')];
		expect(await read(JSON.stringify(list), 'a.json')).toEqual([3, 2, 0, 0, 0, 1]);
		expect(await quarantine()).toMatchObject([{ line: 2, field: 'handed_off_at' }]);
		expect(await read(JSON.stringify(list, null, 2), 'b.json')).toEqual([3, 0, 0, 2, 0, 1]);
		expect(await read('[]', 'c.json')).toEqual([0, 0, 0, 0, 0, 0]);
	});

	it('may be one object or several ones over many lines', async () => {
		const text = [line('c1'), line('c2')].map((one) => JSON.stringify(one, null, 2)).join('\n');
		expect(await read(text, 'pretty.json')).toEqual([2, 2, 0, 0, 0, 0]);
	});

	it('is refused by name where an array is broken off', async () => {
		const said = await refused(
			JSON.stringify([line('c1'), line('c2')]).slice(0, -20),
			'broken.json'
		);
		expect(said).toMatch(/broken\.json cannot be read: .*JSON/);
		expect(await store.column('select count(*)::int from handoffs')).toEqual([0]);
	});

	it('says which keys it leaves out', async () => {
		const file = await store.write('log.ndjson', [
			line('c1', { mood: 'fine', 'a "b"': 1, raw: 'x' })
		]);
		const report = await store.import(file);
		expect(report.files[0]?.notes.join()).toContain('mood');
	});

	it('may spell its keys in other letters', async () => {
		expect(await read([{ Conversation_ID: 'c1', HANDED_OFF_AT: at }])).toEqual([
			1, 1, 0, 0, 0, 0
		]);
	});

	it('takes dots, quotes and odd letters in keys for what they are', async () => {
		const odd = { 'a.b': 1, "it's": 2, $: 3, '': 4, 'a[0]': 5, '*': 6, ключ: 7, 'a\\b': 8 };
		expect(await read([line('c1', odd), line('c2')])).toEqual([2, 2, 0, 0, 0, 0]);
	});

	it('keeps identities and numbers as they are written', async () => {
		const text = `{"conversation_id": 12345678901234567890123, "handed_off_at": "${at}", "wait_after_s": 1.5e1}\n`;
		expect(await read(text)).toEqual([1, 1, 0, 0, 0, 0]);
		expect(await store.rows('select conversation_id, wait_after_s from handoffs')).toEqual([
			{ conversation_id: '12345678901234567890123', wait_after_s: 15 }
		]);
	});
});

describe('a log in Parquet', () => {
	it('keeps its types: times with zone, lists, numbers, decimals, booleans', async () => {
		const file = await store.write('log.parquet', '');
		await store.connection.run(
			`copy (select 'c' || i as conversation_id, timestamptz '2026-11-09 15:03:22.5+01:00' + to_hours(i::int) as handed_off_at,
				['summary', 'identity'] as context, 12.5::decimal(9, 2) as wait_after_s, 3::utinyint as transfers, true as announced,
				42::bigint as customer_id, 0.25::float as confidence, null::int as csat
			from range(3) as r(i)) to '${file}' (format parquet)`
		);
		const report = await store.import(file);
		expect(countsOf(report.total)).toEqual([3, 3, 0, 0, 0, 0]);
		const [row] = await store.rows(`from handoffs where conversation_id = 'c1'`);
		expect(row).toMatchObject({
			handed_off_at: '2026-11-09 15:03:22.5',
			context: ['summary', 'identity'],
			wait_after_s: 12.5,
			transfers: 3,
			announced: true,
			confidence: 0.25,
			csat: null
		});
	});

	it('needs a zone for times that carry none', async () => {
		const file = await store.write('naive.parquet', '');
		await store.connection.run(
			`copy (select 'c1' as conversation_id, timestamp '2026-11-09 15:03:22' as handed_off_at) to '${file}' (format parquet)`
		);
		expect((await store.import(file)).total.quarantined).toBe(1);
		expect((await store.import(file, { timezone: 'Europe/Berlin' })).total.inserted).toBe(1);
		expect(await store.column('select handed_off_at from handoffs')).toEqual([
			'2026-11-09 14:03:22'
		]);
	});

	it('is refused by name where it is cut off', async () => {
		expect(await refused('PAR1 and no more', 'cut.parquet')).toMatch(
			/cut\.parquet cannot be read/
		);
	});
});

describe('the files of an import', () => {
	it('may have spaces, quotes and letters of globs in their names', async () => {
		for (const name of [
			"it's a log.csv",
			'a "b".csv',
			'log[1].csv',
			'what?.csv',
			'all*.csv',
			'{a,b}.csv',
			'ü 日本.csv'
		]) {
			const report = await store.import(await store.write(name, csv));
			expect(report.total.lines, name).toBe(2);
			expect(path.basename(report.files[0]?.file ?? '')).toBe(name);
		}
	});

	it('read from one of such a name are its own', async () => {
		await store.write('{a,b}.csv', csv);
		await store.write('log1.csv', `conversation_id,handed_off_at\nother,${at}\n`);
		await store.import(await store.write('log[1].csv', csv));
		expect(
			await store.column('select distinct conversation_id from handoffs order by 1')
		).toEqual(['c1', 'c2']);
	});

	it('may be a folder or a glob; each file counts once, in the order of their names', async () => {
		const b = await store.write('b.csv', csv);
		const a = await store.write('a.ndjson', [line('c1')]);
		await store.write('notes.md', 'no log');
		await store.write('truth.json', '{}');
		const folder = path.dirname(a);
		await mkdir(path.join(folder, 'inner.csv'));
		for (const paths of [[folder], [path.join(folder, '*.[cn]*')], [folder, b, a]]) {
			const report = await store.import(paths);
			expect(report.files.map(({ file }) => path.basename(file))).toEqual([
				'a.ndjson',
				'b.csv'
			]);
		}
		const twice = await store.import([b, b, path.join(folder, '.', 'b.csv')]);
		expect(twice.files).toHaveLength(1);
	});

	it('that are not there, match nothing or hold no log are named', async () => {
		expect(await refusal(store.import('/nowhere/log.csv'))).toBe(
			'/nowhere/log.csv does not exist.'
		);
		expect(await refusal(store.import('/nowhere/*.csv'))).toBe(
			'/nowhere/*.csv matches no file.'
		);
		expect(await refusal(store.import(store.folder))).toMatch(/holds no log/);
	});

	it('are refused by name where gzip is cut off; it may have several members', async () => {
		const cut = gzipSync(csv.repeat(1000)).subarray(0, 60);
		const file = await store.write('cut.csv.gz', cut);
		expect(await refusal(store.import(file))).toMatch(/cut\.csv\.gz cannot be read/);
		const members = Buffer.concat([gzipSync(csv), gzipSync(`c3,${at}\n`)]);
		expect(await read(members, 'members.csv.gz')).toEqual([3, 3, 0, 0, 0, 0]);
	});

	it('are refused by name where zstd is cut off', async () => {
		const whole = await store.write('whole.csv.zst', '');
		await store.connection.run(
			`copy (select 'c' || i as conversation_id, '${at}' as handed_off_at, md5(i::varchar) as question from range(20000) as r(i))
			to '${whole}' (format csv, compression zstd)`
		);
		const bytes = await readFile(whole);
		for (const length of [bytes.length - 1, bytes.length >> 1, 300_000, 7]) {
			const file = await store.write('cut.csv.zst', bytes.subarray(0, length));
			expect(await refusal(store.import(file))).toMatch(/cut\.csv\.zst cannot be read/);
		}
		expect((await store.import(whole)).total.inserted).toBe(20_000);
	});
});
