/** What a list of handoffs is narrowed by, and its cells, in words. */
import { valueWords, type Active } from './address.ts';
import { triggerWords } from './charts/words.ts';
import { absent, formatDate, formatDuration, formatNumber, lowerFirst } from './format.ts';
import { formatRating } from './handoff.ts';
import {
	flags,
	listColumns,
	numberColumns,
	valueColumns,
	type Asked,
	type Column,
	type Listed,
	type Narrowing,
	type ValueColumn
} from './handoffs.ts';
import type { Bounds, ColumnKind, Columns, FlagAnswer, Flags } from './list.ts';

/** Monday first. */
export const weekdays = [
	'Monday',
	'Tuesday',
	'Wednesday',
	'Thursday',
	'Friday',
	'Saturday',
	'Sunday'
];

/** An hour of the day: "9:00–9:59". */
export const hourWords = (hour: number) => `${hour}:00–${hour}:59`;

/** An outcome as the log names it; '' is "(none)". */
export const outcomeWords = (outcome: string) =>
	outcome === ''
		? '(none)'
		: outcome === 'returned_to_ai'
			? 'returned to the AI'
			: outcome.replaceAll('_', ' ');

/** Who takes the next contact, in words. */
const nextPathWords: Partial<Record<string, string>> = {
	handed_off: 'handed over again',
	ai_only: 'AI only',
	human_only: 'person only'
};

/** A value of a column that the list can be narrowed to; '' is "(none)". */
export function columnValueWords(column: ValueColumn, value: string): string {
	if (value === '') return '(none)';
	return (column === 'next_path' ? nextPathWords[value] : undefined) ?? value;
}

/** A number of a column with its unit. */
function numberWords(kind: ColumnKind, value: number): string {
	if (kind === 'seconds') return formatDuration(value);
	if (kind === 'csat') return formatRating(value);
	if (kind === 'score') return formatNumber(value, 1);
	return kind === 'fraction' ? formatNumber(value, 2) : formatNumber(value);
}

/** "CSAT 1 to 3", "confidence up to 0.4", "wait for a person known", "no CSAT". */
function boundsWords({ label, kind }: Columns[string], bounds: Bounds | null): string {
	const name = lowerFirst(label).replace('with the ai', 'with the AI');
	if (bounds === null) return `no ${name}`;
	const { from, to } = bounds;
	const words = (value: number) => numberWords(kind, value);
	if (from === null) return to === null ? `${name} known` : `${name} up to ${words(to)}`;
	if (to === null) return `${name} from ${words(from)}`;
	return from === to ? `${name} ${words(from)}` : `${name} ${words(from)} to ${words(to)}`;
}

/** One thing that a list is narrowed by, and what is left without it. */
export type Chip<Asked = Narrowing> = { words: string; rest: Asked };

/** The flags that a list is narrowed by. */
export const flagChips = <
	Id extends string,
	Asked extends { flags: Partial<Record<Id, FlagAnswer>> }
>(
	looks: Flags<Id>,
	asked: Asked
): Chip<Asked>[] =>
	(Object.keys(looks) as Id[]).flatMap((id) => {
		const answer = asked.flags[id];
		if (answer === undefined) return [];
		const { yes, no } = looks[id];
		const words = answer === null ? `not known whether ${yes}` : answer ? yes : no;
		return [{ words, rest: { ...asked, flags: { ...asked.flags, [id]: undefined } } }];
	});

/** The ranges that a list is narrowed by. */
export const rangeChips = <
	Id extends string,
	Asked extends { ranges: Partial<Record<Id, Bounds | null>> }
>(
	looks: Columns,
	ids: readonly Id[],
	asked: Asked
): Chip<Asked>[] =>
	ids.flatMap((id) => {
		const [bounds, look] = [asked.ranges[id], looks[id]];
		if (bounds === undefined || !look) return [];
		const rest = { ...asked, ranges: { ...asked.ranges, [id]: undefined } };
		return [{ words: boundsWords(look, bounds), rest }];
	});

