import { addDays } from '../dates.ts';
import { formatDate, formatDates, formatDay, months } from '../format.ts';
import type { Scope } from '../scope.ts';

/** Mondays from one week to another, both included. */
function mondays(first: string, last: string): string[] {
	const weeks: string[] = [];
	for (let week = first; week <= last; week = addDays(week, 7)) weeks.push(week);
	return weeks;
}

/**
 * The weeks an axis shows: the last 26 up to the one shown, fewer when the log is younger, but at
 * least 8, so that a week never looks like a month.
 */
export function axisWeeks(first: string | undefined, last: string): string[] {
	const longest = addDays(last, -25 * 7);
	const shortest = addDays(last, -7 * 7);
	const start = first === undefined || first > shortest ? shortest : first;
	return mondays(start < longest ? longest : start, last);
}

/** The weeks to label: the first that begins in a month, thinned to what the width carries. */
export function monthTicks(weeks: string[], width: number): string[] {
	const firsts = weeks.filter((week) => Number(week.slice(8)) <= 7);
	const step = Math.max(1, Math.ceil((firsts.length * 44) / width));
	return firsts.filter((_, index) => (firsts.length - 1 - index) % step === 0);
}

/** Label of a week that begins a month: "Nov", in January with its year. */
export function monthName(week: string): string {
	const name = months[Number(week.slice(5, 7)) - 1] ?? '';
	return week.slice(5, 7) === '01' ? `${name} ${week.slice(0, 4)}` : name;
}

/** A week by its days: "9–15 Nov 2026". */
export function weekDays(week: string): string {
	return formatDates(week, addDays(week, 6));
}

/** The period of an axis in a title: "26 weeks to 15 Nov". */
export function span(weeks: string[]): string {
	const last = weeks[weeks.length - 1];
	return last === undefined
		? 'no weeks'
		: `${weeks.length} weeks to ${formatDay(addDays(last, 6))}`;
}

/** A period in words: "9–15 Nov 2026", "26 weeks to 15 Nov 2026", "3 Aug – 13 Sep 2026". */
export function periodWords({ from, to, span }: Pick<Scope, 'from' | 'to' | 'span'>): string {
	return span === null || span === 1
		? formatDates(from, addDays(to, -1))
		: `${span} weeks to ${formatDate(addDays(to, -1))}`;
}
