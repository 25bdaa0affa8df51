/** When contacts come in, by topic: a fixed total spread over weeks, weekdays, topics and hours. */
import { dateOf, day, hour, toInstant, weekdayOf } from './clock.ts';
import type { Plan } from './plan.ts';
import type { Stream, Streams } from './random.ts';
import { hourProfile, season, topics, weekdayProfile } from './shop.ts';

export type Arrival = {
	/** Counted from 1 over the whole log. */
	number: number;
	/** Place in `topics`. */
	topic: number;
	/** Counted from 0. */
	week: number;
	/** Seconds since 1970. */
	at: number;
	/** Day, topic and place among the topic's arrivals of the day: what its random streams go by. */
	key: [number, number, number];
};

function isoWeekOf(monday: number): number {
	const thursday = monday + 3;
	const year = dateOf(thursday).slice(0, 4);
	return 1 + Math.floor((thursday - Date.parse(`${year}-01-01T00:00:00Z`) / 1000 / day) / 7);
}

/** Factor of the calendar week's volume. */
export const seasonOf = (monday: number) => season[isoWeekOf(monday)] ?? 1;

/** Expected volume of a topic on a day, in parts of an ordinary day. */
function volumeOf({ monday, effects }: Plan, today: number, topic: number): number {
	const { name, share } = topics[topic] ?? topics[0];
	const week = Math.floor((today - monday) / 7);
	const growth = name === effects.growth.topic ? 1 + effects.growth.slope * week : 1;
	return share * growth * seasonOf(monday + 7 * week) * (weekdayProfile[weekdayOf(today)] ?? 1);
}

const hours = hourProfile.reduce((sum, part) => sum + part, 0);

function timeOfDay(stream: Stream): number {
	let left = stream.unit() * hours;
	let h = 0;
	while (left >= (hourProfile[h] ?? Infinity)) left -= hourProfile[h++] ?? 0;
	return h * hour + stream.whole(0, hour - 1);
}

/** Every contact in the order of time; as many in all as the plan says. */
export function* arrivalsOf(plan: Plan, streams: Streams): Generator<Arrival> {
	const days = Array.from({ length: plan.weeks * 7 }, (_, i) => plan.monday + i);
	let volume = 0;
	for (const today of days)
		for (const topic of topics.keys()) volume += volumeOf(plan, today, topic);
	let left = plan.conversations;
	let number = 0;
	for (const today of days) {
		const arrivals: Omit<Arrival, 'number'>[] = [];
		for (const topic of topics.keys()) {
			const part = volumeOf(plan, today, topic);
			const p = volume - part < 1e-9 ? 1 : part / volume;
			const count = streams('volume').at(today, topic).binomial(left, p);
			left -= count;
			volume -= part;
			for (let i = 0; i < count; i++) {
				const key: Arrival['key'] = [today, topic, i];
				const at = toInstant(today * day + timeOfDay(streams('arrival').at(...key)));
				arrivals.push({ topic, week: Math.floor((today - plan.monday) / 7), at, key });
			}
		}
		arrivals.sort((a, b) => a.at - b.at);
		for (const arrival of arrivals) yield { number: ++number, ...arrival };
	}
}
