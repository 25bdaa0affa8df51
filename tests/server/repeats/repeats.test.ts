import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../../src/lib/dates.ts';
import { ifSeen } from '../../../src/lib/components/repeats/repeatWords.ts';
import type { RepeatsPage } from '../../../src/lib/repeats.ts';
import { readLog } from '../../../src/lib/server/store/log.ts';
import { measure } from '../../../src/lib/server/measure/measure.ts';
import { readRepeatChoice, readRepeats } from '../../../src/lib/server/repeats/repeats.ts';
import { readChoice } from '../../../src/lib/server/scope/scope.ts';
import type { Path } from '../../../src/lib/week.ts';
import { localDay, mondayOf } from '../../second/clock.ts';
import { gotReply, waitAfter } from '../../second/facts.ts';
import { endOf, NextContacts, type Next } from '../../second/next.ts';
import { readConversations, readHandoffs, type Handoff } from '../../second/records.ts';
import { TestStore } from '../store.ts';

const choose = (address: string) => {
	const parameters = new URLSearchParams(address);
	return readRepeatChoice(readChoice(parameters), parameters);
};

async function pageAt(address = ''): Promise<RepeatsPage> {
	const page = await readRepeats(choose(address), await readLog());
	if (!page) throw new Error('no page');
	return page;
}

const day = 86_400_000;
const z = 1.959963984540054;

/** A contact as the raw lines have it: when it ended, and when the same customer was next heard of. */
type Contact = {
	path: string;
	customer: string | null;
	topic: string | null;
	channel: string | null;
	outcome: string | null;
	date: string;
	ended: number;
	next: Next;
};

/** Time watched in days, and what ended it. */
type Watch = { days: number; kind: 'same' | 'other' | null };

let store: TestStore;
let contacts: Contact[];
let handoffs: Handoff[];
let logEnd: number;
const pathOf = new Map<string, string>();

beforeAll(async () => {
	store = await TestStore.open();
	const files = await store.importSample();
	handoffs = readHandoffs(files.handoffs);
	const conversations = readConversations(files.conversations);
	const nexts = new NextContacts(handoffs, conversations);
	const dateOf = (moment: number) => localDay(moment, 'Europe/Berlin');
	for (const row of conversations) pathOf.set(row.conversation_id, `${row.handled_by}_only`);
	for (const row of handoffs) pathOf.set(row.conversation_id, 'handed_off');
	contacts = [
		...handoffs.map((row) => {
			const ended = endOf(row, nexts.records.get(row.conversation_id));
			return {
				path: 'handed_off',
				customer: row.customer_id,
				topic: row.topic,
				channel: row.channel,
				outcome: row.outcome,
				date: dateOf(row.handed_off_at),
				ended,
				next: nexts.after(row, ended)
			};
		}),
		...conversations.map((row) => {
			const ended = row.ended_at ?? row.started_at;
			const path = pathOf.get(row.conversation_id) ?? '';
			return {
				path: path === 'handed_off' ? 'record' : path,
				customer: row.customer_id,
				topic: row.topic,
				channel: row.channel,
				outcome: null,
				date: dateOf(row.started_at),
				ended,
				next: nexts.after(row, ended)
			};
		})
	];
	logEnd = Math.max(
		...handoffs.map(({ handed_off_at }) => handed_off_at),
		...conversations.map(({ started_at }) => started_at)
	);
});
afterAll(() => store.close());

const isFollowed = ({ customer, topic, ended }: Contact) =>
	customer !== null && topic !== null && ended <= logEnd;

const inPeriod = (page: RepeatsPage) =>
	contacts.filter(({ date }) => date >= page.from && date < page.to);

/** How long each customer was watched, until back on the same topic or at all. */
const watched = (rows: Contact[], until: 'same' | 'any', on: 'any' | 'same' = 'any'): Watch[] =>
	rows.filter(isFollowed).map(({ ended, next }) => {
		const same = on === 'same' ? next.next_same_topic_channel_at : next.next_same_topic_at;
		const any = on === 'same' ? next.next_channel_at : next.next_contact_at;
		const back = until === 'same' ? same : any;
		return {
			days: ((back ?? logEnd) - ended) / day,
			kind: back === null ? null : back === same ? ('same' as const) : ('other' as const)
		};
	});

