import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
	columnIds,
	listColumns,
	type Column,
	type Listed,
	usual
} from '../../../src/lib/handoffs.ts';
import { readAsked } from '../../../src/lib/server/handoffs/asked.ts';
import { readCursor } from '../../../src/lib/server/http/cursor.ts';
import { handoffFile } from '../../../src/lib/server/handoffs/handoffFile.ts';
import { listOf, readPage } from '../../../src/lib/server/handoffs/handoffs.ts';
import { readChoice } from '../../../src/lib/server/scope/scope.ts';
import { isLate, rating, waitAfter, waitBefore } from '../../second/facts.ts';
import { parseLines } from '../../second/csv.ts';
import { readHandoffs, type Handoff as Line } from '../../second/records.ts';
import { ever, TestStore } from '../store.ts';

const idOf = (line: Pick<Line, 'handoff_id' | 'conversation_id' | 'handed_off_at'>) =>
	line.handoff_id ??
	`${line.conversation_id}@${new Date(line.handed_off_at).toISOString().replace('Z', '000Z')}`;

describe('the list of handoffs', () => {
	let store: TestStore;
	let lines: Line[];
	/** question, summary and resolution of each handoff */
	const texts = new Map<string, (string | null)[]>();
	/** handoffs by conversation, and what the log says the AI lacked */
	const chains = new Map<string, Line[]>();
	const lacked = new Map<string, string>();
	beforeAll(async () => {
		store = await TestStore.open();
		const { handoffs } = await store.importSample();
		lines = readHandoffs(handoffs);
		for (const line of lines)
			chains.set(line.conversation_id, [...(chains.get(line.conversation_id) ?? []), line]);
		for (const line of parseLines(await readFile(handoffs, 'utf8'))) {
			const { handoff_id = null, conversation_id = null, handed_off_at } = line;
			const id = idOf({
				handoff_id,
				conversation_id: conversation_id ?? '',
				handed_off_at: Date.parse(handed_off_at ?? '')
			});
			if (line.lacked) lacked.set(id, line.lacked);
			const said = [line.question, line.summary, line.resolution];
			const known = texts.get(id) ?? [];
			texts.set(
				id,
				said.map((text, at) => text || (known[at] ?? null))
			);
		}
	});
	afterAll(() => store.close());

	const read = (address: string) => readAsked(new URLSearchParams(address));
	const list = async (address: string) => listOf(ever, read(address).asked);

	/** Every row, page by page. */
	async function walk(address: string, way: 'after' | 'before' = 'after'): Promise<Listed[]> {
		const { asked } = read(address);
		const rows: Listed[] = [];
		let page = await readPage(await list(address), null);
		for (;;) {
			if (way === 'after') rows.push(...page.rows);
			else rows.unshift(...page.rows);
			const text = page[way];
			if (text === null) return rows;
			const cursor = readCursor(
				new URLSearchParams({ [way]: text }),
				asked.sort,
				listColumns[asked.sort].kind,
				[]
			);
			page = await readPage(await list(address), cursor);
		}
	}

	async function file(address: string): Promise<string> {
		const parameters = new URLSearchParams(`from=1990-01-01&to=2040-01-01&${address}`);
		const format = address.includes('ndjson') ? 'ndjson' : 'csv';
		const asked = readAsked(parameters);
		const { body } = await handoffFile(readChoice(parameters), asked, format);
		// The text of a response would lose the mark of the byte order.
		return Buffer.from(await new Response(body).arrayBuffer()).toString();
	}

	const plain = (text: string | null | undefined) =>
		(text ?? '').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

	it.each<[string, (line: Line) => boolean]>([
		['late=yes', (line) => isLate(line) === true],
		['late=no', (line) => isLate(line) === false],
		['csat=1..2', (line) => (rating(line) ?? 9) <= 2],
		['csat=none', (line) => rating(line) === null],
		['csat=..', (line) => rating(line) !== null],
		['wait_before_s=60..120', (line) => within(waitBefore(line), 60, 120)],
		[
			'wait_after_s=600..&outcome=abandoned',
			(line) => within(waitAfter(line), 600, Infinity) && line.outcome === 'abandoned'
		],
		['human_requests=2..', (line) => (line.human_requests ?? 0) >= 2],
		['resolved_queue=Billing', (line) => line.resolved_queue === 'Billing'],
		[
			'resolved_queue=&outcome=resolved',
			(line) => line.resolved_queue === null && line.outcome === 'resolved'
		],
		['identified=no', (line) => line.customer_id === null],
		['conversation_handoffs=2..', (line) => chainOf(line).length > 1],
		['first=no', (line) => chainOf(line)[0] !== line],
		['again=yes&outcome=returned_to_ai', (line) => isAgain(line) && isReturned(line)],
		['again=no&outcome=returned_to_ai', (line) => !isAgain(line) && isReturned(line)],
		['judged=yes', (line) => line.necessary !== null || lackedOf(line) !== null],
		['lacked=authority', (line) => lackedOf(line) === 'authority'],
		['hidden=yes&outcome=', (line) => line.announced === false && !line.outcome],
		['longer=yes', (line) => (waitAfter(line) ?? -1) > (waitBefore(line) ?? Infinity)],
		['q=refund', (line) => said(line, 'refund')],
		['q=ZURUCK', (line) => said(line, 'zuruck')],
		['q=the+refund', (line) => said(line, 'the') && said(line, 'refund')],
		['q="the+refund"', (line) => said(line, 'the refund')]
	])('narrowed to %s holds the same handoffs as the lines do', async (address, isIn) => {
		const expected = lines.filter(isIn).map(idOf).sort();
		const found = await file(`${address}&columns=handoff_id&format=ndjson`);
		const ids = found.trimEnd().split('\n').filter(Boolean);
		expect(expected.length).toBeGreaterThan(0);
		expect(ids.map((row) => (JSON.parse(row) as Listed).handoff_id).sort()).toEqual(expected);
	});

	/** The handoffs of the conversation, the first one first. */
	const chainOf = ({ conversation_id }: Line) =>
		(chains.get(conversation_id) ?? []).toSorted((a, b) => a.handed_off_at - b.handed_off_at);
	const isAgain = (line: Line) => chainOf(line).at(-1) !== line;
	const isReturned = ({ outcome }: Line) => outcome === 'returned_to_ai';
	const lackedOf = (line: Line) => lacked.get(idOf(line)) ?? null;
	const said = (line: Line, words: string) =>
		(texts.get(idOf(line)) ?? []).some((text) => plain(text).includes(words));
	const within = (value: number | null, low: number, high: number) =>
		value !== null && value >= low && value <= high;

	it.each(['asc', 'desc'])(
		'walked %s shows every row once, sorted, absent last, forward and back',
		async (dir) => {
			for (const column of ['csat', 'topic', 'is_late', 'handed_off_at'] as const) {
				const address = `late=yes&csat=..3&rows=25&sort=${column}&dir=${dir}`;
				const rows = await walk(address);
				const ids = rows.map(({ handoff_id }) => handoff_id);
				const chosen = lines.filter((line) => isLate(line) && (rating(line) ?? 9) <= 3);
				expect(ids.toSorted()).toEqual(chosen.map(idOf).sort());
				expect(rows.length).toBeGreaterThan(60);
				expect(ids).toEqual(
					rows.toSorted(inOrder(column, dir)).map((row) => row.handoff_id)
				);
			}
		}
	);

	it('walked over all that some rows lack ends with those, and back gives the same order', async () => {
		const address = 'rows=200&sort=csat&dir=desc&wait_after_s=600..';
		const rows = await walk(address);
		expect(rows.at(-1)?.csat).toBeNull();
		expect(rows[0]?.csat).toBe(5);
		const { asked } = read(address);
		const ids = rows.map(({ handoff_id }) => handoff_id);
		const at = 450;
		const edge = JSON.stringify(['csat', rows[at]?.csat?.toFixed(1) ?? null, ids[at]]);
		const before = Buffer.from(edge).toString('base64url');
		const cursor = readCursor(
			new URLSearchParams({ before }),
			asked.sort,
			listColumns[asked.sort].kind,
			[]
		);
		const page = await readPage(await list(address), cursor);
		expect(page.rows.map(({ handoff_id }) => handoff_id)).toEqual(ids.slice(at - 200, at));
		expect(page.first).toBe(at - 200 + 1);
	});

	it('finds a handoff by any of its ids at once, whatever is asked besides', async () => {
		const line = lines.find(({ csat, handoff_id }) => csat !== null && handoff_id !== null);
		for (const q of [line?.handoff_id, line?.conversation_id]) {
			const parameters = new URLSearchParams({ q: q ?? '', late: 'unknown' });
			const found = await listOf(
				{ from: '2000-01-01', to: '2000-01-02' },
				readAsked(parameters).asked
			);
			const page = await readPage(found, null);
			expect(page.rows.map((row) => row.handoff_id)).toContain(line?.handoff_id);
		}
	});

	it.each(['constructor', 'toString', '__proto__', 'scores'])(
		'leaves out a sort by %s, which is no column, with a sentence',
		(sort) => {
			const { asked, notes } = readAsked(new URLSearchParams({ sort, columns: sort }));
			expect(asked.sort).toBe('handed_off_local');
			expect(asked.columns).toBeNull();
			expect(notes.filter((note) => note.includes(sort))).toHaveLength(2);
		}
	);

	it('is sorted by each of its columns without an error', async () => {
		for (const sort of columnIds) {
			const page = await readPage(await listOf(ever, { ...usual, sort, rows: 25 }), null);
			expect(page.rows.length, sort).toBe(25);
		}
	}, 120_000);

	it('says what of an address it left out, and a file refuses it', async () => {
		const { notes, asked } = read('late=maybe&csat=5..1&hour=24&columns=nothing&rows=7');
		expect(notes).toHaveLength(5);
		expect(asked).toEqual(usual);
		await expect(file('late=maybe')).rejects.toThrow('late=maybe was left out');
	});

	it('goes on where it was when rows are added', async () => {
		const row = (id: number) => ({
			handoff_id: `h${id}`,
			conversation_id: `c${id}`,
			handed_off_at: `2026-11-10T10:${String(10 + (id % 50))}:00Z`
		});
		const ids = Array.from({ length: 60 }, (_, id) => id);
		// The sample gives way to the first log of one's own.
		await store.importRows('own', ids.map(row));
		const address = 'rows=25&sort=handed_off_at&dir=desc';
		const { asked } = read(address);
		const first = await readPage(await list(address), null);
		const after = readCursor(
			new URLSearchParams({ after: first.after ?? '' }),
			asked.sort,
			listColumns[asked.sort].kind,
			[]
		);
		const second = await readPage(await list(address), after);
		await store.importRows('new', [
			{ handoff_id: 'new one', conversation_id: 'new', handed_off_at: '2026-12-01T10:00:00Z' }
		]);
		const again = await readPage(await list(address), after);
		// The log goes on, so that all are watched longer.
		const idsOf = (page: typeof again) => page.rows.map(({ handoff_id }) => handoff_id);
		expect(idsOf(again)).toEqual(idsOf(second));
		expect(again.first).toBe((second.first ?? 0) + 1);
	});

	it('writes no cell that a spreadsheet would run, and every text as it is in NDJSON', async () => {
		const row = {
			handoff_id: 'bad',
			conversation_id: 'bad',
			handed_off_at: '2026-11-10T10:00:00Z',
			question: '=HYPERLINK("http://x","y")'
		};
		await store.importRows('bad', [row]);
		expect(await file('q=bad&columns=question')).toBe(
			'\ufeffquestion\r\n"\'=HYPERLINK(""http://x"",""y"")"\r\n'
		);
		expect(await file('q=bad&columns=question&format=ndjson')).toBe(
			`${JSON.stringify({ question: row.question })}\n`
		);
	});
});

/** Values in order, absent last in both directions, ids up where values are the same. */
function inOrder(column: Column, dir: string) {
	return (a: Listed, b: Listed) => {
		const [x, y] = [a[column], b[column]];
		if (x !== y) {
			if (x === null) return 1;
			if (y === null) return -1;
			return x < y === (dir === 'asc') ? -1 : 1;
		}
		return a.handoff_id < b.handoff_id ? -1 : 1;
	};
}
