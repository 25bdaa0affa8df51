import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CsatPage, PathSummary } from '../../../src/lib/csat.ts';
import { readCsatPage } from '../../../src/lib/server/csat/csat.ts';
import { readLog } from '../../../src/lib/server/store/log.ts';
import { readChoice } from '../../../src/lib/server/scope/scope.ts';
import type { Path } from '../../../src/lib/week.ts';
import { localDay, mondayOf } from '../../second/clock.ts';
import { gotReply, rating, waitAfter, waitBefore } from '../../second/facts.ts';
import { readConversations, readHandoffs, type Handoff } from '../../second/records.ts';
import { TestStore } from '../store.ts';

async function pageAt(address = ''): Promise<CsatPage> {
	const page = await readCsatPage(readChoice(new URLSearchParams(address)), await readLog());
	if (!page) throw new Error('no page');
	return page;
}

const pathOf = (page: CsatPage, path: Path): PathSummary => {
	const found = page.paths.find((one) => one.path === path);
	if (!found) throw new Error(`no ${path}`);
	return found;
};

/** A contact of one path as the raw lines have it. */
type Contact = { path: Path; day: string; topic: string | null; csat: number | null };

const z = 1.959963984540054;

/** Wilson's interval, written once more. */
function scoreInterval(hits: number, n: number): [number, number] {
	const middle = (hits + (z * z) / 2) / (n + z * z);
	const half = (z / (n + z * z)) * Math.sqrt((hits * (n - hits)) / n + (z * z) / 4);
	return [middle - half, middle + half];
}

const answersOf = (rows: Contact[]) => rows.flatMap(({ csat }) => (csat === null ? [] : [csat]));
const satisfied = (answers: number[]) => answers.filter((answer) => answer >= 4).length;

/** Share of a path with its topics in the mix of another, thin topics in one. */
function atMixOf(rows: Contact[], mix: Contact[], thin: (string | null)[]) {
	const named = (topic: string | null) =>
		thin.includes(topic) ? 'the thin ones' : `topic ${topic}`;
	let value = 0;
	let variance = 0;
	for (const name of new Set(mix.map(({ topic }) => named(topic)))) {
		const weight = mix.filter(({ topic }) => named(topic) === name).length / mix.length;
		const answers = answersOf(rows.filter(({ topic }) => named(topic) === name));
		const share = satisfied(answers) / answers.length;
		value += weight * share;
		variance += (weight * weight * share * (1 - share)) / (answers.length - 1);
	}
	return { value, se: Math.sqrt(variance) };
}

