/** The quality score of one handoff by component, with the reason of each in words. */
import { components, type Component } from './analysis/compositeScore.ts';
import { formatDuration, formatNumber } from './format.ts';
import type { Handoff } from './handoff.ts';
import { endWords, timesOf } from './reasons.ts';

export type ScorePart = {
	component: Component;
	label: string;
	/** 0–1; null where the log does not say */
	value: number | null;
	/** its share of the whole weight, 0–1 */
	weight: number;
	/** what the value comes from, or which fields are missing */
	why: string;
};

const labels: Record<Component, string> = {
	context: 'Context',
	routing: 'Routing',
	smoothness: 'Smoothness',
	resolution: 'Resolution'
};

const reasonOf: Record<Component, (handoff: Handoff) => string> = {
	context: contextWhy,
	routing: routingWhy,
	smoothness: smoothnessWhy,
	resolution: resolutionWhy
};

/** The four components in their order. */
export function scoreParts(handoff: Handoff): ScorePart[] {
	const whole = components.reduce((sum, component) => sum + handoff.weights[component], 0);
	return components.map((component) => ({
		component,
		label: labels[component],
		value: handoff.components[component],
		weight: handoff.weights[component] / whole,
		why: reasonOf[component](handoff)
	}));
}

function contextWhy({ context, required_context, missing }: Handoff): string {
	if (context === null || missing === null) return 'The log carries no context.';
	const travelled = required_context.length - missing.length;
	return `${travelled} of ${required_context.length} required items travelled.`;
}

function routingWhy(handoff: Handoff): string {
	const { is_misrouted, queue, resolved_queue, transfers, outcome, components } = handoff;
	if (is_misrouted === null) return 'The log carries no transfers and no two queues.';
	if (!is_misrouted) return 'Right queue first time.';
	const moves = Math.max(transfers ?? 1, 1);
	const path =
		queue !== null && resolved_queue !== null && queue !== resolved_queue
			? ` (${queue} → ${resolved_queue})`
			: '';
	const end =
		components.routing === null
			? ', end unknown'
			: moves > 1
				? ''
				: outcome === 'resolved'
					? ', then resolved'
					: ', not resolved';
	return `Moved ${timesOf(moves)}${path}${end}.`;
}

function smoothnessWhy(handoff: Handoff): string {
	const { reasked, announced, wait_after_s, is_answered } = handoff;
	const parts = [
		reasked !== null &&
			`${reasked === 0 ? 'nothing asked again' : `asked again ${timesOf(reasked)}`} (${reasked === 0 ? 1 : reasked === 1 ? 0.5 : 0})`,
		announced !== null &&
			(announced ? 'told of the handoff (1)' : 'not told of the handoff (0)'),
		wait_after_s !== null &&
			is_answered !== false &&
			`${formatDuration(wait_after_s)} of wait (${gapValue(handoff)})`
	].filter((part) => typeof part === 'string');
	if (parts.length === 0) return 'The log carries no reasked, no announced, no wait.';
	return `Mean of: ${parts.join(', ')}.`;
}

/** What the wait for a person is worth, as written: 1 up to the target, 0 from the worst on. */
function gapValue({ wait_after_s, gap_target_s, gap_worst_s }: Handoff): string {
	const share = (gap_worst_s - (wait_after_s ?? 0)) / (gap_worst_s - gap_target_s);
	const value = Math.min(1, Math.max(0, share));
	return value === 0 || value === 1 ? String(value) : formatNumber(value, 2);
}

function resolutionWhy(handoff: Handoff): string {
	const { is_resolved, outcome, handle_s, topic, components, p20_s, p80_s } = handoff;
	if (components.resolution === null) {
		if (outcome === null) return 'The log carries no outcome.';
		if (is_resolved === null) return 'A person replied; the end was not logged.';
		return is_resolved
			? 'Resolved; the log carries no handle time.'
			: 'The log never says whether a handoff was resolved.';
	}
	if (!is_resolved) return `Not resolved: ${endWords[outcome ?? ''] ?? outcome}.`;
	const pace =
		p20_s !== null && p80_s !== null
			? ` ${topic ?? 'No topic'}: 1 up to ${formatDuration(p20_s)}, 0 from ${formatDuration(p80_s)}.`
			: '';
	return `${formatDuration(handle_s ?? 0)} of work.${pace}`;
}