/**
 * Everything that a list is narrowed by besides its filters.
 * @param phraseTitle what the phrase group that is asked for is called, where there is one
 */
export function chipsOf(asked: Asked, phraseTitle: string | null = null): Chip[] {
	const chips: Chip[] = [...flagChips(flags, asked)];
	for (const outcome of asked.outcomes) {
		const outcomes = asked.outcomes.filter((one) => one !== outcome);
		const words = outcome === '' ? 'no outcome' : outcomeWords(outcome);
		chips.push({ words, rest: { ...asked, outcomes } });
	}
	for (const column of valueColumns) {
		const chosen = asked.values[column] ?? [];
		for (const value of chosen) {
			const left = chosen.filter((one) => one !== value);
			const values = { ...asked.values, [column]: left.length > 0 ? left : undefined };
			const name = lowerFirst(listColumns[column].label);
			const words = `${name}${value === '' ? ': none' : ` ${columnValueWords(column, value)}`}`;
			chips.push({ words, rest: { ...asked, values } });
		}
	}
	for (const name of ['has', 'lacks'] as const)
		for (const item of asked[name]) {
			const rest = { ...asked, [name]: asked[name].filter((one) => one !== item) };
			chips.push({
				words: `${item} ${name === 'has' ? 'travelled' : 'did not travel'}`,
				rest
			});
		}
	chips.push(...rangeChips(listColumns, numberColumns, asked));
	if (asked.phrase !== null) {
		const words = phraseTitle === null ? `phrase group ${asked.phrase}` : `“${phraseTitle}”`;
		chips.push({ words, rest: { ...asked, phrase: null } });
	}
	if (asked.silent !== null) {
		const words = `no other contact within ${formatNumber(asked.silent)} ${asked.silent === 1 ? 'day' : 'days'}`;
		chips.push({ words, rest: { ...asked, silent: null } });
	}
	if (asked.weekday !== null) {
		const words = `${weekdays[asked.weekday - 1] ?? ''}s`;
		chips.push({ words, rest: { ...asked, weekday: null } });
	}
	if (asked.hour !== null)
		chips.push({ words: hourWords(asked.hour), rest: { ...asked, hour: null } });
	if (asked.q !== '') chips.push({ words: `“${asked.q}”`, rest: { ...asked, q: '' } });
	return chips;
}

/** "124 handoffs: late, Billing, 9–15 Nov 2026". */
export const listSentence = (
	total: number,
	asked: Asked,
	filters: Active[],
	dates: string,
	phraseTitle: string | null = null
): string => sentenceOf([total, 'handoff'], chipsOf(asked, phraseTitle), filters, dates);

/** What a list is: how many of what, narrowed by what, under which filters, when. */
export function sentenceOf(
	[total, row]: [total: number, row: string],
	chips: Pick<Chip, 'words'>[],
	filters: Active[],
	dates: string
): string {
	const parts = [
		...chips.map(({ words }) => words),
		...filters.map((filter) => valueWords(filter)),
		dates
	];
	return `${formatNumber(total)} ${total === 1 ? row : `${row}s`}: ${parts.join(', ')}`;
}

/** What stands in a cell of a list; "–" where the log does not say. */
export function plainCell(kind: ColumnKind, value: string | number | boolean | null): string {
	if (value === null) return absent;
	if (typeof value === 'boolean') return value ? 'yes' : 'no';
	if (typeof value === 'number') return numberWords(kind, value);
	return kind === 'time' ? `${formatDate(value)}, ${value.slice(11, 16)}` : value;
}

/** A cell of the list of handoffs. */
export function cellWords(handoff: Listed, column: Column): string {
	const value = handoff[column];
	if (typeof value === 'string') {
		if (column === 'trigger') return triggerWords(value);
		if (column === 'route') return valueWords({ dimension: 'route', value });
		if (column === 'outcome') return outcomeWords(value);
		if (column === 'next_path') return columnValueWords(column, value);
	}
	return plainCell(listColumns[column].kind, value);
}