describe('CSAT of the sample', () => {
	let store: TestStore;
	let page: CsatPage;
	let contacts: Contact[];
	let handoffs: Handoff[];

	beforeAll(async () => {
		store = await TestStore.open();
		const files = await store.importSample();
		page = await pageAt();
		const day = (moment: number) => localDay(moment, 'Europe/Berlin');
		const within = (moment: number) => day(moment) >= page.from && day(moment) < page.to;
		const all = readHandoffs(files.handoffs);
		const handedOff = new Set(all.map(({ conversation_id }) => conversation_id));
		handoffs = all.filter(({ handed_off_at }) => within(handed_off_at));
		contacts = [
			...handoffs.map((row): Contact => ({
				path: 'handed_off',
				day: day(row.handed_off_at),
				topic: row.topic,
				csat: rating(row)
			})),
			...readConversations(files.conversations)
				.filter((row) => within(row.started_at) && !handedOff.has(row.conversation_id))
				.flatMap((row): Contact[] =>
					row.handled_by === 'ai' || row.handled_by === 'human'
						? [
								{
									path: row.handled_by === 'ai' ? 'ai_only' : 'human_only',
									day: day(row.started_at),
									topic: row.topic,
									csat:
										row.csat === null
											? null
											: 1 + (4 * (row.csat - 1)) / ((row.csat_scale ?? 5) - 1)
								}
							]
						: []
				)
		];
	});
	afterAll(() => store.close());

	const of = (path: Path) => contacts.filter((row) => row.path === path);

	it('looks at 26 weeks where the address names no period', () => {
		expect(page).toMatchObject({ span: 26, week: '2026-11-09', to: '2026-11-16' });
		expect(page.paths.map(({ path }) => path)).toEqual(['handed_off', 'ai_only', 'human_only']);
	});

	it.each(['handed_off', 'ai_only', 'human_only'] as const)(
		'counts %s as a plain count over the raw lines does',
		(path) => {
			const answers = answersOf(of(path));
			const found = pathOf(page, path);
			expect(found.conversations).toBe(of(path).length);
			expect(found.csat_top2.n).toBe(answers.length);
			expect(found.csat_top2.value).toBeCloseTo(satisfied(answers) / answers.length, 12);
			const [low, high] = scoreInterval(satisfied(answers), answers.length);
			expect(found.csat_top2.low).toBeCloseTo(low, 9);
			expect(found.csat_top2.high).toBeCloseTo(high, 9);
			const mean = answers.reduce((sum, answer) => sum + answer, 0) / answers.length;
			expect(found.csat_mean.value).toBeCloseTo(mean, 9);
			expect(found.response.value).toBeCloseTo(answers.length / of(path).length, 12);
			expect(found.response.n).toBe(of(path).length);
			for (const answer of [1, 2, 3, 4, 5]) {
				const bar = page.answers.find((row) => row.path === path && row.answer === answer);
				expect(bar?.n ?? 0).toBe(
					answers.filter((one) => one >= answer && one < answer + 1).length
				);
			}
		}
	);

	it('says what the silent could do where fewer than half answered', () => {
		for (const { path, bounds } of page.paths) {
			const answers = answersOf(of(path));
			const silent = of(path).length - answers.length;
			expect(answers.length).toBeLessThan(of(path).length / 2);
			expect(bounds?.low).toBeCloseTo(satisfied(answers) / of(path).length, 12);
			expect(bounds?.high).toBeCloseTo((satisfied(answers) + silent) / of(path).length, 12);
		}
	});

	it('puts the paths at the topic mix of the handoffs, thin topics merged in all of them', () => {
		const topics = [...new Set(of('handed_off').map(({ topic }) => topic))];
		const few = (topic: string | null) =>
			page.paths.some(
				({ path }) => answersOf(of(path).filter((row) => row.topic === topic)).length < 5
			);
		const thin = topics.filter(few);
		const thinShare =
			of('handed_off').filter(({ topic }) => thin.includes(topic)).length /
			of('handed_off').length;
		expect(thin.length).toBeGreaterThan(0);
		expect(page.mix).toMatchObject({ topics: topics.length, merged: thin.length });
		expect(page.mix.mergedShare).toBeCloseTo(thinShare, 12);
		const own = atMixOf(of('handed_off'), of('handed_off'), thin);
		for (const { path, standardised, difference } of page.paths) {
			const { value, se } = atMixOf(of(path), of('handed_off'), thin);
			expect(standardised?.value).toBeCloseTo(value, 9);
			expect(standardised?.low).toBeCloseTo(value - z * se, 6);
			expect(standardised?.high).toBeCloseTo(value + z * se, 6);
			if (path === 'handed_off') {
				expect(difference).toBeNull();
				continue;
			}
			const error = Math.sqrt(se * se + own.se * own.se);
			expect(difference?.value).toBeCloseTo(own.value - value, 9);
			expect(difference?.low).toBeCloseTo(own.value - value - z * error, 6);
			expect(difference?.high).toBeCloseTo(own.value - value + z * error, 6);
		}
	});

	it('weights every topic of a path by its conversations, answered or not', () => {
		for (const { path, weighted } of page.paths) {
			const topics = [...new Set(of(path).map(({ topic }) => topic))];
			const thin = topics.filter(
				(topic) => answersOf(of(path).filter((row) => row.topic === topic)).length < 5
			);
			expect(weighted?.value).toBeCloseTo(atMixOf(of(path), of(path), thin).value, 9);
		}
	});

	it('gives every week of every path as it is in the raw lines', () => {
		for (const { path, week, csat_top2 } of page.series) {
			const answers = answersOf(of(path).filter(({ day }) => mondayOf(day) === week));
			expect([week, csat_top2.n]).toEqual([week, answers.length]);
			if (answers.length > 0)
				expect(csat_top2.value).toBeCloseTo(satisfied(answers) / answers.length, 12);
		}
		expect(page.series.filter(({ path }) => path === 'handed_off')).toHaveLength(12);
	});

	it('puts the trigger that was made late at the top of the triggers, as lower than the rest', () => {
		const { groups } = page.triggers;
		expect(groups[0]?.key).toBe('customer_request');
		expect(groups[0]?.difference?.differs).toBe(true);
		expect(groups[0]?.difference?.high).toBeLessThan(-0.2);
		const lower = groups.filter(
			({ difference }) => difference?.differs && (difference.value ?? 0) < 0
		);
		expect(lower).toHaveLength(1);
	});

	it('ranks no topic or trigger twice, and all of them add up', () => {
		for (const { groups, all } of [page.topics, page.triggers]) {
			expect(new Set(groups.map(({ key }) => key)).size).toBe(groups.length);
			expect(groups.reduce((sum, { handoffs }) => sum + handoffs, 0)).toBe(handoffs.length);
			expect(groups.reduce((sum, { csat_top2 }) => sum + csat_top2.n, 0)).toBe(all.n);
		}
	});

	it('draws every share towards the others, and compares each with all but itself', () => {
		const answers = answersOf(of('handed_off'));
		const pooled = satisfied(answers) / answers.length;
		for (const { key, csat_top2, shrunken, difference } of page.topics.groups) {
			if (!shrunken || csat_top2.value === null || shrunken.value === null) continue;
			expect(Math.abs(shrunken.value - pooled)).toBeLessThan(
				Math.abs(csat_top2.value - pooled) + 0.02
			);
			const rest = answersOf(of('handed_off').filter(({ topic }) => topic !== key));
			expect(difference?.value).toBeCloseTo(
				csat_top2.value - satisfied(rest) / rest.length,
				9
			);
		}
	});

	it.each([
		['before', (row: Handoff) => waitBefore(row)],
		['after', (row: Handoff) => (gotReply(row) ? waitAfter(row) : null)]
	] as const)('counts the answers by the wait %s as the raw lines have them', (wait, waitOf) => {
		const { bins } = page.waits[wait];
		expect(bins.length).toBeGreaterThan(3);
		let last = -1;
		for (const { from_s, to_s, handoffs: counted, csat_top2 } of bins) {
			expect(from_s).toBeGreaterThan(last);
			last = from_s;
			const rows = handoffs.filter((row) => {
				const waited = waitOf(row);
				return waited !== null && waited >= from_s && waited < (to_s ?? Infinity);
			});
			const answers = rows.flatMap((row) => rating(row) ?? []);
			expect(counted).toBe(rows.length);
			expect(csat_top2.n).toBe(answers.length);
			expect(csat_top2.n).toBeGreaterThanOrEqual(30);
			expect(csat_top2.value).toBeCloseTo(satisfied(answers) / answers.length, 12);
		}
		const known = handoffs.filter((row) => waitOf(row) !== null).length;
		expect(bins.reduce((sum, bin) => sum + bin.handoffs, 0)).toBe(known);
	});

	it('a filter that conversations do not carry chooses handoffs and leaves the other paths', async () => {
		const failures = await pageAt('route=failure');
		for (const path of ['ai_only', 'human_only'] as const) {
			expect(pathOf(failures, path).csat_top2).toEqual(pathOf(page, path).csat_top2);
			expect(pathOf(failures, path).standardised).not.toEqual(
				pathOf(page, path).standardised
			);
		}
		expect(pathOf(failures, 'handed_off').conversations).toBeLessThan(
			pathOf(page, 'handed_off').conversations
		);
	});

	it('a filter by topic holds for all three paths', async () => {
		const refunds = await pageAt('topic=Refunds');
		for (const { path, conversations, csat_top2 } of refunds.paths) {
			const rows = of(path).filter(({ topic }) => topic === 'Refunds');
			expect([conversations, csat_top2.n]).toEqual([rows.length, answersOf(rows).length]);
		}
		expect(refunds.topics.groups).toHaveLength(1);
		expect(refunds.topics.groups[0]?.difference).toBeNull();
	});
});

