import { afterEach, describe, expect, it } from 'vitest';
import {
	distanceWords,
	type OtherContact,
	type OtherContacts
} from '../../../src/lib/handoffContacts.ts';
import { readHandoff } from '../../../src/lib/server/handoff/handoff.ts';
import { readContacts } from '../../../src/lib/server/handoff/handoffContacts.ts';
import { start } from '../../second/facts.ts';
import { endOf } from '../../second/next.ts';
import {
	readConversations,
	readHandoffs,
	type Conversation,
	type Handoff
} from '../../second/records.ts';
import { smallSample, TestStore } from '../store.ts';

let store: TestStore;
afterEach(() => store.close());

const idOf = ({ handoff_id, conversation_id, handed_off_at }: Handoff) =>
	handoff_id ??
	`${conversation_id}@${new Date(handed_off_at).toISOString().replace('Z', '000Z')}`;

async function contactsOf(id: string) {
	const handoff = await readHandoff(id);
	if (!handoff) throw new Error(`the store has no ${id}`);
	return readContacts(handoff);
}

type Second = {
	id: string;
	path: string | null;
	at: number;
	gap: number;
	sameTopic: boolean | null;
};

/** The same lists from the lines of the files, contact by contact. */
class Lines {
	readonly #byCustomer: Map<string, { handoffs: Handoff[]; conversations: Conversation[] }>;
	readonly #records: Map<string, Conversation>;
	readonly #handedOff: Set<string>;

	constructor(handoffs: Handoff[], conversations: Conversation[]) {
		this.#records = new Map(conversations.map((row) => [row.conversation_id, row]));
		this.#handedOff = new Set(handoffs.map(({ conversation_id }) => conversation_id));
		this.#byCustomer = new Map();
		const of = (id: string) => {
			const own = this.#byCustomer.get(id) ?? { handoffs: [], conversations: [] };
			this.#byCustomer.set(id, own);
			return own;
		};
		for (const row of handoffs) if (row.customer_id) of(row.customer_id).handoffs.push(row);
		for (const row of conversations)
			if (row.customer_id) of(row.customer_id).conversations.push(row);
	}

	#began = (row: Handoff) =>
		this.#records.get(row.conversation_id)?.started_at ?? start(row) ?? row.handed_off_at;
	#ended = (row: Handoff) => endOf(row, this.#records.get(row.conversation_id));

