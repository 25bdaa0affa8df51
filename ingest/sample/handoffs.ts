/** The handoffs of one conversation: what led to each, who took over, what became of it. */
import type { outcomes } from '../contract.ts';
import { routeOf, type Trigger } from '../triggers.ts';
import { afterOpenTime, hour, isOpen, toWall, day, weekdayOf } from './clock.ts';
import { usualMisrouting, type Gap } from './effects.ts';
import type { Customer } from './customers.ts';
import { questionOf, resolutionOf, summaryOf, type Matter } from './phrases.ts';
import type { Plan } from './plan.ts';
import type { Shares, Stream, Streams } from './random.ts';
import { labelOf, reviewOf, type Review } from './reviews.ts';
import {
	agentsPerTeam,
	confidenceThreshold,
	failureMix,
	habits,
	lateAfter,
	topics,
	type Channel,
	type Topic
} from './shop.ts';
import { surveyOf, type Survey } from './surveys.ts';

const contextRates = {
	transcript: 0.88,
	summary: 0.72,
	identity: 0.8,
	records: 0.6,
	reason: 0.66,
	intent: 0.7,
	attempts: 0.5,
	sentiment: 0.3,
	recommendation: 0.24,
	articles: 0.34
} as const;
type ContextItem = keyof typeof contextRates;
const contextItems = Object.keys(contextRates) as ContextItem[];

export type Outcome = (typeof outcomes)[number];

/** A contact as it comes in. */
export type Contact = {
	id: string;
	key: [number, number, number];
	at: number;
	week: number;
	topic: Topic;
	customer: Customer;
	channel: Channel;
	version: string;
	matter: Matter;
};

/** What stopped the AI the first time. */
export type Cause = { trigger: Trigger; gap: Gap | null };

export type Handoff = {
	id: string;
	contact: Contact;
	agent: string | null;
	startedAt: number;
	handedOffAt: number;
	repliedAt: number | null;
	resolvedAt: number | null;
	/** When the person was done, or the customer gave up. */
	endedAt: number;
	waitAfter: number | null;
	handle: number | null;
	trigger: Trigger;
	queue: string;
	resolvedQueue: string | null;
	transfers: number;
	outcome: Outcome;
	/** null = unknown. */
	context: ContextItem[] | null;
	announced: boolean;
	reasked: number;
	humanRequests: number;
	aiAttempts: number;
	/** Turn of the customer at which the AI handed over, and the labelled one; null = not labelled. */
	atTurn: number;
	rightTurn: number | null;
	confidence: number;
	sentimentStart: number;
	sentimentEnd: number;
	survey: Survey | null;
	review: Review | null;
	question: string;
	summary: string | null;
	resolution: string | null;
};

const rounded = (value: number) => Math.round(value * 100) / 100;
const between = (least: number, value: number, most: number) =>
	Math.min(most, Math.max(least, value));

/** How long the AI went on, relative to the channel's failure handoffs. */
const triggerPace: Partial<Record<Trigger, number>> = {
	repeated_question: 1.5,
	repeated_failure: 1.8,
	frustration: 1.4,
	low_confidence: 0.8
};
const topicPace = 0.35;

function spell(stream: Stream, plan: Plan, channel: Channel, trigger: Trigger) {
	const failed = routeOf(trigger) === 'failure';
	const late = trigger === plan.effects.late.trigger ? plan.effects.late : null;
	const pace = failed ? (triggerPace[trigger] ?? 1) * (late?.waitFactor ?? 1) : topicPace;
	const wait = stream.logNormal(habits[channel].waitBefore * pace, 0.75);
	const attempts = failed ? 1 + stream.poisson(0.45) : Number(stream.chance(0.3));
	const requests = trigger === 'customer_request' ? 1 : stream.poisson(0.06);
	const start = between(-1, stream.normal(trigger === 'frustration' ? -0.25 : 0, 0.3), 1);
	const more = stream.poisson(plan.effects.late.moreAttempts);
	const pleas = stream.poisson(plan.effects.late.moreRequests);
	const aiAttempts = attempts + (late ? more : 0);
	const humanRequests = requests + (late ? pleas : 0);
	const atTurn = 1 + aiAttempts + humanRequests;
	const fall = 0.06 * aiAttempts + 0.1 * humanRequests + (trigger === 'frustration' ? 0.35 : 0);
	const sureness =
		trigger === 'low_confidence'
			? confidenceThreshold * stream.beta(4, 3)
			: failed
				? 0.25 + 0.7 * stream.beta(4, 3)
				: 0.45 + 0.54 * stream.beta(5, 2);
	return {
		waitBefore: Math.max(2, Math.round(wait)),
		aiAttempts,
		humanRequests,
		atTurn,
		/** Turns that the AI held on for. */
		heldOn: late ? more + pleas : 0,
		confidence: rounded(sureness),
		sentimentStart: rounded(start),
		sentimentEnd: rounded(between(-1, start - fall + stream.normal(0, 0.12), 1))
	};
}

