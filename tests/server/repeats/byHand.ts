/** Contacts of the raw lines and how long each customer was watched, counted one after the other. */
import type { RepeatsPage } from '../../../src/lib/repeats.ts';
import { readLog } from '../../../src/lib/server/store/log.ts';
import { readRepeatChoice, readRepeats } from '../../../src/lib/server/repeats/repeats.ts';
import { readChoice } from '../../../src/lib/server/scope/scope.ts';
import { localDay } from '../../second/clock.ts';
import { endOf, NextContacts, type Next } from '../../second/next.ts';
import { readConversations, readHandoffs, type Handoff } from '../../second/records.ts';

export function choose(address: string) {
	const parameters = new URLSearchParams(address);
	return readRepeatChoice(readChoice(parameters), parameters);
}

export async function pageAt(address = ''): Promise<RepeatsPage> {
	const page = await readRepeats(choose(address), await readLog());
	if (!page) throw new Error('no page');
	return page;
}

export const day = 86_400_000;
export const z = 1.959963984540054;

/** A contact as the raw lines have it: when it ended, and when the same customer was next heard of. */
export type Contact = {
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
export type Watch = { days: number; kind: 'same' | 'other' | null };

/** What the two files of a sample say of its contacts. */
export class Contacts {
	readonly all: Contact[];
	readonly handoffs: Handoff[];
	readonly logEnd: number;
	/** by conversation */
	readonly pathOf = new Map<string, string>();

	constructor(files: { handoffs: string; conversations: string }) {
		const handoffs = readHandoffs(files.handoffs);
		const conversations = readConversations(files.conversations);
		const nexts = new NextContacts(handoffs, conversations);
		const { pathOf } = this;
		const dateOf = (moment: number) => localDay(moment, 'Europe/Berlin');
		for (const row of conversations) pathOf.set(row.conversation_id, `${row.handled_by}_only`);
		for (const row of handoffs) pathOf.set(row.conversation_id, 'handed_off');
		this.all = [
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
		this.handoffs = handoffs;
		this.logEnd = Math.max(
			...handoffs.map(({ handed_off_at }) => handed_off_at),
			...conversations.map(({ started_at }) => started_at)
		);
	}

	isFollowed = ({ customer, topic, ended }: Contact) =>
		customer !== null && topic !== null && ended <= this.logEnd;

	inPeriod = (page: RepeatsPage) =>
		this.all.filter(({ date }) => date >= page.from && date < page.to);

	/** How long each customer was watched, until back on the same topic or at all. */
	watched = (rows: Contact[], until: 'same' | 'any', on: 'any' | 'same' = 'any'): Watch[] =>
		rows.filter(this.isFollowed).map(({ ended, next }) => {
			const same = on === 'same' ? next.next_same_topic_channel_at : next.next_same_topic_at;
			const any = on === 'same' ? next.next_channel_at : next.next_contact_at;
			const back = until === 'same' ? same : any;
			return {
				days: ((back ?? this.logEnd) - ended) / day,
				kind: back === null ? null : back === same ? ('same' as const) : ('other' as const)
			};
		});
}

/** Kaplan–Meier and both kinds of return by a day, one customer after the other. */
export function byHand(rows: Watch[], at: number) {
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
