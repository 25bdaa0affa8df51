import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import {
	cameBack,
	containedByOthers,
	countedConversations,
	ofPath,
	surveyedConversations,
	withAi
} from '../../../src/lib/conversationNarrowings.ts';
import { usualConversations, type ConversationNarrowing } from '../../../src/lib/conversations.ts';
import { containmentIds } from '../../../src/lib/definitions.ts';
import { metricIds, metrics } from '../../../src/lib/metrics.ts';
import {
	conversationsOf,
	readConversationPage
} from '../../../src/lib/server/conversations/conversations.ts';
import { pathRow } from '../../../src/lib/server/csat/csatPaths.ts';
import { containmentRow } from '../../../src/lib/server/definitions/otherDefinitions.ts';
import { metricParameters, metricRow } from '../../../src/lib/server/measure/measure.ts';
import type { Filter } from '../../../src/lib/server/scope/filter.ts';
import { query } from '../../../src/lib/server/store/query.ts';
import { ever, TestStore } from '../store.ts';

const filters: [string, Filter][] = [
	['everything', ever],
	['a week', { from: '2026-11-02', to: '2026-11-09' }],
	['a choice', { ...ever, topic: ['Refunds', 'Returns'], channel: ['chat'], customer_tier: [''] }]
];
const ids = metricIds.filter((id) => countedConversations[id] !== undefined);

describe('the list behind a metric over conversations', () => {
	let store: TestStore;
	beforeAll(async () => {
		store = await TestStore.open();
		await store.importSample();
	});
	afterAll(() => store.close());

	const totalOf = async (filter: Filter, narrowing: ConversationNarrowing = {}) => {
		const list = await conversationsOf(filter, { ...usualConversations, ...narrowing });
		return (await readConversationPage(list, null)).total;
	};
	const rowsOf = async <Row>(name: string, row: z.ZodType<Row>, filter: Filter) =>
		query(name, row, await metricParameters(filter, []));

	describe.each(ids)('%s', (id) => {
		it.each(filters)('holds what the formula counts: %s', async (_, filter) => {
			const [row] = await rowsOf(`metrics/${id}`, metricRow, filter);
			const counted =
				row && 'hits' in row
					? row.hits
					: row && 'repeats' in row
						? sum(row.repeats)
						: row?.n;
			expect(counted).toBeGreaterThan(0);
			expect(await totalOf(filter, countedConversations[id])).toBe(counted);
		});
	});

	it('is there for every metric over conversations and for no other', () => {
		expect(ids).toEqual(metricIds.filter((id) => metrics[id].population === 'conversations'));
	});

	it.each(filters)('holds those that could be handed over: %s', async (_, filter) => {
		for (const id of ['containment_rate', 'handoff_rate']) {
			const [row] = await rowsOf(`metrics/${id}`, metricRow, filter);
			expect(await totalOf(filter, withAi)).toBe(row?.n);
		}
	});

	it.each(filters)('of other definitions holds what they count: %s', async (_, filter) => {
		const rows = await rowsOf('definitions/containment', containmentRow, filter);
		expect(rows.map(({ definition }) => definition).sort()).toEqual([...containmentIds].sort());
		for (const { definition, hits, repeats } of rows) {
			const narrowing = containedByOthers[definition];
			expect(await totalOf(filter, narrowing), definition).toBe(hits);
			expect(await totalOf(filter, cameBack(narrowing)), definition).toBe(sum(repeats));
		}
	});

	it.each(filters)(
		'of CSAT by path holds who answered and was satisfied: %s',
		async (_, filter) => {
			const rows = await rowsOf('csat/by_path', pathRow, filter);
			for (const { path, possible, n, hits } of rows) {
				const of = (asked: keyof typeof surveyedConversations) =>
					totalOf(filter, ofPath(path, surveyedConversations[asked]));
				expect(
					[await of('all'), await of('answered'), await of('satisfied')],
					path
				).toEqual([possible, n, hits]);
				expect([await of('lowestFirst'), await of('silent')]).toEqual([n, possible - n]);
			}
			expect(rows.length).toBe(filter.topic ? 1 : 2);
		}
	);
});

const sum = (counts: number[] | null) => (counts ?? []).reduce((total, n) => total + n, 0);
