/** Why a handoff scored low, in a few words each. */
import { formatDuration } from './format.ts';
import type { Judged } from './handoff.ts';

/** "once", "2 times". */
export const timesOf = (count: number) => (count === 1 ? 'once' : `${count} times`);

/** How a handoff that was not resolved ended. */
export const endWords: Record<string, string> = {
	unresolved: 'left open',
	abandoned: 'abandoned',
	returned_to_ai: 'given back to the AI',
	transferred: 'transferred',
	callback: 'call-back promised',
	not_connected: 'nobody came'
};

/**
 * What went wrong with a handoff, the worst first; none where the log knows of nothing. A wait for
 * a person is a reason where it costs more than half of its part of the score.
 */
export function reasons(handoff: Judged): string[] {
	return [
		unresolved(handoff),
		late(handoff),
		cold(handoff),
		handoff.is_fought &&
			`fought for: asked ${timesOf(handoff.human_requests ?? 2)} for a person`,
		handoff.is_hidden && 'hidden: not told',
		misrouted(handoff),
		waited(handoff),
		askedAgain(handoff),
		lacking(handoff),
		slow(handoff)
	].filter((reason) => typeof reason === 'string');
}

/** Neither a summary nor the transcript is among what travelled. */
const nothingToRead = ({ context }: Judged) =>
	context !== null && !context.includes('summary') && !context.includes('transcript');

function unresolved({ is_resolved, is_answered, outcome, wait_after_s }: Judged) {
	if (is_resolved !== false || outcome === null) return null;
	const gaveUp = outcome === 'abandoned' && is_answered === false && wait_after_s !== null;
	const after = gaveUp ? ` after ${formatDuration(wait_after_s)}` : '';
	return `not resolved: ${endWords[outcome] ?? outcome}${after}`;
}

function late(handoff: Judged) {
	if (!handoff.is_late) return null;
	const { wait_before_s, late_limit_s, ai_attempts, late_ai_attempts } = handoff;
	const parts = [
		wait_before_s !== null &&
			wait_before_s > late_limit_s &&
			`${formatDuration(wait_before_s)} with the AI`,
		ai_attempts !== null && ai_attempts >= late_ai_attempts && `${ai_attempts} answers tried`
	].filter((part) => typeof part === 'string');
	if (parts.length > 0) return `late: ${parts.join(', ')}`;
	// Late by requests for a person alone: "fought for" says so.
	return handoff.is_fought
		? null
		: `late: asked ${timesOf(handoff.human_requests ?? 1)} for a person`;
}

function cold(handoff: Judged) {
	if (!handoff.is_cold) return null;
	return nothingToRead(handoff)
		? 'cold: neither summary nor transcript travelled'
		: `cold: asked again ${timesOf(handoff.reasked ?? 2)}`;
}

function misrouted({ is_misrouted, queue, resolved_queue, transfers }: Judged) {
	if (!is_misrouted) return null;
	if (queue !== null && resolved_queue !== null && queue !== resolved_queue)
		return `wrong queue: ${queue} → ${resolved_queue}`;
	return `wrong queue: moved ${timesOf(transfers ?? 1)}`;
}

function waited({ is_answered, wait_after_s, gap_target_s, gap_worst_s }: Judged) {
	if (is_answered === false || wait_after_s === null) return null;
	if (wait_after_s <= (gap_target_s + gap_worst_s) / 2) return null;
	return `waited ${formatDuration(wait_after_s)} for a person`;
}

function askedAgain(handoff: Judged) {
	const { reasked, is_cold } = handoff;
	if (!reasked || (is_cold && !nothingToRead(handoff))) return null;
	return `asked again ${timesOf(reasked)}`;
}

function lacking(handoff: Judged) {
	const named = (handoff.missing ?? []).filter(
		(item) => !(nothingToRead(handoff) && ['summary', 'transcript'].includes(item))
	);
	return named.length > 0 ? `travelled without ${named.join(', ')}` : null;
}

function slow({ is_resolved, resolution_efficiency, handle_s, topic }: Judged) {
	if (!is_resolved || resolution_efficiency !== 0 || handle_s === null) return null;
	return `slow: ${formatDuration(handle_s)} of work${topic === null ? '' : `, long for ${topic}`}`;
}
