import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../../src/lib/dates.ts';
import type { QualityPage } from '../../../src/lib/quality.ts';
import { readLog } from '../../../src/lib/server/store/log.ts';
import { readGrouping, readQuality } from '../../../src/lib/server/quality/quality.ts';
import { readTriedWeights } from '../../../src/lib/server/quality/qualityWeights.ts';
import { readChoice } from '../../../src/lib/server/scope/scope.ts';
import { localDay, mondayOf } from '../../second/clock.ts';
import { contextValue, Log, rating, routingValue, smoothnessValue } from '../../second/facts.ts';
import {
	readConversations,
	readHandoffs,
	type Conversation,
	type Handoff
} from '../../second/records.ts';
import { TestStore } from '../store.ts';

const zone = 'Europe/Berlin';
const dayMs = 86_400_000;

/** The page of an address. */
async function pageAt(address = ''): Promise<QualityPage> {
	const parameters = new URLSearchParams(address);
	const page = await readQuality(readChoice(parameters), parameters, await readLog());
	if (!page) throw new Error('no page');
	return page;
}

const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
const variance = (values: number[]) =>
	values.reduce((sum, one) => sum + (one - mean(values)) ** 2, 0) / (values.length - 1);
const present = <T>(values: (T | null)[]) => values.filter((value) => value !== null);

/** Groups rows by a key. */
function by<Row>(rows: Row[], key: (row: Row) => string | null): Map<string | null, Row[]> {
	const groups = new Map<string | null, Row[]>();
	for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
	return groups;
}

describe('an empty store', () => {
	let store: TestStore;
	beforeAll(async () => {
		store = await TestStore.open();
	});
	afterAll(() => store.close());

	it('has no page', async () => {
		const parameters = new URLSearchParams();
		expect(await readQuality(readChoice(parameters), parameters, await readLog())).toBeNull();
	});
});

