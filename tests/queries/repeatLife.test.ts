import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kaplanMeier } from '../../src/lib/analysis/kaplanMeier.ts';
import { estimateOf, metricParameters, metricRow } from '../../src/lib/server/measure/measure.ts';
import { query } from '../../src/lib/server/store/query.ts';
import {
	destinationRow,
	lifeRow,
	repeatLimitsRow,
	repeatPaths,
	type LifeRow,
	type RepeatPath
} from '../../src/lib/server/repeats/repeatRows.ts';
import { endOf, NextContacts, type Next } from '../second/next.ts';
import {
	conversationOf,
	handoffOf,
	readConversations,
	readHandoffs,
	type Conversation,
	type Handoff
} from '../second/records.ts';
import { ever, smallSample, TestStore } from '../server/store.ts';
import { edgeConversations, edgeHandoffs } from './edgeLog.ts';

const day = 86_400_000;

type Followed = { row: Handoff | Conversation; ended: number; path: string; next: Next };
type Asked = {
	path: RepeatPath;
	by: ('topic' | 'channel')[];
	until: 'same_topic' | 'any_topic' | 'first';
	channel: 'any' | 'same';
	horizon_days: number;
};

let store: TestStore;
/** Every handoff and conversation, with when it ended and what came next. */
let all: Followed[];
let logEnd: number;

function watch(handoffs: Handoff[], conversations: Conversation[]) {
	const contacts = new NextContacts(handoffs, conversations);
	const handedOff = new Set(handoffs.map(({ conversation_id }) => conversation_id));
	const ofHandoffs = handoffs.map((row) => {
		const ended = endOf(row, contacts.records.get(row.conversation_id));
		return { row, ended, path: 'handed_off', next: contacts.after(row, ended) };
	});
	const ofConversations = conversations.map((row) => {
		const ended = row.ended_at ?? row.started_at;
		const alone = handedOff.has(row.conversation_id) ? 'record' : `${row.handled_by}_only`;
		return { row, ended, path: alone, next: contacts.after(row, ended) };
	});
	all = [...ofHandoffs, ...ofConversations];
	logEnd = Math.max(
		...handoffs.map(({ handed_off_at }) => handed_off_at),
		...conversations.map(({ started_at }) => started_at)
	);
}

const isFollowed = ({ row, ended }: Followed) =>
	row.customer_id !== null && row.topic !== null && ended <= logEnd;

/** The life table by hand: one customer after the other. */
function secondLife({ path, by: [by], until, channel, horizon_days }: Asked): LifeRow[] {
	const times = new Map<string | null, { ms: number; event: 'same' | 'other' | null }[]>();
	for (const one of all.filter((each) => each.path === path && isFollowed(each))) {
		if (channel === 'same' && one.row.channel === null) continue;
		const { next } = one;
		const same = channel === 'same' ? next.next_same_topic_channel_at : next.next_same_topic_at;
		const any = channel === 'same' ? next.next_channel_at : next.next_contact_at;
		const back = until === 'same_topic' ? same : any;
		const ms = (back ?? logEnd) - one.ended;
		const group = by ? one.row[by] : null;
		const event = back === null ? null : back === same ? ('same' as const) : ('other' as const);
		const known = times.get(group) ?? [];
		times.set(group, known);
		const beyond = ms > horizon_days * day;
		known.push(beyond ? { ms: horizon_days * day, event: null } : { ms, event });
	}
	return [...times].flatMap(([key1, watched]) =>
		[...new Set(watched.map(({ ms }) => ms))].map((ms) => {
			const now = watched.filter((one) => one.ms === ms);
			const count = (event: 'same' | 'other' | null) =>
				now.filter((one) => one.event === event).length;
			return {
				key1,
				days: ms / day,
				at_risk: watched.filter((one) => one.ms >= ms).length,
				same_topic: count('same'),
				other_topic: count('other'),
				censored: count(null)
			};
		})
	);
}

/** In the order of groups and times; days to the millisecond, of which there is but one spelling. */
const tidy = (rows: LifeRow[]) =>
	rows
		.map((row) => ({ ...row, days: Math.round(row.days * day) }))
		.sort(
			(a, b) =>
				(String(a.key1) < String(b.key1) ? -1 : +(a.key1 !== b.key1)) || a.days - b.days
		);

async function parametersOf(asked: Partial<Asked>, window_days = 7) {
	const { by = [], ...own } = asked;
	const { values, types } = await metricParameters(ever, by);
	return { values: { ...values, ...own, window_days }, types: types ?? {} };
}

const cases: Asked[] = repeatPaths.flatMap((path) =>
	(['same_topic', 'any_topic', 'first'] as const).flatMap((until) =>
		(['any', 'same'] as const).flatMap((channel): Asked[] => [
			{ path, until, channel, by: [], horizon_days: 7 },
			{ path, until, channel, by: ['topic'], horizon_days: 30 },
			{ path, until, channel, by: ['channel'], horizon_days: 30 }
		])
	)
);

