/** The customer's way through one handoff, in seconds from the moment the AI stopped. */
import { formatDuration } from './format.ts';
import type { Handoff } from './handoff.ts';
import { endWords } from './reasons.ts';

/** Whose time it was; unclear: somebody's, but the log does not say from when. */
export type Whose = 'ai' | 'wait' | 'person' | 'unclear' | 'away';

/** One part of the way. Without from and to the log does not say when it was; `said` says so. */
export type Part = {
	whose: Whose;
	name: string;
	said: string;
	/** seconds from the handoff; before it below zero */
	span: { from: number; to: number } | null;
	/** local times 'YYYY-MM-DDTHH:MM:SS' of its ends, where the log has them */
	times: [string | null, string | null];
};

/** A stretch of time that is drawn on a scale of its own. */
export type Stretch = { from: number; to: number; /** parts of time within it */ pieces: number };

/** How many times as long one side of a break must last as the other: less can be seen on one scale. */
const tooLong = 20;
/** A way of less than this stands on one scale: its shortest parts are seconds, and are said. */
const leastBroken = 3600;

/** With the AI, waiting, with a person, away until the next contact. */
export function timeline(handoff: Handoff): Part[] {
	return [withAi(handoff), waiting(handoff), withPerson(handoff), away(handoff)];
}

/** A span that runs forward; times that run backwards draw nothing. */
const spanOf = (from: number | null, to: number | null) =>
	from !== null && to !== null && from <= to ? { from, to } : null;

function withAi({ began_before_s: before, began_local, handed_off_local }: Handoff): Part {
	const span = before === null ? null : spanOf(-before, 0);
	return {
		whose: 'ai',
		name: 'With the AI',
		said: span && before !== null ? formatDuration(before) : 'when it began is not logged',
		span,
		times: [began_local, handed_off_local]
	};
}

function waiting(handoff: Handoff): Part {
	const { replied_after_s: replied, replied_local, handed_off_local, outcome } = handoff;
	const gaveUp = handoff.is_answered === false;
	const span = spanOf(0, replied ?? (gaveUp ? handoff.wait_after_s : null));
	const ended =
		gaveUp && replied === null ? `, then ${endWords[outcome ?? ''] ?? 'no reply'}` : '';
	return {
		whose: 'wait',
		name: 'Wait for a person',
		said: span
			? `${formatDuration(span.to)}${ended}`
			: gaveUp
				? 'how long is not logged; no person replied'
				: 'the first human reply is not logged',
		span,
		times: [handed_off_local, replied_local]
	};
}

function withPerson(handoff: Handoff): Part {
	const { replied_after_s: replied, handed_off_to_resolved_s: resolved, handle_s } = handoff;
	const { replied_local, resolved_local, outcome, is_answered, is_resolved } = handoff;
	const part = { whose: 'person' as const, name: 'With a person', span: null };
	const times: Part['times'] = [replied_local, resolved_local];
	const worked = handle_s === null ? '' : `, ${formatDuration(handle_s)} of work`;
	const until = is_resolved === false ? (endWords[outcome ?? ''] ?? 'the end') : 'resolved';
	const whole = spanOf(replied, resolved);
	if (whole) {
		const length = whole.to - whole.from;
		const isAllWork = handle_s !== null && Math.abs(handle_s - length) < 1;
		const said = isAllWork ? ` of work until ${until}` : ` until ${until}${worked}`;
		return { ...part, said: formatDuration(length) + said, span: whole, times };
	}
	if (resolved !== null && replied === null && resolved >= 0)
		return {
			...part,
			whose: 'unclear',
			said: `the first reply is not logged; ${until} ${formatDuration(resolved)} after the handoff${worked}`,
			span: spanOf(0, resolved),
			times
		};
	if (replied !== null && handle_s !== null)
		return {
			...part,
			said: `${formatDuration(handle_s)} of work; its end is not logged`,
			span: spanOf(replied, replied + handle_s),
			times
		};
	if (is_answered === false) return { ...part, said: 'no person replied', times };
	return { ...part, said: `how long is not logged${worked}`, times };
}

function away(handoff: Handoff): Part {
	const { next_contact_after_s: after, ended_after_s: ended, watched_s } = handoff;
	const span = after === null ? null : spanOf(ended, ended + after);
	return {
		whose: 'away',
		name: 'Next contact',
		said: nextWords(handoff, watched_s),
		span,
		times: [handoff.ended_local, handoff.next_contact_local]
	};
}

function nextWords(handoff: Handoff, watched: number): string {
	const { next_contact_after_s: after, is_next_same_topic, customer_id } = handoff;
	if (after !== null) {
		const topic = is_next_same_topic ? 'the same topic' : 'another topic';
		return `${formatDuration(after)} after the conversation ended, on ${topic}`;
	}
	if (customer_id === null) return 'unknown: the log carries no customer_id here';
	return watched > 0
		? `none in the ${formatDuration(watched)} until the log ends`
		: 'not known yet: the log ends here';
}

/**
 * The stretches that a way is drawn in: one scale for all of it, unless what comes before a moment
 * lasts twenty times as long as what comes after, or the other way round, and that is hours; there
 * it is broken.
 */
export function stretches(parts: Part[]): Stretch[] {
	const ends = parts.flatMap(({ span }) => (span ? [span.from, span.to] : []));
	const points = [...new Set([...ends, 0])].sort((a, b) => a - b);
	const pieces = points.slice(1).map((to, at) => ({ from: points[at] ?? to, to }));
	return divided(pieces).map((group) => ({
		from: group[0]?.from ?? 0,
		to: group.at(-1)?.to ?? 0,
		pieces: group.length
	}));
}

type Piece = { from: number; to: number };
const lengthOf = ({ from, to }: Piece) => to - from;

function divided(pieces: Piece[]): Piece[][] {
	const last = (some: Piece[]) => some.reduce((sum, piece) => sum + lengthOf(piece), 0);
	if (pieces.length === 0) return [];
	if (last(pieces) < leastBroken) return [pieces];
	const breaks = pieces.slice(1).map((_, at) => {
		const [before, after] = [last(pieces.slice(0, at + 1)), last(pieces.slice(at + 1))];
		return { at: at + 1, ratio: Math.max(before / after, after / before) };
	});
	// The gentlest of the breaks that are needed leaves together what can be seen together.
	const [needed] = breaks
		.filter(({ ratio }) => ratio > tooLong)
		.sort((a, b) => a.ratio - b.ratio);
	if (!needed) return [pieces];
	return [...divided(pieces.slice(0, needed.at)), ...divided(pieces.slice(needed.at))];
}
