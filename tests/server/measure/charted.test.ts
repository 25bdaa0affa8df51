import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../../src/lib/dates.ts';
import type { MetricId } from '../../../src/lib/metrics.ts';
import {
	chartOf,
	readCharted,
	type ChartOptions
} from '../../../src/lib/server/measure/charted.ts';
import type { Charted } from '../../../src/lib/signal.ts';
import { readConversations, readHandoffs } from '../../second/records.ts';
import { groupKey, secondMeasure, type Question } from '../../second/second.ts';
import { TestStore } from '../store.ts';

const timezone = 'Europe/Berlin';
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
const mean = (values: number[]) => sum(values) / values.length;
const meanRange = (values: number[]) =>
	mean(values.slice(1).map((value, at) => Math.abs(value - (values[at] ?? NaN))));

type Weekly = { value: number; n: number }[];

/** Laney's p′ limits of a week of n, from the weeks of a baseline: the textbook's steps. */
function laneyByHand(baseline: Weekly, n: number) {
	const centre =
		sum(baseline.map((week) => week.value * week.n)) / sum(baseline.map((week) => week.n));
	const sigma = (size: number) => Math.sqrt((centre * (1 - centre)) / size);
	const z = baseline.map((week) => (week.value - centre) / sigma(week.n));
	const around = 3 * (meanRange(z) / 1.128) * sigma(n);
	return { centre, low: Math.max(0, centre - around), high: Math.min(1, centre + around) };
}

function xmrByHand(baseline: Weekly) {
	const values = baseline.map(({ value }) => value);
	const around = 2.66 * meanRange(values);
	return { centre: mean(values), low: mean(values) - around, high: mean(values) + around };
}

