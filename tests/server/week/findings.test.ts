import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Truth } from '../../../ingest/sample/truth.ts';
import { addDays } from '../../../src/lib/dates.ts';
import { quietWords } from '../../../src/lib/findingWords.ts';
import type { Finding } from '../../../src/lib/findings.ts';
import { readFindings } from '../../../src/lib/server/week/findings.ts';
import { readLog } from '../../../src/lib/server/store/log.ts';
import { measure } from '../../../src/lib/server/measure/measure.ts';
import { readWeek, readWeekChoice } from '../../../src/lib/server/week/week.ts';
import type { Week } from '../../../src/lib/week.ts';
import { localDay } from '../../second/clock.ts';
import { isMoved } from '../../second/facts.ts';
import { readHandoffs, type Handoff as Line } from '../../second/records.ts';
import { TestStore } from '../store.ts';

async function pageAt(address: string): Promise<Week> {
	const page = await readWeek(readWeekChoice(new URLSearchParams(address)), await readLog());
	if (!page) throw new Error('no page');
	return page;
}

/** Weeks of the baseline: what they hold is what is usual. */
const baselineWeeks = 12;

describe('the findings of the sample', () => {
	let store: TestStore;
	let truth: Truth;
	let lines: Line[];
	/** The findings of every week, by its Monday. */
	const found = new Map<string, Finding[]>();
	beforeAll(async () => {
		store = await TestStore.open();
		const sample = { weeks: 30, conversations: 60_000, seed: 7, end: '2026-11-21' };
		const { handoffs } = await store.importSample(sample);
		truth = JSON.parse(await readFile(join(dirname(handoffs), 'truth.json'), 'utf8')) as Truth;
		lines = readHandoffs(handoffs);
		for (let week = truth.first_week; week <= truth.last_week; week = addDays(week, 7))
			found.set(week, (await pageAt(`week=${week}`)).findings);
	}, 300_000);
	afterAll(() => store.close());

	const planted = (id: string) => {
		const effect = truth.planted.find((one) => one.id === id);
		if (!effect) throw new Error(`truth.json does not name ${id}`);
		return effect;
	};
	/** What was found of a metric in a topic, from a week on and for so many weeks. */
	const within = (topic: string | null, metric: string, from: string, weeks: number) =>
		[...found.entries()]
			.filter(([week]) => week >= from && week < addDays(from, 7 * weeks))
			.flatMap(([, findings]) => findings)
			.filter((one) => one.metric === metric && one.topic?.key === topic);
	const rose = ({ now, usual, metric }: Finding) =>
		(metric === 'handoffs' ? now.n : (now.value ?? NaN)) > usual;

	it('name the queue that misroutes within two weeks of its start, and where it sends to', () => {
		const { from_week, queue, parameters } = planted('misrouting_queue');
		const findings = within('Payment', 'misrouted_rate', from_week ?? '', 2);
		expect(findings.length).toBeGreaterThan(0);
		for (const finding of findings) {
			expect(rose(finding)).toBe(true);
			expect(finding.causes).toMatchObject([
				{ dimension: 'moved', key: `${queue} → ${String(parameters.ends_in)}` }
			]);
		}
		expect(within('Payment', 'misrouted_rate', truth.first_week, 15)).toEqual([]);
	});

	it('name the growing gap within five weeks of its start, and its subtopic', () => {
		const { from_week, topic, subtopic } = planted('growing_gap');
		const findings = within(topic, 'handoffs', from_week ?? '', 5);
		expect(findings.length).toBeGreaterThan(0);
		for (const finding of findings) {
			expect(rose(finding)).toBe(true);
			expect(finding.causes).toMatchObject([{ dimension: 'subtopic', key: subtopic }]);
		}
	});

	it('name the growing topic in the last ten weeks', () => {
		const { topic } = planted('growing_topic');
		const findings = within(topic, 'handoffs', addDays(truth.last_week, -7 * 9), 10);
		expect(findings.length).toBeGreaterThan(0);
		expect(findings.every(rose)).toBe(true);
	});

	it('name the fixed gap with fewer handoffs in a week after its fix, and in none before', () => {
		const { topic, parameters } = planted('fixed_gap');
		const fixed = String(parameters.fix_date);
		const findings = within(topic, 'handoffs', truth.first_week, truth.options.weeks);
		expect(findings.length).toBeGreaterThan(0);
		for (const finding of findings) {
			expect(rose(finding)).toBe(false);
			expect(finding.week >= fixed).toBe(true);
		}
	});

	it('leave the quiet topics quiet: no more weeks than the rate of false discoveries allows', () => {
		expect(truth.quiet_topics.length).toBeGreaterThan(5);
		const weeks = [...found.values()].slice(baselineWeeks);
		const disturbed = weeks.filter((findings) =>
			findings.some(({ topic }) => truth.quiet_topics.includes(topic?.key ?? ''))
		);
		// Benjamini–Hochberg at 5 %: where nothing happens, at most one week in twenty has any.
		expect(disturbed.length).toBeLessThanOrEqual(Math.ceil(0.05 * weeks.length));
	});

	it('are never more than three, nor two of one topic', () => {
		for (const findings of found.values()) {
			expect(findings.length).toBeLessThanOrEqual(3);
			const topics = findings.filter(({ topic }) => topic !== null);
			expect(new Set(topics.map(({ topic }) => topic?.key)).size).toBe(topics.length);
		}
		expect([...found.values()].some((findings) => findings.length > 1)).toBe(true);
	});

	it('wait for weeks enough to say what is usual', () => {
		const early = [...found.entries()].slice(0, 7).flatMap(([, findings]) => findings);
		expect(early).toEqual([]);
	});

	it('have causes that are shares of the change, the largest first', () => {
		const causes = [...found.values()].flat().map((finding) => finding.causes ?? []);
		expect(causes.filter((some) => some.length > 0).length).toBeGreaterThan(5);
		for (const some of causes) {
			expect(some.length).toBeLessThanOrEqual(2);
			const shares = some.map(({ share }) => share);
			expect(shares.every((share) => share >= 0.2)).toBe(true);
			expect(shares).toEqual(shares.toSorted((a, b) => b - a));
		}
	});

	it('say what is usual and what is now as the API measures it', async () => {
		const week = '2026-08-10';
		const finding = found.get(week)?.find(({ metric }) => metric === 'misrouted_rate');
		if (!finding) throw new Error('no finding');
		const { first, last } = finding.baseline;
		const topic = ['Payment'];
		const share = async (from: string, to: string) =>
			(await measure({ from, to, topic }, ['misrouted_rate']))[0]?.values.misrouted_rate;
		expect(finding.now).toEqual(await share(week, addDays(week, 7)));
		const before = await share(first, addDays(last, 7));
		expect(finding.usual).toBeCloseTo(before?.value ?? NaN, 9);
		// Of the handoffs moved from one queue to the other, how much of the change of the share.
		const moved = (from: string, to: string) => {
			const rows = lines.filter((line) => {
				const day = localDay(line.handed_off_at, truth.time_zone);
				return line.topic === 'Payment' && day >= from && day < to;
			});
			const known = rows.filter((line) => isMoved(line) !== null);
			const there = known.filter(
				(line) =>
					isMoved(line) && line.queue === 'Payments' && line.resolved_queue === 'Billing'
			);
			return there.length / known.length;
		};
		const change = (finding.now.value ?? NaN) - finding.usual;
		expect(finding.causes?.[0]?.share).toBeCloseTo(
			(moved(week, addDays(week, 7)) - moved(first, addDays(last, 7))) / change,
			9
		);
	});

	it('under a filter are about what it chooses', async () => {
		const week = addDays(planted('misrouting_queue').from_week ?? '', 7);
		const page = await pageAt(`week=${week}&topic=Payment`);
		expect(page.findings.every(({ topic }) => topic === null)).toBe(true);
		const others = await pageAt(`week=${week}&topic=Delivery&topic=Refunds`);
		for (const { topic } of others.findings)
			expect([undefined, 'Delivery', 'Refunds']).toContain(topic?.key);
	});

	it('put all handoffs before topics, and do not say a topic twice that is their cause', async () => {
		const week = truth.last_week;
		const page = await pageAt(`week=${week}`);
		const handoffs = page.charts?.handoffs;
		if (!handoffs?.last) throw new Error('no chart');
		// As if the number of all handoffs had been a signal.
		const signal = { ...handoffs, last: { ...handoffs.last, verdict: 'signal' as const } };
		const findings = await readFindings({
			week,
			chosen: {},
			whole: { handoffs: signal },
			options: { openFrom: '2026-11-02' }
		});
		expect(findings[0]).toMatchObject({ metric: 'handoffs', topic: null });
		expect(findings[0]?.causes?.length).toBeGreaterThan(0);
		expect(findings.slice(1).filter(({ metric }) => metric === 'handoffs')).toEqual([]);
	});
});

describe('a log in which nothing happens', () => {
	it.each([
		['too short to have a usual week', 7, null],
		['long enough', 14, 'Nothing to report:']
	] as const)('has no findings: %s', async (_, weeks, words) => {
		const store = await TestStore.open();
		try {
			await store.importSample({
				weeks,
				conversations: 700 * weeks,
				seed: 11,
				end: '2026-11-15',
				effects: false
			});
			const page = await pageAt('');
			expect(page.findings).toEqual([]);
			expect(quietWords(page).what).toBe(words);
		} finally {
			await store.close();
		}
	});
});