function contextOf(stream: Stream, channel: Channel) {
	const none = stream.chance(0.03);
	const items = contextItems.filter((item) => {
		const spoken = channel === 'voice' && item === 'transcript' ? 0.8 : 1;
		return stream.chance(contextRates[item] * spoken) && !none;
	});
	const travelled = items.includes('summary') || items.includes('transcript');
	const chance = items.includes('summary') ? 0.14 : travelled ? 0.3 : 0.6;
	const reasked = stream.chance(chance) ? 1 + stream.poisson(0.5) : 0;
	const announced = stream.chance(channel === 'voice' ? 0.92 : 0.84);
	return { items, reasked, announced, known: !stream.chance(0.06) };
}

/** Busy hours: Mondays and late mornings wait longer. */
function rush(instant: number): number {
	const wall = toWall(instant);
	const h = Math.floor((wall % day) / hour);
	return (h >= 9 && h < 12 ? 1.25 : 1) * (weekdayOf(Math.floor(wall / day)) === 0 ? 1.15 : 1);
}

const offHours: Shares<Outcome> = { callback: 0.4, not_connected: 0.35, abandoned: 0.25 };

/** From the handoff to a reply or to giving up. */
function waitOf(stream: Stream, channel: Channel, handedOffAt: number) {
	const { hours, live, waitAfter, patience } = habits[channel];
	const work = Math.max(1, Math.round(stream.logNormal(waitAfter * rush(handedOffAt), 0.8)));
	const patient = Math.max(5, Math.round(stream.exponential(patience)));
	const lost = stream.chance(0.008);
	const outcome = stream.draw(offHours);
	if (live && !isOpen(handedOffAt, hours)) {
		const wait = outcome === 'abandoned' ? Math.min(patient, 900) : null;
		return { outcome, wait, repliedAt: null };
	}
	if (lost) return { outcome: 'not_connected' as const, wait: null, repliedAt: null };
	const repliedAt = live ? handedOffAt + work : afterOpenTime(handedOffAt, work, hours);
	const wait = repliedAt - handedOffAt;
	if (wait > patient) return { outcome: 'abandoned' as const, wait: patient, repliedAt: null };
	return { outcome: null, wait, repliedAt };
}

function routingOf(stream: Stream, plan: Plan, { topic, week }: Contact) {
	const { queue, endsIn, from, before, after } = plan.effects.misrouting;
	const planted = topic.queue === queue;
	const wrong = stream.chance(planted ? (week < from ? before : after) : usualMisrouting);
	const others = topics.map((other) => other.queue).filter((other) => other !== topic.queue);
	const elsewhere = stream.pick(others);
	const moves = 1 + Number(stream.chance(0.2));
	return {
		resolvedQueue: wrong ? (planted ? endsIn : elsewhere) : topic.queue,
		transfers: wrong ? moves : Number(stream.chance(0.02))
	};
}

function outcomeOf(stream: Stream, isLate: boolean, gap: Gap | null): Outcome {
	const unresolved = 0.1 + (isLate ? 0.07 : 0) + (gap ? 0.05 : 0);
	const rest = { returned_to_ai: 0.065, transferred: 0.035, callback: 0.02, answered: 0.05 };
	return stream.draw<Outcome>({ unresolved, ...rest, resolved: 0.83 - unresolved });
}

