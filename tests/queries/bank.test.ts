import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { metricIds, metrics } from '../../src/lib/metrics.ts';
import { runImport } from '../../src/lib/server/store/importRequest.ts';
import { measure } from '../../src/lib/server/measure/measure.ts';
import { bankFile, bankZone, hasBank, readBank } from '../second/bank.ts';
import { ever, TestStore } from '../server/store.ts';
import { expectAgreement, type Case, type RawLog } from './agree.ts';

/** The month in which the clocks of Israel went forward. */
const month = 4;

/** What the bank did not log, so that nothing can be said of it. */
const silent = metricIds.filter(
	(id) =>
		metrics[id].population === 'conversations' ||
		metrics[id].fields.some((field) =>
			['csat', 'route or trigger', 'context', 'announced', 'reasked'].includes(field)
		) ||
		[
			'time_to_resolution_p50',
			'resolution_rate',
			'resolution_efficiency',
			'routing_accuracy',
			'cold_rate',
			'fought_rate',
			'misrouted_rate',
			'avoidable_share'
		].includes(id)
);

const cases: Case[] = [
	{ by: [], filter: ever },
	{ by: ['week'], filter: ever },
	{ by: ['day'], filter: ever },
	{ by: ['topic'], filter: ever },
	{ by: ['route'], filter: ever },
	{ by: ['channel'], filter: ever },
	{ by: ['week', 'topic'], filter: ever },
	{ by: ['customer_tier', 'outcome'], filter: ever },
	{
		by: ['topic'],
		filter: { from: '1999-04-01', to: '1999-04-05', customer_tier: ['priority'] }
	},
	{ by: ['week'], filter: { ...ever, topic: ['NE', ''], trigger: [''] } },
	{ by: [], filter: { ...ever, trigger: ['low_confidence'] } }
];

describe.skipIf(!hasBank)('over a month of the bank (needs ../shared/data)', () => {
	let store: TestStore;
	let log: RawLog;

	beforeAll(async () => {
		store = await TestStore.open();
		await runImport({ paths: [fileURLToPath(bankFile(month))] });
		log = { handoffs: readBank(month), conversations: [], timezone: bankZone };
	});

	afterAll(() => store.close());

	it('every call but those with a negative time in the voice unit is a handoff', async () => {
		const [all] = await measure(ever, ['handoffs']);
		expect(all?.values.handoffs.n).toBe(log.handoffs.length);
		expect(log.handoffs.length).toBeGreaterThan(31_000);
	});

	it.each(metricIds)('%s equals its second computation', async (metric) => {
		const valued = await expectAgreement(metric, cases, log);
		const isCount = metrics[metric].unit === 'count';
		if (silent.includes(metric) && !isCount) expect(valued).toBe(0);
		else expect(valued).toBeGreaterThan(0);
	});
});
