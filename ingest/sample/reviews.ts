/** What reviewers say of a small share: was a person needed, what did the AI lack, at which turn should it have handed over. */
import { routeOf } from '../triggers.ts';
import type { Cause } from './handoffs.ts';
import type { Shares, Stream } from './random.ts';

export type Lack = 'information' | 'authority' | 'integration' | 'judgement' | 'empathy';
export type Review = { necessary: boolean; lacked: Lack | null };

const reviewedShare = { usual: 0.05, integration: 0.15 };
const needlessShare = { failure: 0.2, topic: 0.06 };

function lackOf({ trigger, gap }: Cause): Shares<Lack> {
	if (gap?.lacked === 'integration') return { integration: 1 };
	if (gap) return { information: 0.9, judgement: 0.1 };
	if (routeOf(trigger) === 'topic') return { authority: 0.55, judgement: 0.25, empathy: 0.2 };
	if (trigger === 'tool_failure' || trigger === 'ai_error')
		return { integration: 0.75, information: 0.25 };
	if (trigger === 'frustration') return { empathy: 0.6, information: 0.4 };
	return { information: 0.6, authority: 0.15, judgement: 0.15, empathy: 0.1 };
}

export function reviewOf(stream: Stream, cause: Cause): Review | null {
	const share = cause.gap?.lacked === 'integration' ? 'integration' : 'usual';
	if (!stream.chance(reviewedShare[share])) return null;
	const necessary = !stream.chance(needlessShare[routeOf(cause.trigger)]);
	return { necessary, lacked: necessary ? stream.draw(lackOf(cause)) : null };
}

const labelledShare = { handoff: 0.12, contained: 0.03 };
/** Turns between the right one and the handoff, where the AI does not hold on. */
const usualLateness: Shares<'-1' | '0' | '1' | '2'> = { '-1': 0.1, 0: 0.58, 1: 0.24, 2: 0.08 };
/** Share of contained conversations that should have been handed over. */
const missedShare = 0.08;

/**
 * The turn at which a handoff should have been made, as somebody labelled it: 0 = at none, null = not
 * labelled.
 * @param heldOn turns for which a late trigger held on
 */
export function labelOf(
	stream: Stream,
	atTurn: number,
	heldOn: number,
	review: Review | null
): number | null {
	if (!stream.chance(labelledShare.handoff)) return null;
	const late = Number(stream.draw(usualLateness)) + heldOn;
	return review?.necessary === false ? 0 : Math.max(1, atTurn - late);
}

/** The same of a conversation that the AI had alone. */
export function missedOf(stream: Stream): number | null {
	if (!stream.chance(labelledShare.contained)) return null;
	return stream.chance(missedShare) ? stream.whole(2, 5) : 0;
}
