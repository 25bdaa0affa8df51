import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
	countedByOthers,
	resolvedByOthers
} from '../../../src/lib/components/definitions/definitionLinks.ts';
import { repeatIds, resolutionIds, type FamilyId } from '../../../src/lib/definitions.ts';
import { usual } from '../../../src/lib/handoffs.ts';
import { metricIds, metrics } from '../../../src/lib/metrics.ts';
import { countedHandoffs } from '../../../src/lib/narrowings.ts';
import type { Filter } from '../../../src/lib/server/scope/filter.ts';
import { listOf, readPage } from '../../../src/lib/server/handoffs/handoffs.ts';
import { measure, metricParameters, metricRow } from '../../../src/lib/server/measure/measure.ts';
import { repeatRow, resolutionRow } from '../../../src/lib/server/definitions/otherDefinitions.ts';
import { query } from '../../../src/lib/server/store/query.ts';
import { saveReview } from '../../../src/lib/server/reviews/reviews.ts';
import { readWorst } from '../../../src/lib/server/week/worst.ts';
import { ever, TestStore } from '../store.ts';

const filters: [string, Filter][] = [
	['everything', ever],
	['a week', { from: '2026-11-02', to: '2026-11-09' }],
	['a choice', { ...ever, topic: ['Refunds', 'Returns'], channel: ['chat'], customer_tier: [''] }]
];

describe('the list behind a metric', () => {
	let store: TestStore;
	beforeAll(async () => {
		store = await TestStore.open();
		await store.importSample();
		// Verdicts of Seam that go against and before those of the log.
		const worst = await readWorst(ever, 20);
		for (const [index, { handoff_id }] of worst.entries())
			await saveReview({ handoff_id, necessary: [true, false, null][index % 3] ?? null });
	});
	afterAll(() => store.close());

	const totalOf = async (filter: Filter, id: (typeof metricIds)[number]) => {
		const narrowing = countedHandoffs[id];
		if (!narrowing) throw new Error(id);
		return (await readPage(await listOf(filter, { ...usual, ...narrowing }), null)).total;
	};

	describe.each(metricIds.filter((id) => countedHandoffs[id] !== undefined))('%s', (id) => {
		it.each(filters)('holds the handoffs that the formula counts: %s', async (_, filter) => {
			const [row] = await query(
				`metrics/${id}`,
				metricRow,
				await metricParameters(filter, [])
			);
			const counted = !row
				? 0
				: 'hits' in row
					? row.hits
					: 'repeats' in row
						? sum(row.repeats)
						: row.n;
			expect(await totalOf(filter, id)).toBe(counted);
		});
	});

	it('of a share is as long as its value times its n', async () => {
		const shares = metricIds.filter(
			(id) => metrics[id].interval === 'wilson' && countedHandoffs[id]
		);
		const [row] = await measure(ever, shares);
		for (const id of shares) {
			const { value, n } = row?.values[id] ?? { value: null, n: 0 };
			expect(n, id).toBeGreaterThan(0);
			expect(await totalOf(ever, id), id).toBe(Math.round((value ?? NaN) * n));
		}
	});

	it.each(filters)('of other definitions is as long as they count: %s', async (_, filter) => {
		const rows = await query(
			'definitions/resolution',
			resolutionRow,
			await metricParameters(filter, [])
		);
		const returns = await query(
			'definitions/repeats',
			repeatRow,
			await metricParameters(filter, [])
		);
		const counted = [
			...rows.map(({ definition, hits }) => ({
				family: 'resolution' as const,
				definition,
				hits
			})),
			...returns.map(({ topic_is, channel_is, window_days, hits }) => ({
				family: 'repeats' as const,
				definition: `${topic_is}_${channel_is}_${window_days}`,
				hits
			}))
		] satisfies { family: FamilyId; definition: string; hits: number }[];
		for (const { family, definition, hits } of counted) {
			const narrowing = countedByOthers(family, definition);
			expect(narrowing, definition).toBeDefined();
			const { total } = await readPage(
				await listOf(filter, { ...usual, ...narrowing }),
				null
			);
			expect(total, definition).toBe(hits);
		}
		expect(new Set(counted.map(({ definition }) => definition)).size).toBe(
			filter === ever ? resolutionIds.length + repeatIds.length : counted.length
		);
		expect(Object.keys(resolvedByOthers)).toEqual([...resolutionIds]);
		expect(countedByOthers('containment', 'confirmed')).toBeUndefined();
	});

	it('is there for every metric over handoffs and for no other', () => {
		for (const id of metricIds)
			expect(countedHandoffs[id] !== undefined, id).toBe(
				metrics[id].population === 'handoffs'
			);
	});
});

const sum = (counts: number[] | null) => (counts ?? []).reduce((total, n) => total + n, 0);