describe('the charts of a log', () => {
	const weeks = 18;
	const first = '2026-07-13';
	const to = addDays(first, 7 * weeks);
	const mondays = Array.from({ length: weeks }, (_, at) => addDays(first, 7 * at));
	let store: TestStore;
	let handoffs: ReturnType<typeof readHandoffs>;
	let conversations: ReturnType<typeof readConversations>;
	beforeAll(async () => {
		store = await TestStore.open();
		const sample = { weeks, conversations: 12_000, seed: 7, end: '2026-11-15' };
		const files = await store.importSample(sample);
		handoffs = readHandoffs(files.handoffs);
		conversations = readConversations(files.conversations);
	});
	afterAll(() => store.close());

	/** The weeks of a metric, from the lines of the files. */
	function weekly(id: MetricId, where: Question['where'] = {}) {
		const question = { from: first, to, where };
		const found = secondMeasure(handoffs, conversations, question, id, ['week'], { timezone });
		return mondays.map((week) => found.get(groupKey([week])));
	}

	async function charted<Id extends MetricId>(
		id: Id,
		filter: object = {},
		options: ChartOptions = {}
	): Promise<Charted> {
		const [row] = await readCharted({ ...filter, to }, [id], undefined, options);
		if (!row) throw new Error(`no chart of ${id}`);
		return row.charts[id];
	}

	/** Holds limits and verdicts to those by hand from the first twelve weeks of 10 and more. */
	function expectChart(chart: Charted, own: ReturnType<typeof weekly>, isShare: boolean) {
		const known = own.map((week, at) => ({
			week: mondays[at],
			value: week?.value ?? NaN,
			n: week?.n ?? 0
		}));
		const counting = known.filter(({ n }) => n >= 10);
		expect(counting.length).toBeGreaterThan(14);
		const baseline = counting.slice(0, 12);
		expect(chart.weeks.map(({ week }) => week)).toEqual(mondays);
		for (const [at, week] of chart.weeks.entries()) {
			const { value = NaN, n = 0 } = known[at] ?? {};
			const limits = isShare ? laneyByHand(baseline, n) : xmrByHand(baseline);
			expect(week.estimate.n).toBe(n);
			if (n < 10) {
				expect(week).toMatchObject({ centre: null, low: null, high: null, verdict: null });
				continue;
			}
			expect(week.estimate.value).toBeCloseTo(value, 9);
			expect(week.centre).toBeCloseTo(limits.centre, 9);
			// Neither a wait nor a count can lie below 0: a limit there is none that it could cross.
			expect(week.low).toBeCloseTo(Math.max(limits.low, 0), 9);
			expect(week.high).toBeCloseTo(limits.high, 9);
			expect(week.verdict === 'signal').toBe(value < limits.low || value > limits.high);
		}
		expect(chart.baseline).toMatchObject({
			first: baseline[0]?.week,
			last: baseline[11]?.week
		});
		expect(chart.last?.week).toBe(counting.at(-1)?.week);
	}

	it.each(['failure_share', 'misrouted_rate', 'csat_top2', 'handoff_rate'] as const)(
		'of a share have the limits of Laney by hand: %s',
		async (id) => {
			const chart = await charted(id);
			expectChart(chart, weekly(id), true);
			expect(chart.baseline?.n).toBe(
				sum(
					weekly(id)
						.slice(0, 12)
						.map((week) => week?.n ?? 0)
				)
			);
		}
	);

	it.each(['handoffs', 'quality_score', 'wait_after_p50', 'csat_mean', 'handle_mean'] as const)(
		'of a count, a mean or a median have the limits of an XmR chart by hand: %s',
		async (id) => {
			expectChart(await charted(id), weekly(id), false);
		}
	);

	it('hold under a filter what the filter chooses', async () => {
		expectChart(
			await charted('failure_share', { channel: ['chat'] }),
			weekly('failure_share', { channel: ['chat'] }),
			true
		);
	});

	it('of the values of a dimension are made one by one, each as under a filter for it', async () => {
		const rows = await readCharted({ to }, ['handoffs', 'late_rate'], 'topic');
		const topics = new Set(handoffs.map(({ topic }) => topic));
		expect(new Set(rows.map(({ key }) => key))).toEqual(topics);
		expect(topics).toContain(null);
		for (const { key, charts } of rows) {
			const own = await readCharted({ to, topic: [key ?? ''] }, ['handoffs', 'late_rate']);
			expect(own).toHaveLength(1);
			for (const id of ['handoffs', 'late_rate'] as const) {
				const alone = own[0]?.charts[id];
				// Under its own filter a topic begins with its first handoff.
				const begun = alone?.weeks.length ?? 0;
				expect({ ...charts[id], weeks: charts[id].weeks.slice(-begun) }).toEqual(alone);
				expect(
					sum(charts[id].weeks.slice(0, -begun).map(({ estimate }) => estimate.n))
				).toBe(0);
			}
		}
		const delivery = rows.find(({ key }) => key === 'Delivery')?.charts.handoffs;
		if (!delivery) throw new Error('no topic Delivery');
		expectChart(delivery, weekly('handoffs', { topic: ['Delivery'] }), false);
	});

	it('are empty for what conversations cannot be filtered by, and never zero', async () => {
		const [row] = await readCharted({ to, trigger: ['frustration'] }, [
			'handoffs',
			'handoff_rate'
		]);
		const rate = row?.charts.handoff_rate;
		expect(rate?.weeks.map(({ estimate }) => estimate.value)).toEqual(mondays.map(() => null));
		expect(rate).toMatchObject({ baseline: null, last: null });
		expect(row?.charts.handoffs.weeks.some(({ estimate }) => estimate.n > 0)).toBe(true);
	});

	it('leave weeks unjudged whose repeat contacts are not all known yet', async () => {
		const openFrom = '2026-11-02';
		const open = await charted('repeat_rate', {}, { openFrom });
		const verdicts = open.weeks.map(({ week, verdict }) => [
			week >= openFrom,
			verdict === null
		]);
		expect(verdicts).toEqual(mondays.map((week) => [week >= openFrom, week >= openFrom]));
		expect(open.weeks.slice(-2).map(({ centre, low, high }) => [centre, low, high])).toEqual([
			[null, null, null],
			[null, null, null]
		]);
		expect(open.last?.week).toBe('2026-10-26');
		// The same weeks of what is known at once are judged.
		expect((await charted('failure_share', {}, { openFrom })).last?.week).toBe('2026-11-09');
	});

	it('leave counts of weeks unjudged that are not whole, and judge shares of them', async () => {
		const whole = { first: addDays(first, 7), last: '2026-11-02' };
		const counts = await charted('handoffs', {}, { whole });
		expect(counts.weeks.map(({ verdict }) => verdict === null)).toEqual(
			mondays.map((week) => week < whole.first || week > whole.last)
		);
		expect(counts.weeks.at(-1)?.estimate.n).toBeGreaterThan(0);
		expect(counts.baseline?.first).toBe(whole.first);
		expect(counts.last?.week).toBe('2026-11-02');
		const shares = await charted('failure_share', {}, { whole });
		expect(shares.weeks.map(({ verdict }) => verdict === null)).toEqual(
			mondays.map(() => false)
		);
	});

	it('show as many weeks as asked for and are made from all', async () => {
		const all = await charted('failure_share');
		const few = await charted('failure_share', {}, { shown: 5 });
		expect(few.weeks).toEqual(all.weeks.slice(-5));
		expect(few.baseline).toEqual(all.baseline);
	});

	it('of a week stay what they were when later weeks come', async () => {
		const then = (await readCharted({ to: addDays(to, -21) }, ['failure_share']))[0];
		const now = await charted('failure_share');
		expect(then?.charts.failure_share.weeks).toEqual(now.weeks.slice(0, -3));
	});

	it('there are none where nothing is chosen', async () => {
		expect(await readCharted({ to, topic: ['Nobody'] }, ['handoffs'])).toEqual([]);
	});
});

