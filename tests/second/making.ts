import type { MetricId } from '../../src/lib/metrics.ts';
import { conversationOf, handoffOf, type Conversation, type Handoff } from './records.ts';
import { groupKey, secondMeasure, type Dimension } from './second.ts';

let made = 0;

/** A handoff of the cells that matter, at noon of 9 November 2026 where nothing else is said. */
export function handoff(cells: Record<string, string> = {}): Handoff {
	const id = `h${++made}`;
	const line = { handoff_id: id, conversation_id: id, handed_off_at: '2026-11-09T12:00:00Z' };
	const found = handoffOf({ ...line, ...cells });
	if (!found) throw new Error('a bad line');
	return found;
}

/** A conversation of the cells that matter, begun at the same noon. */
export function conversation(cells: Record<string, string> = {}): Conversation {
	const line = { conversation_id: `c${++made}`, started_at: '2026-11-09T12:00:00Z' };
	const found = conversationOf({ ...line, ...cells });
	if (!found) throw new Error('a bad line');
	return found;
}

/** The period that the tests ask for. */
export const november = { from: '2026-11-01', to: '2026-12-01' };
export const utc = { timezone: 'UTC' };

/** One metric of November, every group of it. */
export function measured(
	metric: MetricId,
	handoffs: Handoff[],
	conversations: Conversation[] = [],
	by: Dimension[] = []
) {
	return secondMeasure(handoffs, conversations, november, metric, by, utc);
}

/** One metric of November as a whole. */
export function one(metric: MetricId, handoffs: Handoff[], conversations: Conversation[] = []) {
	const found = measured(metric, handoffs, conversations).get(groupKey([]));
	if (!found) throw new Error('no group');
	return found;
}

export const times = <T>(count: number, make: (at: number) => T) =>
	Array.from({ length: count }, (_, at) => make(at));
/** A time on a day of November. */
export const dayOf = (day: number, time = '12:00:00') =>
	`2026-11-${String(day).padStart(2, '0')}T${time}Z`;
