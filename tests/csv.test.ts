import { csvParseRows } from 'd3-dsv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvLine, defused, undefused } from '../src/lib/csv.ts';

describe('a line of CSV', () => {
	test('quotes what RFC 4180 asks to quote, doubles quotes and ends with CR LF', () => {
		expect(csvLine(['a', 'b, c', 'say "no"', 'two\nlines', ''])).toBe(
			'a,"b, c","say ""no""","two\nlines",\r\n'
		);
	});

	test('leaves numbers and truth values as they are and nothing where there is nothing', () => {
		expect(csvLine([-1.5, 0, true, null, undefined, 'x'])).toBe('-1.5,0,true,,,x\r\n');
	});

	test('gives back every cell that no spreadsheet would run', () => {
		const harmless = fc.string({ unit: 'grapheme' }).filter((text) => defused(text) === text);
		fc.assert(
			fc.property(fc.array(harmless, { minLength: 2, maxLength: 6 }), (cells) => {
				expect(csvParseRows(csvLine(cells))).toEqual([cells]);
			})
		);
	});
});

describe('a cell that a spreadsheet would run', () => {
	test.each([
		'=1+1',
		'@SUM(A1)',
		'+cmd|x',
		'-2+3+cmd|x',
		' =1+1',
		'\r1',
		'\n1',
		'＝1+1',
		'－1(2)',
		'=HYPERLINK("http://example.com")'
	])('%j stands behind an apostrophe', (text) => {
		expect(defused(text)).toBe(`'${text}`);
	});

	test('does not get out by the separators of another language', () => {
		expect(defused('hello;=1+1')).toBe("hello;'=1+1");
		expect(defused('hello\n=1+1')).toBe("hello\n'=1+1");
		expect(defused('hello;\t-1|x!A0')).toBe("hello;\t'-1|x!A0");
	});

	test.each(['-0.4', '+12 %', '-3 min', '+1 234', '−0.4', 'a = b', 'a-b', 'first\n- second', ''])(
		'is not %j',
		(text) => {
			expect(defused(text)).toBe(text);
		}
	);

	test('never begins with what begins a formula, whatever the text', () => {
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom(...'=+-@;\t\n ("|!1a') }), (text) => {
				const first = defused(text).trimStart().charAt(0);
				expect(/[=@]/.test(first)).toBe(false);
				for (const piece of defused(text)
					.split(/[;\t\r\n]/)
					.slice(1))
					expect(/^\s*[=@]/.test(piece)).toBe(false);
			})
		);
	});

	test('is the text again when it is read back, whatever the text', () => {
		const text = fc.string({ unit: fc.constantFrom(...`=+-@;'\t\r\n ("|!1.a%`) });
		fc.assert(
			fc.property(fc.oneof(text, fc.string({ unit: 'grapheme' })), (given) => {
				expect(undefused(defused(given))).toBe(given);
			}),
			{ numRuns: 5000 }
		);
	});

	test('is told from a text that somebody began with an apostrophe', () => {
		expect(defused("'=1")).toBe("''=1");
		expect(undefused("'=1")).toBe('=1');
		expect(undefused("'tis so")).toBe("'tis so");
		expect(undefused("'-0.4")).toBe("'-0.4");
	});
});
