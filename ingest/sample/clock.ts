/** Clock and calendar of the shop: wall time in Berlin, ISO weeks, opening hours. */

import { UsageError } from '../errors.ts';

export const zone = 'Europe/Berlin';

export const hour = 3600;
export const day = 86_400;

const wall = new Intl.DateTimeFormat('en-GB', {
	timeZone: zone,
	hourCycle: 'h23',
	year: 'numeric',
	month: 'numeric',
	day: 'numeric',
	hour: 'numeric',
	minute: 'numeric',
	second: 'numeric'
});

function askedOffset(instant: number): number {
	const parts: Record<string, number> = {};
	for (const { type, value } of wall.formatToParts(instant * 1000)) parts[type] = Number(value);
	const { year = 0, month = 1, day: date = 1, hour: h = 0, minute = 0, second = 0 } = parts;
	return Date.UTC(year, month - 1, date, h, minute, second) / 1000 - instant;
}

type DayOffset = { before: number; after: number; changesAt: number };
const offsets = new Map<number, DayOffset>();

function offsetsOf(utcDay: number): DayOffset {
	const start = utcDay * day;
	const before = askedOffset(start);
	const after = askedOffset(start + day);
	let changesAt = start + day;
	for (let at = start; before !== after && at < start + day; at += hour / 4) {
		if (askedOffset(at) === before) continue;
		changesAt = at;
		break;
	}
	return { before, after, changesAt };
}

/** Seconds that the shop's clocks are ahead of UTC at an instant (seconds since 1970). */
function offsetAt(instant: number): number {
	const utcDay = Math.floor(instant / day);
	let known = offsets.get(utcDay);
	if (!known) offsets.set(utcDay, (known = offsetsOf(utcDay)));
	return instant < known.changesAt ? known.before : known.after;
}

/** Instant → wall time as seconds since 1970 on the shop's own clock. */
export const toWall = (instant: number) => instant + offsetAt(instant);

/** Wall time → instant. An hour that does not exist in March lands an hour later; of an hour that comes twice in October the first. */
export function toInstant(wallTime: number): number {
	const early = wallTime - offsetAt(wallTime - 3 * hour);
	const late = wallTime - offsetAt(wallTime + 3 * hour);
	if (toWall(early) === wallTime) return early;
	return toWall(late) === wallTime ? late : early;
}

const two = (n: number) => String(n).padStart(2, '0');

/** An instant as ISO 8601 with the shop's offset, to the second. */
export function isoTime(instant: number): string {
	const offset = offsetAt(instant);
	const minutes = Math.abs(offset) / 60;
	const sign = offset < 0 ? '-' : '+';
	const text = new Date((instant + offset) * 1000).toISOString().slice(0, 19);
	return `${text}${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Local date `YYYY-MM-DD` → days since 1970. */
export function dayOf(date: string): number {
	const time = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : NaN;
	if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date)
		throw new UsageError(`“${date}” is not a date such as 2026-11-21`);
	return time / 1000 / day;
}

/** Days since 1970 → `YYYY-MM-DD`. */
export const dateOf = (days: number) => new Date(days * day * 1000).toISOString().slice(0, 10);

/** Monday = 0 … Sunday = 6, of days since 1970. */
export const weekdayOf = (days: number) => (days + 3) % 7;

/** Yesterday on the shop's clock. */
export const yesterday = () => dateOf(Math.floor(toWall(Math.floor(Date.now() / 1000)) / day) - 1);

/** The Monday (days since 1970) of the first of `weeks` full ISO weeks, the last of which ends at or before `end`. */
export function firstMonday(end: string, weeks: number): number {
	const last = dayOf(end);
	const sunday = last - ((weekdayOf(last) + 1) % 7);
	return sunday + 1 - weeks * 7;
}

export type Hours = { opens: number; closes: number };

/** Whether people work at this instant. */
export function isOpen(instant: number, { opens, closes }: Hours): boolean {
	const time = toWall(instant) % day;
	return time >= opens && time < closes;
}

/** The instant at which `work` seconds of opening time have passed since `instant`. */
export function afterOpenTime(instant: number, work: number, { opens, closes }: Hours): number {
	const start = toWall(instant);
	const midnight = start - (start % day);
	let at = Math.max(start, midnight + opens);
	let closing = midnight + closes;
	if (at === start && start + work < closing) return instant + work;
	if (at >= closing) {
		at = midnight + day + opens;
		closing += day;
	}
	let left = work;
	while (at + left >= closing) {
		left -= closing - at;
		at = closing - closes + day + opens;
		closing += day;
	}
	return toInstant(at + left);
}
