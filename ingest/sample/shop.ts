/** The made-up shop: its topics, channels, customers and habits, all as true parameters. */
import type { Hours } from './clock.ts';
import type { Trigger } from '../triggers.ts';
import { hour } from './clock.ts';
import type { Shares } from './random.ts';

/** Why the AI fails where nothing is planted. */
export const failureMix: Shares<Trigger> = {
	low_confidence: 0.25,
	repeated_question: 0.14,
	customer_request: 0.24,
	frustration: 0.1,
	out_of_scope: 0.12,
	ai_error: 0.05,
	tool_failure: 0.05,
	repeated_failure: 0.05
};

/** Reasons for a person that may come up in any topic, beside the topic's own. */
export const anyTopicMix: Shares<Trigger> = {
	vulnerable_customer: 0.05,
	high_value_account: 0.05,
	sensitive_topic: 0.03,
	human_authority: 0.05
};

export type Topic = {
	name: string;
	/** Share of all conversations before any planted growth. */
	share: number;
	subtopics: readonly [string, string, string];
	queue: string;
	team: string;
	/** Chance that an AI conversation is handed over because of its topic. */
	topicRate: number;
	topicMix: Shares<Trigger>;
	/** Chance that an AI conversation is handed over because the AI fails, nothing planted. */
	failureRate: number;
	/** Median of the work of the person, seconds, on chat. */
	handle: number;
};

export const topics = [
	{
		name: 'Delivery',
		share: 0.2,
		subtopics: ['Where is my parcel', 'Late parcel', 'Damaged parcel'],
		queue: 'Logistics',
		team: 'Logistics',
		topicRate: 0.02,
		topicMix: { policy_exception: 0.6, human_authority: 0.3 },
		failureRate: 0.11,
		handle: 330
	},
	{
		name: 'Returns',
		share: 0.12,
		subtopics: ['Return label', 'Return period', 'Wrong item'],
		queue: 'Returns',
		team: 'Logistics',
		topicRate: 0.03,
		topicMix: { policy_exception: 0.9 },
		failureRate: 0.1,
		handle: 380
	},
	{
		name: 'Refunds',
		share: 0.11,
		subtopics: ['Refund status', 'Partial refund', 'Refund to other account'],
		queue: 'Refunds',
		team: 'Billing',
		topicRate: 0.06,
		topicMix: { transaction_dispute: 0.4, human_authority: 0.3, policy_exception: 0.2 },
		failureRate: 0.11,
		handle: 430
	},
	{
		name: 'Billing dispute',
		share: 0.06,
		subtopics: ['Charged twice', 'Wrong amount', 'Dunning letter'],
		queue: 'Billing',
		team: 'Billing',
		topicRate: 0.45,
		topicMix: { billing_dispute: 0.85, legal_compliance: 0.05 },
		failureRate: 0.07,
		handle: 620
	},
	{
		name: 'Cancellation',
		share: 0.055,
		subtopics: ['Cancel subscription', 'Cancel order', 'Cancel account'],
		queue: 'Retention',
		team: 'Care',
		topicRate: 0.35,
		topicMix: { cancellation: 0.9 },
		failureRate: 0.06,
		handle: 520
	},
	{
		name: 'Account access',
		share: 0.1,
		subtopics: ['Password reset', 'Two-step sign-in', 'Hacked account'],
		queue: 'Accounts',
		team: 'Accounts',
		topicRate: 0.1,
		topicMix: { account_security: 0.9 },
		failureRate: 0.1,
		handle: 350
	},
	{
		name: 'Product advice',
		share: 0.12,
		subtopics: ['Size and fit', 'Compatibility', 'Availability'],
		queue: 'Sales',
		team: 'Sales',
		topicRate: 0.015,
		topicMix: { high_value_account: 0.7 },
		failureRate: 0.09,
		handle: 400
	},
	{
		name: 'Warranty',
		share: 0.06,
		subtopics: ['Repair', 'Replacement', 'Warranty period'],
		queue: 'Warranty',
		team: 'Care',
		topicRate: 0.04,
		topicMix: { policy_exception: 0.5, legal_compliance: 0.3 },
		failureRate: 0.09,
		handle: 560
	},
	{
		name: 'Payment',
		share: 0.075,
		subtopics: ['Card declined', 'Instalments', 'Voucher'],
		queue: 'Payments',
		team: 'Billing',
		topicRate: 0.07,
		topicMix: { transaction_dispute: 0.6, billing_dispute: 0.2 },
		failureRate: 0.11,
		handle: 410
	},
	{
		name: 'Order change',
		share: 0.06,
		subtopics: ['Change address', 'Change items', 'Change date'],
		queue: 'Orders',
		team: 'Logistics',
		topicRate: 0.02,
		topicMix: { human_authority: 0.7 },
		failureRate: 0.09,
		handle: 300
	},
	{
		name: 'Loyalty points',
		share: 0.025,
		subtopics: ['Missing points', 'Redeem points', 'Points expired'],
		queue: 'Sales',
		team: 'Sales',
		topicRate: 0.02,
		topicMix: { policy_exception: 0.8 },
		failureRate: 0.11,
		handle: 290
	},
	{
		name: 'Privacy request',
		share: 0.015,
		subtopics: ['Delete my data', 'Copy of my data', 'Newsletter'],
		queue: 'Privacy',
		team: 'Accounts',
		topicRate: 0.45,
		topicMix: { legal_compliance: 0.75, sensitive_topic: 0.2, vulnerable_customer: 0.1 },
		failureRate: 0.05,
		handle: 700
	}
] as const satisfies readonly Topic[];

