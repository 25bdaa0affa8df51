import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '../../../src/lib/scope.ts';
import { readChanges } from '../../../src/lib/server/measure/changes.ts';
import { readCharted } from '../../../src/lib/server/measure/charted.ts';
import { readLog } from '../../../src/lib/server/store/log.ts';
import { measure } from '../../../src/lib/server/measure/measure.ts';
import { readChoice, readScope, type Chosen } from '../../../src/lib/server/scope/scope.ts';
import { localDay } from '../../second/clock.ts';
import { gotReply, rating, waitAfter } from '../../second/facts.ts';
import { readHandoffs, type Handoff } from '../../second/records.ts';
import { smallSample, TestStore } from '../store.ts';

const z = 1.959963984540054;

/** Wilson's interval, written once more. */
function wilson(hits: number, n: number): [number, number] {
	const middle = (hits + (z * z) / 2) / (n + z * z);
	const half = (z / (n + z * z)) * Math.sqrt((hits * (n - hits)) / n + (z * z) / 4);
	return [middle - half, middle + half];
}

/** Interval of a difference of shares by Newcombe's tenth method, written once more. */
function newcombe([a, n]: [number, number], [b, m]: [number, number]): [number, number] {
	const [lowA, highA] = wilson(a, n);
	const [lowB, highB] = wilson(b, m);
	const d = a / n - b / m;
	return [
		d - Math.sqrt((a / n - lowA) ** 2 + (highB - b / m) ** 2),
		d + Math.sqrt((highA - a / n) ** 2 + (b / m - lowB) ** 2)
	];
}

const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
const variance = (values: number[]) => {
	const middle = mean(values);
	return values.reduce((sum, one) => sum + (one - middle) ** 2, 0) / (values.length - 1);
};

/** A quantile that lies between two values where it must: position p·(n − 1) of the sorted ones. */
function quantile(values: number[], p: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	const at = p * (sorted.length - 1);
	const [low = NaN, high = NaN] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
	return low + (high - low) * (at - Math.floor(at));
}

const chosenOf = (address: string): Chosen => readChoice(new URLSearchParams(address)).chosen;

async function scopeAt(address: string): Promise<Scope> {
	const scope = await readScope(readChoice(new URLSearchParams(address)), await readLog(), 26);
	if (!scope) throw new Error('no scope');
	return scope;
}

const timezone = 'Europe/Berlin';
const ids = [
	'handoffs',
	'csat_top2',
	'csat_mean',
	'handle_mean',
	'wait_after_p50',
	'repeat_rate'
] as const;

