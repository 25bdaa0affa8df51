import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { metricIds } from '../../src/lib/metrics.ts';
import { conversationOf, handoffOf } from '../second/records.ts';
import { ever, TestStore } from '../server/store.ts';
import { expectAgreement, type Case, type RawLog } from './agree.ts';
import { edgeConversations, edgeHandoffs } from './edgeLog.ts';

const cases: Case[] = [
	{ by: [], filter: ever },
	{ by: ['topic'], filter: ever },
	{ by: ['channel'], filter: ever },
	{ by: ['week', 'topic'], filter: ever },
	{ by: ['outcome', 'trigger'], filter: ever },
	{ by: ['day'], filter: { ...ever, topic: [''] } },
	{ by: ['route'], filter: { from: '2026-06-08', to: '2026-06-15', channel: ['', 'fax'] } }
];

let store: TestStore;
let log: RawLog;

beforeAll(async () => {
	store = await TestStore.open();
	await store.importRows('handoffs', edgeHandoffs);
	await store.importRows('conversations', edgeConversations);
	log = {
		handoffs: edgeHandoffs.map((line) => handoffOf(line)).filter((row) => row !== null),
		conversations: edgeConversations
			.map((line) => conversationOf(line))
			.filter((row) => row !== null),
		timezone: 'UTC'
	};
});
afterAll(() => store.close());

describe('over a log whose values lie on the limits', () => {
	it('every line of it is good', () => {
		expect(log.handoffs).toHaveLength(edgeHandoffs.length);
		expect(log.conversations).toHaveLength(edgeConversations.length);
	});

	it.each(metricIds)('%s equals its second computation', async (metric) => {
		expect(await expectAgreement(metric, cases, log)).toBeGreaterThan(4);
	});
});
