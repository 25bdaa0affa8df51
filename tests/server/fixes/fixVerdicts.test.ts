import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { csvParse } from 'd3-dsv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listFixes } from '../../../src/lib/server/fixes/fixFile.ts';
import { readFixLedger, writeFixLedger } from '../../../src/lib/server/fixes/fixLedger.ts';
import { readFixStatuses } from '../../../src/lib/server/fixes/fixVerdicts.ts';
import { saveFix, withdrawFix } from '../../../src/lib/server/fixes/fixes.ts';
import { readGap } from '../../../src/lib/server/gaps/gaps.ts';
import { localDay, mondayOf } from '../../second/clock.ts';
import { routeOf } from '../../second/facts.ts';
import { readConversations, readHandoffs } from '../../second/records.ts';
import { TestStore } from '../store.ts';

const zone = 'Europe/Berlin';
type Planted = { id: string; topic: string; parameters: { fix_date: string } };

let store: TestStore;
let planted: Planted;
let growing: string;
type Line = { topic: string; week: string };
let failures: Line[];
let conversations: Line[];
const lineOf = (topic: string | null, moment: number): Line => ({
	topic: topic ?? '',
	week: mondayOf(localDay(moment, zone))
});

beforeAll(async () => {
	store = await TestStore.open();
	const files = await store.importSample({
		weeks: 30,
		conversations: 60_000,
		seed: 7,
		end: '2026-11-15'
	});
	const truth = JSON.parse(readFileSync(join(store.logs, 'sample', 'truth.json'), 'utf8')) as {
		planted: Planted[];
	};
	const found = truth.planted.find(({ id }) => id === 'fixed_gap');
	if (!found) throw new Error('The sample has no fixed gap.');
	planted = found;
	const gap = truth.planted.find(({ id }) => id === 'growing_gap');
	if (!gap) throw new Error('The sample has no growing gap.');
	growing = gap.topic;
	failures = readHandoffs(files.handoffs)
		.filter((handoff) => routeOf(handoff) === 'failure')
		.map(({ topic, handed_off_at }) => lineOf(topic, handed_off_at));
	conversations = readConversations(files.conversations).map(({ topic, started_at }) =>
		lineOf(topic, started_at)
	);
}, 300_000);
afterAll(() => store.close());

/** Failures and conversations of some topics over some weeks, from the lines of the log. */
function counted(isTopic: (topic: string) => boolean, isWeek: (week: string) => boolean) {
	const count = (lines: Line[]) =>
		lines.filter(({ topic, week }) => isTopic(topic) && isWeek(week)).length;
	return { failures: count(failures), conversations: count(conversations) };
}

describe('fixes of the sample', () => {
	it('recorded where the gap was mended is verified, by counts of the lines', async () => {
		const day = planted.parameters.fix_date;
		const saved = await saveFix({ what: 'Article', done_on: day, topic: planted.topic });
		const { fixes, total } = await readFixLedger();
		const [judged] = fixes;
		expect(judged?.status).toBe('verified');
		const before = (week: string) => week < day;
		const after = (week: string) => week > day;
		const own = (topic: string) => topic === planted.topic;
		// A topic with a gap that grows at the time would make the fix look better than it was.
		const rest = (topic: string) => topic !== planted.topic && topic !== growing;
		expect(judged?.moved.map(({ key }) => key)).toEqual([growing]);
		const [a, b, c, d] = [
			counted(own, after),
			counted(own, before),
			counted(rest, after),
			counted(rest, before)
		];
		const rate = ({ failures, conversations }: typeof a) => failures / conversations;
		const ratio = rate(a) / rate(b) / (rate(c) / rate(d));
		expect(judged?.failures).toEqual({ before: b.failures, after: a.failures });
		expect(judged?.effect?.ratio).toBeCloseTo(ratio, 10);
		expect(judged?.averted?.value).toBeCloseTo(a.failures / ratio - a.failures, 6);
		expect(judged?.hours?.value).toBeCloseTo(
			((judged?.averted?.value ?? 0) * (judged?.minutesEach ?? 0)) / 60,
			8
		);
		const [listed] = await listFixes({ all: 'no' });
		const averted = a.failures / ratio - a.failures;
		expect(listed?.averted).toBeCloseTo(averted, 6);
		expect(listed?.hours).toBeCloseTo((averted * (judged?.minutesEach ?? 0)) / 60, 6);
		const [line] = csvParse(writeFixLedger(fixes, String).replace('\ufeff', ''));
		for (const name of ['averted', 'hours'] as const) {
			const [low, high] = [listed?.[`${name}_low`] ?? NaN, listed?.[`${name}_high`] ?? NaN];
			expect(low).toBeLessThan(listed?.[name] ?? NaN);
			expect(high).toBeGreaterThan(listed?.[name] ?? NaN);
			expect(line).toMatchObject({ [`${name}_low`]: `${low}`, [`${name}_high`]: `${high}` });
		}
		expect(total?.averted.value).toBeCloseTo(judged?.averted?.value ?? 0, 8);
		expect((await readFixStatuses()).get(saved.fix_id)).toBe('verified');
		const gap = await readGap({ from: '2026-08-17', to: '2026-11-16' }, planted.topic, null);
		expect(gap?.status).toBe('verified');
		await withdrawFix(saved.fix_id);
	});

	it('recorded in a quiet topic is not proven yet', async () => {
		const saved = await saveFix({ what: 'Macro', done_on: '2026-08-20', topic: 'Delivery' });
		const { fixes } = await readFixLedger();
		expect(fixes.map(({ status }) => status)).toEqual(['not proven yet']);
		expect(
			fixes[0]?.conditions.filter(({ isMet }) => !isMet).map(({ name }) => name)
		).toContain('interval');
		await withdrawFix(saved.fix_id);
	});

	it('of another topic within its weeks keeps that topic out of what it is held against', async () => {
		const day = planted.parameters.fix_date;
		await saveFix({ what: 'Article', done_on: day, topic: planted.topic });
		const others = async () =>
			(await readFixLedger()).fixes.find(({ fix }) => fix.topic === planted.topic)?.others ??
			0;
		const all = await others();
		await saveFix({ what: 'Macro', done_on: '2026-09-03', topic: 'Delivery' });
		expect(await others()).toBe(all - 1);
	});
});
