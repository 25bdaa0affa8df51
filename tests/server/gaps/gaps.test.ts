import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isListed, type Gap } from '../../../src/lib/gaps.ts';
import { answerGaps, gapRowSchema, gapsParameters } from '../../../src/lib/server/gaps/gapFile.ts';
import { readGap, readGaps } from '../../../src/lib/server/gaps/gaps.ts';
import { readParameters } from '../../../src/lib/server/http/parameters.ts';
import { localDay, mondayOf } from '../../second/clock.ts';
import { parseLines } from '../../second/csv.ts';
import { routeOf } from '../../second/facts.ts';
import {
	readConversations,
	readHandoffs,
	type Conversation,
	type Handoff
} from '../../second/records.ts';
import { TestStore } from '../store.ts';

const zone = 'Europe/Berlin';
const period = { from: '2026-08-17', to: '2026-11-16' };

let store: TestStore;
let handoffs: (Handoff & { day: string; isFailure: boolean })[];
let conversations: (Conversation & { day: string })[];
let lacked: Map<string, string>;
let truth: { planted: { id: string; topic: string | null }[]; quiet_topics: string[] };

beforeAll(async () => {
	store = await TestStore.open();
	const files = await store.importSample({
		weeks: 30,
		conversations: 16_000,
		seed: 7,
		end: '2026-11-15'
	});
	handoffs = readHandoffs(files.handoffs).map((row) => ({
		...row,
		day: localDay(row.handed_off_at, zone),
		isFailure: routeOf(row) === 'failure'
	}));
	conversations = readConversations(files.conversations).map((row) => ({
		...row,
		day: localDay(row.started_at, zone)
	}));
	lacked = new Map(
		parseLines(readFileSync(files.handoffs, 'utf8')).flatMap((line) =>
			line.lacked
				? [[keyOf(line.conversation_id, Date.parse(line.handed_off_at ?? '')), line.lacked]]
				: []
		)
	);
	truth = JSON.parse(
		readFileSync(join(dirname(files.handoffs), 'truth.json'), 'utf8')
	) as typeof truth;
}, 300_000);
afterAll(() => store.close());

/** Some lines have no id of their own. */
const keyOf = (conversation: string | null | undefined, at: number) => `${conversation} ${at}`;

const within = ({ day }: { day: string }, { from, to } = period) => day >= from && day < to;
const planted = (id: string) => truth.planted.find((one) => one.id === id)?.topic ?? '';

/** Failures over conversations of a channel, times the conversations of the topic in it. */
function expectedByHand(
	topic: string | null,
	keep: (row: { day: string }) => boolean = (row) => within(row)
): number {
	const talks = conversations.filter(keep);
	const failed = handoffs.filter((row) => row.isFailure && keep(row));
	let sum = 0;
	for (const channel of new Set(talks.map((row) => row.channel))) {
		const own = talks.filter((row) => row.channel === channel);
		const rate = failed.filter((row) => row.channel === channel).length / own.length;
		sum += own.filter((row) => row.topic === topic).length * rate;
	}
	return sum;
}

const topicsOf = (gaps: Gap[]) => gaps.filter(({ phrase }) => phrase === null);
const ofTopic = (gaps: Gap[], topic: string | null) => {
	const found = topicsOf(gaps).find((gap) => gap.topic === topic);
	if (!found) throw new Error(`no ${topic}`);
	return found;
};

