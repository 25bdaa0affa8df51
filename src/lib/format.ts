import { addDays, isoWeek, timeOf } from './dates.ts';
import type { Unit } from './metrics.ts';

/** What stands where there is no value. */
export const absent = '–';

/** Short names of the months, January first. */
export const months = [
	'Jan',
	'Feb',
	'Mar',
	'Apr',
	'May',
	'Jun',
	'Jul',
	'Aug',
	'Sep',
	'Oct',
	'Nov',
	'Dec'
];
const longMonths = [
	'January',
	'February',
	'March',
	'April',
	'May',
	'June',
	'July',
	'August',
	'September',
	'October',
	'November',
	'December'
];
const narrowSpace = '\u202f';

/** Digits with a space between thousands. */
export const grouped = (digits: string, space = narrowSpace) =>
	digits.replace(/\B(?=(\d{3})+$)/g, space);

/** A label within a sentence: its first letter small, unless an abbreviation such as CSAT begins it. */
export function lowerFirst(label: string): string {
	return /^\p{Lu}{2}/u.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);
}

/** A number with fixed decimals and narrow no-break spaces between thousands: "31 566", "−0.4". */
export function formatNumber(value: number, decimals = 0): string {
	const [whole = '', fraction] = Math.abs(value).toFixed(decimals).split('.');
	const thousands = grouped(whole);
	const digits = fraction === undefined ? thousands : `${thousands}.${fraction}`;
	return value < 0 && /[1-9]/.test(digits) ? `−${digits}` : digits;
}

/** Seconds in the two largest units that matter: "4.2 s", "48 s", "3 min 20 s", "2 h 5 min", "3 d 4 h". */
export function formatDuration(seconds: number): string {
	if (seconds < 0) return `−${formatDuration(-seconds)}`;
	if (seconds < 9.95) return `${trimmed(seconds, 1)} s`;
	const s = Math.round(seconds);
	if (s < 60) return `${s} s`;
	if (s < 3600) return pair(Math.floor(s / 60), 'min', s % 60, 's');
	const min = Math.round(s / 60);
	if (min < 48 * 60) return pair(Math.floor(min / 60), 'h', min % 60, 'min');
	const h = Math.round(s / 3600);
	return pair(Math.floor(h / 24), 'd', h % 24, 'h');
}

/** What a value of a unit is out of, where its number alone does not say. */
export const outOf: Partial<Record<Unit, string>> = { score: 'of 100', csat: 'of 5' };

/** A metric's value with its unit; "–" where there is none. Shares are 0–1, times are seconds. */
export function formatValue(value: number | null, unit: Unit): string {
	if (value === null || !Number.isFinite(value)) return absent;
	if (unit === 's') return formatDuration(value);
	return unit === 'share' ? `${bare(value, unit)} %` : bare(value, unit);
}

/** An interval with its unit once: "13.1–15.4 %", "48–55 s", "2 min 50 s – 3 min 20 s"; null where there is none. */
export function formatInterval(low: number | null, high: number | null, unit: Unit): string | null {
	if (low === null || high === null) return null;
	if (unit === 'share') return `${bare(low, unit)}–${bare(high, unit)} %`;
	if (unit !== 's') return `${bare(low, unit)}–${bare(high, unit)}`;
	const [from, to] = [formatDuration(low), formatDuration(high)];
	const isPlain = /^[\d.]+ s$/;
	return isPlain.test(from) && isPlain.test(to)
		? `${from.slice(0, -2)}–${to}`
		: `${from} – ${to}`;
}

/** A value and its interval in one line: "14.2 % (13.1–15.4 %)". */
export function formatEstimate(
	estimate: { value: number | null; low: number | null; high: number | null },
	unit: Unit
): string {
	const interval = formatInterval(estimate.low, estimate.high, unit);
	const value = formatValue(estimate.value, unit);
	return interval === null || value === absent ? value : `${value} (${interval})`;
}

/** What a value rests on: "13.1–15.4 %, n = 1 240"; without an interval "n = 40". */
export function sureWords(
	{ low, high, n }: { low: number | null; high: number | null; n: number },
	unit: Unit
): string {
	return [formatInterval(low, high, unit), `n = ${formatNumber(n)}`]
		.filter((one) => one !== null)
		.join(', ');
}

/** A local date 'YYYY-MM-DD' as "10 May 1999". */
export function formatDate(date: string): string {
	const { day, month, year } = parts(date);
	return `${day} ${months[month]} ${year}`;
}

/** A local date 'YYYY-MM-DD' without its year, for axes: "10 May". */
export function formatDay(date: string): string {
	const { day, month } = parts(date);
	return `${day} ${months[month]}`;
}

/** The month of a local date 'YYYY-MM-DD': "May 1999". */
export function formatMonth(date: string): string {
	const { month, year } = parts(date);
	return `${longMonths[month]} ${year}`;
}

/** Dates from one to another, the last one included: "9–15 Nov 2026", "28 Dec 2026 – 3 Jan 2027". */
export function formatDates(first: string, last: string): string {
	const [a, b] = [parts(first), parts(last)];
	if (a.year !== b.year) return `${formatDate(first)} – ${formatDate(last)}`;
	if (a.month !== b.month) return `${formatDay(first)} – ${formatDate(last)}`;
	return a.day === b.day ? formatDate(first) : `${a.day}–${formatDate(last)}`;
}

/** An ISO week named by its Monday 'YYYY-MM-DD': "week 46, 9–15 Nov 2026". */
export function formatWeek(monday: string): string {
	return `week ${isoWeek(monday)}, ${formatDates(monday, addDays(monday, 6))}`;
}

function bare(value: number, unit: Unit): string {
	switch (unit) {
		case 'count':
			return formatNumber(value);
		case 'share':
			return formatNumber(value * 100, 1);
		case 's':
			return formatNumber(value);
		case 'score':
			return formatNumber(value, 1);
		case 'csat':
		case 'fraction':
			return formatNumber(value, 2);
	}
}

function trimmed(value: number, decimals: number): string {
	return String(Number(value.toFixed(decimals)));
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
	return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

function parts(date: string): { year: number; month: number; day: number } {
	const moment = new Date(timeOf(date));
	return {
		year: moment.getUTCFullYear(),
		month: moment.getUTCMonth(),
		day: moment.getUTCDate()
	};
}

/** A text on one line: a blank where it breaks. */
export const inLine = (text: string) => text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ');

/** The beginning of a text that is longer than so many characters, up to the last blank there. */
export function beginning(text: string, most: number): string {
	const characters = [...text];
	if (characters.length <= most) return text;
	const cut = characters.slice(0, most).join('');
	const blank = cut.search(/\s\S*$/u);
	return `${(blank > cut.length / 2 ? cut.slice(0, blank) : cut).trimEnd()}…`;
}
