import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MetricId } from '../../../src/lib/metrics.ts';
import { addDays, isDate, mondayOf } from '../../../src/lib/dates.ts';
import { readLog } from '../../../src/lib/server/store/log.ts';
import { measure } from '../../../src/lib/server/measure/measure.ts';
import { readWeek, readWeekChoice } from '../../../src/lib/server/week/week.ts';
import { weekMetrics, type Week } from '../../../src/lib/week.ts';
import { TestStore } from '../store.ts';

const choose = (address: string) => readWeekChoice(new URLSearchParams(address));

/** The week page of an address. */
async function pageAt(address = ''): Promise<Week> {
	const page = await readWeek(choose(address), await readLog());
	if (!page) throw new Error('no page');
	return page;
}

const sum = (rows: { n: number }[]) => rows.reduce((total, { n }) => total + n, 0);

async function countOf(from: string, to: string, rest: object = {}): Promise<number> {
	const [row] = await measure({ from, to, ...rest }, ['handoffs']);
	return row?.values.handoffs.n ?? NaN;
}

describe('the address of the week page', () => {
	it.each([
		['', null],
		['week=2026-11-09', '2026-11-09'],
		['week=2026-11-12', '2026-11-09'],
		['week=2026-11-15', '2026-11-09'],
		['week=2024-12-31', '2024-12-30'],
		['week=2026-02-30', null],
		['week=', null],
		['week=last', null],
		['week=2026-W46', '2026-11-09'],
		['week=9999-12-30', null],
		['week=0001-01-01', null]
	])('%s chooses the week %s', (address, week) => {
		expect(choose(address).week).toBe(week);
	});

	it('takes several values of a dimension, each once, and the empty one', () => {
		expect(choose('topic=A&topic=B&topic=A&channel=&team=T&colour=red')).toEqual({
			week: null,
			span: null,
			moved: null,
			dates: null,
			notes: [],
			against: null,
			chosen: { topic: ['A', 'B'], channel: [''], team: ['T'] }
		});
	});

	it('takes a length of period that pages offer, and no other', () => {
		const spanOf = (text: string) => choose(`weeks=${text}`).span;
		expect(['1', '4', '13', '26', '52'].map(spanOf)).toEqual([1, 4, 13, 26, 52]);
		expect(['', '0', '2', '-4', '4.5', 'all', '1e9'].map(spanOf)).toEqual(
			Array<null>(7).fill(null)
		);
	});

	it('dates are those of the calendar, weeks begin on Monday', () => {
		expect(['2024-02-29', '2026-02-29', '2026-13-01', '2026-1-1'].map(isDate)).toEqual([
			true,
			false,
			false,
			false
		]);
		expect(mondayOf('2027-01-03')).toBe('2026-12-28');
		expect(addDays('2026-12-28', 7)).toBe('2027-01-04');
	});
});

describe('an empty store', () => {
	let store: TestStore;
	beforeAll(async () => {
		store = await TestStore.open();
	});
	afterAll(() => store.close());

	it('has no week, whatever the address asks for', async () => {
		for (const address of ['', 'week=2026-11-09', 'topic=A&route=failure'])
			expect(await readWeek(choose(address), await readLog())).toBeNull();
	});

	it('has a log that says so', async () => {
		expect(await readLog()).toMatchObject({
			sample: false,
			handoffs: 0,
			conversations: 0,
			first: null,
			last: null
		});
	});

	it('with conversations alone it still has no week', async () => {
		await store.importRows('c', [{ conversation_id: 'c', started_at: '2026-11-09T12:00:00Z' }]);
		expect(await readWeek(choose(''), await readLog())).toBeNull();
	});
});

