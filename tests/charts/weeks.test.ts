import { describe, expect, test } from 'vitest';
import { axisWeeks, monthName, monthTicks } from '../../src/lib/charts/weeks.ts';

describe('the weeks of an axis', () => {
	test('are the last 26 that the log can have, and eight at least', () => {
		expect(axisWeeks('2020-01-06', '2026-11-09')).toHaveLength(26);
		expect(axisWeeks('2026-08-31', '2026-11-09')).toHaveLength(11);
		expect(axisWeeks('2026-11-09', '2026-11-09')).toHaveLength(8);
		expect(axisWeeks(undefined, '2026-11-09')).toHaveLength(8);
	});

	test('are labelled where a month begins, with the year in January', () => {
		const weeks = axisWeeks('2020-01-06', '2027-02-08');
		expect(monthTicks(weeks, 600).map(monthName)).toEqual([
			'Sep',
			'Oct',
			'Nov',
			'Dec',
			'Jan 2027',
			'Feb'
		]);
		expect(monthTicks(weeks, 130)).toHaveLength(2);
	});
});