describe('a chart', () => {
	const monday = (at: number) => addDays('2026-01-05', 7 * at);
	const weeklyOf = (values: (number | null)[], n = 100) =>
		values.map((value, at) => ({
			week: monday(at),
			estimate: { value, n: value === null ? 0 : n, low: null, high: null, coverage: 1 }
		}));
	/** Up and down by turns around a level. */
	const around = (level: number, count: number, by: number) =>
		Array.from({ length: count }, (_, at) => level + (at % 2 ? -by : by));

	it.each(['failure_share', 'quality_score', 'handoffs'] as const)(
		'of %s has neither baseline nor limits with fewer than 8 weeks, and has both with 8',
		(id) => {
			const level = id === 'failure_share' ? 0.5 : 60;
			const seven = chartOf(id, weeklyOf(around(level, 7, level / 20)));
			expect(seven).toMatchObject({ baseline: null, last: null });
			expect(seven.weeks.map(({ verdict }) => verdict)).toEqual(Array(7).fill(null));
			const eight = chartOf(id, weeklyOf(around(level, 8, level / 20)));
			expect(eight.baseline).toMatchObject({ first: monday(0), last: monday(7) });
			expect(eight.baseline?.centre).toBeCloseTo(level, 9);
			expect(eight.weeks.map(({ verdict }) => verdict)).toEqual(Array(8).fill('steady'));
		}
	);

	it('skips weeks without a value and with n under 10', () => {
		const weeks = weeklyOf([...around(60, 4, 2), null, ...around(60, 4, 2)]);
		const thin = weeks.map((week, at) =>
			at === 2 ? { ...week, estimate: { ...week.estimate, value: 0, n: 9 } } : week
		);
		expect(chartOf('quality_score', weeks).weeks[4]?.verdict).toBeNull();
		expect(chartOf('quality_score', weeks).weeks[5]?.verdict).toBe('steady');
		expect(chartOf('quality_score', thin)).toMatchObject({ baseline: null, last: null });
	});

	it('calls a week beyond its limits a signal, and says how far off and how unlikely it is', () => {
		// Mean range 4, so σ is 4 / 1.128 and 75 lies 4.2 σ above 60.
		const chart = chartOf('quality_score', weeklyOf([...around(60, 12, 2), 75]));
		expect(chart.last).toMatchObject({ week: monday(12), verdict: 'signal', size: 12 });
		expect(chart.last?.distance).toBeCloseTo(15 / (4 / 1.128), 2);
		expect(chart.last?.chance).toBeLessThan(0.01);
		const steady = chartOf('quality_score', weeklyOf([...around(60, 12, 2), 63])).last;
		expect(steady?.verdict).toBe('steady');
		expect(steady?.chance).toBeGreaterThan(0.3);
	});

	it('eight weeks on one side are a shift to check, and twelve set the baseline anew', () => {
		const shifted = (count: number) =>
			chartOf('quality_score', weeklyOf([...around(60, 12, 2), ...around(64, count, 1)]));
		expect(shifted(7).last?.verdict).toBe('steady');
		expect(shifted(8).last?.verdict).toBe('shift');
		expect(shifted(12).baseline).toMatchObject({ first: monday(0), last: monday(11) });
		const anew = shifted(13);
		expect(anew.baseline).toMatchObject({ first: monday(12), last: monday(23) });
		expect(anew.baseline?.centre).toBeCloseTo(64, 9);
		expect(anew.last?.verdict).toBe('steady');
		const [before, after] = [anew.weeks.at(-2), anew.weeks.at(-1)];
		expect(before?.centre).toBeCloseTo(60, 9);
		expect(after?.centre).toBeCloseTo(64, 9);
	});

	it('of weeks that are all alike has a centre but nothing that could be a signal', () => {
		const chart = chartOf('quality_score', weeklyOf([...Array<number>(12).fill(60), 90]));
		expect(chart.baseline?.centre).toBe(60);
		expect(chart.last).toBeNull();
		expect(chart.weeks.at(-1)).toMatchObject({ low: null, high: null, verdict: 'steady' });
	});
});