function agreement() {
	it.each(cases)(
		'$path until $until on $channel channel by $by: the life table equals its second computation',
		async (asked) => {
			const found = await query('repeats/life', lifeRow, await parametersOf(asked));
			expect(found.length).toBeGreaterThan(5);
			expect(tidy(found)).toEqual(tidy(secondLife(asked)));
			if (asked.until === 'same_topic')
				expect(found.every(({ other_topic }) => other_topic === 0)).toBe(true);
			else expect(found.some(({ other_topic }) => other_topic > 0)).toBe(true);
			for (const [at, row] of found.entries()) {
				const next = found[at + 1];
				const left = row.at_risk - row.same_topic - row.other_topic - row.censored;
				expect(left).toBe(next?.key1 === row.key1 ? next.at_risk : 0);
			}
		}
	);

	it.each([
		['handed_off', 'metrics/repeat_rate'],
		['ai_only', 'metrics/false_containment_rate']
	] as const)('of %s says at the window what %s says', async (path, metric) => {
		for (const window of [3, 7, 14]) {
			const asked: Asked = {
				path,
				until: 'same_topic',
				channel: 'any',
				by: ['topic'],
				horizon_days: window
			};
			const parameters = await parametersOf(asked, window);
			const life = await query('repeats/life', lifeRow, parameters);
			for (const row of await query(metric, metricRow.options[4], parameters)) {
				const rows = life.filter(({ key1 }) => key1 === row.key1);
				if (row.n === 0) {
					expect(rows).toEqual([]);
					continue;
				}
				expect(rows[0]?.at_risk).toBe(row.n);
				const events = rows.filter(({ same_topic }) => same_topic > 0);
				const column = (name: 'days' | 'at_risk' | 'same_topic') =>
					events.map((each) => each[name]);
				expect(column('days')).toEqual(row.days ?? []);
				expect(column('at_risk')).toEqual(row.at_risk ?? []);
				expect(column('same_topic')).toEqual(row.repeats ?? []);
				const curve = kaplanMeier(
					{
						time: rows.map(({ days }) => days),
						atRisk: rows.map(({ at_risk }) => at_risk),
						events: rows.map(({ same_topic }) => same_topic)
					},
					window
				);
				const said = estimateOf(row, window);
				if (said.value !== null) expect(curve?.rate).toBeCloseTo(said.value, 12);
				expect(rows.find(({ days }) => days >= window)?.at_risk ?? 0).toBe(
					row.at_risk_at_window
				);
			}
		}
	});

	it.each(repeatPaths)('%s: destinations equal a count by hand', async (path) => {
		const found = await query(
			'repeats/destinations',
			destinationRow,
			await parametersOf({ path, by: ['channel'] })
		);
		const pathOf = new Map(
			all.map(({ row, path: own }): [string, string] => [row.conversation_id, own])
		);
		for (const { row, path: own } of all)
			if (own === 'handed_off') pathOf.set(row.conversation_id, own);
		const counts = new Map<string, number>();
		const sizes = new Map<string | null, number>();
		for (const one of all.filter((each) => each.path === path && isFollowed(each))) {
			const { row, ended, next } = one;
			sizes.set(row.channel, (sizes.get(row.channel) ?? 0) + 1);
			if (next.next_contact_at === null || next.next_contact_at - ended > 7 * day) continue;
			const topic = next.next_contact_topic;
			const kind = topic === null ? 'unknown' : topic === row.topic ? 'same' : 'other';
			const to = pathOf.get(next.next_contact_conversation_id ?? '') ?? '';
			const known = (repeatPaths as readonly string[]).includes(to) ? to : 'unknown';
			const key = JSON.stringify([
				row.channel,
				next.next_contact_channel,
				kind,
				topic,
				known
			]);
			counts.set(key, (counts.get(key) ?? 0) + 1);
		}
		expect(found.length).toBeGreaterThan(10);
		expect(
			new Map(
				found.map((row) => [
					JSON.stringify([
						row.key1,
						row.next_channel,
						row.topic_is,
						row.next_topic,
						row.next_path
					]),
					row.contacts
				])
			)
		).toEqual(counts);
		for (const { key1, n } of found) expect(n).toBe(sizes.get(key1));
	});

	it.each(repeatPaths)('%s: the limits of the log equal a count by hand', async (path) => {
		const [found] = await query(
			'repeats/limits',
			repeatLimitsRow,
			await parametersOf({ path, horizon_days: 14 })
		);
		const mine = all.filter((one) => one.path === path);
		const count = (test: (one: Followed) => boolean) => mine.filter(test).length;
		const possible = mine
			.filter(isFollowed)
			.map(({ ended }) => (logEnd - ended) / day)
			.sort((a, b) => a - b);
		const middle = (possible.length - 1) / 2;
		const { median_possible_days, ...counted } = found ?? { median_possible_days: null };
		expect(median_possible_days).toBeCloseTo(
			((possible[Math.floor(middle)] ?? NaN) + (possible[Math.ceil(middle)] ?? NaN)) / 2,
			9
		);
		expect(counted).toEqual({
			handoffs: all.filter((one) => one.path === 'handed_off').length,
			contacts: mine.length,
			without_customer: count(({ row }) => row.customer_id === null),
			without_topic: count(({ row }) => row.topic === null),
			without_channel: count(({ row }) => row.channel === null),
			ended_after_log: count(({ ended }) => ended > logEnd),
			followed: possible.length,
			watchable_for_window: possible.filter((days) => days >= 7).length,
			watchable_to_horizon: possible.filter((days) => days >= 14).length,
			last_contact_on: new Date(logEnd).toISOString().slice(0, 10)
		});
	});
}

describe('repeats over twelve weeks of the sample', () => {
	beforeAll(async () => {
		store = await TestStore.open();
		const files = await store.importSample(smallSample);
		watch(readHandoffs(files.handoffs), readConversations(files.conversations));
	});
	afterAll(() => store.close());
	agreement();
});

describe('repeats over a log whose values lie on the limits', () => {
	beforeAll(async () => {
		store = await TestStore.open();
		await store.importRows('handoffs', edgeHandoffs);
		await store.importRows('conversations', edgeConversations);
		watch(
			edgeHandoffs.map((line) => handoffOf(line)).filter((row) => row !== null),
			edgeConversations.map((line) => conversationOf(line)).filter((row) => row !== null)
		);
	});
	afterAll(() => store.close());
	agreement();
});
