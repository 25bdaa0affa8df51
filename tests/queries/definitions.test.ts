import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
	containmentIds,
	repeatIds,
	resolutionIds,
	type ContainmentId,
	type Counted,
	type Families,
	type ResolutionId
} from '../../src/lib/definitions.ts';
import type { Estimate } from '../../src/lib/estimate.ts';
import { measure } from '../../src/lib/server/measure/measure.ts';
import { readFamilies } from '../../src/lib/server/definitions/otherDefinitions.ts';
import { parseLines } from '../second/csv.ts';
import { comeBackOf, shareOf } from '../second/estimate.ts';
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
import { differences } from './agree.ts';
import { edgeConversations, edgeHandoffs } from './edgeLog.ts';

const day = 86_400_000;

/** What follows a contact, by hand: days to what comes next, and days the log shows of it. */
type Followed<Row> = {
	row: Row;
	resolution: string | null;
	/** null where the customer or the topic is unknown */
	shown: number | null;
	next: Record<'same' | 'any' | 'sameBoth' | 'sameChannel', number>;
};

let store: TestStore;
let handedOff: Followed<Handoff>[];
let conversations: Followed<Conversation & { isHandedOff: boolean }>[];
let families: Families;

function watch(handoffs: Handoff[], records: Conversation[], resolutions: Map<string, string>) {
	const contacts = new NextContacts(handoffs, records);
	const ids = new Set(handoffs.map(({ conversation_id }) => conversation_id));
	const end = Math.max(
		...handoffs.map(({ handed_off_at }) => handed_off_at),
		...records.map(({ started_at }) => started_at)
	);
	const follow = <Row extends Handoff | Conversation>(row: Row, ended: number): Followed<Row> => {
		const found: Next = contacts.after(row, ended);
		const days = (at: number | null) => (at === null ? Infinity : (at - ended) / day);
		const isKnown = row.customer_id !== null && row.topic !== null;
		return {
			row,
			resolution: resolutions.get(row.conversation_id) ?? null,
			shown: isKnown && ended <= end ? (end - ended) / day : null,
			next: {
				same: days(found.next_same_topic_at),
				any: days(found.next_contact_at),
				sameBoth: days(found.next_same_topic_channel_at),
				sameChannel: days(found.next_channel_at)
			}
		};
	};
	handedOff = handoffs.map((row) =>
		follow(row, endOf(row, contacts.records.get(row.conversation_id)))
	);
	conversations = records.map((row) => ({
		...follow(row, row.ended_at ?? row.started_at),
		row: { ...row, isHandedOff: ids.has(row.conversation_id) }
	}));
}

async function readAll() {
	const ids = ['resolution_rate', 'containment_rate', 'false_containment_rate', 'repeat_rate'];
	const [row] = await measure(ever, ids as ['resolution_rate']);
	const values: Partial<Record<string, Estimate>> = row?.values ?? {};
	families = await readFamilies(
		{ filter: ever, before: null },
		(id) => ({ estimate: values[id] ?? null, change: null, last: null, why: null }),
		{ windowDays: 7, parts: [] }
	);
}

type Judge<Row> = (one: Followed<Row>) => boolean | null;

/** Whether nobody came back for so many days; null where the log cannot tell. */
const silent =
	<Row>(days: number): Judge<Row> =>
	({ shown, next }) =>
		shown !== null && shown >= days ? next.any > days : null;

const nobodyCame = ['abandoned', 'not_connected'];
const ends = [...nobodyCame, 'resolved', 'unresolved', 'transferred', 'returned_to_ai', 'callback'];

/** The definitions of resolved, a second time. */
const resolved: Record<ResolutionId, Judge<Handoff>> = {
	reached: ({ row: { outcome } }) =>
		outcome !== null && ends.includes(outcome) && !nobodyCame.includes(outcome)
			? outcome === 'resolved'
			: null,
	answered: ({ row: { outcome } }) =>
		outcome === null ? null : outcome === 'resolved' || outcome === 'answered',
	confirmed: ({ resolution }) => (resolution === null ? null : resolution === 'confirmed'),
	confirmed_or_assumed: ({ resolution }) =>
		resolution === null ? null : resolution === 'confirmed' || resolution === 'assumed',
	silent_24h: silent(1),
	silent_72h: silent(3),
	silent_7d: silent(7),
	silent_7d_not_abandoned: (one) => {
		const isSilent = silent<Handoff>(7)(one);
		const { outcome } = one.row;
		if (isSilent === null || outcome === null) return null;
		return isSilent && !nobodyCame.includes(outcome);
	}
};

type Contact = Conversation & { isHandedOff: boolean };

const kept = (test: Judge<Contact>): Judge<Contact> => {
	return (one) => {
		const answer = test(one);
		return answer === null ? null : answer && !one.row.isHandedOff;
	};
};

/** The definitions of contained, a second time. */
const contained: Record<ContainmentId, Judge<Contact>> = {
	everyone: kept(() => true),
	not_abandoned: kept(({ resolution }) => resolution !== 'abandoned'),
	confirmed: kept(({ resolution }) => resolution === 'confirmed'),
	confirmed_or_assumed: kept(
		({ resolution }) => resolution === 'confirmed' || resolution === 'assumed'
	),
	silent_24h: kept(silent(1)),
	silent_72h: kept(silent(3)),
	silent_7d: kept(silent(7)),
	silent_7d_not_abandoned: kept((one) => {
		const isSilent = silent<Contact>(7)(one);
		return isSilent === null ? null : isSilent && one.resolution !== 'abandoned';
	})
};

