/** A change and its parts in words and digits that add up as they are printed. */
import { apportion, apportionTable } from './analysis/apportionment.ts';
import { topicWords } from './charts/words.ts';
import { weekDays } from './charts/weeks.ts';
import { addDays, daysBetween } from './dates.ts';
import { formatDates, formatNumber, formatValue, lowerFirst } from './format.ts';
import { metrics, type Unit } from './metrics.ts';
import type { Effect, Moved, MovedChoice, MovedRow, Period } from './moved.ts';
import type { Comparison } from './scope.ts';

/** Names of the effects, and what each means. */
export const effectWords: Record<Effect, { name: string; meaning: string }> = {
	mix: { name: 'Mix', meaning: 'the topic has become more or less of all' },
	rate: { name: 'Rate', meaning: 'its own rate has changed' },
	volume: { name: 'Volume', meaning: 'there were more or fewer conversations altogether' },
	share: { name: 'Share', meaning: 'the topic has become more or less of all conversations' },
	count: { name: 'Handoffs', meaning: 'more or fewer handoffs' }
};

/** What a week can be set against, in words. */
export const comparisonWords: Record<Comparison, string> = {
	usual: 'the usual weeks',
	before: 'the week before',
	year: 'the same week of last year'
};

/** Shares in points, everything else in its own unit; printed to so many decimals. */
const printed: Record<Unit, { per: number; decimals: number; unit: string }> = {
	share: { per: 0.01, decimals: 2, unit: 'points' },
	score: { per: 1, decimals: 2, unit: 'points' },
	csat: { per: 1, decimals: 3, unit: '' },
	fraction: { per: 1, decimals: 3, unit: '' },
	s: { per: 1, decimals: 1, unit: 's' },
	count: { per: 1, decimals: 1, unit: '' }
};

/** One group with its parts as whole multiples of the last digit printed. */
export type PrintedRow = Moved['rows'][number] & { digits: number[]; sum: number };

/** Parts of a change as printed: every column and row adds up to the last digit shown. */
export type PrintedMoved = {
	rows: PrintedRow[];
	/**
	 * of a count: what the rows lack of the totals, because each agrees with its own numbers before and
	 * after as they are printed; null where nothing
	 */
	rounding: { digits: number[]; sum: number } | null;
	/** one for each effect */
	totals: number[];
	change: number;
	/** writes a whole multiple with its sign and unit: "+1.25 points" */
	write: (digits: number) => string;
	/** the unit of a last digit, for charts */
	scale: number;
	/** a last digit in the metric’s own unit: 0.0001 of a share is 0.01 points */
	digit: number;
	/** unit of the axis: "points", "s" */
	unit: string;
};

/**
 * Rounds the parts for the eye, so that what is printed adds up as it stands. The rows of a count are
 * what is printed after less what is printed before, and what that leaves over is said.
 */
export function printMoved(moved: Moved): PrintedMoved {
	const { per, decimals, unit } = printed[metrics[moved.metric].unit];
	const digit = per * 10 ** -decimals;
	const isCount = metrics[moved.metric].unit === 'count';
	const digitsOf = (value: number | null) =>
		Math.round(Number(((value ?? 0) / per).toFixed(decimals)) * 10 ** decimals);
	const change = isCount
		? digitsOf(moved.after) - digitsOf(moved.before)
		: Math.round(moved.change / digit);
	const totals = apportion(
		moved.totals.map((total) => total / digit),
		change
	);
	const parts = moved.rows.map((row) => row.parts.map((part) => part / digit));
	const table = isCount
		? apportionTable(
				parts,
				moved.rows.map(
					({ before, after }) => digitsOf(after.value) - digitsOf(before.value)
				),
				totals
			)
		: inColumns(parts, totals);
	const rows = moved.rows.map((row, index) => {
		const digits = table[index] ?? [];
		return { ...row, digits, sum: sumOf(digits) };
	});
	const left = totals.map(
		(total, effect) => total - sumOf(rows.map(({ digits }) => digits[effect] ?? 0))
	);
	return {
		rows,
		rounding: left.some((digits) => digits !== 0) ? { digits: left, sum: sumOf(left) } : null,
		totals,
		change,
		write: (digits) => {
			const text = formatNumber(digits * 10 ** -decimals, decimals);
			const signed = digits > 0 ? `+${text}` : text;
			return unit === '' ? signed : `${signed} ${unit}`;
		},
		scale: 10 ** -decimals,
		digit,
		unit
	};
}

/** Rows whose columns add up to the totals. */
function inColumns(parts: number[][], totals: number[]): number[][] {
	const columns = totals.map((total, effect) =>
		apportion(
			parts.map((row) => row[effect] ?? 0),
			total
		)
	);
	return parts.map((_, index) => columns.map((column) => column[index] ?? 0));
}

const sumOf = (values: number[]) => values.reduce((sum, one) => sum + one, 0);

/** What a row is called: its topic, or that it is several. */
export const rowName = ({ key, joined }: Pick<MovedRow, 'key' | 'joined'>) =>
	joined ? `${joined.length} thin ${joined.length === 1 ? 'topic' : 'topics'}` : topicWords(key);

/** Which topics the joined row is of, and how they are counted; null without one. */
export function joinedWords({ rows }: Moved): string | null {
	const joined = rows.find((row) => row.joined)?.joined;
	if (!joined) return null;
	const names = joined.map(topicWords).join(', ');
	return joined.length > 1
		? `Too few were followed to say a rate of each of ${names}: they are one row.`
		: `Too few were followed to say a rate of ${names}.`;
}

/** Why there is nothing to split. */
export function notMovedWords({ metric, isPart }: Pick<MovedChoice, 'metric' | 'isPart'>): string {
	return isPart
		? `The log does not hold all of this week, so what moved ${lowerFirst(metrics[metric].label)} cannot be said: a count of some days is not set against whole weeks.`
		: `What moved ${lowerFirst(metrics[metric].label)} cannot be said: this week, or what it could be set against, has no handoffs that carry it, or too few.`;
}

/** "Failure handoffs 56.1 % → 58.3 %: mix −0.40 points, rate +2.60 points, together +2.20 points." */
export function movedWords(moved: Moved): string {
	const { label, unit } = metrics[moved.metric];
	const { totals, change, write } = printMoved(moved);
	const value = (one: number) =>
		moved.metric === 'handoffs' ? formatNumber(one, 1) : formatValue(one, unit);
	const parts = moved.effects.map(
		(effect, index) => `${effectWords[effect].name.toLowerCase()} ${write(totals[index] ?? 0)}`
	);
	const together =
		parts.length > 1 ? `${parts.join(', ')}, together ${write(change)}` : write(change);
	return `${label} ${value(moved.before)} → ${value(moved.after)}: ${together}.`;
}

/** The two periods: "20 Apr – 12 Jul 2026 (a week of 12) against 9–15 Nov 2026". */
export function periodsWords({ beforePeriod, afterPeriod, metric }: Moved): string {
	const many = metric === 'handoffs' && beforePeriod.weeks > 1;
	return `${daysOf(beforePeriod)}${many ? ` (a week of ${beforePeriod.weeks})` : ''} against ${daysOf(afterPeriod)}`;
}

function daysOf({ from, to, weeks }: Period): string {
	if (weeks === 1) return weekDays(from);
	const dates = formatDates(from, addDays(to, -1));
	return daysBetween(from, to) === 7 * weeks ? dates : `${weeks} weeks of ${dates}`;
}
