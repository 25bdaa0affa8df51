import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../../src/lib/dates.ts';
import type { RepeatsPage } from '../../../src/lib/repeats.ts';
import { measure } from '../../../src/lib/server/measure/measure.ts';
import type { Path } from '../../../src/lib/week.ts';
import { localDay, mondayOf } from '../../second/clock.ts';
import { TestStore } from '../store.ts';
import { byHand, choose, Contacts, day, pageAt, type Contact, type Watch } from './byHand.ts';

let store: TestStore;
let seen: Contacts;
beforeAll(async () => {
	store = await TestStore.open();
	seen = new Contacts(await store.importSample());
});
afterAll(() => store.close());

const curveOf = (page: RepeatsPage, path: Path) => {
	const found = page.curves.find((one) => one.path === path);
	if (!found) throw new Error(`no ${path}`);
	return found;
};

describe('the address of repeats', () => {
	it('chooses group, topic, channel and days, and leaves out what it does not know', () => {
		expect(choose('by=outcome&match=any&on=same&days=14').asked).toEqual({
			by: 'outcome',
			match: 'any',
			on: 'same',
			days: 14
		});
		expect(choose('by=colour&match=none&on=&days=-3').asked).toEqual({
			by: null,
			match: null,
			on: null,
			days: null
		});
	});

	it('without choices looks at 7 days, the same topic, any channel, by route', async () => {
		const page = await pageAt('days=8');
		expect(page.choices).toEqual({ by: 'route', match: 'same', on: 'any', days: 7 });
		expect(page.span).toBe(26);
	});
});

describe.each([
	['', 'same', 'any'],
	['match=any', 'any', 'any'],
	['match=any&on=same', 'any', 'same'],
	['on=same&weeks=4', 'same', 'same']
] as const)('curves of "%s"', (address, match, on) => {
	it('equal a count customer by customer at 1, 3, 7, 14 and 30 days', async () => {
		const page = await pageAt(address);
		expect(page.marks).toEqual([1, 3, 7, 14, 30]);
		for (const path of ['handed_off', 'ai_only', 'human_only'] as const) {
			const curve = curveOf(page, path);
			const rows = seen.watched(
				seen.inPeriod(page).filter((one) => one.path === path),
				match,
				on
			);
			expect(curve.n).toBe(rows.length);
			for (const mark of curve.marks) {
				const hand = byHand(rows, mark.day);
				expect(mark.watched).toBe(hand.left);
				if (hand.left < 10) {
					expect(mark.value).toBeNull();
					continue;
				}
				expect(mark.value).toBeCloseTo(hand.rate, 9);
				if (hand.rate === 0) expect([mark.low, mark.high]).toEqual([null, null]);
				else {
					expect(mark.low).toBeCloseTo(hand.low, 9);
					expect(mark.high).toBeCloseTo(hand.high, 9);
				}
				if (match === 'same') expect([mark.same, mark.other]).toEqual([null, null]);
				else {
					expect(mark.same?.value).toBeCloseTo(hand.same, 9);
					expect(mark.other?.value).toBeCloseTo(hand.other, 9);
					expect((mark.same?.value ?? 0) + (mark.other?.value ?? 0)).toBeCloseTo(
						mark.value ?? NaN,
						12
					);
				}
			}
			const said = curve.steps.flatMap(({ value }) => (value === null ? [] : [value]));
			expect(said).toEqual([...said].sort((a, b) => a - b));
		}
	});
});

describe('repeats of the sample', () => {
	it('say of 7 days what the metrics repeat_rate and false_containment_rate say', async () => {
		const page = await pageAt();
		const { from, to } = page;
		const [row] = await measure({ from, to }, ['repeat_rate', 'false_containment_rate']);
		for (const [path, id] of [
			['handed_off', 'repeat_rate'],
			['ai_only', 'false_containment_rate']
		] as const) {
			const curve = curveOf(page, path);
			const mark = curve.marks.find(({ day }) => day === 7);
			expect(mark?.value).toBeCloseTo(row?.values[id].value ?? NaN, 12);
			expect(mark?.low).toBeCloseTo(row?.values[id].low ?? NaN, 12);
			expect(curve.n).toBe(row?.values[id].n);
		}
	});

	it('by week equal the metrics, and are known up to a window before the end', async () => {
		const page = await pageAt('days=3');
		const { from, to } = page;
		const ids = ['repeat_rate', 'false_containment_rate'] as const;
		const weeks = await measure({ from, to }, ids, ['week'], { windowDays: 3 });
		expect(page.series.length).toBe(2 * weeks.length);
		for (const { path, week, returned } of page.series) {
			const same = weeks.find(({ by }) => by.week === week);
			const id = path === 'ai_only' ? ids[1] : ids[0];
			expect(returned.value).toEqual(same?.values[id].value);
			expect(returned.n).toBe(same?.values[id].n);
			expect(mondayOf(week)).toBe(week);
		}
		expect(page.knownTo).toBe(addDays(localDay(seen.logEnd, 'Europe/Berlin'), -3));
	});

	it('plain counting is too low with the young as not back, too high without them', async () => {
		const page = await pageAt('weeks=4');
		const curve = curveOf(page, 'handed_off');
		const rows = seen.watched(
			seen.inPeriod(page).filter(({ path }) => path === 'handed_off'),
			'same'
		);
		const back = rows.filter(({ kind, days }) => kind && days <= 7).length;
		const full = rows.filter(({ days, kind }) => days >= 7 && !(kind && days === 7)).length;
		expect(curve.simple.asGood).toBeCloseTo(back / rows.length, 12);
		expect(curve.simple.matureOnly).toBeCloseTo(back / (back + full), 12);
	});

	it('a filter of topic chooses the same contacts on every path', async () => {
		const page = await pageAt('topic=Refunds&days=14');
		for (const path of ['handed_off', 'ai_only'] as const) {
			const rows = seen
				.inPeriod(page)
				.filter((one) => one.path === path && one.topic === 'Refunds');
			const mark = curveOf(page, path).marks.find(({ day }) => day === 14);
			expect(mark?.value).toBeCloseTo(byHand(seen.watched(rows, 'same'), 14).rate, 9);
		}
	});
});

