/** Conversations that came back, in words and links. */
import { triggerWords } from '../../charts/words.ts';
import { conversationsAddress } from '../../conversations.ts';
import { mondayOf } from '../../dates.ts';
import { formatDate, formatDuration, lowerFirst } from '../../format.ts';
import type { CameBackExample } from '../../gaps.ts';
import { handoffAddress } from '../../handoffAddress.ts';
import { languageWords } from '../../languageWords.ts';

const ends: Record<string, string> = {
	confirmed: 'resolved as the customer confirmed',
	assumed: 'taken for resolved',
	unresolved: 'not resolved',
	abandoned: 'left by the customer'
};

/** "12 Nov 2026, 14:03". */
export const startWords = ({ started_local }: CameBackExample) =>
	`${formatDate(started_local.slice(0, 10))}, ${started_local.slice(11, 16)}`;

/** What the log says of the conversation that the AI had: "chat, German: taken for resolved". */
export function aloneWords({ channel, language, resolution }: CameBackExample): string {
	const where = [channel, language && languageWords(language)].filter(Boolean).join(', ');
	const end =
		resolution === null
			? 'end not logged'
			: (ends[resolution] ?? resolution.replaceAll('_', ' '));
	return where === '' ? end : `${where}: ${end}`;
}

/** How they came back: "Back 3 h later, handed over: low confidence". */
export function backWords({ after_s, path, back_trigger }: CameBackExample): string {
	const how = {
		handed_off: `handed over${back_trigger === null ? '' : `: ${lowerFirst(triggerWords(back_trigger))}`}`,
		ai_only: 'to the AI alone again',
		human_only: 'to a person alone',
		unknown: 'how is not logged'
	}[path ?? 'unknown'];
	return `Back ${formatDuration(after_s)} later, ${how}`;
}

const recordAt = (id: string, day: string, back: string) =>
	conversationsAddress({ week: mondayOf(day) }, { q: id }, back);

/** The record of the conversation in the list. */
export const aloneAddress = ({ conversation_id, local_day }: CameBackExample, back: string) =>
	recordAt(conversation_id, local_day, back);

/** The handoff that they came back to, else the record; null where there is neither. */
export function backAddress(example: CameBackExample, back: string) {
	const { back_handoff_id, back_conversation_id, back_day } = example;
	if (back_handoff_id !== null) return handoffAddress(back_handoff_id);
	if (back_conversation_id === null || back_day === null) return null;
	return recordAt(back_conversation_id, back_day, back);
}
