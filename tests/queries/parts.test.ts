import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { metrics, type MetricId } from '../../src/lib/metrics.ts';
import {
	conversationDimensions,
	dimensions,
	type Dimension,
	type Filter
} from '../../src/lib/server/scope/filter.ts';
import { filterDimensions } from '../../src/lib/scope.ts';
import { measure, type MeasuredRow } from '../../src/lib/server/measure/measure.ts';
import { ever, TestStore } from '../server/store.ts';
import { isNear, ofPopulation } from './agree.ts';

let store: TestStore;
beforeAll(async () => {
	store = await TestStore.open();
	await store.importSample();
});
afterAll(() => store.close());

/** Metrics whose parts add up: shares and means by their n, counts by themselves. */
const addsUp = (id: MetricId) =>
	metrics[id].interval !== 'log-log' && (metrics[id].interval !== null || isCount(id));
const isCount = (id: MetricId) => metrics[id].unit === 'count';
const additive = {
	handoffs: ofPopulation('handoffs').filter(addsUp),
	conversations: ofPopulation('conversations').filter(addsUp)
};
const everyMetric = {
	handoffs: ofPopulation('handoffs'),
	conversations: ofPopulation('conversations')
};
type Population = keyof typeof additive;

/** What a group adds to the whole: a count itself, else value times n. */
function weightOf(row: MeasuredRow, id: MetricId): number {
	const { value, n } = row.values[id];
	return isCount(id) ? (value ?? 0) : (value ?? 0) * n;
}

async function expectSum(
	population: Population,
	parts: MeasuredRow[],
	filter: Filter,
	name: string
) {
	const [whole] = await measure(filter, everyMetric[population]);
	if (!whole) throw new Error('no whole');
	for (const id of everyMetric[population]) {
		const n = parts.reduce((sum, row) => sum + row.values[id].n, 0);
		expect(n, `n of ${id} by ${name}`).toBe(whole.values[id].n);
	}
	for (const id of additive[population]) {
		const sum = parts.reduce((total, row) => total + weightOf(row, id), 0);
		expect(isNear(sum, weightOf(whole, id)), `${id} by ${name}: ${sum}`).toBe(true);
	}
}

const pairs: [Dimension, Dimension][] = [
	['week', 'topic'],
	['topic', 'trigger'],
	['route', 'outcome'],
	['queue', 'team'],
	['subtopic', 'ai_version'],
	['day', 'channel']
];

describe('totals', () => {
	it.each(dimensions)('of handoffs equal the sum of their parts by %s', async (dimension) => {
		const parts = await measure(ever, everyMetric.handoffs, [dimension]);
		expect(parts.length).toBeGreaterThan(1);
		await expectSum('handoffs', parts, ever, dimension);
	});

	it.each(conversationDimensions)(
		'of conversations equal the sum of their parts by %s',
		async (dimension) => {
			const parts = await measure(ever, everyMetric.conversations, [dimension]);
			expect(parts.length).toBeGreaterThan(1);
			await expectSum('conversations', parts, ever, dimension);
		}
	);

	it.each(pairs)('of handoffs equal the sum of their parts by %s and %s', async (one, other) => {
		const parts = await measure(ever, everyMetric.handoffs, [one, other]);
		await expectSum('handoffs', parts, ever, `${one} and ${other}`);
		const swapped = await measure(ever, everyMetric.handoffs, [other, one]);
		const named = (rows: MeasuredRow[]) =>
			new Map(rows.map(({ by, values }) => [`${by[one]} ${by[other]}`, values]));
		expect(named(swapped)).toEqual(named(parts));
	});

	it('of conversations equal the sum of their parts by week and topic', async () => {
		const parts = await measure(ever, everyMetric.conversations, ['week', 'topic']);
		await expectSum('conversations', parts, ever, 'week and topic');
	});
});

/** A metric of each kind: what a filter does to one it does to all. */
const several = [
	'handoffs',
	'failure_share',
	'wait_before_p90',
	'csat_mean',
	'quality_score',
	'repeat_rate'
] as const;

describe('filters', () => {
	it.each(filterDimensions)(
		'by each value of %s give the groups that it splits into, the empty one too',
		async (dimension) => {
			const groups = await measure(ever, several, [dimension]);
			const counts: number[] = [];
			for (const { by, values } of groups) {
				const filter = { ...ever, [dimension]: [by[dimension] ?? ''] };
				const [part] = await measure(filter, several);
				expect(part?.values).toEqual(values);
				counts.push(part?.values.handoffs.n ?? NaN);
			}
			const sum = counts.reduce((total, count) => total + count, 0);
			expect(sum).toBe((await measure(ever, ['handoffs']))[0]?.values.handoffs.n);
		}
	);

	it('by every value at once give the whole, by none of them nothing', async () => {
		const topics = (await measure(ever, ['handoffs'], ['topic'])).map(({ by }) => by.topic);
		const all = await measure({ ...ever, topic: topics.map((topic) => topic ?? '') }, [
			...everyMetric.handoffs,
			...everyMetric.conversations
		]);
		expect(all).toEqual(
			await measure(ever, [...everyMetric.handoffs, ...everyMetric.conversations])
		);
		const [none] = await measure({ ...ever, topic: ['of nobody'] }, everyMetric.handoffs);
		for (const id of everyMetric.handoffs)
			expect(none?.values[id], id).toEqual({
				value: isCount(id) ? 0 : null,
				n: 0,
				low: null,
				high: null,
				coverage: null
			});
	});

	it('of several dimensions are applied together', async () => {
		const groups = await measure(ever, ['handoffs'], ['topic', 'channel']);
		const [first] = groups;
		const both = {
			...ever,
			topic: [first?.by.topic ?? ''],
			channel: [first?.by.channel ?? '']
		};
		expect((await measure(both, ['handoffs']))[0]?.values).toEqual(first?.values);
	});

	it('an empty list of values chooses everything', async () => {
		expect(await measure({ ...ever, topic: [] }, ['handoffs'])).toEqual(
			await measure(ever, ['handoffs'])
		);
	});

	it('periods that meet share no handoff and lose none', async () => {
		const halves = [
			{ from: ever.from, to: '2026-10-07' },
			{ from: '2026-10-07', to: ever.to }
		];
		const parts: MeasuredRow[] = [];
		for (const half of halves) parts.push(...(await measure(half, everyMetric.handoffs)));
		await expectSum('handoffs', parts, ever, 'halves');
	});
});