describe('over the sample', () => {
	let store: TestStore;
	let handoffs: Handoff[];
	let conversations: Conversation[];
	let log: Log;
	let page: QualityPage;
	/** The handoffs of the page's period, straight from the file. */
	let rows: Handoff[];

	const within = (from: string, to: string) =>
		handoffs.filter(({ handed_off_at }) => {
			const day = localDay(handed_off_at, zone);
			return day >= from && day < to;
		});
	const scoresOf = (some: Handoff[]) => present(some.map((row) => log.score(row)));

	beforeAll(async () => {
		store = await TestStore.open();
		const files = await store.importSample();
		handoffs = readHandoffs(files.handoffs);
		conversations = readConversations(files.conversations);
		log = new Log(handoffs, conversations);
		page = await pageAt();
		rows = within(page.from, page.to);
	});
	afterAll(() => store.close());

	it('the histogram counts each handoff once, where a plain count puts it', () => {
		const counts = Array<number>(20).fill(0);
		for (const score of scoresOf(rows)) {
			const bin = Math.min(19, Math.floor(Number(score.toFixed(6)) / 5));
			counts[bin] = (counts[bin] ?? 0) + 1;
		}
		const { bins, counted, uncounted, unscored } = page.distribution;
		expect(bins.map(({ n }) => n)).toEqual(counts);
		expect(counted).toBe(scoresOf(rows).length);
		expect(counted + uncounted + unscored).toBe(rows.length);
	});

	it('the last four weeks stand against the weeks before by Welch', () => {
		const turn = addDays(page.to, -28);
		const [recent, earlier] = [within(turn, page.to), within(page.from, turn)].map(scoresOf);
		if (!recent || !earlier || !page.change) throw new Error('no change');
		expect(page.change.recent).toMatchObject({ from: turn, to: page.to });
		expect(page.change.recent.score.value).toBeCloseTo(mean(recent), 8);
		expect(page.change.earlier.score.value).toBeCloseTo(mean(earlier), 8);
		const error = Math.sqrt(
			variance(recent) / recent.length + variance(earlier) / earlier.length
		);
		const { difference, low, high } = page.change.difference;
		expect(difference).toBeCloseTo(mean(recent) - mean(earlier), 8);
		// With hundreds of degrees of freedom t is near 1.96.
		expect((high - low) / 2 / error).toBeGreaterThan(1.959);
		expect((high - low) / 2 / error).toBeLessThan(1.98);
	});

	it('one week has nothing to stand against, four have three', async () => {
		expect((await pageAt('weeks=1')).change).toBeNull();
		const four = await pageAt('weeks=4');
		expect(four.change?.recent).toMatchObject({ from: four.week, to: four.to });
		expect(four.change?.earlier.from).toBe(four.from);
	});

	it('groups stand where mean, n and the pooled spread put them', async () => {
		const { groups, funnel } = (await pageAt('by=queue')).groups;
		const own = [...by(rows, ({ queue }) => queue)].map(([key, some]) => ({
			key,
			handoffs: some.length,
			scores: scoresOf(some)
		}));
		const drawn = own.filter(({ scores }) => scores.length >= 10);
		const all = drawn.flatMap(({ scores }) => scores);
		const squares = drawn.map(({ scores }) => (scores.length - 1) * variance(scores));
		const sd = Math.sqrt(
			squares.reduce((sum, one) => sum + one, 0) / (all.length - drawn.length)
		);
		expect(funnel?.target).toBeCloseTo(mean(all), 8);
		expect(funnel?.sd).toBeCloseTo(sd, 8);
		expect(groups).toHaveLength(own.length);
		const stretch = funnel?.isStretched ? Math.sqrt(funnel.phi) : 1;
		for (const { key, handoffs: n, scores } of own) {
			const group = groups.find((one) => one.key === key);
			expect(group?.handoffs).toBe(n);
			if (scores.length < 10) expect(group?.z).toBeNull();
			else
				expect((group?.z ?? NaN) * stretch).toBeCloseTo(
					((mean(scores) - mean(all)) * Math.sqrt(scores.length)) / sd,
					6
				);
		}
	});

	it('each item of context is missing as often as the file says', () => {
		const logged = present(rows.map(({ context }) => context));
		expect(page.context.items).toHaveLength(10);
		for (const { item, missing } of page.context.items) {
			expect(missing.n).toBe(logged.length);
			const without = logged.filter((context) => !context.includes(item)).length;
			expect(missing.value).toBeCloseTo(without / logged.length, 12);
		}
		expect(page.context.items.filter(({ isRequired }) => isRequired)).toHaveLength(5);
	});

	it.each([
		['summary', 'handle', (row: Handoff) => row.handle_s],
		['identity', 'handle', (row: Handoff) => row.handle_s],
		[
			'summary',
			'reask',
			(row: Handoff) => (row.reasked === null ? null : Math.min(row.reasked, 1))
		],
		[
			'intent',
			'reask',
			(row: Handoff) => (row.reasked === null ? null : Math.min(row.reasked, 1))
		]
	] as const)(
		'what the absence of %s costs in %s is weighed topic by topic',
		(item, what, of) => {
			const logged = rows.filter(({ context }) => context !== null);
			let sum = 0;
			let squares = 0;
			let weight = 0;
			const n = { without: 0, having: 0 };
			for (const some of by(logged, ({ topic }) => topic).values()) {
				const has = (row: Handoff) => (row.context ?? []).includes(item);
				const without = present(some.filter((row) => !has(row)).map(of));
				const having = present(some.filter(has).map(of));
				if (without.length < 5 || having.length < 5) continue;
				weight += some.length;
				n.without += without.length;
				n.having += having.length;
				sum += some.length * (mean(without) - mean(having));
				squares +=
					some.length ** 2 *
					(variance(without) / without.length + variance(having) / having.length);
			}
			const cost = page.context.items.find((one) => one.item === item)?.[what];
			expect(cost).toMatchObject(n);
			expect(cost?.difference).toBeCloseTo(sum / weight, 8);
			expect(cost?.covered).toBeCloseTo(weight / logged.length, 12);
			expect((cost?.high ?? 0) - (cost?.low ?? 0)).toBeCloseTo(
				(2 * 1.959963984540054 * Math.sqrt(squares)) / weight,
				7
			);
		}
	);

	/** Score, week and end of the handoffs whose end is known. */
	function endsOf(end: 'satisfied' | 'stayed') {
		const logEnds = Math.max(
			...handoffs.map(({ handed_off_at }) => handed_off_at),
			...conversations.map(({ started_at }) => started_at)
		);
		const endedAt = new Map(conversations.map((one) => [one.conversation_id, one.ended_at]));
		return rows.flatMap((row) => {
			const score = log.score(row);
			if (score === null) return [];
			const week = mondayOf(localDay(row.handed_off_at, zone));
			const known = { week, score: Math.round(score * 10) };
			if (end === 'satisfied') {
				const answer = rating(row);
				return answer === null ? [] : [{ ...known, good: answer >= 4 }];
			}
			const watched = log.watchedHandoff(row);
			const over =
				endedAt.get(row.conversation_id) ??
				row.resolved_at ??
				row.handed_off_at + ((row.wait_after_s ?? 0) + (row.handle_s ?? 0)) * 1000;
			if (!watched || over + 7 * dayMs > logEnds) return [];
			return [{ ...known, good: !(watched.cameBack && watched.days <= 7) }];
		});
	}

	it.each(['satisfied', 'stayed'] as const)(
		'whether the score foretells %s is counted pair by pair on the later weeks',
		(end) => {
			const found = page.foretelling.find((one) => one.end === end);
			const known = endsOf(end);
			const weeks = [...new Set(known.map(({ week }) => week))].sort();
			const turn = weeks[Math.floor(weeks.length / 2)] ?? '';
			const later = known.filter(({ week }) => week >= turn);
			expect(found?.weeks?.later).toEqual({ first: turn, last: weeks.at(-1) });
			expect(found?.weeks?.earlier.first).toBe(weeks[0]);
			expect((found?.weeks?.earlier.last ?? '') < turn).toBe(true);
			const good = later.filter((one) => one.good);
			const bad = later.filter((one) => !one.good);
			expect(found).toMatchObject({ n: later.length, good: good.length });
			let wins = 0;
			for (const a of good)
				for (const b of bad) wins += a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0;
			expect(found?.auc?.auc).toBeCloseTo(wins / good.length / bad.length, 3);
			const { brier, bins } = found?.calibration ?? {};
			expect(bins?.reduce((sum, { n }) => sum + n, 0)).toBe(later.length);
			const share = good.length / later.length;
			expect(brier?.ofBaseRate).toBeCloseTo(share * (1 - share), 10);
		}
	);

	it('weights that are tried change the score and the ranking, and nothing else', async () => {
		const tried = await pageAt('w_context=3&w_resolution=0');
		expect(tried.weights.weights).toEqual({
			context: 3,
			routing: 1,
			smoothness: 1,
			resolution: 0
		});
		const own = rows.flatMap((row) => {
			const parts = [
				[contextValue(row), 3],
				[routingValue(row), 1],
				[smoothnessValue(row), 1]
			] as const;
			const known = parts.filter(([value]) => value !== null);
			const weight = known.reduce((sum, [, own]) => sum + own, 0);
			if (weight < 2.5) return [];
			const score = known.reduce((sum, [value, own]) => sum + (value ?? 0) * own, 0) / weight;
			return [{ topic: row.topic, score: 100 * score }];
		});
		expect(tried.weights.triedScore?.n).toBe(own.length);
		expect(tried.weights.triedScore?.value).toBeCloseTo(mean(own.map(({ score }) => score)), 8);
		const means = [...by(own, ({ topic }) => topic)]
			.map(([key, some]) => ({
				key,
				score: mean(some.map(({ score }) => score)),
				n: some.length
			}))
			.filter(({ n }) => n >= 10)
			.sort((a, b) => b.score - a.score);
		const ranked = [...(tried.weights.triedRanking?.groups ?? [])].sort(
			(a, b) => (a.rank ?? 0) - (b.rank ?? 0)
		);
		expect(ranked.map(({ key }) => key)).toEqual(means.map(({ key }) => key));
		expect([...tried.weights.counts].sort()).toEqual(means.map(({ n }) => n).sort());
		expect(tried.score.numbers).toEqual(page.score.numbers);
		expect(tried.weights.ranking).toEqual(page.weights.ranking);
		expect(page.weights).toMatchObject({ weights: null, triedScore: null, triedRanking: null });
	});

	it('a filter reaches every part of the page', async () => {
		const some = await pageAt('channel=chat');
		const own = rows.filter(({ channel }) => channel === 'chat');
		const { counted, uncounted, unscored } = some.distribution;
		expect(counted + uncounted + unscored).toBe(own.length);
		expect(some.context.handoffs).toBe(own.length);
		expect(some.weights.score.n).toBe(scoresOf(own).length);
		expect(some.modes.topics.reduce((sum, one) => sum + one.handoffs, 0)).toBe(own.length);
		expect(some.foretelling[0]?.n).toBeLessThan(page.foretelling[0]?.n ?? 0);
	});
});

