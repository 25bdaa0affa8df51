import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../../src/lib/dates.ts';
import { metrics } from '../../../src/lib/metrics.ts';
import type { Period, SplittableMetric } from '../../../src/lib/moved.ts';
import { split, type Split } from '../../../src/lib/server/week/moved.ts';
import type { Dimension } from '../../../src/lib/server/scope/filter.ts';
import { readConversations, readHandoffs } from '../../second/records.ts';
import { secondMeasure, type Question } from '../../second/second.ts';
import { TestStore } from '../store.ts';

const timezone = 'Europe/Berlin';
const weekFrom = (from: string, weeks = 1): Period => ({
	from,
	to: addDays(from, 7 * weeks),
	weeks
});
const last = weekFrom('2026-11-09');
const weekBefore = weekFrom('2026-11-02');
const usual = weekFrom('2026-08-24', 8);

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
const shuffled = <Item>(items: Item[]) =>
	items.filter((_, at) => at % 3 !== 1).concat(items.filter((_, at) => at % 3 === 1));

/** Rows, columns and totals add up to the change without a last digit lost, in any order. */
function expectExact({ rows, totals, change, effects }: Split) {
	for (const ordered of [rows, rows.toReversed(), shuffled(rows)]) {
		for (const effect of effects.keys())
			expect(sum(ordered.map(({ parts }) => parts[effect] ?? NaN))).toBe(totals[effect]);
		expect(sum(ordered.map(({ parts }) => sum(parts)))).toBe(change);
		expect(sum(ordered.flatMap(({ parts }) => parts.toReversed()))).toBe(change);
	}
	expect(sum(totals)).toBe(change);
	expect(sum(totals.toReversed())).toBe(change);
}

