/** What happened to one handoff, in order. */
import { formatDuration } from './format.ts';
import type { Handoff } from './handoff.ts';
import { endWords } from './reasons.ts';

export type Moment = {
	/** local, 'YYYY-MM-DDTHH:MM:SS'; null where the log has no time for it */
	at: string | null;
	what: string;
	/** how long it took until then; null where the log does not say */
	took: string | null;
	/** whose time it was */
	by: 'ai' | 'wait' | 'person' | 'away' | null;
};

/** From the beginning of the conversation to the customer's next contact; only what the log tells. */
export function moments(handoff: Handoff): Moment[] {
	return [
		began(handoff),
		{
			at: handoff.handed_off_local,
			what: 'Handed over',
			took: during(handoff.wait_before_s, 'with the AI'),
			by: 'ai' as const
		},
		answered(handoff),
		ended(handoff),
		next(handoff)
	].filter((moment) => moment !== null);
}

const during = (seconds: number | null, how: string) =>
	seconds === null ? null : `${formatDuration(seconds)} ${how}`;

function began({ began_local }: Handoff): Moment | null {
	if (began_local === null) return null;
	return { at: began_local, what: 'Conversation began', took: null, by: null };
}

function answered({ replied_local, is_answered, wait_after_s }: Handoff): Moment | null {
	if (replied_local === null && !is_answered) return null;
	return {
		at: replied_local,
		what: 'First human reply',
		took: during(wait_after_s, 'of wait for a person'),
		by: 'wait'
	};
}

function ended(handoff: Handoff): Moment | null {
	const { outcome, resolved_local, is_answered, is_resolved } = handoff;
	if (outcome === null && resolved_local === null) return null;
	if (outcome === 'answered' && resolved_local === null) return null;
	const gaveUp = is_answered === false;
	const words = endWords[outcome ?? ''];
	return {
		at: resolved_local,
		what: is_resolved || words === undefined ? 'Resolved' : capital(words),
		took: gaveUp
			? during(handoff.wait_after_s, 'of wait')
			: during(handoff.handle_s, 'of work by a person'),
		by: gaveUp ? 'wait' : 'person'
	};
}

function next(handoff: Handoff): Moment | null {
	const { next_contact_local, next_contact_after_s, is_next_same_topic } = handoff;
	if (next_contact_local === null) return null;
	return {
		at: next_contact_local,
		what: is_next_same_topic
			? 'The customer came back on the same topic'
			: 'The customer came back on another topic',
		took: during(next_contact_after_s, 'after the end'),
		by: 'away'
	};
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
