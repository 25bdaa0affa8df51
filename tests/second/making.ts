import { conversationOf, handoffOf, type Conversation, type Handoff } from './records.ts';

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
