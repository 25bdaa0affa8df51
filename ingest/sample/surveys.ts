/** Satisfaction, 1 to 5, and who answers the survey. */
import { hour } from './clock.ts';
import type { Ending } from './customers.ts';
import type { Handoff, Outcome } from './handoffs.ts';
import type { Plan } from './plan.ts';
import type { Stream } from './random.ts';
import { habits, lateAfter } from './shop.ts';

export type Survey = { csat: number; at: number };

/** Mean before rounding to 1–5, and share that answers, by ending. */
const answers: Record<Ending, { mean: number; share: number }> = {
	'ai confirmed': { mean: 4.4, share: 0.34 },
	'ai assumed': { mean: 3.9, share: 0.24 },
	'ai unresolved': { mean: 2.5, share: 0.3 },
	'ai abandoned': { mean: 2.2, share: 0.12 },
	'human confirmed': { mean: 4.4, share: 0.34 },
	'human assumed': { mean: 4, share: 0.26 },
	'human unresolved': { mean: 2.5, share: 0.34 },
	'human abandoned': { mean: 2.2, share: 0.14 },
	resolved: { mean: 4.45, share: 0.34 },
	answered: { mean: 4.1, share: 0.28 },
	returned_to_ai: { mean: 4.1, share: 0.27 },
	transferred: { mean: 3.8, share: 0.28 },
	callback: { mean: 3.7, share: 0.26 },
	unresolved: { mean: 2.7, share: 0.38 },
	abandoned: { mean: 2.4, share: 0.14 },
	not_connected: { mean: 2.1, share: 0.16 }
};

const spread = 0.95;
const doublings = (value: number, from: number, most: number) =>
	Math.min(most, Math.max(0, Math.log2(value / from)));

function answerOf(stream: Stream, ending: Ending, shift: number, endedAt: number): Survey | null {
	const { mean, share } = answers[ending];
	const answered = stream.chance(share);
	const csat = Math.min(5, Math.max(1, Math.round(stream.normal(mean + shift, spread))));
	const at = Math.round(endedAt + stream.logNormal(3 * hour, 1.2));
	return answered ? { csat, at } : null;
}

/** The answer after a conversation without handoff. */
export const plainSurveyOf = (stream: Stream, ending: Ending, endedAt: number) =>
	answerOf(stream, ending, 0, endedAt);

/** What a handoff itself does to the satisfaction, whatever its outcome. */
function strainOf(plan: Plan, handoff: Handoff): number {
	const { channel } = handoff.contact;
	const { live, waitAfter } = habits[channel];
	const before = handoff.handedOffAt - handoff.startedAt;
	return (
		-0.35 * doublings(before, lateAfter[channel], 2) -
		0.3 * Math.min(2, handoff.reasked) -
		0.25 * handoff.transfers -
		(handoff.announced ? 0 : 0.2) -
		(live ? 0.2 : 0.1) * doublings(handoff.waitAfter ?? 0, waitAfter * 2, 3) +
		(handoff.trigger === plan.effects.late.trigger ? plan.effects.late.csat : 0)
	);
}

export function surveyOf(stream: Stream, plan: Plan, handoff: Handoff): Survey | null {
	const ending: Outcome = handoff.outcome;
	return answerOf(stream, ending, strainOf(plan, handoff), handoff.endedAt);
}
