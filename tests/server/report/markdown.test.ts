import { describe, expect, test } from 'vitest';
import { escaped, link, table } from '../../../src/lib/server/report/markdown.ts';

describe('Markdown of a report', () => {
	test.each([
		['*bold* `code` ~gone~', '\\*bold\\* \\`code\\` \\~gone\\~'],
		['a | b', 'a \\| b'],
		['[click](x)', '\\[click\\](x)'],
		['back\\slash', 'back\\\\slash'],
		['_under_ and tier_2_gold', '\\_under\\_ and tier_2_gold'],
		['<b>R&D &lt;', '&lt;b>R&D &amp;lt;'],
		['<!channel>', '&lt;!channel>'],
		['# heading', '\\# heading'],
		['- item', '\\- item'],
		['> quote, < 1 % or > 99 %', '\\> quote, < 1 % or > 99 %'],
		['1. item', '1\\. item'],
		['one\n\n# two', 'one # two'],
		['Refunds (old), 68.4 – 5 %', 'Refunds (old), 68.4 – 5 %']
	])('writes %j as %j', (text, written) => {
		expect(escaped(text)).toBe(written);
	});

	test('a topic called @channel calls nobody, one with an address is no link', () => {
		expect(escaped('@channel')).not.toContain('@c');
		expect(escaped('https://evil.example')).not.toContain('://');
	});

	test('a link ends where its address ends', () => {
		expect(link('a]b', 'https://seam.example/?topic=f(x)')).toBe(
			'[a\\]b](https://seam.example/?topic=f%28x%29)'
		);
		expect(link('a', null)).toBe('a');
	});

	test('the columns of a table stand below each other', () => {
		expect(
			table(
				['', 'Now'],
				[
					['Handoffs', '4'],
					['A\\|B', '12 345']
				]
			)
		).toBe(
			[
				'|          | Now    |',
				'| -------- | ------ |',
				'| Handoffs | 4      |',
				'| A\\|B     | 12 345 |'
			].join('\n')
		);
	});
});
