import { afterAll, beforeAll, expect, it } from 'vitest';
import { readCameBack } from '../../../src/lib/server/gaps/cameBack.ts';
import { TestStore } from '../store.ts';

const period = { from: '2026-10-05', to: '2026-11-02' };
const days = 7;

/** A conversation that the AI had, of ten minutes. */
const alone = (id: string, customer: string, day: string, topic = 'Refunds') => ({
	conversation_id: id,
	customer_id: customer,
	topic,
	channel: 'chat',
	language: 'en',
	handled_by: 'ai',
	resolution: 'assumed',
	started_at: `2026-${day}T10:00:00Z`,
	ended_at: `2026-${day}T10:10:00Z`
});
const handoff = (id: string, customer: string, day: string, question: string) => ({
	handoff_id: id,
	conversation_id: `c-${id}`,
	customer_id: customer,
	topic: 'Refunds',
	trigger: 'low_confidence',
	handed_off_at: `2026-${day}T12:00:00Z`,
	question
});

let store: TestStore;
beforeAll(async () => {
	store = await TestStore.open({ timezone: 'Europe/Berlin' });
	await store.importRows('conversations', [
		alone('asked', 'ann', '10-06'),
		alone('again-1', 'ben', '10-20'),
		alone('again-2', 'ben', '10-22'),
		alone('elsewhere', 'cem', '10-08'),
		alone('other', 'cem', '10-09', 'Returns'),
		alone('late', 'dan', '10-07'),
		alone('silent', 'eve', '10-07'),
		alone('last', 'fay', '11-20')
	]);
	await store.importRows('handoffs', [
		handoff('h1', 'ann', '10-08', 'Where is it?\nMail me: ann.lee@example.com'),
		handoff('h2', 'dan', '10-20', 'Too late'),
		handoff('h3', 'ann', '10-30', 'A third time')
	]);
});
afterAll(() => store.close());

it('examples are those back on their topic within the window, with a question first, then the newest', async () => {
	const { examples } = (await readCameBack(period, days)) ?? {};
	expect(examples?.map(({ conversation_id }) => conversation_id)).toEqual(['asked', 'again-1']);
	const [asked, again] = examples ?? [];
	expect(asked).toMatchObject({
		topic: 'Refunds',
		resolution: 'assumed',
		// Twelve o'clock in Berlin.
		started_local: '2026-10-06T12:00:00',
		after_s: 2 * 86_400 + 110 * 60,
		path: 'handed_off',
		back_handoff_id: 'h1',
		back_trigger: 'low_confidence',
		back_question: 'Where is it? Mail me: ‹mail›'
	});
	expect(again).toMatchObject({
		path: 'ai_only',
		back_conversation_id: 'again-2',
		back_day: '2026-10-22',
		back_handoff_id: null,
		back_question: null
	});
});

it('as many are seen to come back as there are examples, where all of them are shown', async () => {
	const found = await readCameBack({ ...period, topic: ['Refunds'] }, days);
	expect(found?.all.seen).toBe(found?.examples.length);
	expect((await readCameBack({ ...period, topic: ['Returns'] }, days))?.examples).toEqual([]);
	// Later, and with a longer window, the third one too.
	const longer = await readCameBack(period, 14);
	expect(longer?.examples.map(({ conversation_id }) => conversation_id)).toContain('late');
});

it('nothing is said under a filter that conversations do not carry', async () => {
	expect(await readCameBack({ ...period, queue: ['Tier 1'] }, days)).toBeNull();
});
