/** Customers and those of them who come back. */
import type { Plan } from './plan.ts';
import type { Stream, Streams } from './random.ts';
import { languageMix, tierMix, topics, type Channel, type Language } from './shop.ts';

export type Customer = {
	/** null: the log does not know who it is. */
	id: string | null;
	language: Language;
	tier: keyof typeof tierMix;
};

/** Share of customers that are never signed in. */
const unknown = 0.05;

/** The customer of a place in the pool: always the same one. */
function customerAt(stream: Stream, place: number): Customer {
	stream.at(place);
	return {
		id: stream.chance(unknown) ? null : `customer-${String(place + 1).padStart(6, '0')}`,
		language: stream.draw(languageMix),
		tier: stream.draw(tierMix)
	};
}

/** Any customer, some more often than others. */
export function anyCustomer(streams: Streams, plan: Plan, key: number[]): Customer {
	const pool = Math.max(20, Math.round(plan.conversations * 0.6));
	const place = Math.floor(
		pool *
			streams('who')
				.at(...key)
				.unit() **
				1.2
	);
	return customerAt(streams('customer'), place);
}

export type Comeback = { customer: Customer; channel: Channel; topic: number; dueAt: number };

/** Chance of another contact on the same topic, by how the last one ended. */
const returnChance = {
	'ai confirmed': 0.06,
	'ai assumed': 0.13,
	'ai unresolved': 0.32,
	'ai abandoned': 0.24,
	'human confirmed': 0.07,
	'human assumed': 0.1,
	'human unresolved': 0.3,
	'human abandoned': 0.3,
	resolved: 0.09,
	unresolved: 0.33,
	abandoned: 0.36,
	returned_to_ai: 0.13,
	transferred: 0.18,
	callback: 0.16,
	answered: 0.14,
	not_connected: 0.4
} as const;

export type Ending = keyof typeof returnChance;

/** Chance of another contact on some other topic. */
const returnElsewhere = 0.04;

/** Whether, when and about what a customer comes back after a contact that ended so. */
export function comebackOf(
	stream: Stream,
	ending: Ending,
	contact: { customer: Customer; channel: Channel; topic: number },
	endedAt: number
): Comeback | null {
	const same = stream.chance(returnChance[ending]);
	if (!same && !stream.chance(returnElsewhere)) return null;
	const days = Math.min(28, stream.logNormal(1.9, 0.9));
	const topic = same ? contact.topic : stream.whole(0, topics.length - 1);
	return { ...contact, topic, dueAt: endedAt + Math.max(1200, days * 86_400) };
}

/** Customers on their way back, by topic, the one due first at the end. */
export class Comebacks {
	#due: Comeback[][] = topics.map(() => []);

	add(comeback: Comeback) {
		const due = this.#due[comeback.topic];
		if (!due) return;
		let low = 0;
		let high = due.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((due[middle]?.dueAt ?? 0) > comeback.dueAt) low = middle + 1;
			else high = middle;
		}
		due.splice(low, 0, comeback);
	}

	/** The customer who is back on this topic by now, if any: the next arrival is theirs. */
	take(topic: number, now: number): Comeback | null {
		const due = this.#due[topic] ?? [];
		const next = due.at(-1);
		if (!next || next.dueAt > now) return null;
		due.pop();
		return next;
	}
}
