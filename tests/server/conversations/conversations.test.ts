import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
	conversationColumnIds,
	conversationColumns,
	type ListedConversation
} from '../../../src/lib/conversations.ts';
import { readConversationsAsked } from '../../../src/lib/server/conversations/asked.ts';
import { conversationFile } from '../../../src/lib/server/conversations/conversationFile.ts';
import {
	conversationsOf,
	readConversationPage,
	readConversations as readPageOf
} from '../../../src/lib/server/conversations/conversations.ts';
import { readCursor } from '../../../src/lib/server/http/cursor.ts';
import { readChoice } from '../../../src/lib/server/scope/scope.ts';
import { readLog } from '../../../src/lib/server/store/log.ts';
import { parseLines } from '../../second/csv.ts';
import { NextContacts } from '../../second/next.ts';
import {
	readConversations,
	readHandoffs,
	type Conversation,
	type Handoff
} from '../../second/records.ts';
import { ever, TestStore } from '../store.ts';

const day = 86_400_000;

/** What the list says of a conversation, from the lines of the log, one by one. */
type Facts = Conversation & {
	resolution: string | null;
	path: string;
	handoffs: number;
	isFollowed: boolean;
	/** milliseconds; null: none that the log shows */
	back: number | null;
	contact: number | null;
	watched: number;
	next: string | null;
};

