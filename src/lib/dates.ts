/** Local dates as text, 'YYYY-MM-DD', and the ISO weeks they fall in. */

const dayMs = 86_400_000;

const parsed = (date: string) =>
	/^\d{4}-\d\d-\d\d/.test(date) ? Date.parse(`${date.slice(0, 10)}T00:00:00Z`) : NaN;

/**
 * Midnight UTC of a date, in ms since 1970; a time of day behind the date counts for nothing.
 * @throws RangeError for anything else
 */
export function timeOf(date: string): number {
	const time = parsed(date);
	if (Number.isNaN(time)) throw new RangeError(`"${date}" is not a date such as 1999-05-10`);
	return time;
}

const textOf = (time: number) => new Date(time).toISOString().slice(0, 10);

/** Whether a text is a date of the calendar. */
export function isDate(text: string): boolean {
	const time = parsed(text);
	return !Number.isNaN(time) && textOf(time) === text;
}

/** A date moved by whole days. */
export const addDays = (date: string, days: number) => textOf(timeOf(date) + days * dayMs);

/** Days from one date to a later one. */
export const daysBetween = (from: string, to: string) => (timeOf(to) - timeOf(from)) / dayMs;

/** Monday of the week that a date falls in. */
export const mondayOf = (date: string) =>
	addDays(date, -((new Date(timeOf(date)).getUTCDay() + 6) % 7));

/** Number of the ISO week, 1–53, that a date falls in. */
export function isoWeek(date: string): number {
	const thursday = addDays(mondayOf(date), 3);
	return 1 + Math.floor(daysBetween(`${thursday.slice(0, 4)}-01-01`, thursday) / 7);
}

/** The year that an ISO week counts in, which at its ends is not that of the date. */
const isoYear = (date: string) => addDays(mondayOf(date), 3).slice(0, 4);

/** The ISO week that a date falls in, as "2026-W46". */
export const isoWeekName = (date: string) =>
	`${isoYear(date)}-W${String(isoWeek(date)).padStart(2, '0')}`;

/** Weeks of an ISO year: 52, or 53. 28 December is always in the last. */
export const isoWeeks = (year: string) => isoWeek(`${year}-12-28`);

/** Monday of a week of an ISO year. 4 January is always in the first. */
export const mondayOfWeek = (year: string, week: number) =>
	addDays(mondayOf(`${year}-01-04`), 7 * (week - 1));
