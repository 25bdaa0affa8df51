import { chmod, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeSample } from '../../ingest/sample/write.ts';
import type { Truth } from '../../ingest/sample/truth.ts';
import { countsOf, refusal, TestStore, type Row } from './store.ts';

let store: TestStore;
beforeEach(async () => {
	store = await TestStore.open({ hash_identities: false, timezone: 'UTC' });
});
afterEach(() => store.close());

const at = '2026-11-09T14:03:22Z';
const handoff = (id: string, more: Row = {}): Row => ({
	handoff_id: id,
	conversation_id: `c-${id}`,
	handed_off_at: at,
	...more
});
const read = async (rows: Row[], name = 'log.ndjson', options = {}) =>
	store.import(await store.write(name, rows), options);
const rowOf = async (id: string) =>
	(await store.rows(`from handoffs where handoff_id = '${id}'`))[0];

describe('an import', () => {
	it('adds to a row only what it carries: CSAT arriving alone keeps all other fields', async () => {
		const full = handoff('h1', {
			customer_id: 'p1',
			started_at: '2026-11-09T14:00:00Z',
			topic: 'Refunds',
			context: ['summary', 'intent'],
			announced: true,
			reasked: 0,
			outcome: 'resolved',
			handle_s: 12.5,
			question: 'Where is it?'
		});
		await read([full]);
		const before = await rowOf('h1');
		const report = await read([
			handoff('h1', { csat: 7, csat_scale: 7, csat_at: '2026-11-10T00:00:00Z' })
		]);
		expect(countsOf(report.total)).toEqual([1, 0, 1, 0, 0, 0]);
		expect(await rowOf('h1')).toEqual({
			...before,
			csat: 5,
			csat_scale: 7,
			csat_at: '2026-11-10 00:00:00'
		});
	});

	it('takes false, 0 and the empty list for values', async () => {
		await read([
			handoff('h1', { announced: true, reasked: 2, context: ['summary'], handle_s: 9 })
		]);
		await read([handoff('h1', { announced: false, reasked: 0, context: [], handle_s: 0 })]);
		expect(await rowOf('h1')).toMatchObject({
			announced: false,
			reasked: 0,
			context: [],
			handle_s: 0
		});
	});

	it('lets the later line win, inside of a file and across files, field by field', async () => {
		const a = await store.write('a.ndjson', [
			handoff('h1', { topic: 'first', queue: 'q1' }),
			handoff('h2'),
			handoff('h1', { topic: 'second' }),
			handoff('h1', { outcome: 'resolved' })
		]);
		const b = await store.write('b.ndjson', [handoff('h1', { topic: 'third' }), handoff('h2')]);
		const report = await store.import([a, b]);
		expect(report.files.map(countsOf)).toEqual([
			[4, 0, 0, 0, 4, 0],
			[2, 2, 0, 0, 0, 0]
		]);
		expect(await rowOf('h1')).toMatchObject({
			topic: 'third',
			queue: 'q1',
			outcome: 'resolved'
		});
	});

	it('takes files in the order in which they are given', async () => {
		const a = await store.write('a.ndjson', [handoff('h1', { topic: 'a' })]);
		const b = await store.write('b.ndjson', [handoff('h1', { topic: 'b' })]);
		await store.import([b, a]);
		expect(await rowOf('h1')).toMatchObject({ topic: 'a' });
	});

	it('gives a handoff without an id that of the same conversation and time, before or after', async () => {
		const bare = { conversation_id: 'c-h1', handed_off_at: '2026-11-09T15:03:22+01:00' };
		await read([handoff('h1', { topic: 'Refunds' })]);
		const known = await read([{ ...bare, csat: 4 }]);
		expect(countsOf(known.total)).toEqual([1, 0, 1, 0, 0, 0]);
		expect(await rowOf('h1')).toMatchObject({ topic: 'Refunds', csat: 4 });
		const other = await read([
			{ ...bare, conversation_id: 'c9' },
			{ ...bare, conversation_id: 'c9', topic: 'x' }
		]);
		expect(countsOf(other.total)).toEqual([2, 1, 0, 0, 1, 0]);
		const again = await read([{ ...bare, conversation_id: 'c9', topic: 'x' }]);
		expect(countsOf(again.total)).toEqual([1, 0, 0, 1, 0, 0]);
	});

	it('gives a stored handoff without an id the one that a later line brings', async () => {
		const bare = { conversation_id: 'c-h1', handed_off_at: at, topic: 'Refunds' };
		await read([bare]);
		const late = await read([handoff('h1', { csat: 4 })]);
		expect(countsOf(late.total)).toEqual([1, 0, 1, 0, 0, 0]);
		expect(await store.column('select handoff_id from handoffs')).toEqual(['h1']);
		expect(await store.rows('select handoff_id, topic, csat from handoff_facts')).toEqual([
			{ handoff_id: 'h1', topic: 'Refunds', csat: 4 }
		]);
		const again = await read([bare, handoff('h1')]);
		expect(countsOf(again.total)).toEqual([2, 0, 0, 1, 1, 0]);
	});

	it('keeps a refused line until its record comes with the field that was at fault', async () => {
		const line = { conversation_id: 'c1', handed_off_at: at };
		const refused = () => store.column('select field from quarantine');
		await read([{ ...line, csat: 9 }], 'bad.ndjson');
		expect(await refused()).toEqual(['csat']);
		await read([{ ...line, outcome: 'resolved' }], 'other.ndjson');
		expect(await refused()).toEqual(['csat']);
		await read([{ ...line, csat: 5 }], 'mended.ndjson');
		expect(await refused()).toEqual([]);
	});

	it('leaves nothing behind when it is ended, whatever it is at', async () => {
		await read([handoff('h1', { topic: 'a' })]);
		const before = await store.contents();
		const file = await store.write('more.ndjson', [
			handoff('h1', { topic: 'b' }),
			handoff('h2')
		]);
		for (const phase of ['reading', 'merging', 'deriving']) {
			const abort = new AbortController();
			const ended = store.import(file, {
				signal: abort.signal,
				onProgress: (progress) => {
					if (progress.phase === phase) abort.abort();
				}
			});
			await expect(ended).rejects.toThrow(/abort|interrupt/i);
			expect(await store.contents()).toEqual(before);
		}
		expect(countsOf((await store.import(file)).total)).toEqual([2, 1, 1, 0, 0, 0]);
	});

	it('keeps several handoffs of one conversation apart by their times', async () => {
		const of = (time: string) => ({ conversation_id: 'c1', handed_off_at: time });
		const report = await read([
			of(at),
			of('2026-11-09T14:03:22.001Z'),
			of('2026-11-09T15:00:00Z')
		]);
		expect(countsOf(report.total)).toEqual([3, 3, 0, 0, 0, 0]);
	});

	it('changes nothing in a dry run, and counts as the real one', async () => {
		await read([handoff('h1', { topic: 'a' })]);
		const before = await store.contents();
		const rows = [handoff('h1', { topic: 'b' }), handoff('h2'), handoff('h3', { csat: 9 })];
		const dry = await read(rows, 'log.ndjson', { dryRun: true, timezone: 'Asia/Tokyo' });
		expect(await store.contents()).toEqual(before);
		expect(await store.column('select count(*)::int from imports')).toEqual([1]);
		expect(countsOf((await read(rows)).total)).toEqual(countsOf(dry.total));
	});

	it('that fails leaves nothing behind', async () => {
		await read([handoff('h1')]);
		const before = await store.contents();
		const good = await store.write('good.ndjson', [handoff('h2')]);
		const bad = await store.write('bad.csv', 'a,b\n1,2\n');
		expect(await refusal(store.import([good, bad]))).toMatch(/bad\.csv/);
		expect(await store.contents()).toEqual(before);
		expect(await store.column('select count(*)::int from imports')).toEqual([1]);
		expect(await readdir(path.join(store.folder, 'tmp'))).toEqual([]);
		expect((await read([handoff('h2')])).total.inserted).toBe(1);
	});

	it.skipIf(process.getuid?.() === 0)(
		'that may not read a file says so (needs a user other than root)',
		async () => {
			const file = await store.write('closed.csv', 'a\n');
			await chmod(file, 0);
			expect(await refusal(store.import(file))).toMatch(/closed\.csv cannot be read/);
		}
	);

	it('takes a line that was mended, and forgets that it was refused', async () => {
		const bad = handoff('h2', { handed_off_at: 'noon' });
		await read([handoff('h1'), bad, handoff('h3', { csat: 99 })]);
		const again = await read([handoff('h1'), bad, handoff('h3', { csat: 99 })]);
		expect(countsOf(again.total)).toEqual([3, 0, 0, 1, 0, 2]);
		expect(await store.column('select line::int from quarantine order by line')).toEqual([
			2, 3
		]);
		const mended = await read([handoff('h1'), handoff('h2'), handoff('h3', { csat: 99 })]);
		expect(countsOf(mended.total)).toEqual([3, 1, 0, 1, 0, 1]);
		expect(await store.column('select line::int from quarantine')).toEqual([3]);
		await read([handoff('h3', { csat: 5 })], 'mended.ndjson');
		expect(await store.column('select line::int from quarantine')).toEqual([]);
	});

	it('keeps the refused lines of a file whose name is used again for other lines', async () => {
		await read([handoff('h1', { csat: 99 })]);
		await read([handoff('h2')]);
		expect(await store.column('select count(*)::int from quarantine')).toEqual([1]);
	});

	it('settles the zone by the first log that names one and keeps it', async () => {
		const zoned = await TestStore.open();
		try {
			const csv = await zoned.write(
				'log.csv',
				`conversation_id,handed_off_at\nc1,2026-11-09 23:30:00\n`
			);
			await zoned.import(csv, { timezone: 'Asia/Tokyo' });
			expect(await zoned.rows('select timezone from settings')).toEqual([
				{ timezone: 'Asia/Tokyo' }
			]);
			expect(await zoned.column('select local_day from handoff_facts')).toEqual([
				'2026-11-09'
			]);
			await zoned.import(csv, { timezone: 'America/New_York' });
			expect(await zoned.rows('select timezone from settings')).toEqual([
				{ timezone: 'Asia/Tokyo' }
			]);
			expect(await zoned.column('select local_day from handoff_facts order by 1')).toEqual([
				'2026-11-09',
				'2026-11-10'
			]);
		} finally {
			await zoned.close();
		}
	});

	it('works in a folder of any name', async () => {
		const odd = path.join(store.folder, `it's [a] {b} * data`);
		const { importLog } = await import('../../ingest/import.ts');
		const report = await importLog({ ...store.store, folder: odd }, [
			await store.write('log.ndjson', [handoff('h1')])
		]);
		expect(report.total.inserted).toBe(1);
	});
});

