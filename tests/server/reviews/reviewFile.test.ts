import { csvParse, dsvFormat } from 'd3-dsv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lackedChoices } from '../../../src/lib/handoff.ts';
import { readReviewFile, writeReviews } from '../../../src/lib/server/reviews/reviewFile.ts';
import { microsecondsOf, type KeptReview } from '../../../src/lib/server/reviews/reviewSchema.ts';

const header = 'handoff_id,necessary,lacked,note,reviewer,reviewed_at,ended_at';
const at = '2026-11-09T12:00:00.000000Z';
const plain: KeptReview = {
	handoff_id: 'h',
	necessary: true,
	lacked: null,
	note: null,
	reviewer: null,
	reviewed_at: at,
	ended_at: null
};

/** Texts that a form would let through: trimmed, and of no operating system's line ends. */
const words = fc
	.string({ unit: fc.constantFrom(...`=+-@;,'"\t\n ("|!1.aß %`), maxLength: 12 })
	.map((text) => text.trim() || null);
const moment = fc.integer({ min: 0, max: 1.7e9 }).map((s) => {
	const [whole = ''] = new Date(s * 1000).toISOString().split('.');
	return `${whole}.${String(s % 1_000_000).padStart(6, '0')}Z`;
});
const reviews: fc.Arbitrary<KeptReview> = fc
	.record({
		handoff_id: fc.string({ minLength: 1, unit: fc.constantFrom(...`=-'a1/.~@ `) }),
		necessary: fc.constantFrom(true, false, null),
		lacked: fc.constantFrom(...lackedChoices, null),
		note: words,
		reviewer: words,
		reviewed_at: moment,
		ended: fc.boolean()
	})
	.map(({ ended, ...review }) => ({ ...review, ended_at: ended ? review.reviewed_at : null }));

const read = (text: string) => {
	const { reviews: found, refused } = readReviewFile(text);
	return { reviews: found.map(({ review }) => review), refused };
};

describe('a file of reviews', () => {
	test.each(['csv', 'ndjson'] as const)('as %s gives back what was written', (format) => {
		fc.assert(
			fc.property(fc.array(reviews, { minLength: 1, maxLength: 8 }), (given) => {
				expect(read(writeReviews(given, format))).toEqual({ reviews: given, refused: [] });
			}),
			{ numRuns: 500 }
		);
	});

	test('holds no cell that a spreadsheet would run', () => {
		const text = writeReviews([{ ...plain, note: '=HYPERLINK("http://x")' }], 'csv');
		expect(csvParse(text.replace('\ufeff', ''))[0]?.['note']).toBe(`'=HYPERLINK("http://x")`);
	});

	test.each([';', '\t'])(
		'may be divided by %j, as spreadsheets of other languages do',
		(sign) => {
			const given = {
				...plain,
				note: 'one; two\n"three", four',
				lacked: 'authority' as const
			};
			const rows = csvParse(writeReviews([given], 'csv').replace('\ufeff', ''));
			const text = dsvFormat(sign).format(
				[...rows].map((row) => ({ ...row, necessary: 'TRUE' }))
			);
			expect(read(text)).toEqual({ reviews: [given], refused: [] });
		}
	);

	test('may lack empty cells at the end of a line, and columns that need not be there', () => {
		expect(read(`${header}\nh,true,,,,${at}\n\n`)).toEqual({ reviews: [plain], refused: [] });
		expect(read(`reviewed_at,necessary,handoff_id\r\n${at},true,h`).reviews).toEqual([plain]);
	});

	test('refuses each bad line by its number in the file, and takes the others', () => {
		const text = [
			header,
			`a,true,,"one`,
			`two",,${at},`,
			`b,,,,,${at},`,
			`c,true,luck,,,${at},`,
			`d,true,,,,2026-11-09 12:00,`,
			`,true,,,,${at},`,
			`f,true,,,,${at},2026-11-09T11:59:59Z`,
			`g,true,,${'x'.repeat(2001)},,${at},`,
			`h,unsure,,,,${at},,,1`,
			`i,unsure,,,,2999-01-01T00:00:00Z,`,
			`j,unsure,,,,${at},`
		].join('\n');
		const { reviews: found, refused } = readReviewFile(text);
		expect(found.map(({ line, review }) => [line, review.handoff_id])).toEqual([
			[2, 'a'],
			[12, 'j']
		]);
		expect(refused.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
			'4 necessary is “”, not true, false or null (in CSV: unsure)',
			expect.stringMatching(/^5 lacked is “luck”, none of information, /),
			'6 reviewed_at is “2026-11-09 12:00”, not a time with offset such as 2026-11-09T12:00:00Z',
			'7 handoff_id is empty',
			'8 ended_at lies before reviewed_at',
			'9 note is longer than 2000 characters',
			'10 has 9 cells, the header 7',
			'11 reviewed_at is 2999-01-01T00:00:00Z, which lies in the future'
		]);
	});

	test('refuses bad JSON and unknown names by their lines', () => {
		const lines = [
			JSON.stringify(plain),
			'',
			'{"handoff_id":',
			JSON.stringify({ ...plain, colour: 'red' }),
			'[]',
			JSON.stringify({ handoff_id: 'h', reviewed_at: at })
		];
		const { reviews: found, refused } = readReviewFile(lines.join('\n'));
		expect(found).toEqual([{ line: 1, review: plain }]);
		expect(refused.map(({ line }) => line)).toEqual([3, 4, 5, 6]);
		expect(refused[1]?.reason).toContain('colour');
		expect(refused[2]?.reason).toBe('is not a JSON object');
		expect(refused[3]?.reason).toContain('necessary is missing');
	});

	test.each([
		['', /no column handoff_id/],
		['handoff_id,necessary\nh,true', /no column reviewed_at/],
		[`${header},topic\n`, /a column “topic”/],
		[`${header},note\n`, /the column note twice/]
	])('is refused as a whole where its header is not that of reviews: %j', (text, said) => {
		expect(() => readReviewFile(text)).toThrow(said);
	});
});

describe('a time', () => {
	test.each([
		['2026-11-09T12:00Z', '2026-11-09T12:00:00.000000Z'],
		['2026-11-09 13:30:05.1234567+01:30', '2026-11-09T12:00:05.123456Z'],
		['2026-01-01T00:30:00+0100', '2025-12-31T23:30:00.000000Z'],
		['2026-02-30T12:00:00Z', null],
		['2026-11-09T25:00:00Z', null],
		['2026-11-09T12:00:00', null],
		['yesterday', null]
	])('%s is %s', (text, expected) => {
		expect(microsecondsOf(text)).toBe(expected);
	});
});