describe('a log with a single handoff', () => {
	let store: TestStore;
	beforeAll(async () => {
		store = await TestStore.open();
		await store.importRows('one', [
			{ conversation_id: 'one', handed_off_at: '2026-11-11T12:00:00Z' }
		]);
	});
	afterAll(() => store.close());

	it('shows the week of that handoff, as not complete', async () => {
		const page = await pageAt();
		expect(page).toMatchObject({
			week: '2026-11-09',
			complete: false,
			weeks: [{ week: '2026-11-09', n: 1 }],
			routes: [{ week: '2026-11-09', route: null, n: 1 }],
			facets: {
				topic: [{ value: '', n: 1, chosen: false }],
				route: [{ value: '', n: 1, chosen: false }],
				channel: [{ value: '', n: 1, chosen: false }]
			}
		});
		expect(page.recent.clusters).toEqual([]);
		expect(page.series).toHaveLength(1);
		const { handoffs, ...others } = page.series[0]?.values ?? {};
		expect(handoffs?.value).toBe(1);
		for (const [id, { value }] of Object.entries(others))
			expect(value === null || value === 0, id).toBe(true);
		expect(page.health.trigger_missing).toBe(1);
	});

	it('shows any other week as empty', async () => {
		for (const week of ['2020-01-06', '2026-11-02', '2030-01-07']) {
			const page = await pageAt(`week=${week}`);
			expect(page.week).toBe(week);
			expect(page.series.filter((row) => row.week === week)).toEqual([]);
			expect(page.csat.map(({ csat_mean }) => csat_mean.value)).toEqual([null]);
			expect(page.weeks).toEqual([{ week: '2026-11-09', n: 1 }]);
		}
	});
});

describe('a log with weeks without handoffs', () => {
	let store: TestStore;
	beforeAll(async () => {
		store = await TestStore.open();
		await store.importRows(
			'gaps',
			['2026-10-05', '2026-10-06', '2026-10-26', '2026-11-08', '2026-11-10'].map(
				(day, at) => ({
					conversation_id: `c${at}`,
					handed_off_at: `${day}T12:00:00Z`,
					topic: at % 2 === 0 ? 'Even' : 'Odd'
				})
			)
		);
	});
	afterAll(() => store.close());

	it('leaves them out of the weeks and of the series', async () => {
		const page = await pageAt();
		expect(page.weeks).toEqual([
			{ week: '2026-10-05', n: 2 },
			{ week: '2026-10-26', n: 1 },
			{ week: '2026-11-02', n: 1 },
			{ week: '2026-11-09', n: 1 }
		]);
		expect(page.week).toBe('2026-11-02');
		expect(page.complete).toBe(true);
		expect(page.series.map(({ week }) => week)).toEqual([
			'2026-10-05',
			'2026-10-26',
			'2026-11-02'
		]);
	});

	it('under a filter offers the weeks that are left', async () => {
		const page = await pageAt('topic=Even');
		expect(page.weeks.map(({ week }) => week)).toEqual([
			'2026-10-05',
			'2026-10-26',
			'2026-11-09'
		]);
		expect(page.week).toBe('2026-11-02');
		expect(page.facets.topic).toContainEqual({ value: 'Even', n: 0, chosen: true });
	});

	it('under a filter that leaves nothing shows the same week', async () => {
		const page = await pageAt('topic=Nobody');
		expect(page.weeks).toEqual([]);
		expect(page.series).toEqual([]);
		expect(page.week).toBe('2026-11-02');
		expect(page.facets.topic.find(({ chosen }) => chosen)).toEqual({
			value: 'Nobody',
			n: 0,
			chosen: true
		});
	});
});