describe('the list of conversations', () => {
	let store: TestStore;
	let facts: Facts[];
	beforeAll(async () => {
		store = await TestStore.open();
		const sample = await store.importSample();
		const handoffs = readHandoffs(sample.handoffs);
		const conversations = readConversations(sample.conversations);
		const ends = new Map(
			parseLines(await readFile(sample.conversations, 'utf8')).map((line) => [
				line.conversation_id,
				line.resolution ?? null
			])
		);
		facts = factsOf(handoffs, conversations, ends);
	});
	afterAll(() => store.close());

	const read = (address: string) => readConversationsAsked(new URLSearchParams(address));
	const list = async (address: string) => conversationsOf(ever, read(address).asked);

	async function walk(address: string, way: 'after' | 'before' = 'after') {
		const { asked } = read(address);
		const rows: ListedConversation[] = [];
		let page = await readConversationPage(await list(address), null);
		for (;;) {
			if (way === 'after') rows.push(...page.rows);
			else rows.unshift(...page.rows);
			const text = page[way];
			if (text === null) return rows;
			const { kind } = conversationColumns[asked.sort];
			const cursor = readCursor(new URLSearchParams({ [way]: text }), asked.sort, kind, []);
			page = await readConversationPage(await list(address), cursor);
		}
	}

	async function file(address: string, format: 'csv' | 'ndjson' = 'ndjson') {
		const parameters = new URLSearchParams(`from=1990-01-01&to=2040-01-01&${address}`);
		const asked = readConversationsAsked(parameters);
		const { body, name } = await conversationFile(readChoice(parameters), asked, format);
		expect(name).toBe(`conversations-1990-01-01-to-2040-01-01.${format}`);
		return Buffer.from(await new Response(body).arrayBuffer()).toString();
	}

	async function rowsOf(address: string): Promise<ListedConversation[]> {
		const text = await file(address);
		const lines = text.trimEnd().split('\n').filter(Boolean);
		return lines.map((line) => JSON.parse(line) as ListedConversation);
	}

	it.each<[string, (row: Facts) => boolean]>([
		['path=ai_only', ({ path }) => path === 'ai_only'],
		['path=human_only', ({ path }) => path === 'human_only'],
		['path=handed_off', ({ path }) => path === 'handed_off'],
		['path=ai_only&path=handed_off', ({ path }) => path !== 'human_only' && path !== ''],
		['resolution=abandoned', ({ resolution }) => resolution === 'abandoned'],
		[
			'resolution=confirmed&resolution=&path=ai_only',
			({ resolution, path }) =>
				path === 'ai_only' && (resolution ?? 'confirmed') === 'confirmed'
		],
		['csat=4..5', ({ csat }) => (csat ?? 0) >= 4],
		['csat=none', ({ csat }) => csat === null],
		['csat=..&path=human_only', ({ csat, path }) => csat !== null && path === 'human_only'],
		['identified=no', ({ customer_id }) => customer_id === null],
		['followed=no', ({ isFollowed }) => !isFollowed],
		['repeated=yes', (row) => isBack(row, 7) === true],
		['repeated=no', (row) => isBack(row, 7) === false],
		['repeated=unknown', (row) => isBack(row, 7) === null],
		['back_s=..86400', ({ back }) => back !== null && back <= day],
		['contact_s=..259200', ({ contact }) => contact !== null && contact <= 3 * day],
		['watched_s=604800..', ({ isFollowed, watched }) => isFollowed && watched >= 7 * day],
		['silent=3', (row) => isSilent(row, 3)],
		['silent=1&path=ai_only&topic=Refunds', (row) => isSilent(row, 1) && isRefund(row)],
		['handoffs=2..', ({ handoffs }) => handoffs > 1]
	])('narrowed to %s holds the same conversations as the lines do', async (address, isIn) => {
		const expected = facts.filter(isIn).map(({ conversation_id }) => conversation_id);
		expect(expected.length).toBeGreaterThan(0);
		expect(expected.length).toBeLessThan(facts.length);
		const found = await rowsOf(`${address}&columns=conversation_id`);
		expect(found.map(({ conversation_id }) => conversation_id).sort()).toEqual(expected.sort());
	});

	const isRefund = ({ topic, path }: Facts) => topic === 'Refunds' && path === 'ai_only';

	it('says of every conversation what its line and the lines after it say', async () => {
		const rows = new Map((await rowsOf('')).map((row) => [row.conversation_id, row]));
		expect(rows.size).toBe(facts.length);
		for (const fact of facts) {
			const row = rows.get(fact.conversation_id);
			const { started_at, ended_at, isFollowed, back, contact } = fact;
			expect(row).toMatchObject({
				started_at: new Date(started_at).toISOString().replace('.000Z', 'Z'),
				topic: fact.topic,
				channel: fact.channel,
				path: fact.path === '' ? null : fact.path,
				resolution: fact.resolution,
				csat: fact.csat,
				length_s: ended_at === null ? null : (ended_at - started_at) / 1000,
				handoffs: fact.handoffs,
				is_followed: isFollowed,
				is_repeated: isBack(fact, 7),
				back_s: back === null ? null : back / 1000,
				contact_s: contact === null ? null : contact / 1000,
				watched_s: isFollowed ? fact.watched / 1000 : null,
				next_conversation_id: contact === null ? null : fact.next
			});
		}
	});

	it.each(['asc', 'desc'])('walked %s shows every row once, sorted, absent last', async (dir) => {
		for (const column of [
			'csat',
			'back_s',
			'is_repeated',
			'started_local',
			'handoffs'
		] as const) {
			const address = `path=human_only&rows=200&sort=${column}&dir=${dir}`;
			const rows = await walk(address);
			const chosen = facts.filter(({ path }) => path === 'human_only');
			const ids = rows.map(({ conversation_id }) => conversation_id);
			expect(ids.toSorted()).toEqual(
				chosen.map(({ conversation_id }) => conversation_id).sort()
			);
			const by = column === 'started_local' ? 'started_at' : column;
			const keys = rows.map((row) => row[by]);
			const known = keys.filter((key) => key !== null);
			expect(keys.slice(0, known.length)).toEqual(known);
			const up = dir === 'asc' ? known : known.toReversed();
			expect(up.every((key, at) => at === 0 || (up[at - 1] ?? key) <= key)).toBe(true);
		}
	});

	it('walked back from its end gives the rows of the way there', async () => {
		const address = 'path=human_only&rows=100&sort=csat';
		const there = await walk(address);
		const { asked } = read(address);
		const last = there.at(-1);
		const edge = ['csat', last?.csat?.toFixed(1) ?? null, last?.conversation_id];
		const before = Buffer.from(JSON.stringify(edge)).toString('base64url');
		const cursor = readCursor(new URLSearchParams({ before }), asked.sort, 'csat', []);
		const page = await readConversationPage(await list(address), cursor);
		const ids = (rows: ListedConversation[]) => rows.map((row) => row.conversation_id);
		expect(ids(page.rows)).toEqual(ids(there.slice(-101, -1)));
	});

	it('leads from a returned conversation to the contact on the topic, and to its handoff', async () => {
		const back = await readConversationPage(await list('back_s=..&rows=200'), null);
		const ids = new Map(facts.map((fact) => [fact.conversation_id, fact]));
		expect(back.rows.length).toBe(200);
		for (const row of back.rows) {
			const own = ids.get(row.conversation_id);
			const again = ids.get(row.back_conversation_id ?? '');
			// A record may leave its topic to its handoffs.
			expect([again?.customer_id, again?.topic ?? own?.topic]).toEqual([
				own?.customer_id,
				own?.topic
			]);
			const ended = own?.ended_at ?? own?.started_at ?? 0;
			expect((again?.started_at ?? 0) - ended).toBe((row.back_s ?? 0) * 1000);
			expect(row.is_next_recorded).toBe(ids.has(row.next_conversation_id ?? ''));
		}
		const handed = await readConversationPage(await list('path=handed_off&rows=200'), null);
		for (const { handoff_id, handoffs } of handed.rows)
			expect(handoff_id !== null).toBe(handoffs === 1);
	});

	it('finds a conversation by its id, and all of a customer, whatever the period', async () => {
		const [one] = facts;
		const found = await readConversationPage(
			await list(`q=${one?.conversation_id ?? ''}&path=human_only`),
			null
		);
		expect(found.rows.map((row) => row.conversation_id)).toEqual([one?.conversation_id]);
		const customer = (await rowsOf('repeated=yes')).find(({ customer_id }) => customer_id);
		const all = await readConversationPage(
			await list(`q=${customer?.customer_id ?? ''}`),
			null
		);
		const own = facts.find((row) => row.conversation_id === customer?.conversation_id);
		const mine = facts.filter((row) => row.customer_id === own?.customer_id);
		expect(all.total).toBe(mine.length);
		expect(all.total).toBeGreaterThan(1);
		expect((await readConversationPage(await list('q=nobody'), null)).total).toBe(0);
	});

	it('sets filters aside that conversations do not carry, and says so', async () => {
		const page = async (address: string) =>
			readPageOf(readChoice(new URLSearchParams(address)), read(''), await readLog());
		const [whole, filtered] = [
			await page('weeks=4&topic=Refunds'),
			await page('weeks=4&topic=Refunds&route=failure&team=')
		];
		expect(filtered?.total).toBe(whole?.total);
		expect(filtered?.facets.route).toEqual([]);
		expect(filtered?.periodNotes).toEqual([
			'Conversations carry no route, no team: what was chosen of it was set aside.'
		]);
		expect(whole?.periodNotes).toEqual([]);
	});

	it('counts its facets over the conversations of the period', async () => {
		const page = await readPageOf(
			readChoice(new URLSearchParams('from=2026-10-01&to=2026-10-31&channel=chat')),
			read('path=ai_only'),
			await readLog()
		);
		const rows = await rowsOf('columns=started_local,topic,channel,path,resolution');
		const inside = rows.filter(({ started_local }) => started_local.startsWith('2026-10'));
		const chat = inside.filter(({ channel }) => channel === 'chat');
		const of = (n: number, value: string, chosen: boolean) => ({ value, n, chosen });
		const count = (list: typeof rows, is: (row: ListedConversation) => boolean) =>
			list.filter(is).length;
		expect(page?.within).toBe(chat.length);
		expect(page?.paths[0]).toEqual(
			of(
				count(chat, ({ path }) => path === 'ai_only'),
				'ai_only',
				true
			)
		);
		for (const { value, n } of page?.facets.topic ?? [])
			expect(n).toBe(count(chat, ({ topic }) => (topic ?? '') === value));
		for (const { value, n } of page?.facets.channel ?? [])
			expect(n).toBe(count(inside, ({ channel }) => (channel ?? '') === value));
	});

	it('leaves out what it does not understand with a note, and refuses it for a file', async () => {
		const address = 'path=robot&resolution=fine&silent=-1&csat=x&sort=score&repeated=perhaps';
		const { asked, notes } = read(address);
		expect(asked).toEqual(read('').asked);
		expect(notes).toHaveLength(6);
		for (const part of address.split('&'))
			await expect(file(part)).rejects.toThrow(part.split('=')[0]);
		await expect(file('route=failure')).rejects.toThrow('route');
	});

	it('gives CSV the columns in their order, all of them or those named', async () => {
		const [head] = (await file('path=human_only', 'csv')).split('\r\n');
		expect(head).toBe(`\uFEFF${conversationColumnIds.join(',')}`);
		const [few, first] = (await file('path=human_only&columns=csat,path&csat=5', 'csv')).split(
			'\r\n'
		);
		expect([few, first]).toEqual(['\uFEFFpath,csat', 'human_only,5']);
	});
});

