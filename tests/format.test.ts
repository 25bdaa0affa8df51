import { describe, expect, it } from 'vitest';
import { topicWords } from '../src/lib/charts/words.ts';
import { addDays, isoWeek } from '../src/lib/dates.ts';
import {
	beginning,
	formatDate,
	formatDates,
	formatDay,
	formatDuration,
	formatEstimate,
	formatInterval,
	formatMonth,
	formatNumber,
	formatValue,
	formatWeek,
	lowerFirst,
	sureWords
} from '../src/lib/format.ts';

describe('numbers', () => {
	it('thousands are parted by a narrow space that does not break', () => {
		expect(formatNumber(175133)).toBe('175\u202f133');
		expect(formatNumber(1234567.891, 2)).toBe('1\u202f234\u202f567.89');
		expect(formatNumber(999)).toBe('999');
	});

	it('a negative number that rounds to zero has no sign', () => {
		expect(formatNumber(-0.04, 1)).toBe('0.0');
		expect(formatNumber(-0.4, 1)).toBe('−0.4');
	});

	it('every unit has its own form', () => {
		expect(formatValue(31566, 'count')).toBe('31\u202f566');
		expect(formatValue(0.1421, 'share')).toBe('14.2 %');
		expect(formatValue(48.4, 's')).toBe('48 s');
		expect(formatValue(71.26, 'score')).toBe('71.3');
		expect(formatValue(4.1234, 'csat')).toBe('4.12');
		expect(formatValue(0.7, 'fraction')).toBe('0.70');
	});

	it('absent is a dash and not a zero', () => {
		expect(formatValue(null, 'share')).toBe('–');
		expect(formatValue(Number.NaN, 's')).toBe('–');
		expect(formatValue(0, 'share')).toBe('0.0 %');
	});
});

describe('a label within a sentence', () => {
	it('begins small, an abbreviation does not', () => {
		expect(lowerFirst('Wrong queue')).toBe('wrong queue');
		expect(lowerFirst('CSAT after handoff')).toBe('CSAT after handoff');
		expect(lowerFirst('')).toBe('');
	});
});

describe('durations', () => {
	it.each([
		[0, '0 s'],
		[4.24, '4.2 s'],
		[9.96, '10 s'],
		[59.4, '59 s'],
		[59.6, '1 min'],
		[200, '3 min 20 s'],
		[3599.7, '1 h'],
		[7500, '2 h 5 min'],
		[3 * 86400 + 4 * 3600, '3 d 4 h'],
		[-90, '−1 min 30 s']
	])('%d seconds are %s', (seconds, text) => {
		expect(formatDuration(seconds)).toBe(text);
	});
});

describe('intervals', () => {
	it('the unit stands once', () => {
		expect(formatInterval(0.131, 0.154, 'share')).toBe('13.1–15.4 %');
		expect(formatInterval(48, 55.2, 's')).toBe('48–55 s');
		expect(formatInterval(3.9, 4.2, 'csat')).toBe('3.90–4.20');
	});

	it('long durations keep their units on both ends', () => {
		expect(formatInterval(170, 200, 's')).toBe('2 min 50 s – 3 min 20 s');
		expect(formatInterval(55, 200, 's')).toBe('55 s – 3 min 20 s');
	});

	it('an estimate without an interval is its value alone', () => {
		expect(formatEstimate({ value: 0.142, low: 0.131, high: 0.154 }, 'share')).toBe(
			'14.2 % (13.1–15.4 %)'
		);
		expect(formatEstimate({ value: 12, low: null, high: null }, 'count')).toBe('12');
		expect(formatEstimate({ value: null, low: null, high: null }, 'count')).toBe('–');
	});

	it('a long text is cut after a whole word, and never within a character', () => {
		expect(beginning('where is my parcel', 18)).toBe('where is my parcel');
		expect(beginning('where is my parcel', 14)).toBe('where is my…');
		expect(beginning('x'.repeat(30), 5)).toBe('xxxxx…');
		expect(beginning('😀😀😀', 2)).toBe('😀😀…');
	});

	it('what a value rests on goes without an interval where there is none', () => {
		expect(sureWords({ low: 0.131, high: 0.154, n: 1240 }, 'share')).toBe(
			'13.1–15.4 %, n = 1\u202f240'
		);
		expect(sureWords({ low: null, high: null, n: 155 }, 'share')).toBe('n = 155');
	});
});

describe('dates', () => {
	it('days and months are written out', () => {
		expect(formatDate('1999-05-10')).toBe('10 May 1999');
		expect(formatDay('1999-05-01')).toBe('1 May');
		expect(formatMonth('1999-09-01')).toBe('September 1999');
	});

	it('a week has its number and its days', () => {
		expect(formatWeek('2026-11-09')).toBe('week 46, 9–15 Nov 2026');
		expect(formatWeek('2026-11-30')).toBe('week 49, 30 Nov – 6 Dec 2026');
		expect(formatWeek('2026-12-28')).toBe('week 53, 28 Dec 2026 – 3 Jan 2027');
	});

	it('ISO weeks around New Year belong to the year of their Thursday', () => {
		expect(isoWeek('2027-01-03')).toBe(53);
		expect(isoWeek('2027-01-04')).toBe(1);
		expect(isoWeek('2024-12-30')).toBe(1);
		expect(isoWeek('1999-05-10')).toBe(19);
	});

	it('one day is not a range', () => {
		expect(formatDates('2026-11-09', '2026-11-09')).toBe('9 Nov 2026');
	});

	it('days are counted by the calendar, over months and leap days', () => {
		expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
		expect(addDays('2027-01-01', -1)).toBe('2026-12-31');
	});

	it('what is not a date is refused by name', () => {
		expect(() => formatDate('soon')).toThrow('"soon" is not a date');
	});
});

it('a topic with a line break stands on one line', () => {
	expect(topicWords('Returns \r\n late\nparcel')).toBe('Returns late parcel');
});
