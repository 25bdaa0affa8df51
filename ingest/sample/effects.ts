/** What is planted in the log: where, from when, how strongly. Everything else stands still. */
import type { Trigger } from '../triggers.ts';
import { dateOf } from './clock.ts';
import type { Shares } from './random.ts';
import { topics, type TopicName } from './shop.ts';

/** A question the AI has no answer to: a share of a topic's AI conversations. */
export type Gap = {
	id: 'growing_gap' | 'fixed_gap' | 'missing_integration';
	topic: TopicName;
	subtopic: string;
	triggers: Shares<Trigger>;
	/** Share of the topic's AI conversations that ask it, in a week counted from 0. */
	share(week: number): number;
	/** Chance that such a conversation is handed over. */
	handedOver: number;
	/** What a reviewer says the AI lacked. */
	lacked: 'information' | 'integration';
};

export type Effects = {
	gaps: Gap[];
	/** A trigger that hands over too late, over the whole log; null = none does. */
	late: {
		trigger: Trigger | null;
		waitFactor: number;
		moreAttempts: number;
		moreRequests: number;
		/** Change of the mean of the satisfaction before rounding to 1–5. */
		csat: number;
	};
	/** Share of a queue's handoffs that end in another one; null = no queue is special. */
	misrouting: {
		queue: string | null;
		endsIn: string;
		from: number;
		before: number;
		after: number;
	};
	/** Volume against the first week: 1 + slope · week; null = no topic grows. */
	growth: { topic: TopicName | null; slope: number };
	/** What truth.json says of them. */
	planted: Planted[];
	quietTopics: TopicName[];
};

export type Planted = {
	id: string;
	what: string;
	topic: TopicName | null;
	subtopic: string | null;
	trigger: Trigger | null;
	queue: string | null;
	/** Monday of the first week with the effect; null = the whole log. */
	from_week: string | null;
	parameters: Record<string, number | string | Record<string, number>>;
};

const nowhere = { topic: null, subtopic: null, trigger: null, queue: null, from_week: null };

/** Chance of being sent to the wrong queue where nothing is planted. */
export const usualMisrouting = 0.06;

/**
 * The effects of a log of so many weeks.
 * @param monday first day, days since 1970
 */
export function effectsOf(weeks: number, monday: number): Effects {
	const weekOf = (part: number) => Math.min(weeks - 1, Math.floor(weeks * part));
	const mondayOf = (week: number) => dateOf(monday + 7 * week);
	const begins = weekOf(0.6);
	const fixed = weekOf(0.54);
	const rerouted = weekOf(0.5);
	const slope = 0.03;
	const most = 0.3;
	const broken = 0.36;
	const growing: Gap = {
		id: 'growing_gap',
		topic: 'Returns',
		subtopic: 'Parcel locker',
		triggers: { low_confidence: 0.5, out_of_scope: 0.25, repeated_question: 0.25 },
		share: (week) => (week < begins ? 0 : Math.min(most, slope * (week - begins + 1))),
		handedOver: 0.8,
		lacked: 'information'
	};
	const mended: Gap = {
		id: 'fixed_gap',
		topic: 'Warranty',
		subtopic: 'Battery exchange',
		triggers: { low_confidence: 0.5, out_of_scope: 0.3, repeated_question: 0.2 },
		share: (week) => (week < fixed ? broken : broken / 2),
		handedOver: 0.8,
		lacked: 'information'
	};
	const unconnected: Gap = {
		id: 'missing_integration',
		topic: 'Order change',
		subtopic: 'Change address',
		triggers: { tool_failure: 1 },
		share: () => 0.2,
		handedOver: 0.85,
		lacked: 'integration'
	};
	const late = {
		trigger: 'customer_request',
		waitFactor: 3,
		moreAttempts: 2,
		moreRequests: 1.5,
		csat: -0.9
	} as const;
	const misrouting = {
		queue: 'Payments',
		endsIn: 'Billing',
		from: rerouted,
		before: usualMisrouting,
		after: 0.42
	};
	const growth = { topic: 'Cancellation', slope: 0.025 } as const;
	const touched: TopicName[] = ['Returns', 'Warranty', 'Order change', 'Payment', 'Cancellation'];
	return {
		gaps: [growing, mended, unconnected],
		late,
		misrouting,
		growth,
		quietTopics: topics.map(({ name }) => name).filter((name) => !touched.includes(name)),
		planted: [
			{
				...nowhere,
				id: growing.id,
				what: 'a knowledge gap that grows from one week on, with phrases of its own',
				topic: growing.topic,
				subtopic: growing.subtopic,
				from_week: mondayOf(begins),
				parameters: {
					share_of_ai_conversations_first_week: slope,
					share_added_each_week: slope,
					share_at_most: most,
					chance_of_handoff: growing.handedOver,
					triggers: { ...growing.triggers }
				}
			},
			{
				...nowhere,
				id: mended.id,
				what: 'a knowledge gap that a fix halves',
				topic: mended.topic,
				subtopic: mended.subtopic,
				parameters: {
					fix_date: mondayOf(fixed),
					share_of_ai_conversations_before: broken,
					share_of_ai_conversations_after: broken / 2,
					chance_of_handoff: mended.handedOver,
					triggers: { ...mended.triggers }
				}
			},
			{
				...nowhere,
				id: unconnected.id,
				what: 'a system the AI is not connected to, seen as tool failures',
				topic: unconnected.topic,
				subtopic: unconnected.subtopic,
				trigger: 'tool_failure',
				parameters: {
					share_of_ai_conversations: unconnected.share(0),
					chance_of_handoff: unconnected.handedOver,
					lacked: unconnected.lacked
				}
			},
			{
				...nowhere,
				id: 'late_trigger',
				what: 'a trigger that hands over too late, with lower satisfaction',
				trigger: late.trigger,
				parameters: {
					wait_before_factor: late.waitFactor,
					more_ai_attempts: late.moreAttempts,
					more_human_requests: late.moreRequests,
					csat_before_rounding: late.csat
				}
			},
			{
				...nowhere,
				id: 'misrouting_queue',
				what: 'a queue that misroutes after a routing change',
				queue: misrouting.queue,
				from_week: mondayOf(rerouted),
				parameters: {
					share_before: misrouting.before,
					share_after: misrouting.after,
					ends_in: misrouting.endsIn
				}
			},
			{
				...nowhere,
				id: 'growing_topic',
				what: 'a topic whose volume grows by the same amount every week',
				topic: growth.topic,
				from_week: mondayOf(0),
				parameters: { added_each_week_of_first: growth.slope }
			}
		]
	};
}

/** The same shop with nothing planted; no random number falls on another concern than before. */
export function withoutEffects({ late, misrouting, growth }: Effects): Effects {
	return {
		gaps: [],
		late: { ...late, trigger: null },
		misrouting: { ...misrouting, queue: null },
		growth: { ...growth, topic: null },
		planted: [],
		quietTopics: topics.map(({ name }) => name)
	};
}
