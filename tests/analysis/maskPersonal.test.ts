import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskPersonal, withoutPlaceholders } from '../../src/lib/analysis/phrases/maskPersonal.ts';
import { startModel } from '../../src/lib/analysis/phrases/startModel.ts';

describe('maskPersonal', () => {
	it.each([
		['Mail me at jörg.müller+x@beispiel.de please.', 'Mail me at ‹mail› please.'],
		['or anna (at) web.de', 'or ‹mail›'],
		['card 4111 1111 1111 1111, exp 12/27', 'card ‹card›, exp 12/27'],
		['4111-1111-1111-1111', '‹card›'],
		['4111111111111111', '‹card›'],
		['not a card: 4111111111111112', 'not a card: ‹number›'],
		['IBAN DE89 3702 0400 4405 3201 30 oder so', 'IBAN ‹iban› oder so'],
		['GB33BUKB20201555555555', '‹iban›'],
		['mistyped DE88 3702 0400 4405 3201 30', 'mistyped ‹iban›'],
		['ruf an: +49 (0)171 1234567 oder 0171/1234567', 'ruf an: ‹phone› oder ‹phone›'],
		['(555) 123-4567 or 06 12 34 56 78', '‹phone› or ‹phone›'],
		['order #100234567 and ORD-2024-00123', 'order ‹order› and ‹order›'],
		['parcel 1Z999AA10123456784', 'parcel ‹order›'],
		['ticket 48213 of 2026-11-03', 'ticket ‹number› of 2026-11-03'],
		['１２３４５６７８', '‹number›'],
		['٠١٢٣٤٥٦٧٨٩', '‹number›'],
		['see https://shop.example/reset?token=abc now', 'see ‹link› now'],
		['www.shop.example/o/8842913', '‹link›']
	])('%s', (text, masked) => {
		expect(maskPersonal(text)).toBe(masked);
	});

	it.each([
		'nothing to hide: 12 items for 3 days, 24/7',
		'I paid 49.90, then 1.234.567,89 and 4,000 in 2024',
		'on 2026-11-03, 01.02.2026 and 3/4/26 at 14:30',
		'2026-11-03T10:00:00Z',
		'iPhone 15 Pro, SM-G998B, version 3.5.2',
		'see https://shop.example/help',
		'de12 is not an account',
		'@support please'
	])('leaves "%s" as it is', (text) => {
		expect(maskPersonal(text)).toBe(text);
	});

	it('masking twice changes nothing', () => {
		const pieces = fc.oneof(
			fc.constantFrom(
				' ',
				'-',
				'/',
				'#',
				'+',
				'(',
				')',
				'.',
				'@',
				'‹',
				'›',
				'card',
				'ab12',
				'DE89'
			),
			fc.integer({ min: 0, max: 1e15 }).map(String),
			fc.string({ maxLength: 6, unit: 'grapheme' })
		);
		fc.assert(
			fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
				const once = maskPersonal(parts.join(''));
				expect(maskPersonal(once)).toBe(once);
			}),
			{ seed: 7, numRuns: 2000 }
		);
	});

	it('no number of six digits and more gets through, however it stands among words', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 100_000, max: 9e15 }),
				fc.constantFrom(' ', ' no ', '(', ' #', ' n°', ': ', ' A', ' AB-', '"'),
				fc.constantFrom(' ', ')', '.', '?', ', 2 items', '"', '!'),
				(number, before, after) => {
					const masked = maskPersonal(`where is${before}${number}${after} please`);
					expect(masked).not.toMatch(/\d{5}/u);
				}
			),
			{ seed: 7, numRuns: 1000 }
		);
	});

	it.each(['a-', '_/-', '1 ', '1a', 'a.', '+(', '#1', 'ab12 cdef ', 'http://', '1(at)'])(
		'is done with a hundred thousand characters of "%s" at once',
		(piece) => {
			const before = performance.now();
			maskPersonal(piece.repeat(100_000 / piece.length));
			expect(performance.now() - before).toBeLessThan(5000);
		}
	);

	it('placeholders can be taken out again, other quotes stay', () => {
		expect(withoutPlaceholders('to ‹mail› now ‹sic›')).toBe('to   now ‹sic›');
	});

	it('nothing personal reaches a stored model', () => {
		const questions = Array.from(
			{ length: 40 },
			() => 'Send the invoice 48213377 to anna.schmidt@web.de or call 0171/1234567'
		);
		const start = startModel('en', questions);
		const stored = JSON.stringify(start);
		expect(stored).toContain('invoi');
		for (const piece of ['482', 'anna', 'schm', 'web', '0171', '234', 'mail', '‹'])
			expect(stored).not.toContain(piece);
	});
});