describe('a log without context, queues and ends', () => {
	let store: TestStore;
	beforeAll(async () => {
		store = await TestStore.open();
		const lines = Array.from({ length: 40 }, (_, index) => ({
			conversation_id: `c${index}`,
			handed_off_at: `2026-11-${String(2 + (index % 14)).padStart(2, '0')}T10:00:00Z`,
			wait_after_s: 20 + index,
			topic: index % 2 ? 'A' : 'B'
		}));
		await store.importRows('bare', lines);
	});
	afterAll(() => store.close());

	it('has no score, no cost and nothing foretold, and says which fields are not there', async () => {
		const page = await pageAt();
		expect(page.distribution).toMatchObject({ counted: 0, uncounted: 40, unscored: 0 });
		expect(page.change).toBeNull();
		expect(page.groups.funnel).toBeNull();
		expect(
			page.context.items.every(
				({ missing, handle }) => missing.value === null && handle === null
			)
		).toBe(true);
		expect(page.foretelling.every(({ weeks, auc }) => weeks === null && auc === null)).toBe(
			true
		);
		expect(page.weights.ranking.groups).toEqual([]);
		const absent = page.fields.filter(({ record, share }) => record === 'handoff' && !share);
		expect(absent.map(({ field }) => field)).toEqual(
			expect.arrayContaining(['context', 'transfers', 'announced', 'outcome'])
		);
		expect(page.modes.numbers.cold_rate.estimate).toMatchObject({ value: null, n: 0 });
	});
});