/** Kaplan–Meier and both kinds of return by a day, one customer after the other. */
function byHand(rows: Watch[], at: number) {
	const sorted = [...rows].sort((a, b) => a.days - b.days || Number(!a.kind) - Number(!b.kind));
	let [survival, variance, same, other] = [1, 0, 0, 0];
	for (let first = 0; first < sorted.length;) {
		const now = sorted[first]?.days ?? 0;
		if (now > at) break;
		const together = sorted.filter(({ days }) => days === now);
		const left = sorted.length - first;
		const [s, o] = (['same', 'other'] as const).map(
			(kind) => together.filter((one) => one.kind === kind).length
		) as [number, number];
		same += (survival * s) / left;
		other += (survival * o) / left;
		survival *= 1 - (s + o) / left;
		variance += (s + o) / (left * (left - s - o));
		first += together.length;
	}
	const half = (z * Math.sqrt(variance)) / -Math.log(survival);
	return {
		rate: 1 - survival,
		low: 1 - survival ** Math.exp(-half),
		high: 1 - survival ** Math.exp(half),
		same,
		other,
		left: rows.filter(({ days }) => days >= at).length
	};
}

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
			const rows = watched(
				inPeriod(page).filter((one) => one.path === path),
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
		expect(page.knownTo).toBe(addDays(localDay(logEnd, 'Europe/Berlin'), -3));
	});

	it('plain counting is too low with the young as not back, too high without them', async () => {
		const page = await pageAt('weeks=4');
		const curve = curveOf(page, 'handed_off');
		const rows = watched(
			inPeriod(page).filter(({ path }) => path === 'handed_off'),
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
			const rows = inPeriod(page).filter(
				(one) => one.path === path && one.topic === 'Refunds'
			);
			const mark = curveOf(page, path).marks.find(({ day }) => day === 14);
			expect(mark?.value).toBeCloseTo(byHand(watched(rows, 'same'), 14).rate, 9);
		}
	});
});

