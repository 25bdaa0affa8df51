import { describe, expect, it } from 'vitest';
import {
	afterOpenTime,
	dateOf,
	dayOf,
	firstMonday,
	hour,
	isOpen,
	isoTime,
	toInstant,
	toWall
} from '../../ingest/sample/clock.ts';

const at = (iso: string) => Date.parse(iso) / 1000;
const wall = (local: string) => Date.parse(`${local}Z`) / 1000;
const office = { opens: 8 * hour, closes: 20 * hour };

describe('times of the sample', () => {
	it('carry the offset of winter and of summer', () => {
		expect(isoTime(at('2026-01-15T12:00:00Z'))).toBe('2026-01-15T13:00:00+01:00');
		expect(isoTime(at('2026-07-15T12:00:00Z'))).toBe('2026-07-15T14:00:00+02:00');
	});

	it('change offset to the second in March and in October', () => {
		expect(isoTime(at('2026-03-29T00:59:59Z'))).toBe('2026-03-29T01:59:59+01:00');
		expect(isoTime(at('2026-03-29T01:00:00Z'))).toBe('2026-03-29T03:00:00+02:00');
		expect(isoTime(at('2026-10-25T00:59:59Z'))).toBe('2026-10-25T02:59:59+02:00');
		expect(isoTime(at('2026-10-25T01:00:00Z'))).toBe('2026-10-25T02:00:00+01:00');
	});

	it('come back from wall time, an hour that does not exist an hour later', () => {
		for (
			let instant = at('2026-03-27T00:00:00Z');
			instant < at('2026-03-31T00:00:00Z');
			instant += 900
		)
			expect(toInstant(toWall(instant))).toBe(instant);
		expect(isoTime(toInstant(wall('2026-03-29T02:30:00')))).toBe('2026-03-29T03:30:00+02:00');
		expect(isoTime(toInstant(wall('2026-10-25T02:30:00')))).toBe('2026-10-25T02:30:00+02:00');
	});
});

describe('weeks of the sample', () => {
	it.each([
		['2026-11-21', '2026-11-09'],
		['2026-11-15', '2026-11-09'],
		['2026-11-14', '2026-11-02'],
		['2027-01-03', '2026-12-28']
	])('end with the last full one at or before %s', (end, monday) => {
		expect(dateOf(firstMonday(end, 1))).toBe(monday);
		expect(dayOf(monday) - firstMonday(end, 30)).toBe(29 * 7);
	});

	it('refuse a day that does not exist, by name', () => {
		expect(() => dayOf('2026-02-30')).toThrow('“2026-02-30” is not a date');
		expect(() => dayOf('tomorrow')).toThrow('“tomorrow” is not a date');
	});
});

describe('opening time', () => {
	it('passes only while people work', () => {
		const evening = at('2026-11-09T19:50:00+01:00');
		expect(isOpen(evening, office)).toBe(true);
		expect(isoTime(afterOpenTime(evening, 300, office))).toBe('2026-11-09T19:55:00+01:00');
		expect(isoTime(afterOpenTime(evening, 1200, office))).toBe('2026-11-10T08:10:00+01:00');
		expect(isoTime(afterOpenTime(at('2026-11-09T21:00:00+01:00'), 60, office))).toBe(
			'2026-11-10T08:01:00+01:00'
		);
		expect(isoTime(afterOpenTime(at('2026-11-10T03:00:00+01:00'), 13 * hour, office))).toBe(
			'2026-11-11T09:00:00+01:00'
		);
	});

	it('keeps to the wall clock over the night the clocks change', () => {
		const evening = at('2026-10-24T21:00:00+02:00');
		expect(isoTime(afterOpenTime(evening, 60, office))).toBe('2026-10-25T08:01:00+01:00');
	});
});
