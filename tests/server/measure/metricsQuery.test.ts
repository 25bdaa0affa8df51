import { csvParse } from 'd3-dsv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../../ingest/errors.ts';
import { metricIds } from '../../../src/lib/metrics.ts';
import { dimensions } from '../../../src/lib/server/scope/filter.ts';
import { filterDimensions } from '../../../src/lib/scope.ts';
import { measure } from '../../../src/lib/server/measure/measure.ts';
import { answerMetrics, readMetricsQuery } from '../../../src/lib/server/measure/metricsQuery.ts';
import { GET } from '../../../src/routes/api/metrics/+server.ts';
import { ever, TestStore } from '../store.ts';

const odd = 'Refunds, "late"\nand = odd';
const berlin = { timezone: 'Europe/Berlin' };

let store: TestStore;
beforeAll(async () => {
	store = await TestStore.open({ timezone: 'Europe/Berlin' });
	await store.importSample();
	const at = [
		// The clocks go forward on 29 March and back on 25 October 2026.
		'2026-03-28T22:59:59Z',
		'2026-03-28T23:00:00Z',
		'2026-03-29T21:59:59Z',
		'2026-03-29T22:00:00Z',
		'2026-10-24T21:59:59Z',
		'2026-10-24T22:00:00Z',
		'2026-10-25T22:59:59Z',
		'2026-10-25T23:00:00Z'
	];
	await store.importRows(
		'clocks',
		at.map((handed_off_at, i) => ({
			conversation_id: `clock ${i}`,
			handed_off_at,
			team: 'Clock'
		})),
		{ ...berlin, keepSample: true }
	);
	await store.importRows(
		'odd',
		[
			{
				conversation_id: 'odd',
				handed_off_at: '2026-10-01T12:00:00Z',
				topic: odd,
				team: 'Odd'
			}
		],
		{ ...berlin, keepSample: true }
	);
});
afterAll(() => store.close());

type Answer = { status: number; type: string | null; text: string };
type Row = Record<string, unknown>;

/** Asks the endpoint itself. */
async function ask(query: string): Promise<Answer> {
	const url = new URL(`http://127.0.0.1/api/metrics?${query}`);
	const response = await GET({ url } as Parameters<typeof GET>[0]);
	return {
		status: response.status,
		type: response.headers.get('content-type'),
		text: await response.text()
	};
}

async function rows(query: string): Promise<Row[]> {
	const { status, text } = await ask(query);
	expect(status, text).toBe(200);
	return JSON.parse(text) as Row[];
}

async function refused(query: string): Promise<string> {
	const { status, text } = await ask(query);
	expect(status, text).toBe(400);
	const { error } = JSON.parse(text) as { error: string };
	expect(error).toMatch(/\.$/);
	return error;
}

const n = (found: Row[], id = 'handoffs') =>
	found.reduce((sum, row) => sum + (row[id] as { n: number }).n, 0);

const period = 'from=2026-09-01&to=2026-11-01';

