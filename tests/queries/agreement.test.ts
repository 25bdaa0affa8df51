import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { metricIds } from '../../src/lib/metrics.ts';
import { readConversations, readHandoffs } from '../second/records.ts';
import { ever, TestStore } from '../server/store.ts';
import { expectAgreement, type Case, type RawLog } from './agree.ts';

let store: TestStore;
let log: RawLog;

beforeAll(async () => {
	store = await TestStore.open();
	const { handoffs, conversations } = await store.importSample();
	log = {
		handoffs: readHandoffs(handoffs),
		conversations: readConversations(conversations),
		timezone: 'Europe/Berlin'
	};
});

afterAll(() => store.close());

const split: Case[] = [
	{ by: [], filter: ever },
	{ by: ['week'], filter: ever },
	{ by: ['day'], filter: { from: '2026-10-19', to: '2026-11-02' } },
	{ by: ['month'], filter: ever },
	{ by: ['topic'], filter: ever },
	{ by: ['route'], filter: ever },
	{ by: ['channel'], filter: ever },
	{ by: ['week', 'topic'], filter: ever },
	{ by: ['channel', 'language'], filter: ever },
	{ by: ['trigger', 'outcome'], filter: ever }
];

const filtered: Case[] = [
	{ by: [], filter: { from: '2026-10-01', to: '2026-10-26' } },
	{ by: ['week'], filter: { ...ever, topic: [''] } },
	{ by: ['channel'], filter: { ...ever, topic: ['', 'Refunds', 'Delivery'] } },
	{ by: ['topic'], filter: { ...ever, channel: ['chat', 'voice'], language: ['de'] } },
	{ by: ['topic'], filter: { ...ever, trigger: ['', 'low_confidence', 'customer_request'] } },
	{ by: ['month'], filter: { ...ever, route: [''], channel: ['chat'] } },
	{ by: [], filter: { ...ever, topic: ['nothing has this topic'] } },
	{ by: [], filter: { from: '1999-01-01', to: '1999-02-01' } }
];

describe('over the sample', () => {
	it('the raw files hold what was imported', () => {
		expect(log.handoffs.length).toBeGreaterThan(1000);
		expect(log.conversations).toHaveLength(8000);
	});

	it.each(metricIds)('%s equals its second computation, split in every way', async (metric) => {
		expect(await expectAgreement(metric, split, log)).toBeGreaterThan(10);
	});

	it.each(metricIds)('%s equals its second computation under filters', async (metric) => {
		expect(await expectAgreement(metric, filtered, log)).toBeGreaterThan(0);
	});
});
