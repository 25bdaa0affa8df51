import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvLine } from '../../../src/lib/csv.ts';
import { usual, type Asked } from '../../../src/lib/handoffs.ts';
import { readAsked } from '../../../src/lib/server/handoffs/asked.ts';
import { engine, withConnection } from '../../../src/lib/server/store/engine.ts';
import { handoffFile } from '../../../src/lib/server/handoffs/handoffFile.ts';
import { askedList } from '../../../src/lib/server/handoffs/handoffs.ts';
import { listFile, spansOf, type FileFormat } from '../../../src/lib/server/list/listFile.ts';
import { readChoice } from '../../../src/lib/server/scope/scope.ts';
import { ever, TestStore } from '../store.ts';

/** What spreadsheets run, what only looks like it, and what CSV has to quote. */
const texts = [
	'=1+1',
	'  =1+1',
	'+49 30 1234',
	'-3 min',
	'-2+3',
	'@SUM(A1)',
	'\t=1',
	'\r=1',
	"'=1",
	"''plain",
	'＝1+1',
	'\u00a0=1+1',
	'\u3000@x',
	'a;=1+1',
	'a; b',
	"a;'=cmd|x",
	'line\n=2',
	'line\r\nnext',
	'she said "no", twice',
	', =1',
	'"=1"',
	'",=1',
	'plain',
	'1.0',
	'v2.0',
	'Zurück, naïve – 你好 🙂',
	' '
];

describe('the file of a list of handoffs', () => {
	let store: TestStore;
	beforeAll(async () => {
		store = await TestStore.open();
		await store.importRows(
			'texts',
			texts.map((question, index) => ({
				handoff_id: `h${index}`,
				conversation_id: `c${index}`,
				handed_off_at: `2026-11-10T10:${String(10 + index)}:00Z`,
				wait_before_s: index / 4,
				reasked: index % 3,
				announced: index % 2 === 0 ? 'true' : 'false',
				question
			}))
		);
	});
	afterAll(() => store.close());

	const columns = ['handoff_id', 'wait_before_s', 'is_hidden', 'reasked', 'question'];
	const open = async (address: string, format: FileFormat) => {
		const parameters = new URLSearchParams(`from=2000-01-01&to=2040-01-01&${address}`);
		const file = await handoffFile(readChoice(parameters), readAsked(parameters), format);
		return file.body;
	};
	const read = async (address: string, format: FileFormat) =>
		Buffer.from(await new Response(await open(address, format)).arrayBuffer()).toString();

	/** question as it was stored: an import trims some */
	const stored = () =>
		withConnection(async (connection) => {
			const result = await connection.runAndReadAll(
				'select handoff_id, question from handoffs'
			);
			return new Map(
				result.getRows().map(([id, said]) => [id as string, said as string | null])
			);
		});
	const rowsOf = async () => {
		const said = await stored();
		return texts.map((_, index) => ({
			handoff_id: `h${index}`,
			wait_before_s: index / 4,
			is_hidden: index % 2 !== 0,
			reasked: index % 3,
			question: said.get(`h${index}`) ?? null
		}));
	};

	it('has in CSV the very line that defusing each of its cells gives', async () => {
		const text = await read(`sort=wait_before_s&dir=asc&columns=${columns.join(',')}`, 'csv');
		const rows = await rowsOf();
		expect(rows.filter(({ question }) => question !== null).length).toBeGreaterThan(20);
		const lines = [
			csvLine(columns),
			...rows.map((row) =>
				csvLine([
					row.handoff_id,
					row.wait_before_s,
					row.is_hidden,
					row.reasked,
					row.question
				])
			)
		];
		expect(text).toBe(`\ufeff${lines.join('')}`);
	});

	it('has in NDJSON every value as it is stored', async () => {
		const text = await read(
			`sort=wait_before_s&dir=asc&columns=${columns.join(',')}`,
			'ndjson'
		);
		const rows = text.trimEnd().split('\n');
		expect(rows.map((row) => JSON.parse(row) as unknown)).toEqual(await rowsOf());
		for (const row of rows) expect(Object.keys(JSON.parse(row) as object)).toEqual(columns);
	});

	it.each(['csv', 'ndjson'] as const)(
		'broken off ends its query and gives its connection back: %s',
		async (format) => {
			const { instance } = await engine();
			const connection = await instance.connect();
			const count = async () =>
				Number(
					(
						await connection.runAndReadAll(
							'select duckdb_connection_count from duckdb_connection_count()'
						)
					).getRows()[0]?.[0]
				);
			const before = await count();
			const reader = (await open('', format)).getReader();
			await reader.read();
			await reader.cancel();
			expect(await count()).toBe(before);
			// Also while the first part is still being made.
			const early = (await open('sort=question', format)).getReader();
			const pending = early.read();
			await early.cancel();
			await pending;
			await expect.poll(count).toBe(before);
			connection.disconnectSync();
		}
	);
});