describe('GET /api/metrics', () => {
	it('gives a row for each group: its keys, then an estimate of each metric', async () => {
		const found = await rows(`metrics=csat_top2,repeat_rate&by=week,topic&${period}`);
		expect(found.length).toBeGreaterThan(50);
		for (const row of found) {
			expect(Object.keys(row)).toEqual(['week', 'topic', 'csat_top2', 'repeat_rate']);
			expect(Object.keys(row['csat_top2'] as object).sort()).toEqual(
				['coverage', 'high', 'low', 'n', 'value'].sort()
			);
		}
		const filter = { from: '2026-09-01', to: '2026-11-01' };
		const measured = await measure(filter, ['csat_top2', 'repeat_rate'], ['week', 'topic']);
		expect(found).toEqual(measured.map(({ by, values }) => ({ ...by, ...values })));
	});

	it('without dimensions gives one row, also of an empty period', async () => {
		expect(await rows(`metrics=handoffs&from=2001-01-01&to=2001-02-01`)).toEqual([
			{ handoffs: { value: 0, n: 0, low: null, high: null, coverage: null } }
		]);
	});

	it('rows are ordered by their keys, the empty bucket last', async () => {
		const found = await rows(`metrics=handoffs&by=topic&from=2026-01-01&to=2027-01-01`);
		const topics = found.map(({ topic }) => topic as string | null);
		expect(topics.at(-1)).toBeNull();
		const named = topics.filter((topic) => topic !== null);
		expect(named).toHaveLength(topics.length - 1);
		expect(named).toEqual([...named].sort());
	});

	it.each([
		['by week', `metrics=handoffs,csat_mean,quality_score,conversations&by=week&${period}`],
		['by two', `metrics=repeat_rate,failure_share,wait_after_p90&by=topic,channel&${period}`],
		['every metric', `metrics=${metricIds.join(',')}&${period}`],
		['no row', `metrics=handoffs&by=topic&from=2001-01-01&to=2001-02-01`]
	])('JSON, CSV and NDJSON say the same: %s', async (_, query) => {
		const json = await rows(query);
		const lines = await ask(`${query}&format=ndjson`);
		expect(lines.type).toBe('application/x-ndjson');
		const parsed = lines.text.split('\n').slice(0, -1);
		expect(parsed.map((line) => JSON.parse(line) as Row)).toEqual(json);
		const csv = await ask(`${query}&format=csv`);
		expect(csv.type).toBe('text/csv; charset=utf-8');
		const flat = json.map((row) =>
			Object.fromEntries(
				Object.entries(row).flatMap(([name, value]) => {
					if (value === null || typeof value === 'string') return [[name, value ?? '']];
					const { value: own, ...rest } = value as Record<string, number | null>;
					return [
						[name, own],
						...Object.entries(rest).map(([part, it]) => [`${name}_${part}`, it])
					].map(([key, it]) => [key, it === null ? '' : String(it)]);
				})
			)
		);
		expect(csvParse(csv.text).map((row) => ({ ...row }))).toEqual(flat);
	});

	it('CSV quotes what needs it and ends with a line break', async () => {
		const { text } = await ask(`metrics=handoffs&by=topic&${period}&team=Odd&format=csv`);
		expect(text).toBe(
			`topic,handoffs,handoffs_n,handoffs_low,handoffs_high,handoffs_coverage\n"Refunds, ""late""\nand = odd",1,1,,,1\n`
		);
	});

	it('a topic with commas and quotes is chosen as it stands', async () => {
		const found = await rows(`metrics=handoffs&${period}&topic=${encodeURIComponent(odd)}`);
		expect(n(found)).toBe(1);
	});

	it.each([
		['from=2026-03-29&to=2026-03-30', 2],
		['from=2026-03-28&to=2026-03-29', 1],
		['from=2026-03-30&to=2026-03-31', 1],
		['from=2026-10-25&to=2026-10-26', 2],
		['from=2026-10-24&to=2026-10-25', 1],
		['from=2026-10-26&to=2026-10-27', 1]
	])('takes local days, to excluded, also when the clocks change: %s', async (days, count) => {
		expect(n(await rows(`metrics=handoffs&team=Clock&${days}`))).toBe(count);
		const byDay = await rows(`metrics=handoffs&team=Clock&by=day&${days}`);
		expect(byDay.map(({ day }) => `from=${String(day)}`)).toEqual([days.split('&')[0]]);
	});

	it('a filter that is repeated takes either value, an empty one the empty bucket', async () => {
		const all = await rows(`metrics=handoffs&by=topic&${period}`);
		const of = (topic: string | null) => n(all.filter((row) => row['topic'] === topic));
		const ask = (filter: string) => rows(`metrics=handoffs&${period}&${filter}`);
		expect(of(null)).toBeGreaterThan(0);
		expect(n(await ask('topic='))).toBe(of(null));
		expect(n(await ask('topic=Refunds&topic=Delivery'))).toBe(of('Refunds') + of('Delivery'));
		expect(n(await ask('topic=Refunds&topic='))).toBe(of('Refunds') + of(null));
		expect(n(await ask('topic=Refunds&topic=Refunds'))).toBe(of('Refunds'));
		expect(n(await ask('topic=of+nobody'))).toBe(0);
		expect(n(await ask("topic=' or 1=1 --"))).toBe(0);
	});

	it('containment and false containment come together, whichever is asked', async () => {
		const both = ['containment_rate', 'false_containment_rate'];
		for (const id of both) {
			const [row] = await rows(`metrics=${id}&${period}`);
			expect(Object.keys(row ?? {}).sort()).toEqual(both);
		}
	});

	it('a metric or dimension asked for twice is given once', async () => {
		const [row] = await rows(`metrics=handoffs,handoffs,%20csat_mean&by=week,week&${period}`);
		expect(Object.keys(row ?? {})).toEqual(['week', 'handoffs', 'csat_mean']);
	});

	it('answers every metric by every pair of week and another dimension', async () => {
		for (const dimension of dimensions.filter((one) => one !== 'week')) {
			const { status } = await ask(`metrics=handoffs&by=week,${dimension}&${period}`);
			expect(status, dimension).toBe(200);
		}
	});

	it('a large answer is whole', async () => {
		const found = await rows(
			`metrics=handoffs,csat_top2,csat_mean,quality_score,repeat_rate&by=day,subtopic&${period}`
		);
		expect(found.length).toBeGreaterThan(500);
		const [all] = await measure({ from: '2026-09-01', to: '2026-11-01' }, ['handoffs']);
		expect(n(found)).toBe(all?.values.handoffs.n);
	});
});

