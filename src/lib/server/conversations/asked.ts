/** Reads what an address asks of the list of conversations besides its period and filters. */
import {
	conversationColumns,
	conversationFlagIds,
	conversationNumbers,
	conversationPaths,
	resolutions,
	usualConversations,
	type ConversationsAsked
} from '../../conversations.ts';
import { readCursor } from '../http/cursor.ts';
import { AskedReader, type AskedOf } from '../list/askedReader.ts';

/** Days of silence that can be asked for. */
const longestSilence = 366;

/** Reads the address of the list; what it does not understand it leaves out and says so. */
export function readConversationsAsked(parameters: URLSearchParams): AskedOf<ConversationsAsked> {
	const reader = new AskedReader(parameters);
	const asked: ConversationsAsked = {
		q: reader.search(),
		flags: reader.flags(conversationFlagIds),
		paths: reader.several('path', conversationPaths),
		resolutions: reader.several('resolution', resolutions),
		ranges: reader.ranges(conversationNumbers),
		silent:
			reader.one('silent', `a number of days up to ${longestSilence}`, (text) => {
				const days = Number(text);
				return days > 0 && days <= longestSilence ? days : undefined;
			}) ?? null,
		...reader.order(conversationColumns, usualConversations)
	};
	const { kind } = conversationColumns[asked.sort];
	return {
		asked,
		cursor: readCursor(parameters, asked.sort, kind, reader.notes),
		back: reader.back('/conversations'),
		notes: reader.notes
	};
}
