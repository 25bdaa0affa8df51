import { describe, expect, test } from 'vitest';
import type { Mark } from '../../../src/lib/marks.ts';
import type { Report } from '../../../src/lib/server/report/report.ts';
import { weekReport } from '../../../src/lib/server/report/weekReport.ts';
import * as fixture from '../../fixtures/week.ts';
import { documentOf, wordsOf } from './reading.ts';

const { page, log } = fixture;
const options = { baseUrl: 'https://seam.example', marks: [] };

describe('events of the weeks', () => {
	const marks: Mark[] = [
		{ kind: 'version', day: '2020-01-06', name: 'shop-ai 0.1' },
		{ kind: 'version', day: '2026-10-14', name: 'shop-ai <4.0>' },
		{ kind: 'import', day: '2026-11-13', name: 'november.csv' }
	];
	const picturesOf = (report: Report) =>
		[...documentOf(report).querySelectorAll('img')].map((image) => ({
			alt: image.getAttribute('alt') ?? '',
			src: image.getAttribute('src') ?? '',
			height: Number(image.getAttribute('height'))
		}));

	test('are marked in every picture with an axis of weeks, and in no other', async () => {
		const [bare, marked] = await Promise.all([
			weekReport(page, log, options),
			weekReport(page, log, { ...options, marks })
		]);
		const [without, with_] = [picturesOf(bare), picturesOf(marked)];
		expect(with_).toHaveLength(without.length);
		const isByWeek = ({ alt }: { alt: string }) => !alt.startsWith('What moved');
		expect(with_.filter(isByWeek).length).toBeGreaterThanOrEqual(8);
		for (const [at, picture] of with_.entries()) {
			if (isByWeek(picture)) {
				expect(picture.alt).toMatch(
					/Marked: AI version shop-ai <4\.0> from 14 Oct 2026; import of november\.csv on 13 Nov 2026\.$/
				);
				expect(picture.src).not.toBe(without[at]?.src);
			} else expect(picture).toEqual(without[at]);
		}
		// Large pictures have a row for the names.
		expect(with_.some(({ height }, at) => height > (without[at]?.height ?? NaN))).toBe(true);
	});

	test('are said in words, those before the weeks shown left out', async () => {
		const report = await weekReport(page, log, { ...options, marks });
		const said = 'AI version shop-ai <4.0> from 14 Oct 2026; import of november.csv on 13 Nov';
		expect(wordsOf(report)).toContain(`Marked: ${said}`);
		expect(report.text).toContain('In these weeks: AI version shop-ai ');
		for (const form of [report.html, report.text]) expect(form).not.toContain('0.1');
		expect(report.html).not.toContain('<4.0>');
		const bare = await weekReport(page, log, options);
		expect(wordsOf(bare)).not.toContain('Marked:');
		expect(bare.text).not.toContain('In these weeks');
	});
});
