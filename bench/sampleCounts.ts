/** Counts of sample logs without effects, each of a seed: what gaps and phrase groups are found in. */
import { arrivalsOf } from '../ingest/sample/arrivals.ts';
import { conversationOf } from '../ingest/sample/conversation.ts';
import { Comebacks } from '../ingest/sample/customers.ts';
import { planOf } from '../ingest/sample/plan.ts';
import { streamsOf } from '../ingest/sample/random.ts';
import { routeOf } from '../ingest/triggers.ts';
import { addDays } from '../src/lib/dates.ts';

/** Weeks of a log and its conversations a week. */
export const weeks = 38;
const weekly = 1200;
const end = '2026-11-15';
export const mondays = Array.from({ length: weeks }, (_, at) => addDays(end, 1 - 7 * (weeks - at)));

type Cell = { topic: string; language: string; channel: string; week: number };

/** Conversations and their handoffs. */
export type Talks = Cell & { conversations: number; routed: number; failures: number };

/** Handoffs with what they are about, which stands for a phrase group. */
export type Asked = Cell & { subtopic: string; routed: number; failures: number };

/** Conversations and failures of a topic. */
export type TopicCount = {
	key: string;
	week: number;
	channel: string;
	volume: number;
	failures: number;
};

/** Makes the log of a seed and counts it. */
export function sampleCounts(seed: number): { talks: Talks[]; asked: Asked[] } {
	const plan = planOf({ weeks, conversations: weekly * weeks, seed, end, effects: false });
	const streams = streamsOf(seed);
	const comebacks = new Comebacks();
	const talks = new Map<string, Talks>();
	const asked = new Map<string, Asked>();
	for (const arrival of arrivalsOf(plan, streams)) {
		const back = comebacks.take(arrival.topic, arrival.at);
		const { contact, comeback, handoffs } = conversationOf(streams, plan, arrival, back);
		if (comeback) comebacks.add(comeback);
		const { week, channel, matter } = contact;
		const cell = { topic: contact.topic.name, language: matter.language, channel, week };
		const name = Object.values(cell).join('\t');
		const talk = talks.get(name) ?? { ...cell, conversations: 0, routed: 0, failures: 0 };
		talks.set(name, talk);
		talk.conversations++;
		for (const { trigger } of handoffs) {
			if (trigger === null) continue;
			const { subtopic } = matter;
			const one = asked.get(`${name}\t${subtopic}`) ?? {
				...cell,
				subtopic,
				routed: 0,
				failures: 0
			};
			asked.set(`${name}\t${subtopic}`, one);
			for (const count of [talk, one]) {
				count.routed++;
				if (routeOf(trigger) === 'failure') count.failures++;
			}
		}
	}
	return { talks: [...talks.values()], asked: [...asked.values()] };
}

/** Over all languages. */
export function byTopic(talks: readonly Talks[]): TopicCount[] {
	const cells = new Map<string, TopicCount>();
	for (const { topic: key, week, channel, conversations, failures } of talks) {
		const name = [key, week, channel].join('\t');
		const cell = cells.get(name) ?? { key, week, channel, volume: 0, failures: 0 };
		cells.set(name, cell);
		cell.volume += conversations;
		cell.failures += failures;
	}
	return [...cells.values()];
}