export type TopicName = (typeof topics)[number]['name'];

export function topicNamed(name: TopicName): Topic {
	const topic = topics.find((candidate) => candidate.name === name);
	if (!topic) throw new RangeError(`there is no topic ${name}`);
	return topic;
}

export const languages = ['de', 'en', 'fr'] as const;
export type Language = (typeof languages)[number];
export const languageMix: Shares<Language> = { de: 0.62, en: 0.26, fr: 0.12 };
export const tierMix = { standard: 0.72, plus: 0.2, business: 0.08 };

export const channels = ['chat', 'email', 'voice', 'messaging'] as const;
export type Channel = (typeof channels)[number];
export const channelMix: Shares<Channel> = { chat: 0.46, email: 0.2, voice: 0.16, messaging: 0.18 };

export type ChannelHabits = {
	hours: Hours;
	/** Nobody waits overnight: outside the hours no person can be reached. */
	live: boolean;
	/** Chance that a person takes a contact without the AI, within the hours. */
	humanOnly: number;
	/** Median seconds with the AI before a failure handoff. */
	waitBefore: number;
	/** Median seconds to the first human reply, opening time only. */
	waitAfter: number;
	/** Mean patience in seconds; waiting longer, the customer gives up. */
	patience: number;
	/** Work of the person as a multiple of chat. */
	work: number;
};

export const habits: Record<Channel, ChannelHabits> = {
	chat: {
		hours: { opens: 8 * hour, closes: 20 * hour },
		live: true,
		humanOnly: 0.04,
		waitBefore: 150,
		waitAfter: 80,
		patience: 1200,
		work: 1
	},
	email: {
		hours: { opens: 8 * hour, closes: 22 * hour },
		live: false,
		humanOnly: 0.1,
		waitBefore: 420,
		waitAfter: 9000,
		patience: 14 * 24 * hour,
		work: 1.3
	},
	voice: {
		hours: { opens: 8 * hour, closes: 20 * hour },
		live: true,
		humanOnly: 0.16,
		waitBefore: 95,
		waitAfter: 55,
		patience: 540,
		work: 0.9
	},
	messaging: {
		hours: { opens: 8 * hour, closes: 20 * hour },
		live: false,
		humanOnly: 0.03,
		waitBefore: 320,
		waitAfter: 900,
		patience: 2.5 * 24 * hour,
		work: 1.1
	}
};

/** Above this time with the AI a handoff is late, seconds. */
export const lateAfter: Record<Channel, number> = {
	chat: 300,
	email: 900,
	voice: 300,
	messaging: 900
};

/** Below this confidence the AI hands over. */
export const confidenceThreshold = 0.5;

/** Volume by weekday, Monday first. */
export const weekdayProfile = [1.18, 1.1, 1.03, 1, 0.98, 0.86, 0.85] as const;

/** Volume by hour of the local day. */
export const hourProfile = [
	6, 4, 2, 2, 2, 4, 10, 24, 48, 66, 74, 72, 68, 64, 62, 62, 64, 66, 64, 58, 46, 34, 22, 12
] as const;

/** Weeks of the calendar year with more volume, by ISO week number: the only season there is. */
export const season: Partial<Record<number, number>> = {
	1: 1.06,
	26: 1.06,
	27: 1.06,
	47: 1.1,
	48: 1.16,
	49: 1.12,
	50: 1.12,
	51: 1.1
};

/** AI versions and the part of the log after which each begins. No version changes any outcome. */
export const versions = [
	{ name: 'shop-ai 3.1', from: 0 },
	{ name: 'shop-ai 3.2', from: 0.27 },
	{ name: 'shop-ai 3.3', from: 0.57 },
	{ name: 'shop-ai 4.0', from: 0.84 }
] as const;

/** People in a team. */
export const agentsPerTeam = 14;
