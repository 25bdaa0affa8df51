/** What reviewers say of a small share of handoffs: was a person needed, what did the AI lack. */
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
