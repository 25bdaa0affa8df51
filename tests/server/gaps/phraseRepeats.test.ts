import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerGaps, gapsParameters } from '../../../src/lib/server/gaps/gapFile.ts';
import { readGaps } from '../../../src/lib/server/gaps/gaps.ts';
import {
	readPhraseRepeats,
	repeatChances,
	type PhraseRepeats
} from '../../../src/lib/server/gaps/phraseRepeats.ts';
import { readParameters } from '../../../src/lib/server/http/parameters.ts';
import { measure } from '../../../src/lib/server/measure/measure.ts';
import { groupQuestions } from '../../../src/lib/server/phrases/phraseJob.ts';
import { withConnection } from '../../../src/lib/server/store/engine.ts';
import { parseLines } from '../../second/csv.ts';
import { handoffsOf, questionsOf } from '../phrases/questions.ts';
import { ever, TestStore } from '../store.ts';

/** Who asked how often, and how many of them came back two days later, within the window. */
const asked = [
	{ matter: 'parcel', count: 40, back: 20 },
	{ matter: 'invoice', count: 40, back: 2 }
] as const;

let store: TestStore;
let repeats: Map<string, PhraseRepeats>;
const groups: Record<string, string> = {};

beforeAll(async () => {
	store = await TestStore.open({ timezone: 'UTC' });
	for (const { matter, count, back } of asked) {
		const rows = handoffsOf(matter, questionsOf(matter, count), {
			route: 'failure',
			handle_s: '600'
		}).map((row, at) => ({ ...row, customer_id: `${matter}-${at}` }));
		const again = rows.slice(0, back).map((row) => ({
			...row,
			handoff_id: `${row.handoff_id}-again`,
			conversation_id: `${row.conversation_id}-again`,
			handed_off_at: new Date(
				Date.parse(row.handed_off_at as string) + 2 * 86_400_000
			).toISOString(),
			question: ''
		}));
		await store.importRows(matter, [...rows, ...again]);
	}
	// The log goes on, so that all are watched to the end of the window.
	await store.importRows(
		'late',
		handoffsOf('late', [''], { handed_off_at: '2026-12-20T12:00Z' })
	);
	await groupQuestions();
	for (const { matter } of asked) {
		const found = await withConnection((connection) =>
			connection.runAndReadAll(
				`select 'p' || model || '-' || n from phrase_members where handoff_id = '${matter}-0'`
			)
		);
		groups[matter] = String(found.getRows()[0]?.[0]);
	}
	repeats = await readPhraseRepeats(ever);
});
afterAll(() => store.close());

describe('a file of gaps', () => {
	it('has language and central question of a phrase group', async () => {
		const asked = new URLSearchParams('from=2026-10-05&to=2026-12-21&all=yes&format=csv');
		const lines = parseLines(await answerGaps(readParameters(gapsParameters, asked), null));
		const row = lines.find(({ gap }) => gap?.endsWith(`#${groups.parcel}`));
		expect(row?.question).toMatch(/parcel/iu);
		expect(row?.language).toBe('en');
	});
});

describe('the chance of a repeat of a phrase group', () => {
	it('is counted of its own handoffs', () => {
		expect(repeats.size).toBe(2);
		for (const { matter, count, back } of asked) {
			const own = repeats.get(groups[matter] ?? '');
			expect(own).toMatchObject({ followed: count, possible: count });
			expect(own?.hits).toBeCloseTo(back, 8);
			expect(own?.n).toBeCloseTo(count, 8);
		}
	});

	it('is drawn towards the topic’s, and a thin group the most', async () => {
		const [topic] = await measure(ever, ['repeat_rate']);
		const rate = topic?.values.repeat_rate;
		const chances = repeatChances(rate, new Map([...repeats, ['p9-9', thin]]));
		const of = (id: string) => chances.get(id)?.value ?? NaN;
		for (const { matter, count, back } of asked) {
			const own = back / count;
			const [low, high] = [own, rate?.value ?? NaN].sort((a, b) => a - b);
			expect(of(groups[matter] ?? '')).toBeGreaterThan(low ?? NaN);
			expect(of(groups[matter] ?? '')).toBeLessThan(high ?? NaN);
			expect(Math.abs(of(groups[matter] ?? '') - own)).toBeLessThan(0.1);
		}
		// Of one that nobody could be followed in, the topic's own.
		expect(of('p9-9')).toBeCloseTo(rate?.value ?? NaN, 8);
	});

	it('makes the cost of its failures, not that of the topic', async () => {
		const { gaps } = await readGaps({ from: '2026-10-05', to: '2026-12-21' });
		for (const { matter } of asked) {
			const gap = gaps.find(({ phrase }) => phrase?.id === groups[matter]);
			const { cost, observed } = gap ?? {};
			expect(cost?.minutes).toBeCloseTo(10, 8);
			const each = 10 + (cost?.repeatChance.value ?? NaN) * 10;
			expect(cost?.hours).toBeCloseTo(((observed ?? NaN) * each) / 60, 8);
		}
		const chanceOf = (matter: string) =>
			gaps.find(({ phrase }) => phrase?.id === groups[matter])?.cost?.repeatChance.value ?? 0;
		expect(chanceOf('parcel')).toBeGreaterThan(0.4);
		expect(chanceOf('invoice')).toBeLessThan(0.15);
	});

	it('stands beside failures out of the topic’s volume, shared as its questions are', async () => {
		const { gaps } = await readGaps({ from: '2026-10-05', to: '2026-12-21' });
		// Every handoff fails: 80 with a question, the repeats and the last one without.
		for (const { matter, count } of asked) {
			const gap = gaps.find(({ phrase }) => phrase?.id === groups[matter]);
			expect(gap).toMatchObject({ observed: count, volume: 80 + 20 + 2 + 1, grown: false });
			expect(gap?.expected).toBeCloseTo(count, 8);
		}
	});

	it('is not known where the topic’s is not', () => {
		expect(repeatChances(undefined, repeats).size).toBe(0);
	});
});

const thin: PhraseRepeats = { hits: 0, n: 0, followed: 0, possible: 3 };
