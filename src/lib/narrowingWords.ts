/** What a list of handoffs is narrowed by, and its cells, in words. */
import { valueWords, type Active } from './address.ts';
import { triggerWords } from './charts/words.ts';
import { absent, formatDate, formatDuration, formatNumber, lowerFirst } from './format.ts';
import { formatRating } from './handoff.ts';
import {
	flagIds,
	flags,
	listColumns,
	numberColumns,
	type Asked,
	type Bounds,
	type Column,
	type ColumnKind,
	type Flag,
	type FlagAnswer,
	type Listed,
	type Narrowing,
	type NumberColumn
} from './handoffs.ts';

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

function flagWords(flag: Flag, answer: FlagAnswer): string {
	return answer === null
		? `not known whether ${flags[flag].yes}`
		: flags[flag][answer ? 'yes' : 'no'];
}

/** A number of a column with its unit. */
function numberWords(kind: ColumnKind, value: number): string {
	if (kind === 'seconds') return formatDuration(value);
	if (kind === 'csat') return formatRating(value);
	if (kind === 'score') return formatNumber(value, 1);
	return kind === 'fraction' ? formatNumber(value, 2) : formatNumber(value);
}

/** "CSAT 1 to 3", "confidence up to 0.4", "wait for a person known", "no CSAT". */
function boundsWords(column: NumberColumn, bounds: Bounds | null): string {
	const { label, kind } = listColumns[column];
	const name = lowerFirst(label).replace('with the ai', 'with the AI');
	if (bounds === null) return `no ${name}`;
	const { from, to } = bounds;
	const words = (value: number) => numberWords(kind, value);
	if (from === null) return to === null ? `${name} known` : `${name} up to ${words(to)}`;
	if (to === null) return `${name} from ${words(from)}`;
	return from === to ? `${name} ${words(from)}` : `${name} ${words(from)} to ${words(to)}`;
}

/** One thing that a list is narrowed by, and what is left without it. */
export type Chip = { words: string; rest: Narrowing };

/** Everything that a list is narrowed by besides its filters. */
export function chipsOf(asked: Asked): Chip[] {
	const chips: Chip[] = [];
	for (const flag of flagIds) {
		const answer = asked.flags[flag];
		if (answer === undefined) continue;
		const rest = { ...asked, flags: { ...asked.flags, [flag]: undefined } };
		chips.push({ words: flagWords(flag, answer), rest });
	}
	for (const outcome of asked.outcomes) {
		const outcomes = asked.outcomes.filter((one) => one !== outcome);
		const words = outcome === '' ? 'no outcome' : outcomeWords(outcome);
		chips.push({ words, rest: { ...asked, outcomes } });
	}
	for (const name of ['has', 'lacks'] as const)
		for (const item of asked[name]) {
			const rest = { ...asked, [name]: asked[name].filter((one) => one !== item) };
			chips.push({
				words: `${item} ${name === 'has' ? 'travelled' : 'did not travel'}`,
				rest
			});
		}
	for (const column of numberColumns) {
		const bounds = asked.ranges[column];
		if (bounds === undefined) continue;
		const rest = { ...asked, ranges: { ...asked.ranges, [column]: undefined } };
		chips.push({ words: boundsWords(column, bounds), rest });
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
export function listSentence(
	total: number,
	asked: Asked,
	filters: Active[],
	dates: string
): string {
	const parts = [
		...chipsOf(asked).map(({ words }) => words),
		...filters.map((filter) => valueWords(filter)),
		dates
	];
	return `${formatNumber(total)} ${total === 1 ? 'handoff' : 'handoffs'}: ${parts.join(', ')}`;
}

/** What stands in a cell of the list; "–" where the log does not say. */
export function cellWords(handoff: Listed, column: Column): string {
	const value = handoff[column];
	if (value === null) return absent;
	if (typeof value === 'boolean') return value ? 'yes' : 'no';
	const { kind } = listColumns[column];
	if (typeof value === 'number') return numberWords(kind, value);
	if (kind === 'time') return `${formatDate(value)}, ${value.slice(11, 16)}`;
	if (column === 'trigger') return triggerWords(value);
	if (column === 'route') return valueWords({ dimension: 'route', value });
	return column === 'outcome' ? outcomeWords(value) : value;
}
