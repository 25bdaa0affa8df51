/** What a list of conversations is narrowed by, and its cells, in words. */
import type { Active } from './address.ts';
import {
	conversationColumns,
	conversationFlags,
	conversationNumbers,
	type ConversationColumn,
	type ConversationNarrowing,
	type ConversationsAsked,
	type ListedConversation
} from './conversations.ts';
import { formatNumber } from './format.ts';
import { flagChips, plainCell, rangeChips, sentenceOf, type Chip } from './narrowingWords.ts';

const pathNames: Record<string, string> = {
	handed_off: 'handed over',
	ai_only: 'AI only',
	human_only: 'person only'
};

/** A path within a sentence; '' is the path of records that do not say who handled them. */
export const pathWords = (path: string) => pathNames[path] ?? 'path not known';

/** A resolution as the log names it; '' is "no resolution". */
export const resolutionWords = (resolution: string) => resolution || 'no resolution';

/** Everything that a list is narrowed by besides its filters. */
export function conversationChips(asked: ConversationsAsked): Chip<ConversationNarrowing>[] {
	const { paths, resolutions, silent } = asked;
	return [
		...paths.map((path) => ({
			words: pathWords(path),
			rest: { ...asked, paths: paths.filter((one) => one !== path) }
		})),
		...resolutions.map((resolution) => ({
			words: resolutionWords(resolution),
			rest: { ...asked, resolutions: resolutions.filter((one) => one !== resolution) }
		})),
		...flagChips(conversationFlags, asked),
		...rangeChips(conversationColumns, conversationNumbers, asked),
		...(silent === null
			? []
			: [
					{
						words: `no other contact within ${formatNumber(silent, silent % 1 === 0 ? 0 : 1)} ${silent === 1 ? 'day' : 'days'}`,
						rest: { ...asked, silent: null }
					}
				]),
		...(asked.q === '' ? [] : [{ words: `“${asked.q}”`, rest: { ...asked, q: '' } }])
	];
}

/** "124 conversations: AI only, came back, Billing, 9–15 Nov 2026". */
export const conversationsSentence = (
	total: number,
	asked: ConversationsAsked,
	filters: Active[],
	dates: string
): string => {
	// Several paths, or ends, hold where any of them does.
	const either = <Value extends string>(values: Value[], words: (value: Value) => string) =>
		values.length > 0 ? [{ words: values.map(words).join(' or ') }] : [];
	const { paths, resolutions } = asked;
	return sentenceOf(
		[total, 'conversation'],
		[
			...either(paths, pathWords),
			...either(resolutions, resolutionWords),
			...conversationChips({ ...asked, paths: [], resolutions: [] })
		],
		filters,
		dates
	);
};

/** A cell of the list; "–" where the log does not say. */
export function conversationCell(row: ListedConversation, column: ConversationColumn): string {
	const value = row[column];
	if (column === 'path' && typeof value === 'string') return pathWords(value);
	return plainCell(conversationColumns[column].kind, value);
}