function handoffOf(
	streams: Streams,
	plan: Plan,
	contact: Contact,
	cause: Cause,
	startedAt: number,
	turn: number
): Handoff {
	const { channel, topic, matter } = contact;
	const stream = (concern: string) => streams(concern).at(...contact.key, turn);
	const { heldOn, ...before } = spell(stream('spell'), plan, channel, cause.trigger);
	const handedOffAt = startedAt + before.waitBefore;
	const context = contextOf(stream('context'), channel);
	const wait = waitOf(stream('wait'), channel, handedOffAt);
	const isLate = before.waitBefore > lateAfter[channel];
	const outcome = wait.outcome ?? outcomeOf(stream('outcome'), isLate, cause.gap);
	const routing = routingOf(stream('routing'), plan, contact);
	const answered = wait.repliedAt !== null;
	const work = stream('work');
	const longAi = (before.waitBefore / habits[channel].waitBefore) ** 0.08;
	const typical = topic.handle * habits[channel].work * longAi;
	const bare = context.items.includes('summary') ? 1 : 1.2;
	const handle = Math.max(10, Math.round(work.logNormal(typical * bare, 0.5)));
	const later = work.chance(0.2) ? Math.round(work.logNormal(20 * hour, 0.8)) : 0;
	const moving = answered ? routing.transfers * Math.round(work.logNormal(420, 0.6)) : 0;
	const repliedAt = wait.repliedAt;
	const doneAt = repliedAt === null ? null : repliedAt + moving + handle;
	const resolvedAt = outcome === 'resolved' && doneAt !== null ? doneAt + later : null;
	const transfers = answered ? routing.transfers : 0;
	const texts = stream('texts');
	const review = reviewOf(stream('review'), cause);
	const question = questionOf(texts, matter);
	const summary = summaryOf(texts, matter, before.aiAttempts);
	const resolution = resolutionOf(texts, matter);
	return {
		...before,
		id: `${contact.id}-h${turn + 1}`,
		contact,
		agent: answered
			? `agent-${topic.team.toLowerCase()}-${work.whole(1, agentsPerTeam)}`
			: null,
		startedAt,
		handedOffAt,
		repliedAt,
		resolvedAt,
		endedAt: resolvedAt ?? doneAt ?? handedOffAt + (wait.wait ?? 60),
		waitAfter: wait.wait,
		handle: answered ? handle : null,
		trigger: cause.trigger,
		queue: topic.queue,
		resolvedQueue: answered ? routing.resolvedQueue : null,
		transfers: outcome === 'transferred' ? Math.max(1, transfers) : transfers,
		outcome,
		context: context.known ? context.items : null,
		announced: context.announced,
		reasked: answered ? context.reasked : 0,
		survey: null,
		review,
		rightTurn: labelOf(stream('label'), before.atTurn, heldOn, review),
		question,
		summary: context.items.includes('summary') ? summary : null,
		resolution: outcome === 'resolved' ? resolution : null
	};
}

/** A handoff after others: turns count from the start of the conversation. */
const later = (handoff: Handoff, turns: number): Handoff => ({
	...handoff,
	atTurn: handoff.atTurn + turns,
	rightTurn: handoff.rightTurn ? handoff.rightTurn + turns : handoff.rightTurn
});

/** Chance that a conversation handed back to the AI is handed over once more. */
const againRate = 0.4;
const mostHandoffs = 4;

/**
 * The handoffs of a conversation in the order of time; the survey is with the last. What would
 * fall behind the end of the log is not in it.
 */
export function handoffsOf(
	streams: Streams,
	plan: Plan,
	contact: Contact,
	first: Cause
): Handoff[] {
	let last = handoffOf(streams, plan, contact, first, contact.at, 0);
	if (last.handedOffAt >= plan.endsAt) return [];
	const all = [last];
	while (last.outcome === 'returned_to_ai' && all.length < mostHandoffs) {
		const again = streams('again').at(...contact.key, all.length);
		if (!again.chance(againRate)) break;
		const trigger = again.draw<Trigger>({ ...failureMix, repeated_failure: 0.3 });
		const cause = { trigger, gap: null };
		const made = handoffOf(streams, plan, contact, cause, last.endedAt, all.length);
		const next = later(made, last.atTurn);
		if (next.handedOffAt >= plan.endsAt) break;
		all.push(next);
		last = next;
	}
	last.survey = surveyOf(streams('survey').at(...contact.key), plan, last);
	return all;
}