describe('the spans that a file is made in', () => {
	let store: TestStore;
	beforeAll(async () => {
		store = await TestStore.open();
		await store.importSample();
	});
	afterAll(() => store.close());

	const idsOf = (asked: Partial<Asked>) =>
		spansOf(askedList({ filter: ever, asked: { ...usual, ...asked }, ids: null }), 300);

	it('follow each other without gap or overlap, in the direction of the list', async () => {
		const down = await idsOf({});
		const up = await idsOf({ sort: 'handed_off_at', dir: 'asc' });
		expect(up.length).toBeGreaterThan(5);
		for (const [index, span] of up.entries()) {
			expect(span.from < span.to).toBe(true);
			if (index > 0) expect(span.from >= (up[index - 1]?.to ?? '')).toBe(true);
		}
		for (const [index, span] of down.entries())
			if (index > 0) expect(span.to <= (down[index - 1]?.from ?? '')).toBe(true);
		const count = (spans: typeof up) =>
			withConnection(async (connection) => {
				let sum = 0;
				for (const { from, to } of spans) {
					const result = await connection.runAndReadAll(
						'select count(*) from handoff_facts where local_day >= $from::date and local_day < $to::date',
						{ from, to }
					);
					sum += Number(result.getRows()[0]?.[0]);
				}
				return sum;
			});
		const all = await count([ever]);
		expect(await count(up)).toBe(all);
		expect(await count(down)).toBe(all);
	});

	it.each(['csat', 'topic', 'is_resolved', 'wait_after_s', 'question'] as const)(
		'by %s are one, and the file holds the whole list in its order, ties and absent values too',
		async (sort) => {
			for (const dir of ['asc', 'desc'] as const) {
				const asked: Asked = { ...usual, sort, dir, columns: ['handoff_id', sort] };
				const list = askedList({ filter: ever, asked, ids: null });
				expect(await spansOf(list, 300)).toEqual([ever]);
				const { body } = listFile(list, ever, 'ndjson');
				const text = await new Response(body).text();
				const rows = text
					.trimEnd()
					.split('\n')
					.map((line) => JSON.parse(line) as Row);
				expect(rows).toEqual(rows.toSorted(inOrder(sort, dir)));
				const ids = rows.map(({ handoff_id }) => handoff_id).sort();
				expect(rows.some((row) => row[sort] === null)).toBe(true);
				expect(ids).toEqual(await storedIds());
			}
		},
		60_000
	);

	type Row = Record<string, unknown> & { handoff_id: string };
	/** Values in order, absent last in both directions, ids up where values are the same. */
	const inOrder = (sort: string, dir: 'asc' | 'desc') => (a: Row, b: Row) => {
		const [x, y] = [a[sort], b[sort]] as [string | null, string | null];
		if (x === y) return a.handoff_id < b.handoff_id ? -1 : 1;
		if (x === null) return 1;
		if (y === null) return -1;
		return x < y === (dir === 'asc') ? -1 : 1;
	};
	const storedIds = () =>
		withConnection(async (connection) => {
			const result = await connection.runAndReadAll('select handoff_id from handoffs');
			return result
				.getRows()
				.map(([id]) => String(id))
				.sort();
		});
});