describe('gaps of the sample', () => {
	it('hold failures alone, and expect what channels explain, as a count over the lines does', async () => {
		const { gaps, volume, failures } = await readGaps(period);
		expect(volume).toBe('conversations');
		const topics = topicsOf(gaps);
		expect(topics.length).toBe(13);
		for (const { topic, observed, expected, volume: out } of topics) {
			const own = handoffs.filter((row) => within(row) && row.topic === topic);
			expect(observed).toBe(own.filter(({ isFailure }) => isFailure).length);
			expect(expected).toBeCloseTo(expectedByHand(topic), 8);
			expect(out).toBe(
				conversations.filter((row) => within(row) && row.topic === topic).length
			);
		}
		expect(failures).toBe(handoffs.filter((row) => within(row) && row.isFailure).length);
	});

	it('find the planted gaps with what would close them, and none of the quiet topics', async () => {
		const { gaps } = await readGaps(period);
		const listed = topicsOf(gaps).filter(isListed);
		const names = ['growing_gap', 'fixed_gap', 'missing_integration'].map(planted);
		expect(listed.map(({ topic }) => topic).sort()).toEqual(names.toSorted());
		for (const topic of truth.quiet_topics) {
			expect(ofTopic(gaps, topic).isGap).toBe(false);
			expect(ofTopic(gaps, topic).emerging).toBeNull();
		}
		expect(ofTopic(gaps, planted('growing_gap')).kind).toBe('content');
		expect(ofTopic(gaps, planted('missing_integration')).kind).toBe('system');
		expect(ofTopic(gaps, planted('growing_gap')).emerging).not.toBeNull();
		expect(topicsOf(gaps).slice(0, 3).every(isListed)).toBe(true);
	});

	it('are there since they are planted: a growing one not before, a standing one from the first weeks', async () => {
		const { gaps } = await readGaps(period);
		const growing = ofTopic(gaps, planted('growing_gap'));
		expect(growing.isOlder).toBe(false);
		expect(growing.firstSeen).toMatch(/^2026-(08-(2[4-9]|3)|09)/);
		expect(ofTopic(gaps, planted('fixed_gap')).isOlder).toBe(true);
	});

	it('draw each week as a count over the lines has it, at the rates of that week', async () => {
		const { gaps, trendWeeks } = await readGaps(period);
		expect(trendWeeks).toHaveLength(30);
		expect(trendWeeks.at(-1)).toBe('2026-11-09');
		const { trend, topic } = ofTopic(gaps, planted('growing_gap'));
		for (const week of [trend[0], trend[17], trend.at(-1)]) {
			const isIn = ({ day }: { day: string }) => mondayOf(day) === week?.week;
			expect(week?.observed).toBe(
				handoffs.filter((row) => isIn(row) && row.isFailure && row.topic === topic).length
			);
			expect(week?.expected).toBeCloseTo(expectedByHand(topic, isIn), 8);
		}
	});

	it('say what the AI lacked as the lines do', async () => {
		const { gaps } = await readGaps(period);
		const { topic, evidence } = ofTopic(gaps, planted('missing_integration'));
		const own = handoffs.filter((row) => within(row) && row.isFailure && row.topic === topic);
		const said = (value: string) =>
			own.filter(
				({ conversation_id, handed_off_at }) =>
					lacked.get(keyOf(conversation_id, handed_off_at)) === value
			).length;
		for (const { value, n } of evidence.lacked) expect(n).toBe(said(value));
		expect(evidence.lacked.find(({ value }) => value === 'integration')?.n).toBeGreaterThan(0);
		expect(evidence.triggers.find(({ value }) => value === 'tool_failure')?.n).toBe(
			own.filter(({ trigger }) => trigger === 'tool_failure').length
		);
	});

	it('cost failures times their work and that of repeats, the excess avoidable, CSAT beside', async () => {
		const { gaps } = await readGaps(period);
		const { topic, cost, observed, expected, csat } = ofTopic(gaps, planted('fixed_gap'));
		const own = handoffs.filter((row) => within(row) && row.topic === topic);
		const failed = own.filter(({ isFailure }) => isFailure);
		const mean = (values: number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
		const handle = mean(failed.flatMap(({ handle_s }) => handle_s ?? [])) / 60;
		expect(cost?.minutes).toBeCloseTo(handle, 8);
		const each = handle + (cost?.repeatChance.value ?? NaN) * (cost?.repeatMinutes ?? NaN);
		expect(cost?.hours).toBeCloseTo((observed * each) / 60, 8);
		expect(cost?.avoidable?.value).toBeCloseTo(((observed - (expected ?? NaN)) * each) / 60, 8);
		const answers = failed.flatMap(({ csat }) => csat ?? []);
		expect(csat.gap.value).toBeCloseTo(mean(answers), 8);
		expect(csat.gap.n).toBe(answers.length);
		const others = own
			.filter((row) => routeOf(row) === 'topic')
			.flatMap(({ csat }) => csat ?? []);
		expect(csat.comparable.n).toBe(others.length);
	});

	it('lose the rating points by which failures fall behind the topic’s other handoffs', async () => {
		const { gaps } = await readGaps(period);
		const mean = (values: number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
		let compared = 0;
		for (const { topic, csat, observed } of topicsOf(gaps)) {
			const ratings = (route: string) =>
				handoffs
					.filter((row) => within(row) && row.topic === topic && routeOf(row) === route)
					.flatMap(({ csat }) => csat ?? []);
			const [failed, others] = [ratings('failure'), ratings('topic')];
			if (Math.min(failed.length, others.length) < 10) {
				expect(csat.lost).toBeNull();
				continue;
			}
			compared += 1;
			const points = (mean(others) - mean(failed)) * observed;
			expect(csat.lost?.value).toBeCloseTo(points, 8);
			expect(csat.lost?.low).toBeLessThan(points);
			expect(csat.lost?.high).toBeGreaterThan(points);
		}
		expect(compared).toBeGreaterThan(0);
	});
});

describe('filters', () => {
	it('narrow the list to a topic, and leave what it is held against', async () => {
		const topic = planted('fixed_gap');
		const all = await readGaps(period);
		const some = await readGaps({ ...period, topic: [topic] });
		expect(some.gaps.every((gap) => gap.topic === topic)).toBe(true);
		expect(ofTopic(some.gaps, topic)).toEqual(ofTopic(all.gaps, topic));
		expect(await readGap(period, topic, null)).toEqual(ofTopic(all.gaps, topic));
		expect(await readGap(period, 'Nothing of the kind', null)).toBeNull();
	});

	it('of the route change nothing', async () => {
		const all = await readGaps(period);
		expect(await readGaps({ ...period, route: ['topic'] })).toEqual(all);
	});

	it('of a channel hold over failures and conversations', async () => {
		const { gaps } = await readGaps({ ...period, channel: ['chat'] });
		const topic = planted('missing_integration');
		const chat = (row: { channel: string | null }) => row.channel === 'chat';
		const talks = conversations.filter((row) => within(row) && chat(row));
		const failed = handoffs.filter((row) => within(row) && chat(row) && row.isFailure);
		expect(ofTopic(gaps, topic).expected).toBeCloseTo(
			(talks.filter((row) => row.topic === topic).length * failed.length) / talks.length,
			8
		);
	});

	it('of a trigger narrow the failures, not the conversations', async () => {
		const { gaps, conversations: out } = await readGaps({
			...period,
			trigger: ['tool_failure']
		});
		const topic = planted('missing_integration');
		expect(out).toBe(conversations.filter((row) => within(row)).length);
		expect(ofTopic(gaps, topic).observed).toBe(
			handoffs.filter(
				(row) => within(row) && row.trigger === 'tool_failure' && row.topic === topic
			).length
		);
		expect(
			topicsOf(gaps)
				.filter(({ isGap }) => isGap)
				.map((gap) => gap.topic)
		).toEqual([topic]);
	});
});

describe('days after the log', () => {
	it('have no gap, and nothing that emerged at its end', async () => {
		const found = await readGaps({ from: '2030-01-01', to: '2030-02-01' });
		expect(found.gaps).toEqual([]);
		expect(found.lastWeek).toBeNull();
		const { gaps } = await readGaps({ from: period.from, to: '2030-02-01' });
		expect(gaps.some(({ emerging }) => emerging !== null)).toBe(true);
	});
});

describe('files', () => {
	const asked = (more = '') =>
		readParameters(
			gapsParameters,
			new URLSearchParams(`from=${period.from}&to=${period.to}${more}`)
		);

	it('give exactly the promised fields as JSON, in the order of the list', async () => {
		const rows = JSON.parse(await answerGaps(asked(), null)) as Record<string, unknown>[];
		expect(Object.keys(rows[0] ?? {})).toEqual([
			'gap',
			'topic',
			'phrase',
			'kind',
			'observed',
			'expected',
			'ratio',
			'low',
			'high',
			'eb05',
			'emerging',
			'cost_hours',
			'first_seen',
			'status',
			'called',
			'or_before'
		]);
		for (const row of rows) gapRowSchema.parse(row);
		// Order change fails since the log begins, Returns since its planted gap does.
		const older = new Map(rows.map(({ gap, or_before }) => [gap, or_before]));
		expect([older.get('Order change'), older.get('Returns')]).toEqual([true, false]);
		const { gaps } = await readGaps(period);
		expect(rows.map(({ gap }) => gap)).toEqual(gaps.filter(isListed).map(({ id }) => id));
	});

	it('give as many lines as CSV, NDJSON and Markdown, with a link each', async () => {
		const rows = JSON.parse(await answerGaps(asked(), null)) as unknown[];
		const origin = 'http://127.0.0.1:3000';
		const csv = parseLines(await answerGaps(asked('&format=csv'), origin));
		expect(csv).toHaveLength(rows.length);
		for (const { link } of csv) expect(link).toMatch(/^http:\/\/127\.0\.0\.1:3000\/gaps\/\w+/);
		const { gaps } = await readGaps(period);
		expect(csv.map(({ or_before }) => or_before)).toEqual(
			gaps
				.filter(isListed)
				.map(({ firstSeen, isOlder }) => (firstSeen ? (isOlder ? 'yes' : 'no') : ''))
		);
		const lines = (await answerGaps(asked('&format=ndjson'), origin)).trim().split('\n');
		expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(rows);
		const markdown = await answerGaps(asked('&format=markdown'), origin);
		expect(markdown.match(/^- \[ \] \*\*\[/gm)).toHaveLength(rows.length);
	});

	it('name the nearest topics in place of one that the log does not hold', async () => {
		const { gaps } = await readGaps(period);
		const topic = gaps.find((gap) => gap.topic !== null)?.topic ?? '';
		await expect(answerGaps(asked(`&topic=${topic}x`), null)).rejects.toThrow(
			`topic is “${topic}x”, which the log does not hold. Nearest: ${topic}`
		);
		await expect(answerGaps(asked('&topic='), null)).resolves.toBeTruthy();
	});

	it('tell gaps from the rest in JSON and CSV, of which only a gap without a fix is open', async () => {
		type Called = { gap: string; called: string; status: string | null };
		const rows = JSON.parse(await answerGaps(asked('&all=yes'), null)) as Called[];
		const { gaps } = await readGaps(period);
		expect(
			rows.filter(({ called }) => called !== 'none' && called !== 'slightly more')
		).toEqual(rows.slice(0, gaps.filter(isListed).length));
		for (const [at, { isGap, emerging, isSlight }] of gaps.entries())
			expect(rows[at]).toMatchObject({
				called: isGap
					? 'gap'
					: emerging
						? 'emerging only'
						: isSlight
							? 'slightly more'
							: 'none',
				status: isGap || emerging ? 'open' : null
			});
		const csv = parseLines(await answerGaps(asked('&all=yes&format=csv'), null));
		expect(csv.map(({ gap, called, status }) => [gap, called, status])).toEqual(
			rows.map(({ gap, called, status }) => [gap || null, called, status])
		);
		const quiet = truth.quiet_topics[0] ?? '';
		expect(csv.find(({ gap }) => gap === quiet)?.status).toBeNull();
	});

	it('say of a choice what all topics are, then what is in it', async () => {
		const headOf = async (more = '') =>
			(await answerGaps(asked(`${more}&format=markdown`), null)).split('\n')[2] ?? '';
		const all = await headOf();
		expect(all).toMatch(/^\d+ gaps: /);
		const quiet = truth.quiet_topics[0] ?? '';
		expect(await headOf('&kind=rule&emerging=yes')).toBe(
			`${all} No gap of this choice: fix “Change a rule, or keep the person”, emerging only.`
		);
		expect(await headOf(`&topic=${encodeURIComponent(quiet)}`)).toBe(
			`${all} No gap of this choice: topic “${quiet}”.`
		);
		expect(await headOf('&status=open')).toContain(`${all} Of this choice (status “Open”): `);
	});

	it('keep to a kind', async () => {
		const rows = JSON.parse(await answerGaps(asked('&kind=system'), null)) as {
			kind: string;
		}[];
		expect(rows.length).toBeGreaterThan(0);
		expect(rows.every(({ kind }) => kind === 'system')).toBe(true);
	});
});