describe('the address', () => {
	const settings = { context: 1, routing: 1, smoothness: 1, resolution: 2 };
	const tried = (address: string) => readTriedWeights(new URLSearchParams(address), settings);

	it('names what to group by; by topic otherwise', () => {
		const grouping = (address: string) => readGrouping(new URLSearchParams(address)).by;
		expect(grouping('by=ai_version')).toBe('ai_version');
		expect([grouping(''), grouping('by=week'), grouping('by=')]).toEqual(
			Array<string>(3).fill('topic')
		);
	});

	it('gives weights to try; what it does not name stays as set', () => {
		expect(tried('')).toEqual({ weights: null, refused: [], given: {} });
		expect(tried('w_context=0.5&w_routing=0').weights).toEqual({
			context: 0.5,
			routing: 0,
			smoothness: 1,
			resolution: 2
		});
		expect(tried('w_context=1,5').weights?.context).toBe(1.5);
	});

	it.each([
		'w_context=abc',
		'w_context=-1',
		'w_context=1e9',
		'w_context=NaN',
		'w_context=Infinity'
	])('%s is refused by name and value', (address) => {
		const { weights, refused } = tried(address);
		expect(weights).toBeNull();
		expect(refused).toHaveLength(1);
		expect(refused[0]?.component).toBe('context');
		expect(refused[0]?.why).toContain(address.slice('w_context='.length));
	});

	it('refuses four zeros', () => {
		const zeros = 'w_context=0&w_routing=0&w_smoothness=0&w_resolution=0';
		expect(tried(zeros)).toMatchObject({ weights: null, refused: [{ component: null }] });
	});
});
