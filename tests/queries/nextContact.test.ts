import { afterEach, describe, expect, it } from 'vitest';
import { withConnection } from '../../src/lib/server/store/engine.ts';
import { endOf, NextContacts, type Next } from '../second/next.ts';
import {
	conversationOf,
	handoffOf,
	readConversations,
	readHandoffs,
	type Conversation,
	type Handoff
} from '../second/records.ts';
import { smallSample, TestStore } from '../server/store.ts';
import { edgeConversations, edgeHandoffs } from './edgeLog.ts';

let store: TestStore;
afterEach(() => store.close());

const times = [
	'next_same_topic_at',
	'next_same_topic_channel_at',
	'next_contact_at',
	'next_channel_at'
] as const;
const names = [
	'next_contact_conversation_id',
	'next_contact_topic',
	'next_contact_channel'
] as const;

/** What the store says follows each row of a table, by the row's key. */
async function stored(table: string, key: string): Promise<Map<string, Next>> {
	const columns = [...times.map((name) => `epoch_us(${name}) / 1000 as ${name}`), ...names];
	const result = await withConnection((connection) =>
		connection.runAndReadAll(`select ${key} as key, ${columns.join(', ')} from ${table}`)
	);
	return new Map(
		result.getRowObjectsJS().map(({ key: id, ...next }) => [String(id), next as Next])
	);
}

const keyOf = ({ handoff_id, conversation_id, handed_off_at }: Handoff) =>
	handoff_id ??
	`${conversation_id}@${new Date(handed_off_at).toISOString().replace('Z', '000Z')}`;

/** Expects both tables of facts to say what the second computation says; gives what they say. */
async function expectSame(handoffs: Handoff[], conversations: Conversation[]): Promise<Next[]> {
	const second = new NextContacts(handoffs, conversations);
	const ofHandoffs = handoffs.map((row): [string, Next] => [
		keyOf(row),
		second.after(row, endOf(row, second.records.get(row.conversation_id)))
	]);
	const ofConversations = conversations.map((row): [string, Next] => [
		row.conversation_id,
		second.after(row, row.ended_at ?? row.started_at)
	]);
	expect(await stored('handoff_facts', 'handoff_id')).toEqual(new Map(ofHandoffs));
	expect(await stored('conversation_facts', 'conversation_id')).toEqual(new Map(ofConversations));
	return [...ofHandoffs, ...ofConversations].map(([, next]) => next);
}

/** That a test saw something: rows in which each of the columns holds a value, and differs. */
function expectBoth(all: Next[]) {
	for (const name of [...times, ...names]) {
		expect(all.filter((next) => next[name] !== null).length, name).toBeGreaterThan(25);
		expect(all.filter((next) => next[name] === null).length, name).toBeGreaterThan(50);
	}
	const other = all.filter((next) => next.next_contact_at !== next.next_same_topic_at);
	expect(other.length).toBeGreaterThan(50);
}

describe('the next contact of a customer equals its second computation', () => {
	it('over twelve weeks of the sample', async () => {
		store = await TestStore.open();
		const files = await store.importSample(smallSample);
		expectBoth(
			await expectSame(readHandoffs(files.handoffs), readConversations(files.conversations))
		);
	});

	it('over a log of handoffs alone, and with records of a part', async () => {
		store = await TestStore.open();
		const handoffs = edgeHandoffs.map((line) => handoffOf(line)).filter((row) => row !== null);
		await store.importRows('handoffs', edgeHandoffs);
		expectBoth(await expectSame(handoffs, []));
		await store.importRows('conversations', edgeConversations);
		const conversations = edgeConversations
			.map((line) => conversationOf(line))
			.filter((row) => row !== null);
		expectBoth(await expectSame(handoffs, conversations));
	});

	it.each(['topic', 'customer_id'])(
		'where records of conversations carry no %s, their handoffs say it',
		async (field) => {
			store = await TestStore.open();
			const lines = edgeConversations.map((line) => ({ ...line, [field]: '' }));
			await store.importRows('handoffs', edgeHandoffs);
			await store.importRows('conversations', lines);
			const found = await expectSame(
				edgeHandoffs.map((line) => handoffOf(line)).filter((row) => row !== null),
				lines.map((line) => conversationOf(line)).filter((row) => row !== null)
			);
			const cameBack = found.filter((next) => next.next_same_topic_at !== null);
			expect(cameBack.length).toBeGreaterThan(100);
		}
	);
});