describe('numbers against the period before', () => {
	let store: TestStore;
	let rows: Handoff[];
	beforeAll(async () => {
		store = await TestStore.open();
		const { handoffs } = await store.importSample(smallSample);
		rows = readHandoffs(handoffs);
	});
	afterAll(() => store.close());

	/** Raw rows of a period, counted from its dates. */
	const within = ({ from, to }: { from: string; to: string }, topic?: string) =>
		rows.filter((row) => {
			const day = localDay(row.handed_off_at, timezone);
			return day >= from && day < to && (topic === undefined || row.topic === topic);
		});

	it.each([
		['weeks=4', undefined],
		['from=2026-10-07&to=2026-10-29', undefined],
		['from=2026-10-19&to=2026-11-12&topic=Delivery', 'Delivery'],
		['from=2026-10-05&to=2026-11-15&topic=Delivery', 'Delivery']
	])('of %s are those of the raw rows, with their intervals', async (address, topic) => {
		const scope = await scopeAt(address);
		expect(scope.compared.lacks).toBeNull();
		const numbers = await readChanges(scope, chosenOf(address), ids);
		const [now, before] = [within(scope, topic), within(scope.compared, topic)];
		expect(now.length).toBeGreaterThan(20);

		const counts = numbers.handoffs.change;
		expect(counts?.before.n).toBe(before.length);
		if (scope.complete && !scope.compared.isPart)
			expect(counts?.difference).toBe(now.length - before.length);

		const answers = [now, before].map((some) =>
			some.flatMap((row) => {
				const answer = rating(row);
				return answer === null ? [] : [answer];
			})
		) as [number[], number[]];
		const tallies = answers.map((some) => [
			some.filter((answer) => answer >= 4).length,
			some.length
		]) as [[number, number], [number, number]];
		const [low, high] = newcombe(...tallies);
		const share = numbers.csat_top2.change;
		expect(share?.difference).toBeCloseTo(
			tallies[0][0] / tallies[0][1] - tallies[1][0] / tallies[1][1],
			10
		);
		expect(share?.low).toBeCloseTo(low, 10);
		expect(share?.high).toBeCloseTo(high, 10);

		// Welch: centre and standard error from the values; the quantile of t lies above that of z, by little.
		const handled = [now, before].map((some) =>
			some.flatMap(({ handle_s }) => (handle_s === null ? [] : [handle_s]))
		) as [number[], number[]];
		for (const [change, values] of [
			[numbers.csat_mean.change, answers],
			[numbers.handle_mean.change, handled]
		] as const) {
			const se = Math.sqrt(
				variance(values[0]) / values[0].length + variance(values[1]) / values[1].length
			);
			const least = Math.min(values[0].length, values[1].length) - 1;
			expect(change?.difference).toBeCloseTo(mean(values[0]) - mean(values[1]), 8);
			expect(((change?.low ?? NaN) + (change?.high ?? NaN)) / 2).toBeCloseTo(
				change?.difference ?? NaN,
				8
			);
			const t = ((change?.high ?? NaN) - (change?.low ?? NaN)) / 2 / se;
			expect(t).toBeGreaterThan(z);
			// Cornish and Fisher: the quantile of t at df is z + (z³ + z) / 4 df and little more.
			expect(t).toBeLessThan(z + (1.2 * (z ** 3 + z)) / (4 * least));
		}

		const waits = [now, before].map((some) =>
			some.flatMap((row) => {
				const wait = gotReply(row) ? waitAfter(row) : null;
				return wait === null ? [] : [wait];
			})
		) as [number[], number[]];
		expect(numbers.wait_after_p50.change).toMatchObject({ low: null, high: null });
		expect(numbers.wait_after_p50.change?.difference).toBeCloseTo(
			quantile(waits[0], 0.5) - quantile(waits[1], 0.5),
			6
		);

		const repeats = numbers.repeat_rate;
		if (repeats.change && repeats.change.difference !== null) {
			const earlier = repeats.change.before;
			expect(repeats.change.difference).toBeCloseTo(
				(repeats.estimate.value ?? NaN) - (earlier.value ?? NaN),
				12
			);
			expect(repeats.change.low).toBeLessThan(repeats.change.difference);
			expect(repeats.change.high).toBeGreaterThan(repeats.change.difference);
		}
	});

	it('are the numbers that the metrics themselves give', async () => {
		const scope = await scopeAt('from=2026-10-07&to=2026-10-29');
		const numbers = await readChanges(scope, {}, ids);
		const [now] = await measure({ from: scope.from, to: scope.to }, ids);
		const [before] = await measure({ from: scope.compared.from, to: scope.compared.to }, ids);
		for (const id of ids) {
			expect(numbers[id].estimate).toEqual(now?.values[id]);
			expect(numbers[id].change?.before).toEqual(before?.values[id]);
		}
	});

	it('carry the verdict of the whole last week, also where the period ends within it', async () => {
		const scope = await scopeAt('from=2026-10-07&to=2026-10-29');
		const numbers = await readChanges(scope, {}, ['csat_top2', 'late_rate']);
		const [charted] = await readCharted({ to: '2026-11-02' }, ['csat_top2', 'late_rate']);
		for (const id of ['csat_top2', 'late_rate'] as const) {
			const week = charted?.charts[id].weeks.at(-1);
			expect(week?.week).toBe('2026-10-26');
			expect(numbers[id].last).toEqual(
				week?.verdict
					? {
							week: '2026-10-26',
							isLast: true,
							estimate: week.estimate,
							verdict: week.verdict
						}
					: null
			);
		}
	});

	it('have no change where the log begins later, and no count where it begins within', async () => {
		const none = await scopeAt('weeks=4&against=year');
		expect(none.compared.lacks).toBe('log');
		const numbers = await readChanges(none, {}, ['csat_top2', 'handoffs']);
		expect([numbers.csat_top2.change, numbers.handoffs.change]).toEqual([null, null]);
		expect(numbers.csat_top2.estimate.n).toBeGreaterThan(0);

		const part = await scopeAt('from=2026-09-14&to=2026-10-25');
		expect(part.compared.isPart).toBe(true);
		const cut = await readChanges(part, {}, ['csat_top2', 'handoffs']);
		expect(cut.handoffs.change).toMatchObject({ difference: null, low: null, high: null });
		expect(cut.csat_top2.change?.difference).not.toBeNull();
	});

	it('of conversations under a filter they do not carry are not known', async () => {
		const address = 'weeks=4&trigger=user_request';
		const numbers = await readChanges(await scopeAt(address), chosenOf(address), [
			'containment_rate'
		]);
		expect(numbers.containment_rate).toMatchObject({
			estimate: { value: null, n: 0 },
			change: null,
			last: null
		});
	});

	it('of too few are not compared', async () => {
		const scope = await scopeAt('from=2026-10-12&to=2026-10-12');
		const address = 'topic=no such topic';
		const numbers = await readChanges(scope, chosenOf(address), ['csat_top2']);
		expect(numbers.csat_top2.change).toMatchObject({
			before: { n: 0, value: null },
			difference: null,
			low: null,
			high: null
		});
	});
});