describe('CSAT of logs that say little', () => {
	let store: TestStore;
	beforeAll(async () => {
		store = await TestStore.open();
	});
	afterAll(() => store.close());

	const handoff = (id: string, rest: object = {}) => ({
		conversation_id: id,
		handed_off_at: '2026-11-11T12:00:00Z',
		topic: '',
		csat: '',
		csat_scale: '',
		...rest
	});

	it('an empty store has no page', async () => {
		expect(await readCsatPage(readChoice(new URLSearchParams()), await readLog())).toBeNull();
	});

	it('without csat nothing is said, neither a share nor a response rate of zero', async () => {
		await store.importRows('silent', [handoff('a'), handoff('b')]);
		const page = await pageAt();
		expect(page.paths).toHaveLength(1);
		expect(pathOf(page, 'handed_off')).toMatchObject({
			conversations: 2,
			response: { value: null },
			csat_top2: { value: null, n: 0 },
			standardised: null,
			bounds: null
		});
		expect(page.answers).toEqual([]);
		expect(page.waits).toMatchObject({ before: { bins: [] }, after: { bins: [] } });
		expect(page.topics.groups).toMatchObject([{ key: null, shrunken: null, difference: null }]);
	});

	it('answers of other scales are counted with the point below, so that 4 and 5 are the satisfied', async () => {
		await store.importRows(
			'tens',
			Array.from({ length: 10 }, (_, at) =>
				handoff(`ten${at}`, { csat: String(at + 1), csat_scale: '10' })
			)
		);
		const page = await pageAt();
		// 1, 1.44, 1.89 | 2.33, 2.78 | 3.22, 3.67 | 4.11, 4.56 | 5
		expect(page.answers.map(({ answer, n }) => [answer, n])).toEqual([
			[1, 3],
			[2, 2],
			[3, 2],
			[4, 2],
			[5, 1]
		]);
		expect(page.answers.reduce((sum, { n_between }) => sum + n_between, 0)).toBe(8);
		expect(pathOf(page, 'handed_off').csat_top2).toMatchObject({ value: 0.3, n: 10 });
	});

	it('half and more answers need no bounds, and under 30 answers no path is compared', async () => {
		const page = await pageAt();
		expect(pathOf(page, 'handed_off')).toMatchObject({
			response: { n: 12 },
			bounds: null,
			standardised: null,
			difference: null
		});
		expect(page.mix.merged).toBe(0);
	});
});
