/** One conversation from its arrival to its end, handed over or not. */
import type { Trigger } from '../triggers.ts';
import type { Arrival } from './arrivals.ts';
import { isOpen } from './clock.ts';
import { anyCustomer, comebackOf, type Comeback, type Ending } from './customers.ts';
import { handoffsOf, type Cause, type Contact, type Handoff, type Outcome } from './handoffs.ts';
import { matterOf } from './phrases.ts';
import { versionIn, type Plan } from './plan.ts';
import type { Shares, Stream, Streams } from './random.ts';
import { missedOf } from './reviews.ts';
import {
	anyTopicMix,
	channelMix,
	confidenceThreshold,
	failureMix,
	habits,
	topics
} from './shop.ts';
import { plainSurveyOf, type Survey } from './surveys.ts';

export type Resolution = 'confirmed' | 'assumed' | 'unresolved' | 'abandoned';

export type Conversation = {
	contact: Contact;
	/** null: still open when the log ends. */
	endedAt: number | null;
	handledBy: 'ai' | 'human';
	resolution: Resolution | null;
	survey: Survey | null;
	/** Lowest confidence of the AI; null where it took no part, and here and there. */
	sureness: number | null;
	/** As labelled; null where it is not, or was handed over. */
	rightTurn: number | null;
	handoffs: Handoff[];
	comeback: Comeback | null;
};

const plainEndings: Record<'ai' | 'human', Shares<Resolution>> = {
	ai: { confirmed: 0.36, assumed: 0.46, unresolved: 0.1, abandoned: 0.08 },
	human: { confirmed: 0.55, assumed: 0.3, unresolved: 0.1, abandoned: 0.05 }
};

const resolutionAfter: Record<Outcome, Resolution | null> = {
	resolved: 'confirmed',
	unresolved: 'unresolved',
	abandoned: 'abandoned',
	not_connected: 'unresolved',
	returned_to_ai: 'assumed',
	transferred: null,
	callback: null,
	answered: null
};

/** Where nobody can be reached, the AI hands over less. */
const closedFactor = 0.5;

/** Why the AI stops, or null where it goes on to the end. */
function causeOf(stream: Stream, contact: Contact): Cause | null {
	const { topic, channel, at, matter } = contact;
	const { hours, live } = habits[channel];
	const gapHeld = stream.unit();
	const cause = stream.unit();
	if (matter.gap)
		return gapHeld < matter.gap.handedOver
			? { trigger: stream.draw(matter.gap.triggers), gap: matter.gap }
			: null;
	const factor = live && !isOpen(at, hours) ? closedFactor : 1;
	if (cause < topic.topicRate * factor)
		return { trigger: stream.draw<Trigger>({ ...anyTopicMix, ...topic.topicMix }), gap: null };
	if (cause < (topic.topicRate + topic.failureRate) * factor)
		return { trigger: stream.draw(failureMix), gap: null };
	return null;
}

export function conversationOf(
	streams: Streams,
	plan: Plan,
	arrival: Arrival,
	back: Comeback | null
): Conversation {
	const { key, at, week } = arrival;
	const topic = topics[arrival.topic] ?? topics[0];
	const customer = back?.customer ?? anyCustomer(streams, plan, key);
	const path = streams('path').at(...key);
	const sameChannel = path.chance(0.75);
	const drawn = path.draw(channelMix);
	const channel = back && sameChannel ? back.channel : drawn;
	const byHuman = path.chance(habits[channel].humanOnly) && isOpen(at, habits[channel].hours);
	const handledBy: Conversation['handledBy'] = byHuman ? 'human' : 'ai';
	const planted = plan.effects.gaps.find((candidate) => candidate.topic === topic.name);
	const asksIt =
		planted &&
		streams('gap')
			.at(...key)
			.chance(planted.share(week));
	const gap = asksIt && !byHuman ? planted : null;
	const contact: Contact = {
		id: `sample-${String(arrival.number).padStart(7, '0')}`,
		key,
		at,
		week,
		topic,
		customer,
		channel,
		version: versionIn(week, plan.weeks),
		matter: matterOf(streams('matter').at(...key), customer.language, topic.name, gap)
	};
	const cause = byHuman ? null : causeOf(streams('cause').at(...key), contact);
	const sure = streams('sureness').at(...key);
	const isLogged = !sure.chance(0.05);
	const goingOn = confidenceThreshold + (1 - confidenceThreshold) * sure.beta(3, 2);
	const going = streams('comeback').at(...key);
	const who = { customer, channel, topic: arrival.topic };
	if (cause) {
		const handoffs = handoffsOf(streams, plan, contact, cause);
		const [first] = handoffs;
		const last = handoffs.at(-1);
		const sureness = isLogged && first ? first.confidence : null;
		const rest = { contact, handledBy, handoffs, sureness, rightTurn: null };
		if (!last) {
			const open = { endedAt: null, resolution: null, survey: null, comeback: null };
			return { ...rest, ...open };
		}
		const { outcome, survey, endedAt } = last;
		const comeback = comebackOf(going, outcome, who, endedAt);
		const resolution = resolutionAfter[outcome];
		return { ...rest, endedAt, resolution, survey, comeback };
	}
	const plain = streams('plain').at(...key);
	const endings = gap ? { ...plainEndings.ai, unresolved: 0.6 } : plainEndings[handledBy];
	const resolution = plain.draw(endings);
	const typical = byHuman
		? topic.handle * habits[channel].work + habits[channel].waitAfter
		: habits[channel].waitBefore;
	const endedAt = at + Math.max(5, Math.round(plain.logNormal(typical, 0.7)));
	const ending: Ending = `${handledBy} ${resolution}`;
	const survey = plainSurveyOf(streams('survey').at(...key), ending, endedAt);
	const comeback = comebackOf(going, ending, who, endedAt);
	const sureness = byHuman || !isLogged ? null : Math.floor(goingOn * 100) / 100;
	const rightTurn = byHuman ? null : missedOf(streams('label').at(...key));
	const rest = { handledBy, sureness, rightTurn, handoffs: [] };
	return { contact, endedAt, resolution, survey, comeback, ...rest };
}