describe('groups of repeats', () => {
	it.each(['topic', 'outcome', 'channel'] as const)(
		'by %s: every group equals a count by hand, the thin come last',
		async (by) => {
			const page = await pageAt(`by=${by}`);
			const own = seen.inPeriod(page).filter(({ path }) => path === 'handed_off');
			const keys = new Set(own.filter(seen.isFollowed).map((one) => one[by]));
			const { groups, test } = page.groups;
			expect(new Set(groups.map(({ key }) => key))).toEqual(keys);
			for (const group of groups) {
				const rows = seen.watched(
					own.filter((one) => one[by] === group.key),
					'same'
				);
				expect(group.n).toBe(rows.length);
				const hand = byHand(rows, 7);
				const mark = group.marks.find(({ day }) => day === 7);
				expect(mark?.watched).toBe(hand.left);
				if (hand.left >= 10) expect(mark?.value).toBeCloseTo(hand.rate, 9);
				expect(group.shrunken === null).toBe(hand.left < 10);
			}
			const ranked = groups.map(({ shrunken }) => shrunken !== null);
			expect(ranked).toEqual([...ranked].sort((a, b) => Number(b) - Number(a)));
			expect(groups.filter(({ line }) => line !== null).length).toBeLessThanOrEqual(6);
			expect(test?.groups).toBe(ranked.filter(Boolean).length);
		}
	);

	it('drawn-in shares lie within the range of the plain ones', async () => {
		const { groups } = (await pageAt('by=topic')).groups;
		const values = groups.flatMap(({ marks }) => marks[2]?.value ?? []);
		for (const { shrunken } of groups) {
			if (!shrunken) continue;
			expect(shrunken.value).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
			expect(shrunken.value).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
		}
	});

	it('against all others: as many seen as counted, and expected by hand', async () => {
		const page = await pageAt('by=outcome');
		const own = seen
			.inPeriod(page)
			.filter(
				({ path, ...row }) => path === 'handed_off' && seen.isFollowed({ path, ...row })
			);
		const times = own.map((row) => ({ row, ...(seen.watched([row], 'same')[0] as Watch) }));
		const group = page.groups.groups.find(({ against }) => against !== null);
		const mine = times.filter(({ row }) => row.outcome === group?.key);
		const isBack = ({ kind, days }: Watch) => kind !== null && days <= 30;
		expect(group?.against?.observed).toBe(mine.filter(isBack).length);
		let expected = 0;
		for (const { days } of times.filter(isBack)) {
			const left = (rows: Watch[]) => rows.filter((one) => one.days >= days).length;
			expected += left(mine) / left(times);
		}
		expect(group?.against?.expected).toBeCloseTo(expected, 6);
	});
});

describe('where customers come back to', () => {
	it('equals a count by hand, and the shares add up', async () => {
		const page = await pageAt('days=14');
		for (const found of page.destinations) {
			const back = seen
				.inPeriod(page)
				.filter(
					(one) =>
						one.path === found.path &&
						seen.isFollowed(one) &&
						one.next.next_contact_at !== null &&
						one.next.next_contact_at - one.ended <= 14 * day
				);
			expect(found.back).toBe(back.length);
			const count = (test: (one: Contact) => boolean) => back.filter(test).length;
			for (const { key, hits, value } of found.channels) {
				expect(hits).toBe(count(({ next }) => next.next_contact_channel === key));
				expect(value).toBeCloseTo(hits / back.length, 12);
			}
			const hits = (rows: { key: string | null; hits: number }[], key: string) =>
				rows.find((row) => row.key === key)?.hits ?? 0;
			expect(hits(found.topics, 'same')).toBe(
				count(({ next, topic }) => next.next_contact_topic === topic)
			);
			expect(hits(found.topics, 'unknown')).toBe(
				count(({ next }) => next.next_contact_topic === null)
			);
			expect(hits(found.paths, 'handed_off')).toBe(
				count(
					({ next }) =>
						seen.pathOf.get(next.next_contact_conversation_id ?? '') === 'handed_off'
				)
			);
			for (const rows of [found.channels, found.topics, found.paths])
				expect(rows.reduce((sum, row) => sum + row.hits, 0)).toBe(back.length);
			expect(found.otherTopics.reduce((sum, row) => sum + row.hits, 0)).toBe(
				hits(found.topics, 'other')
			);
			for (const { from, to, contacts: n } of found.moves)
				expect(n).toBe(
					count((one) => one.channel === from && one.next.next_contact_channel === to)
				);
		}
		expect(page.destinations.map(({ path }) => path)).toEqual([
			'handed_off',
			'ai_only',
			'human_only'
		]);
	});
});
