import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../../src/lib/dates.ts';
import { split } from '../../../src/lib/server/week/moved.ts';
import { localDay } from '../../second/clock.ts';
import { Log } from '../../second/facts.ts';
import { readConversations, readHandoffs } from '../../second/records.ts';
import { secondMeasure } from '../../second/second.ts';
import { importCut } from '../cutSample.ts';
import { TestStore } from '../store.ts';

const timezone = 'Europe/Berlin';
const weekFrom = (from: string) => ({ from, to: addDays(from, 7), weeks: 1 });
const [weekBefore, known] = [weekFrom('2026-10-26'), weekFrom('2026-11-02')];
/** The log ends on its Wednesday of the week after: half of it was watched for all of the window. */
const half = weekFrom('2026-11-09');
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

type Row = { key: string | null; days: number; isBack: boolean };

describe('what moved repeat contacts', () => {
	let store: TestStore;
	let handoffs: ReturnType<typeof readHandoffs>;
	let conversations: ReturnType<typeof readConversations>;
	beforeAll(async () => {
		store = await TestStore.open();
		const files = await importCut(
			store,
			{ weeks: 9, conversations: 9000, seed: 7, end: '2026-11-22' },
			{ from: '2026-09-01', to: '2026-11-19' }
		);
		handoffs = readHandoffs(files.handoffs);
		conversations = readConversations(files.conversations);
	});
	afterAll(() => store.close());

	/** Handoffs of a week that can be followed: how long each, and whether the customer came back. */
	function followed({ from, to }: { from: string; to: string }): Row[] {
		const log = new Log(handoffs, conversations);
		return handoffs.flatMap((line) => {
			const day = localDay(line.handed_off_at, timezone);
			const watched = day >= from && day < to ? log.watchedHandoff(line) : null;
			if (!watched) return [];
			const { days, cameBack } = watched;
			return [{ key: line.topic, days: Math.min(days, 7), isBack: cameBack && days <= 7 }];
		});
	}
	const isThin = (rows: Row[]) =>
		rows.length > 0 && rows.filter(({ days }) => days >= 7).length < 10;

	/** Each repeat counts for itself and those lost from sight: one over the share still in sight. */
	function repeatsOf(rows: Row[], all: Row[]): number {
		const lost = [...new Set(all.filter((row) => !row.isBack).map(({ days }) => days))];
		const inSight = (before: number) =>
			lost
				.filter((day) => day < before && day < 7)
				.reduce((share, day) => {
					const left = all.filter((r) => r.days > day || (r.days === day && !r.isBack));
					const gone = all.filter((r) => !r.isBack && r.days === day);
					return share * (1 - gone.length / left.length);
				}, 1);
		return sum(rows.filter(({ isBack }) => isBack).map(({ days }) => 1 / inSight(days)));
	}

	it.each([
		['all watched for the whole window', weekBefore, known],
		['half of the week lost from sight', known, half]
	])(
		'starts and ends at the rates of all handoffs, as the cards say them: %s',
		async (_, first, second) => {
			const found = await split('repeat_rate', {}, [first, second]);
			for (const [rate, { from, to }] of [
				[found?.before, first],
				[found?.after, second]
			] as const) {
				const [whole] = secondMeasure(
					handoffs,
					conversations,
					{ from, to },
					'repeat_rate',
					[],
					{ timezone }
				).values();
				expect(whole?.value).toBeGreaterThan(0);
				expect(rate).toBeCloseTo(whole?.value ?? NaN, 12);
			}
			const parts = found?.rows.flatMap(({ parts }) => parts) ?? [];
			expect(sum(parts)).toBe(found?.change);
			expect(found?.change).toBeCloseTo((found?.after ?? NaN) - (found?.before ?? NaN), 12);
		}
	);

	it.each([
		['all watched for the whole window', weekBefore, known],
		['half of the week lost from sight', known, half]
	])(
		'joins the topics of which too few were followed, and takes none for absent: %s',
		async (_, first, second) => {
			const found = await split('repeat_rate', {}, [first, second]);
			const sides = [followed(first), followed(second)];
			const of = (rows: Row[] | undefined, topics: (string | null)[]) =>
				rows?.filter(({ key }) => topics.includes(key)) ?? [];
			const topics = [...new Set(sides.flat().map(({ key }) => key))];
			const thin = topics.filter((topic) => sides.some((rows) => isThin(of(rows, [topic]))));
			expect(thin.length).toBeGreaterThan(1);
			const joined = found?.rows.filter((row) => row.joined) ?? [];
			expect(joined).toHaveLength(1);
			expect(new Set(joined[0]?.joined)).toEqual(new Set(thin));
			expect(new Set(found?.rows.filter((row) => !row.joined).map(({ key }) => key))).toEqual(
				new Set(topics.filter((topic) => !thin.includes(topic)))
			);
			for (const row of found?.rows ?? [])
				for (const [at, side] of [row.before, row.after].entries()) {
					const own = of(sides[at], row.joined ?? [row.key]);
					expect(side.n).toBe(own.length);
					expect(side.value).toBeCloseTo(repeatsOf(own, sides[at] ?? []) / own.length, 9);
				}
		}
	);

	it('says a topic whose handoffs were all watched by its plain share', async () => {
		const found = await split('repeat_rate', {}, [weekBefore, known]);
		const said = found?.rows.filter((row) => !row.joined) ?? [];
		expect(said.length).toBeGreaterThan(2);
		for (const { key, before } of said) {
			const own = followed(weekBefore).filter((row) => row.key === key);
			expect(own.every(({ days, isBack }) => isBack || days >= 7)).toBe(true);
			expect(before.value).toBeCloseTo(
				own.filter(({ isBack }) => isBack).length / own.length,
				12
			);
		}
	});

	it('is not said where too few of all handoffs were followed', async () => {
		expect(await split('repeat_rate', {}, [known, weekFrom('2026-11-16')])).toBeNull();
		expect(
			await split('repeat_rate', { topic: ['Privacy request'] }, [weekBefore, known])
		).toBeNull();
	});
});