describe('the sample', () => {
	let sample: string;
	let truth: Truth;
	let home: TestStore;
	beforeAll(async () => {
		home = await TestStore.open();
		sample = path.join(home.folder, 'sample');
		({ truth } = await writeSample({
			out: sample,
			weeks: 3,
			conversations: 3000,
			seed: 7,
			end: '2026-11-21'
		}));
	});
	afterAll(() => home.close());

	it('refuses the very lines that its truth names, with their text', async () => {
		const report = await store.import(sample);
		const refused = await store.rows(
			`select parse_filename(file) as file, line::int as line, raw from quarantine order by 1, 2`
		);
		const bad = truth.bad_lines.map(({ file, line }) => `${file}:${line}`).sort();
		expect(refused.map(({ file, line }) => `${String(file)}:${String(line)}`).sort()).toEqual(
			bad
		);
		for (const file of report.files) {
			const [lines = 0, ...effects] = countsOf(file);
			expect(effects.reduce((sum, n) => sum + n, 0)).toBe(lines);
		}
		expect(countsOf(report.total)).toEqual(
			countsOf(report.files[0] ?? report.total).map(
				(n, i) => n + (countsOf(report.files[1] ?? report.total)[i] ?? 0)
			)
		);
	});

	it('imported twice changes nothing, facts included', async () => {
		await store.import(sample);
		const before = await store.contents();
		const again = await store.import(sample);
		expect(await store.contents()).toEqual(before);
		const { lines, unchanged, superseded, quarantined } = again.total;
		expect(unchanged + superseded + quarantined).toBe(lines);
	});

	it('goes when real data comes, with its refused lines, and stays where it is asked to', async () => {
		await store.import(sample);
		const kept = await read([handoff('h1')], 'a.ndjson', { keepSample: true });
		expect(kept.removedSample).toBe(false);
		expect(await store.column('select count(*) > 100 from handoff_facts')).toEqual([true]);
		const report = await read([handoff('h2')], 'b.ndjson');
		expect(report.removedSample).toBe(true);
		expect(await store.column('select handoff_id from handoff_facts order by 1')).toEqual([
			'h1',
			'h2'
		]);
		expect(await store.column('select count(*)::int from conversations')).toEqual([0]);
		expect(await store.column('select count(*)::int from conversation_facts')).toEqual([0]);
		expect(await store.column('select count(*)::int from quarantine')).toEqual([0]);
		expect((await read([handoff('h2')], 'b.ndjson')).removedSample).toBe(false);
	});

	it('is not taken away by a log that holds nothing good', async () => {
		await store.import(sample);
		expect((await read([handoff('h1', { csat: 99 })])).removedSample).toBe(false);
		expect((await read([])).removedSample).toBe(false);
	});

	it('leaves rows of real data alone that share its keys', async () => {
		await store.import(sample);
		const [key] = await store.column('select min(handoff_id) from handoffs');
		await read([handoff(String(key), { topic: 'real' })]);
		expect(await store.rows('select handoff_id, topic, customer_id from handoffs')).toEqual([
			{ handoff_id: key, topic: 'real', customer_id: null }
		]);
	});

	it('is only what seam sample wrote, to the byte', async () => {
		const mine = await store.write('handoffs.csv', `conversation_id,handed_off_at\nc1,${at}\n`);
		await writeFile(
			path.join(path.dirname(mine), 'truth.json'),
			JSON.stringify({ made_by: 'seam sample', time_zone: 'UTC', files: [] })
		);
		await store.import(mine);
		await store.import(sample, { keepSample: true });
		expect(
			await store.rows(
				'select parse_filename(file) as file, is_sample from imports order by imported_at, file'
			)
		).toEqual([
			{ file: 'handoffs.csv', is_sample: false },
			{ file: 'conversations.csv', is_sample: true },
			{ file: 'handoffs.csv', is_sample: true }
		]);
	});
});
