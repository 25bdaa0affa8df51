/** The address of one gap's page. */
import { placeParameters, type Place } from './address.ts';

/** Browsers take these for steps from folder to folder, also when they are encoded. */
const steps = /^\.{1,2}$/;

/**
 * The path of a gap's page: "/gaps/Returns?week=2026-11-09&weeks=4&phrase=p1-2"; handoffs without a
 * topic are at "/gaps/~". `idOfSegment` of handoffAddress.ts reads the segment: '' is no topic.
 */
export function gapAddress(
	gap: { topic: string | null; phrase: { id: string } | null },
	place: Place
): `/gaps/${string}` {
	const topic = gap.topic ?? '';
	const segment =
		topic === '' || steps.test(topic) || topic.startsWith('~') ? `~${topic}` : topic;
	const query = new URLSearchParams(placeParameters(place));
	if (gap.phrase) query.set('phrase', gap.phrase.id);
	return `/gaps/${encodeURIComponent(segment)}?${query.toString()}`;
}