describe('the week of the sample', () => {
	let store: TestStore;
	let page: Week;
	beforeAll(async () => {
		store = await TestStore.open();
		await store.importSample();
		page = await pageAt();
	});
	afterAll(() => store.close());

	it('is the last full one', () => {
		expect(page.week).toBe('2026-11-09');
		expect(page.complete).toBe(true);
		expect(page.weeks).toHaveLength(12);
		expect(page.series.map(({ week }) => week)).toEqual(page.weeks.map(({ week }) => week));
	});

	it('has the figures that the API gives', async () => {
		const lines = { from: addDays(page.week, 7 - 26 * 7), to: addDays(page.week, 7) };
		const measured = await measure(lines, weekMetrics, ['week']);
		expect(page.series).toEqual(measured.map(({ by, values }) => ({ week: by.week, values })));
		const routes = await measure(lines, ['handoffs'], ['week', 'route']);
		expect(page.routes).toEqual(
			routes.map(({ by, values }) => ({
				week: by.week,
				route: by.route,
				n: values.handoffs.n
			}))
		);
		const csat: MetricId[] = ['csat_top2', 'csat_mean'];
		const [week] = await measure({ from: page.week, to: lines.to }, csat);
		expect(page.csat.find(({ path }) => path === 'handed_off')).toEqual({
			topic: null,
			path: 'handed_off',
			...week?.values
		});
	});

	it('adds up: weeks, routes, facets and clusters to the handoffs', async () => {
		const { from, to } = { from: page.week, to: addDays(page.week, 7) };
		const all = await countOf(from, to);
		expect(page.weeks.find(({ week }) => week === page.week)?.n).toBe(all);
		expect(sum(page.routes.filter(({ week }) => week === page.week))).toBe(all);
		for (const facet of Object.values(page.facets)) expect(sum(facet)).toBe(all);
		const failures = await countOf(page.recent.from, page.recent.to, { route: ['failure'] });
		expect(page.recent).toMatchObject({ from: addDays(to, -28), to });
		expect(sum(page.recent.clusters)).toBe(failures);
		expect(failures).toBeGreaterThan(100);
	});

	it('shows the three paths of satisfaction apart', () => {
		expect(new Set(page.csat.map(({ path }) => path))).toEqual(
			new Set(['handed_off', 'ai_only', 'human_only'])
		);
		const withoutTopic = page.csat.filter(({ topic }) => topic === null);
		expect(withoutTopic).toHaveLength(3);
	});

	it('counts each facet under the filters of the others only', async () => {
		const from = page.week;
		const to = addDays(from, 7);
		const filtered = await pageAt('topic=Refunds&channel=chat&channel=');
		expect(sum(filtered.facets.topic)).toBe(await countOf(from, to, { channel: ['chat', ''] }));
		expect(sum(filtered.facets.channel)).toBe(await countOf(from, to, { topic: ['Refunds'] }));
		expect(sum(filtered.facets.route)).toBe(
			await countOf(from, to, { topic: ['Refunds'], channel: ['chat', ''] })
		);
		expect(
			filtered.facets.topic.filter(({ chosen }) => chosen).map(({ value }) => value)
		).toEqual(['Refunds']);
		for (const facet of Object.values(filtered.facets)) {
			const counts = facet.map(({ n }) => n);
			expect(counts).toEqual(counts.toSorted((a, b) => b - a));
		}
	});

	it('under a route leaves empty what conversations cannot be filtered by', async () => {
		const topics = await pageAt('route=topic');
		expect(topics.recent.clusters).toEqual([]);
		const last = topics.series.at(-1)?.values;
		expect(last?.conversations.value).toBeNull();
		expect(last?.handoff_rate.value).toBeNull();
		expect(last?.failure_share.value).toBe(0);
		expect(last?.handoffs.value).toBe(
			await countOf(page.week, addDays(page.week, 7), { route: ['topic'] })
		);
		const failures = await pageAt('route=failure&route=');
		expect(failures.recent.clusters).toEqual(page.recent.clusters);
	});

	it('is another one when the address asks for it, from any of its days', async () => {
		const earlier = await pageAt('week=2026-10-15');
		expect(earlier.week).toBe('2026-10-12');
		expect(earlier.series.at(-1)?.week).toBe('2026-10-12');
		expect(earlier.series).toEqual(page.series.filter(({ week }) => week <= '2026-10-12'));
		expect(earlier.weeks).toEqual(page.weeks);
	});

	it('with a week that is no date is the last full one', async () => {
		const same = await pageAt('week=2026-02-30');
		expect(same.week).toBe(page.week);
	});

	it('says how far the log can be trusted', async () => {
		expect(page.health.quarantined).toBeGreaterThan(0);
		for (const { record, field, share } of page.health.fields) {
			expect(share, `${record}.${field}`).toBeGreaterThan(0);
			expect(share, `${record}.${field}`).toBeLessThanOrEqual(1);
		}
		const triggers = await measure(
			{ from: '2000-01-01', to: '2100-01-01' },
			['handoffs'],
			['trigger']
		);
		const missing = triggers.find(({ by }) => by.trigger === null);
		expect(page.health.trigger_missing).toBe(missing?.values.handoffs.n);
		expect(page.repeats).toEqual({ days: 7, known_to: '2026-11-08' });
	});
});