describe('a file of conversations', () => {
	it('holds no cell that a spreadsheet would run', async () => {
		const store = await TestStore.open();
		await store.importRows('handoffs', [
			{ handoff_id: 'h', conversation_id: 'c0', handed_off_at: '2026-11-02T10:00:00Z' }
		]);
		await store.importRows('conversations', [
			{
				conversation_id: '=1+1',
				started_at: '2026-11-02T09:00:00Z',
				topic: '@SUM(A1)',
				channel: 'a,"b"'
			}
		]);
		const parameters = new URLSearchParams(
			'from=2026-11-01&columns=conversation_id,topic,channel'
		);
		const asked = readConversationsAsked(parameters);
		const { body } = await conversationFile(readChoice(parameters), asked, 'csv');
		const [, line] = (await new Response(body).text()).split('\r\n');
		expect(line).toBe(`'@SUM(A1),"a,""b""",'=1+1`);
		await store.close();
	});
});

/** Whether a customer came back on the topic within some days; null: not known, or not yet. */
function isBack({ isFollowed, back, watched }: Facts, days: number): boolean | null {
	if (!isFollowed) return null;
	if (back !== null && back <= days * day) return true;
	return watched >= days * day ? false : null;
}

const isSilent = ({ isFollowed, contact, watched }: Facts, days: number) =>
	isFollowed && watched >= days * day && (contact === null || contact > days * day);