describe('the split of a change', () => {
	let store: TestStore;
	let handoffs: ReturnType<typeof readHandoffs>;
	let conversations: ReturnType<typeof readConversations>;
	beforeAll(async () => {
		store = await TestStore.open();
		const files = await store.importSample();
		handoffs = readHandoffs(files.handoffs);
		conversations = readConversations(files.conversations);
	});
	afterAll(() => store.close());

	type Chosen = NonNullable<Question['where']>;
	type Side = { n: number; value: number | null };

	/** n and value of every group of a period, from the lines of the files. */
	function groupsOf(
		metric: SplittableMetric | 'handoff_rate',
		{ from, to }: Pick<Period, 'from' | 'to'>,
		by: Dimension,
		where: Chosen
	): Map<string | null, Side> {
		const question = { from, to, where };
		const found = secondMeasure(handoffs, conversations, question, metric, [by], { timezone });
		return new Map(
			[...found].map(([key, { n, value }]) => {
				const [name] = JSON.parse(key) as [string | null];
				return [name, { n, value }];
			})
		);
	}

	/** A usual week of a mean: every week weighs alike, whatever it has. Rows, share of all, value. */
	function usualWeek(
		metric: SplittableMetric,
		{ from, weeks }: Period,
		by: Dimension,
		where: Chosen
	): Map<string | null, Side & { weight: number }> {
		const each = Array.from({ length: weeks }, (_, at) =>
			groupsOf(metric, weekFrom(addDays(from, 7 * at)), by, where)
		);
		const keys = new Set(each.flatMap((week) => [...week.keys()]));
		return new Map(
			[...keys].map((key) => {
				const parts = each.map((week) => {
					const { n = 0, value = null } = week.get(key) ?? {};
					const all = sum([...week.values()].map((row) => row.n));
					return { n, share: n / all, value: value ?? 0 };
				});
				const weight = sum(parts.map(({ share }) => share)) / weeks;
				const value = sum(parts.map((part) => part.share * part.value)) / weeks / weight;
				const n = sum(parts.map((part) => part.n));
				return [key, { n, weight, value: n > 0 ? value : null }];
			})
		);
	}

	/** The same of a share: all rows of all weeks alike. */
	function pooled(
		metric: SplittableMetric,
		period: Period,
		by: Dimension,
		where: Chosen
	): Map<string | null, Side & { weight: number }> {
		const groups = groupsOf(metric, period, by, where);
		const all = sum([...groups.values()].map(({ n }) => n));
		return new Map([...groups].map(([key, side]) => [key, { ...side, weight: side.n / all }]));
	}

	async function found(
		metric: SplittableMetric,
		periods: [Period, Period],
		where: Chosen = {},
		by: Dimension = 'topic'
	): Promise<Split> {
		const one = await split(metric, where, periods, by);
		if (!one) throw new Error(`nothing to split of ${metric}`);
		return one;
	}

	/** Kitagawa's parts as the paper has them, centred on the mean of both overall rates. */
	function byHand(
		metric: SplittableMetric,
		[first, second]: [Period, Period],
		where: Chosen = {},
		by: Dimension = 'topic'
	) {
		const sideOf = metrics[metric].unit === 'share' ? pooled : usualWeek;
		const [before, after] = [
			sideOf(metric, first, by, where),
			sideOf(metric, second, by, where)
		];
		const all = (side: typeof before) => ({
			rate: sum([...side.values()].map((row) => row.weight * (row.value ?? 0)))
		});
		const [whole0, whole1] = [all(before), all(after)];
		const middle = (whole0.rate + whole1.rate) / 2;
		const keys = [...new Set([...before.keys(), ...after.keys()])];
		const parts = new Map(
			keys.flatMap((key) => {
				const [a, b] = [before.get(key), after.get(key)];
				const [r0, r1] = [a?.value ?? b?.value, b?.value ?? a?.value];
				const [w0, w1] = [a?.weight ?? 0, b?.weight ?? 0];
				if (typeof r0 !== 'number' || typeof r1 !== 'number') return [];
				const mix = (w1 - w0) * ((r0 + r1) / 2 - middle);
				return [[key, [mix, (r1 - r0) * ((w0 + w1) / 2)]] as const];
			})
		);
		return { before: whole0.rate, after: whole1.rate, parts, sides: [before, after] as const };
	}

	it.each([
		['a share', 'misrouted_rate', [weekBefore, last], {}, 'topic'],
		[
			'a share under a filter',
			'failure_share',
			[weekBefore, last],
			{ channel: ['chat'] },
			'topic'
		],
		['a mean', 'quality_score', [weekBefore, last], {}, 'topic'],
		['a mean of seconds', 'handle_mean', [usual, last], {}, 'topic'],
		['several weeks against one', 'csat_mean', [usual, last], {}, 'topic'],
		[
			'another dimension',
			'reask_rate',
			[usual, last],
			{ topic: ['Returns', 'Payment'] },
			'trigger'
		]
	] as const)(
		'of %s into mix and rate is that of plain arithmetic over the lines: %s',
		async (_, metric, periods, chosen, by) => {
			const where = Object.fromEntries(
				Object.entries(chosen).map(([name, values]) => [name, [...(values as string[])]])
			) as Chosen;
			const [first, second] = periods;
			const given = await found(metric, [first, second], where, by);
			const expected = byHand(metric, [first, second], where, by);
			expect(given.effects).toEqual(['mix', 'rate']);
			expect(given.before).toBeCloseTo(expected.before, 9);
			expect(given.after).toBeCloseTo(expected.after, 9);
			expect(given.change).toBeCloseTo(expected.after - expected.before, 9);
			expect(new Set(given.rows.map(({ key }) => key))).toEqual(
				new Set(expected.parts.keys())
			);
			expect(given.rows.length).toBeGreaterThan(2);
			for (const { key, parts, before, after } of given.rows) {
				const [mix = NaN, rate = NaN] = expected.parts.get(key) ?? [];
				expect(parts[0], `mix of ${key}`).toBeCloseTo(mix, 9);
				expect(parts[1], `rate of ${key}`).toBeCloseTo(rate, 9);
				for (const [at, side] of [before, after].entries()) {
					const own = expected.sides[at]?.get(key);
					expect(side.n).toBeCloseTo((own?.n ?? 0) / (periods[at]?.weeks ?? NaN), 9);
					if (own?.value === undefined || own.value === null)
						expect(side.value).toBeNull();
					else expect(side.value).toBeCloseTo(own.value, 9);
				}
			}
			expectExact(given);
		}
	);

	it('lists the most moved first, and handoffs without a topic as a group of their own', async () => {
		const given = await found('misrouted_rate', [usual, last]);
		const moved = given.rows.map(({ parts }) => Math.abs(sum(parts)));
		expect(moved).toEqual(moved.toSorted((a, b) => b - a));
		expect(given.rows.filter(({ key }) => key === null)).toHaveLength(1);
	});

	it('gives the rate part of a share an interval that holds it, and that of a mean none', async () => {
		const share = await found('failure_share', [usual, last]);
		for (const { parts, interval, before, after } of share.rows)
			if (before.n > 0 && after.n > 0) {
				expect(interval?.low).toBeLessThanOrEqual(parts[1] ?? NaN);
				expect(interval?.high).toBeGreaterThanOrEqual(parts[1] ?? NaN);
			} else expect(interval).toBeNull();
		const mean = await found('quality_score', [usual, last]);
		expect(mean.rows.map(({ interval }) => interval)).toEqual(mean.rows.map(() => null));
	});

	it.each([
		['a week against the week before', [weekBefore, last]],
		['a week against a week of eight', [usual, last]]
	] as const)(
		'of handoffs into volume, share and rate is Das Gupta’s: %s',
		async (_, [first, second]) => {
			const given = await found('handoffs', [first, second]);
			const [h0, h1] = [first, second].map((one) => groupsOf('handoffs', one, 'topic', {}));
			const [c0, c1] = [first, second].map((one) =>
				groupsOf('handoff_rate', one, 'topic', {})
			);
			const weekly = (
				side: Map<string | null, Side> | undefined,
				key: string | null,
				{ weeks }: Period
			) => (side?.get(key)?.n ?? 0) / weeks;
			const keys = [...new Set([...(h0?.keys() ?? []), ...(h1?.keys() ?? [])])];
			const [n0, n1] = [
				sum(keys.map((key) => weekly(c0, key, first))),
				sum(keys.map((key) => weekly(c1, key, second)))
			];
			expect(given.effects).toEqual(['volume', 'share', 'rate']);
			for (const key of keys) {
				const [x0, x1] = [weekly(h0, key, first), weekly(h1, key, second)];
				const [m0, m1] = [weekly(c0, key, first), weekly(c1, key, second)];
				const a = [n0, n1] as const;
				const b = [m0 / n0, m1 / n1] as const;
				const c = [x0 / m0, x1 / m1] as const;
				// Every order in which three factors may change from before to after, each as likely.
				const orders = [
					[0, 1, 2],
					[0, 2, 1],
					[1, 0, 2],
					[1, 2, 0],
					[2, 0, 1],
					[2, 1, 0]
				];
				const parts = [0, 0, 0];
				for (const order of orders) {
					const state = [0, 0, 0];
					const product = () =>
						(a[state[0] ?? 0] ?? 0) * (b[state[1] ?? 0] ?? 0) * (c[state[2] ?? 0] ?? 0);
					for (const factor of order) {
						const then = product();
						state[factor] = 1;
						parts[factor] = (parts[factor] ?? 0) + (product() - then) / 6;
					}
				}
				const row = given.rows.find((one) => one.key === key);
				expect(row?.before.n).toBeCloseTo(x0, 9);
				expect(row?.after.n).toBeCloseTo(x1, 9);
				for (const [at, part] of parts.entries())
					expect(row?.parts[at], `${key} ${at}`).toBeCloseTo(part, 9);
			}
			expect(given.rows).toHaveLength(keys.length);
			expect(given.after).toBe(sum([...(h1?.values() ?? [])].map(({ n }) => n)));
			expectExact(given);
		}
	);

	it.each([
		['a filter that conversations do not carry', { trigger: ['low_confidence'] }, 'topic'],
		['a dimension that they do not carry', { topic: ['Returns'] }, 'trigger']
	] as const)('of handoffs is by counts alone under %s', async (_, chosen, by) => {
		const where = Object.fromEntries(
			Object.entries(chosen).map(([name, values]) => [name, [...values]])
		) as Chosen;
		const given = await found('handoffs', [usual, last], where, by);
		const [before, after] = [usual, last].map((one) => groupsOf('handoffs', one, by, where));
		expect(given.effects).toEqual(['count']);
		for (const { key, parts } of given.rows)
			expect(parts[0]).toBeCloseTo(
				(after?.get(key)?.n ?? 0) - (before?.get(key)?.n ?? 0) / usual.weeks,
				9
			);
		expect(given.rows.length).toBeGreaterThan(3);
		expectExact(given);
	});

	it('is none where a period has no handoffs that carry the metric', async () => {
		const empty = weekFrom('2020-01-06');
		for (const metric of ['handoffs', 'quality_score', 'misrouted_rate'] as const) {
			expect(await split(metric, {}, [empty, empty])).toBeNull();
			expect(await split(metric, { topic: ['Nobody'] }, [weekBefore, last])).toBeNull();
		}
		expect(await split('quality_score', {}, [empty, last])).toBeNull();
		expect(await split('quality_score', {}, [last, empty])).toBeNull();
	});
});