describe('groups of repeats', () => {
	it.each(['topic', 'outcome', 'channel'] as const)(
		'by %s: every group equals a count by hand, the thin come last',
		async (by) => {
			const page = await pageAt(`by=${by}`);
			const own = inPeriod(page).filter(({ path }) => path === 'handed_off');
			const keys = new Set(own.filter(isFollowed).map((one) => one[by]));
			const { groups, test } = page.groups;
			expect(new Set(groups.map(({ key }) => key))).toEqual(keys);
			for (const group of groups) {
				const rows = watched(
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
		const own = inPeriod(page).filter(
			({ path, ...row }) => path === 'handed_off' && isFollowed({ path, ...row })
		);
		const times = own.map((row) => ({ row, ...(watched([row], 'same')[0] as Watch) }));
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
			const back = inPeriod(page).filter(
				(one) =>
					one.path === found.path &&
					isFollowed(one) &&
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
						pathOf.get(next.next_contact_conversation_id ?? '') === 'handed_off'
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

describe('containment', () => {
	it('never stands without false containment, and both are those of the metrics', async () => {
		const page = await pageAt();
		const { from, to } = page;
		const rows = await measure(
			{ from, to },
			['containment_rate', 'false_containment_rate'],
			['topic']
		);
		const topics = page.containment?.topics ?? [];
		expect(topics.length).toBeGreaterThan(5);
		for (const { topic, containment, falseContainment, seen } of topics) {
			const row = rows.find(({ by }) => by.topic === topic);
			expect(containment).toEqual(row?.values.containment_rate);
			expect(falseContainment).toEqual(row?.values.false_containment_rate);
			const own = inPeriod(page).filter(
				(one) => one.path === 'ai_only' && one.topic === topic
			);
			expect(seen).toBe(
				watched(own, 'same').filter(({ kind, days }) => kind && days <= 7).length
			);
		}
		expect(page.containment?.all.seen).toBe(topics.reduce((sum, row) => sum + row.seen, 0));
	});

	it('is not said under a filter that conversations do not carry', async () => {
		expect((await pageAt('route=failure')).containment).toBeNull();
	});
});

describe('how far the log can see', () => {
	const waitsOf = (rows: Handoff[]) =>
		rows
			.filter(gotReply)
			.flatMap((row) => waitAfter(row) ?? [])
			.sort((a, b) => a - b);
	const medianOf = (sorted: number[]) => {
		const middle = (sorted.length - 1) / 2;
		return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
	};

	it('equals a count over the lines', async () => {
		const page = await pageAt();
		const rows = inPeriod(page).filter(({ path }) => path !== 'record');
		for (const found of page.limits.paths) {
			const own = rows.filter(({ path }) => path === found.path);
			expect(found.contacts).toBe(own.length);
			expect(found.withoutCustomer).toBe(own.filter((one) => one.customer === null).length);
			expect(found.followed).toBe(own.filter(isFollowed).length);
			expect(found.watchable).toBe(
				own.filter((one) => isFollowed(one) && logEnd - one.ended >= 7 * day).length
			);
		}
		const known = rows.filter(({ customer }) => customer !== null);
		expect(page.limits.identified).toBeCloseTo(known.length / rows.length, 12);
	});

	it('compares handoffs with and without an id', async () => {
		const page = await pageAt();
		const own = handoffs.filter(({ handed_off_at }) => {
			const date = localDay(handed_off_at, 'Europe/Berlin');
			return date >= page.from && date < page.to;
		});
		expect(page.limits.compared).toHaveLength(2);
		for (const row of page.limits.compared) {
			const rows = own.filter(({ customer_id }) => (customer_id !== null) === row.isKnown);
			expect(row.handoffs).toBe(rows.length);
			expect(row.customers).toBe(
				new Set(rows.flatMap(({ customer_id }) => customer_id ?? [])).size
			);
			// Nothing tells whether a handoff without a wait and without such an end was answered.
			const answered = rows.filter((one) => !gotReply(one) || waitAfter(one) !== null);
			expect(row.answered).toEqual({
				hits: answered.filter(gotReply).length,
				n: answered.length
			});
			const waits = waitsOf(rows);
			expect(row.wait.p50).toBeCloseTo(medianOf(waits), 9);
			expect(row.longWaits).toEqual({
				hits: waits.filter((wait) => wait > medianOf(waitsOf(own))).length,
				n: waits.length
			});
			const share = ({ hits, n }: { hits: number; n: number }) => hits / n;
			const [known, without] = page.limits.compared;
			if (!known || !without) throw new Error('both kinds');
			expect(page.limits.longWaitDifference?.value).toBeCloseTo(
				share(without.longWaits) - share(known.longWaits),
				12
			);
		}
	});

	it('an id on every contact hides nothing; on half of them, the share not back is its square', () => {
		expect(ifSeen(0.2, 1)).toBeCloseTo(0.2, 12);
		expect(ifSeen(0.2, 0.5)).toBeCloseTo(1 - 0.8 * 0.8, 12);
	});
});

describe('a log in which nobody can be followed', () => {
	let bare: TestStore;
	beforeAll(async () => {
		bare = await TestStore.open();
		await bare.importRows('h', [
			{ conversation_id: 'a', handed_off_at: '2026-11-02T10:00:00Z', topic: 'Refunds' },
			{ conversation_id: 'b', handed_off_at: '2026-11-09T10:00:00Z', customer_id: 'x' }
		]);
	});
	afterAll(() => bare.close());

	it('has a page without curves, groups and destinations, and says what it lacks', async () => {
		const page = await pageAt();
		expect(page.handoffs).toBe(2);
		expect([page.curves, page.groups.groups, page.series, page.destinations]).toEqual([
			[],
			[],
			[],
			[]
		]);
		expect(page.limits.paths).toMatchObject([{ contacts: 2, withoutCustomer: 1, followed: 0 }]);
		expect(page.defaultBy).toBe('topic');
	});

	it('has no handoffs in a week without any', async () => {
		expect((await pageAt('week=2026-10-05&weeks=1')).handoffs).toBe(0);
	});
});
