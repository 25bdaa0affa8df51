import { describe, expect, test } from 'vitest';
import { isoWeekName } from '../../../src/lib/dates.ts';
import { baseUrl } from '../../../src/lib/server/report/baseUrl.ts';
import { readReportQuery } from '../../../src/lib/server/report/reportQuery.ts';
import { refusal } from './report.ts';

const ask = (query: string) => readReportQuery(new URLSearchParams(query));

describe('the week of a report', () => {
	// Mondays by a wall calendar; 2020 and 2026 have 53 weeks.
	test.each([
		['2026-W46', '2026-11-09'],
		['2026-w46', '2026-11-09'],
		['2026W46', '2026-11-09'],
		['2026-W01', '2025-12-29'],
		['2026-W53', '2026-12-28'],
		['2027-W01', '2027-01-04'],
		['2020-W53', '2020-12-28'],
		['2024-W01', '2024-01-01'],
		['2026-11-12', '2026-11-09'],
		['2026-11-15', '2026-11-09'],
		['2021-01-01', '2020-12-28'],
		['2027-01-03', '2026-12-28']
	])('%s begins on Monday %s', (text, monday) => {
		expect(ask(`week=${text}`).choice.week).toBe(monday);
	});

	test('is the last full one where none is given', () => {
		expect(ask('').choice.week).toBeNull();
	});

	test.each(['2026-W54', '2025-W53', '2026-W00', '2027-W53'])(
		'%s does not exist',
		async (text) => {
			const weeks = text.startsWith('2026') ? 'W53' : 'W52';
			expect(await refusal(() => ask(`week=${text}`))).toBe(
				`UsageError: week=${text} is not a week: ${text.slice(0, 4)} has the weeks W01 to ${weeks}; give an ISO week such as 2026-W46, or a day of it such as 2026-11-12.`
			);
		}
	);

	test.each(['2026-46', 'W46', '2026-W4', 'last', '', '2026-02-30', '2026-11-12T10:00'])(
		'%j is refused with the form it should have',
		async (text) => {
			expect(await refusal(() => ask(`week=${text}`))).toBe(
				`UsageError: week=${text} is not a week; give an ISO week such as 2026-W46, or a day of it such as 2026-11-12.`
			);
		}
	);

	test('lies within the years of the pages', async () => {
		expect(await refusal(() => ask('week=1969-W10'))).toContain('lies outside 1970 to 2100');
		expect(await refusal(() => ask('week=2101-05-01'))).toContain('lies outside 1970 to 2100');
	});

	test.each([
		['2026-11-15', '2026-W46'],
		['2027-01-03', '2026-W53'],
		['2024-12-30', '2025-W01'],
		['2021-01-03', '2020-W53']
	])('%s lies in %s', (date, name) => {
		expect(isoWeekName(date)).toBe(name);
	});
});

describe('the question for a report', () => {
	test('takes the filters of the pages', () => {
		const { choice, format, base } = ask('topic=A&topic=&channel=chat');
		expect(choice.chosen).toEqual({ topic: ['A', ''], channel: ['chat'] });
		expect({ format, base }).toEqual({ format: 'html', base: null });
	});

	test.each([
		['shoe=5', 'shoe is no parameter. Allowed: week, format, url, topic,'],
		['format=pdf', 'format=pdf is unknown. Allowed: html, md, json, all.'],
		['week=2026-W46&week=2026-W45', 'week is given 2 times; give it once.'],
		['url=javascript:alert(1)', 'url is not an http address']
	])('%s is refused by a sentence', async (query, said) => {
		expect(await refusal(() => ask(query))).toContain(said);
	});
});

describe('the address of the dashboard', () => {
	test.each([
		['https://seam.example', 'https://seam.example'],
		['https://seam.example/', 'https://seam.example'],
		[' http://seam.example:8080/shop/ ', 'http://seam.example:8080/shop'],
		['', null],
		[undefined, null]
	])('%j is %j', (text, base) => {
		expect(baseUrl('SEAM_URL', text)).toBe(base);
	});

	test.each([
		'seam.example',
		'javascript:alert(1)',
		'ftp://seam.example',
		'https://ann:s3cret@seam.example',
		'https://seam.example/?token=s3cret',
		'https://seam.example/#x'
	])('%s is refused, without being repeated', async (text) => {
		const said = await refusal(() => baseUrl('SEAM_URL', text));
		expect(said).toMatch(/^UsageError: SEAM_URL /);
		expect(said).not.toContain('s3cret');
	});
});