	around(here: Handoff): { before: Second[]; after: Second[] } {
		const own = this.#byCustomer.get(here.customer_id ?? '');
		const all: (Second & { isAfter: boolean })[] = [];
		const [began, ended] = [this.#began(here), this.#ended(here)];
		const add = (contact: {
			id: string;
			path: string | null;
			topic: string | null;
			at: number;
			end: number;
			from: number;
		}) => {
			const { id, path, topic, at, end, from } = contact;
			const isAfter = at > from || (at === from && id > idOf(here));
			all.push({
				id,
				path,
				at,
				isAfter,
				gap: (isAfter ? at - ended : began - end) / 1000,
				sameTopic: topic === null || here.topic === null ? null : topic === here.topic
			});
		};
		for (const row of own?.handoffs ?? []) {
			if (idOf(row) === idOf(here)) continue;
			const inside = row.conversation_id === here.conversation_id;
			const record = this.#records.get(row.conversation_id);
			const topic = inside || !record ? row.topic : record.topic;
			const at = inside ? row.handed_off_at : this.#began(row);
			const from = inside ? here.handed_off_at : began;
			add({ id: idOf(row), path: 'handed_off', topic, at, end: this.#ended(row), from });
		}
		for (const row of own?.conversations ?? []) {
			if (this.#handedOff.has(row.conversation_id)) continue;
			const path = row.handled_by === null ? null : `${row.handled_by}_only`;
			add({
				id: row.conversation_id,
				path,
				topic: row.topic,
				at: row.started_at,
				end: row.ended_at ?? row.started_at,
				from: began
			});
		}
		all.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
		return {
			before: all.filter(({ isAfter }) => !isAfter),
			after: all.filter(({ isAfter }) => isAfter)
		};
	}
}

const shown = (contacts: OtherContact[]) =>
	contacts.map((one) => ({
		id: one.handoff_id ?? one.conversation_id,
		path: one.path,
		gap: Math.round(one.gap_s),
		sameTopic: one.is_same_topic
	}));
const expected = (contacts: Second[]) =>
	contacts.map(({ id, path, gap, sameTopic }) => ({ id, path, gap: Math.round(gap), sameTopic }));

describe('the other contacts of a customer', () => {
	it('are those of the lines of the sample, in order, with path, distance and topic', async () => {
		store = await TestStore.open();
		const files = await store.importSample({ ...smallSample, weeks: 6, conversations: 4000 });
		const handoffs = readHandoffs(files.handoffs);
		const lines = new Lines(handoffs, readConversations(files.conversations));
		const some = handoffs.filter((_, at) => at % 8 === 0);
		let compared = 0;
		for (const row of some) {
			const found = await contactsOf(idOf(row));
			const { before, after } = lines.around(row);
			expect(shown(found.before.contacts), idOf(row)).toEqual(expected(before.slice(-10)));
			expect(shown(found.after.contacts), idOf(row)).toEqual(expected(after.slice(0, 10)));
			expect([found.before.more, found.after.more]).toEqual(
				[before, after].map(({ length }) => Math.max(0, length - 10))
			);
			compared += before.length + after.length;
		}
		expect(compared).toBeGreaterThan(100);
	}, 60_000);

	it('are the nearest ten on each side, and the others are counted', async () => {
		store = await TestStore.open();
		const rows = Array.from({ length: 31 }, (_, at) => ({
			handoff_id: `h${at}`,
			conversation_id: `c${at}`,
			customer_id: 'same',
			handed_off_at: `2026-10-${String(at + 1).padStart(2, '0')}T12:00:00Z`
		}));
		await store.importRows('log', rows);
		const { before, after } = await contactsOf('h18');
		expect(before.contacts.map(({ handoff_id }) => handoff_id)).toEqual(
			rows.slice(8, 18).map(({ handoff_id }) => handoff_id)
		);
		expect([before.more, after.contacts.length, after.more]).toEqual([8, 10, 2]);
	});

	it('of a handoff without a customer are none, also where others lack one too', async () => {
		store = await TestStore.open();
		await store.importRows(
			'log',
			['a', 'b'].map((id) => ({
				handoff_id: id,
				conversation_id: id,
				handed_off_at: '2026-10-01T12:00:00Z'
			}))
		);
		const { before, after } = await contactsOf('a');
		expect([before.contacts, after.contacts]).toEqual([[], []]);
	});
});

describe('the distance of a contact', () => {
	const limits: Pick<OtherContacts, 'graceS' | 'windowDays'> = { graceS: 1800, windowDays: 7 };
	const contact = (gap_s: number, some: Partial<OtherContact> = {}): OtherContact => ({
		path: 'ai_only',
		handoff_id: null,
		conversation_id: 'c',
		topic: null,
		channel: null,
		outcome: null,
		csat: null,
		at_local: '2026-11-09T12:00',
		is_after: true,
		is_same_conversation: false,
		is_same_topic: true,
		gap_s,
		...some
	});

	it.each([
		[contact(1800), '30 min after', 'the same matter: within 30 min'],
		[contact(1801), '30 min 1 s after', 'within 7 days'],
		[contact(7 * 86_400), '7 d after', 'within 7 days'],
		[contact(7 * 86_400 + 3600, { is_after: false }), '7 d 1 h before', 'beyond 7 days'],
		[contact(-60), 'at the same time', 'no return'],
		[contact(60, { is_same_conversation: true }), 'same conversation', 'later in it']
	])('%# is said with what it counts as', (given, distance, counts) => {
		expect(distanceWords(given, limits)).toEqual({ distance, counts });
	});
});