const isHumanOnly = ({ row }: Followed<Contact>) => row.handled_by === 'human' && !row.isHandedOff;

const estimateOf = (others: Counted[] | null, id: string) => {
	const found = others?.find((one) => one.id === id);
	if (!found) throw new Error(`${id} is not there`);
	return found;
};

function agreement() {
	it.each(resolutionIds)('resolved by %s equals a count by hand', (id) => {
		const { estimate } = estimateOf(families.resolution.others, id);
		expect(estimate.n).toBeGreaterThan(50);
		expect(differences(estimate, shareOf(handedOff, resolved[id]))).toEqual([]);
	});

	it.each(containmentIds)('contained by %s, and who came back, equal a count by hand', (id) => {
		const { estimate, falseContainment } = estimateOf(families.containment.others, id);
		const counted =
			id === 'everyone' ? conversations : conversations.filter((one) => !isHumanOnly(one));
		expect(estimate.n).toBeGreaterThan(50);
		expect(differences(estimate, shareOf(counted, contained[id]))).toEqual([]);
		const hits = counted.filter((one) => contained[id](one) === true);
		const second = comeBackOf(hits, ({ shown, next }) =>
			shown === null
				? null
				: { days: Math.min(next.same, shown), cameBack: next.same <= shown }
		);
		expect(falseContainment && differences(falseContainment, second)).toEqual([]);
	});

	it.each(repeatIds)('a return as %s equals a count by hand', (id) => {
		const [topic, channel, days] = id.split('_');
		const window = Number(days);
		const on = {
			same_any: 'same',
			any_any: 'any',
			same_same: 'sameBoth',
			any_same: 'sameChannel'
		};
		const way = on[`${topic}_${channel}` as keyof typeof on] as keyof Followed<Handoff>['next'];
		const second = shareOf(handedOff, ({ row, shown, next }) => {
			if (shown === null || shown < window) return null;
			return channel === 'same' && row.channel === null ? null : next[way] <= window;
		});
		const { estimate } = estimateOf(families.repeats.others, id);
		expect(estimate.n).toBeGreaterThan(50);
		expect(differences(estimate, second)).toEqual([]);
	});
}

describe('other definitions over twelve weeks of the sample', () => {
	beforeAll(async () => {
		store = await TestStore.open();
		const files = await store.importSample(smallSample);
		const resolutions = new Map<string, string>();
		for (const line of parseLines(readFileSync(files.conversations, 'utf8')))
			if (line.conversation_id && line.resolution)
				resolutions.set(line.conversation_id, line.resolution);
		watch(readHandoffs(files.handoffs), readConversations(files.conversations), resolutions);
		await readAll();
	});
	afterAll(() => store.close());
	agreement();

	it('the longer a customer has to stay silent, the fewer count as resolved', () => {
		for (const family of ['resolution', 'containment'] as const) {
			const values = ['silent_24h', 'silent_72h', 'silent_7d', 'silent_7d_not_abandoned'].map(
				(id) => estimateOf(families[family].others, id).estimate.value ?? NaN
			);
			expect(values).toEqual(values.toSorted((a, b) => b - a));
		}
	});

	it('our own numbers stand beside them unchanged', async () => {
		const [row] = await measure(ever, ['resolution_rate', 'repeat_rate']);
		expect(families.resolution.ours.estimate).toEqual(row?.values.resolution_rate);
		expect(families.repeats.ours.estimate).toEqual(row?.values.repeat_rate);
	});
});

describe('other definitions over a log whose values lie on the limits', () => {
	const kinds = ['', 'confirmed', 'assumed', 'unresolved', 'abandoned'];
	const lines = edgeConversations.map((line, at): Record<string, string> => ({
		...line,
		resolution: kinds[at % kinds.length] ?? ''
	}));

	beforeAll(async () => {
		store = await TestStore.open();
		await store.importRows('handoffs', edgeHandoffs);
		await store.importRows('conversations', lines);
		watch(
			edgeHandoffs.map((line) => handoffOf(line)).filter((row) => row !== null),
			lines.map((line) => conversationOf(line)).filter((row) => row !== null),
			new Map(
				lines
					.filter(({ resolution }) => resolution !== '')
					.map((line) => [line.conversation_id ?? '', line.resolution ?? ''])
			)
		);
		await readAll();
	});
	afterAll(() => store.close());
	agreement();
});

describe('a log that says little', () => {
	beforeAll(async () => {
		store = await TestStore.open();
		const bare = edgeHandoffs.map(({ handoff_id, conversation_id, handed_off_at }) => ({
			...{ handoff_id: handoff_id ?? '', conversation_id: conversation_id ?? '' },
			handed_off_at: handed_off_at ?? ''
		}));
		await store.importRows('handoffs', bare);
		await readAll();
	});
	afterAll(() => store.close());

	it('leaves every definition empty instead of counting what is absent as good or bad', () => {
		for (const { others } of [families.resolution, families.repeats])
			for (const { estimate } of others ?? [])
				expect(estimate).toMatchObject({ value: null, n: 0, low: null, high: null });
		expect(families.containment.others).toEqual([]);
	});
});