describe('a question that cannot be answered gets 400 and a sentence', () => {
	it.each([
		[
			'an unknown metric',
			`metrics=csat&${period}`,
			['metrics=csat', 'csat_top2', 'repeat_rate']
		],
		['one of several metrics', `metrics=handoffs,nps&${period}`, ['metrics=nps']],
		['no metric', period, ['metrics', 'handoff_rate']],
		['an empty list of metrics', `metrics=&${period}`, ['metrics', 'handoff_rate']],
		[
			'an unknown dimension',
			`metrics=handoffs&by=hour&${period}`,
			['by=hour', 'week', 'outcome']
		],
		['three dimensions', `metrics=handoffs&by=week,topic,route&${period}`, ['two', 'by']],
		[
			'an unknown parameter',
			`metrics=handoffs&colour=red&${period}`,
			['colour', 'topic', 'format']
		],
		[
			'a filter it does not know',
			`metrics=handoffs&outcome=resolved&${period}`,
			['outcome', 'topic']
		],
		['an unknown form', `metrics=handoffs&format=xml&${period}`, ['format=xml', 'ndjson']],
		['no from', 'metrics=handoffs&to=2026-11-01', ['from', 'missing', '2026-08-01']],
		['no to', 'metrics=handoffs&from=2026-11-01', ['to', 'missing']],
		[
			'a day that no month has',
			'metrics=handoffs&from=2026-02-30&to=2026-03-01',
			['from=2026-02-30']
		],
		[
			'a time',
			'metrics=handoffs&from=2026-02-01T00:00&to=2026-03-01',
			['from=2026-02-01T00:00']
		],
		['words', 'metrics=handoffs&from=2026-02-01&to=today', ['to=today']],
		['an empty date', 'metrics=handoffs&from=&to=2026-02-01', ['from=']],
		[
			'a range that ends before it begins',
			'metrics=handoffs&from=2026-03-02&to=2026-03-01',
			['2026-03-02', '2026-03-01', 'before']
		],
		[
			'a range of no day',
			'metrics=handoffs&from=2026-03-01&to=2026-03-01',
			['2026-03-01', 'later']
		],
		[
			'conversations by what they lack',
			`metrics=containment_rate&by=trigger&${period}`,
			['containment_rate', 'trigger', 'topic, channel']
		],
		[
			'conversations filtered by what they lack',
			`metrics=conversations&queue=Billing&${period}`,
			['conversations', 'queue', 'filtered by', 'topic']
		],
		[
			'a parameter given twice',
			`metrics=handoffs&metrics=csat_mean&${period}`,
			['metrics', '2 times']
		]
	])('%s', async (_, query, words) => {
		const error = await refused(query);
		for (const word of words) expect(error).toContain(word);
		expect(error.split('\n')).toHaveLength(1);
	});

	it('names every allowed metric, dimension and filter', async () => {
		const metric = await refused(`metrics=x&${period}`);
		for (const id of metricIds) expect(metric).toContain(id);
		const dimension = await refused(`metrics=handoffs&by=x&${period}`);
		for (const name of dimensions) expect(dimension).toContain(name);
		const parameter = await refused(`metrics=handoffs&x=1&${period}`);
		for (const name of filterDimensions) expect(parameter).toContain(name);
	});

	it('years that no calendar of ours has are dates all the same, or refused', async () => {
		for (const from of ['0001-01-01', '0000-01-01', '9999-12-31']) {
			const { status } = await ask(`metrics=handoffs&from=${from}&to=9999-12-31`);
			expect([200, 400]).toContain(status);
		}
	});
});

describe('the question in words', () => {
	it('is read the same for the command line', async () => {
		const question = readMetricsQuery(
			new URLSearchParams(`metrics=handoffs&by=topic&${period}&topic=Refunds&topic=`)
		);
		expect(question).toEqual({
			ids: ['handoffs'],
			by: ['topic'],
			format: 'json',
			filter: { from: '2026-09-01', to: '2026-11-01', topic: ['Refunds', ''] }
		});
		const { text } = await ask(`metrics=handoffs&by=topic&${period}&topic=Refunds&topic=`);
		expect(await answerMetrics(question)).toBe(text);
	});

	it('is refused with a usage error', async () => {
		expect(() => readMetricsQuery(new URLSearchParams('metrics=x'))).toThrow(UsageError);
		await expect(measure(ever, ['containment_rate'], ['queue'])).rejects.toThrow(UsageError);
	});
});