function factsOf(
	handoffs: Handoff[],
	conversations: Conversation[],
	ends: Map<string | null | undefined, string | null>
): Facts[] {
	const contacts = new NextContacts(handoffs, conversations);
	const handed = new Map<string, number>();
	for (const { conversation_id } of handoffs)
		handed.set(conversation_id, (handed.get(conversation_id) ?? 0) + 1);
	const end = Math.max(
		...handoffs.map(({ handed_off_at }) => handed_off_at),
		...conversations.map(({ started_at }) => started_at)
	);
	const alone: Record<string, string> = { ai: 'ai_only', human: 'human_only' };
	return conversations.map((row) => {
		const ended = row.ended_at ?? row.started_at;
		const next = contacts.after(row, ended);
		const isFollowed = row.customer_id !== null && row.topic !== null && ended <= end;
		const seen = (at: number | null) => (isFollowed && at !== null ? at - ended : null);
		const count = handed.get(row.conversation_id) ?? 0;
		return {
			...row,
			resolution: ends.get(row.conversation_id) ?? null,
			path: count > 0 ? 'handed_off' : (alone[row.handled_by ?? ''] ?? ''),
			handoffs: count,
			isFollowed,
			back: seen(next.next_same_topic_at),
			contact: seen(next.next_contact_at),
			watched: end - ended,
			next: next.next_contact_conversation_id
		};
	});
}
