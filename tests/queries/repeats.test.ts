import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kaplanMeier } from '../../src/lib/analysis/kaplanMeier.ts';
import {
	estimateOf,
	measure,
	metricParameters,
	metricRow
} from '../../src/lib/server/measure/measure.ts';
import { query } from '../../src/lib/server/store/query.ts';
import { distance, reference } from '../analysis/reference.ts';
import { ever, TestStore } from '../server/store.ts';

const curves = reference('kaplan_meier');

const end = Date.UTC(2026, 5, 1, 12);
const dayMs = 86_400_000;
const iso = (moment: number) => new Date(moment).toISOString();

type Watched = { days: number; event: number };

/**
 * A log in which each handoff was watched for as many days as said: those with an event are
 * followed by a contact of the same customer that long after their end, the others end that long
 * before the log does.
 */
function logOf(channel: string, watched: Watched[]) {
	const handoffs: Record<string, string>[] = [];
	const contacts: Record<string, string>[] = [];
	for (const [at, { days, event }] of watched.entries()) {
		const customer_id = `${channel} customer ${at}`;
		const ended = event ? end - 200 * dayMs : end - days * dayMs;
		const who = { customer_id, topic: 'Watched', channel };
		handoffs.push({
			...who,
			conversation_id: `${channel} ${at}`,
			handed_off_at: iso(ended - 3_600_000),
			resolved_at: iso(ended)
		});
		if (event)
			contacts.push({
				...who,
				conversation_id: `${channel} next ${at}`,
				started_at: iso(ended + days * dayMs),
				handled_by: 'ai'
			});
	}
	return { handoffs, contacts };
}

type At = { t: number; n_risk: number; repeat_rate: number; lo: number; hi: number };

let store: TestStore;
beforeAll(async () => {
	store = await TestStore.open();
});
afterAll(() => store.close());

/** The life table that the query gives for one channel. */
async function tableOf(channel: string, window_days: number) {
	const parameters = await metricParameters({ ...ever, channel: [channel] }, []);
	const [row] = await query('metrics/repeat_rate', metricRow.options[4], {
		...parameters,
		values: { ...parameters.values, window_days }
	});
	if (!row) throw new Error(`no handoff on ${channel}`);
	return row;
}

async function expectCurve(channel: string, expected: At[]) {
	for (const { t, n_risk, repeat_rate, lo, hi } of expected) {
		const row = await tableOf(channel, t);
		expect(row.at_risk_at_window, `at risk on ${channel} at ${t}`).toBe(n_risk);
		const { value, low, high } = estimateOf(row, t);
		if (n_risk < 10) expect([value, low, high]).toEqual([null, null, null]);
		else expect(distance([value, low, high], [repeat_rate, lo, hi])).toBeLessThan(tolerance);
		const curve = kaplanMeier(
			{ time: row.days ?? [], atRisk: row.at_risk ?? [], events: row.repeats ?? [] },
			t
		);
		expect(
			distance(
				[curve?.rate ?? null, curve?.low ?? null, curve?.high ?? null],
				[repeat_rate, lo, hi]
			)
		).toBeLessThan(tolerance);
	}
}
const { tolerance } = curves;

describe.skipIf(!curves.present)('repeat_rate.sql (needs ../shared/reference)', () => {
	type Times = { time_days: number[]; event: number[] };
	type Groups = { group: string[] };
	const forty = () => curves.case<Times, { at: At[] }>('KM 40 handoffs');
	const groups = () => curves.case<Groups, { A7: At[]; B7: At[] }>('two groups log-rank');
	const aml = () =>
		curves.case<{ time: number[]; event: number[]; group: string[] }, { maintained: At[] }>(
			'aml (Miller 1997), published'
		);
	const zip = (times: number[], events: number[]) =>
		times.map((days, at) => ({ days, event: events[at] ?? 0 }));

	beforeAll(async () => {
		const { time_days, event } = forty().inputs;
		const all = zip(time_days, event);
		const group = (name: string) => all.filter((_, at) => groups().inputs.group[at] === name);
		const patients = aml().inputs;
		const maintained = zip(patients.time, patients.event).filter(
			(_, at) => patients.group[at] === 'Maintained'
		);
		const logs = [
			logOf('forty', all),
			logOf('A', group('A')),
			logOf('B', group('B')),
			logOf('aml', maintained)
		];
		await store.importRows(
			'handoffs',
			logs.flatMap(({ handoffs }) => handoffs)
		);
		await store.importRows('contacts', [
			...logs.flatMap(({ contacts }) => contacts),
			{ conversation_id: 'the last of the log', started_at: iso(end) }
		]);
	});

	it('reference case KM 40 handoffs, at 1 to 21 days', async () => {
		expect((await tableOf('forty', 7)).n).toBe(40);
		await expectCurve('forty', forty().expected.at);
	});

	it('reference case two groups log-rank, at 7 days', async () => {
		await expectCurve('A', groups().expected.A7);
		await expectCurve('B', groups().expected.B7);
	});

	it('reference case aml (Miller 1997), maintained', async () => {
		await expectCurve('aml', aml().expected.maintained);
	});

	it('the metric uses the window of the settings, seven days', async () => {
		const [all] = await measure({ ...ever, channel: ['forty'] }, ['repeat_rate']);
		const week = forty().expected.at.find(({ t }) => t === 7);
		const { value, low, high, n } = all?.values.repeat_rate ?? {};
		expect(n).toBe(40);
		expect(
			distance(
				[value ?? null, low ?? null, high ?? null],
				[week?.repeat_rate ?? null, week?.lo ?? null, week?.hi ?? null]
			)
		).toBeLessThan(tolerance);
	});

	it('a rate with fewer than ten still at risk is not said, its n is', async () => {
		const [small] = await measure({ ...ever, channel: ['A'] }, ['repeat_rate']);
		expect(small?.values.repeat_rate).toMatchObject({ value: null, low: null, high: null });
		expect(small?.values.repeat_rate.n).toBe(20);
	});
});
