import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskPersonal, withoutPlaceholders } from '../../src/lib/analysis/phrases/maskPersonal.ts';
import { phraseLabels } from '../../src/lib/analysis/phrases/phraseLabels.ts';
import { prepared } from '../../src/lib/analysis/phrases/proposals.ts';
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
		['ticket 48213 of 2026-11-03', 'ticket ‹order› of 2026-11-03'],
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

	it.each([
		['4111–1111–1111–1111', '‹card›'],
		['4111\u20111111\u20111111\u20111111', '‹card›'],
		['4111−1111−1111−1111', '‹card›'],
		['4111_1111_1111_1111', '‹card›'],
		['4111\u200b1111\u200b1111\u200b1111', '‹card›'],
		['4111:1111:1111:1111', '‹card›'],
		['4111, 1111, 1111, 1111', '‹card›'],
		['4111\n1111\r\n1111\n1111', '‹card›'],
		['card 4111  1111  1111  1111 declined', 'card ‹card› declined'],
		['4️⃣1️⃣1️⃣1️⃣1111 1111 1111', '‹card›'],
		['n4111 1111 1111 1111x', '‹order› ‹phone›x'],
		['555–123–4567', '‹phone›'],
		['call 612 345 678 please', 'call ‹phone› please'],
		['800.123.456', '‹phone›'],
		['sort 12-34-56', 'sort ‹number›'],
		['DE89–3702–0400–4405–3201–30', '‹iban›'],
		['order 12.345.678', 'order ‹order›'],
		['#A1B2C3', '‹order›'],
		['K1A0B6', '‹order›'],
		['ORD1234 and ABCD1234', '‹order› and ‹order›'],
		['order no. 1234', 'order no. ‹order›'],
		['Bestellung Nr. 1234', 'Bestellung Nr. ‹order›'],
		['anna.smith@ example.com', '‹mail›'],
		['anna.smith [at] example [dot] com', '‹mail›'],
		['write to anna at gmail dot com', 'write to ‹mail›'],
		['anna dot smith at gmail dot com', '‹mail›'],
		['anna at gmail.com', '‹mail›'],
		['"anna smith"@example.com', '‹mail›'],
		['an\u200bna@example.com', '‹mail›'],
		['see x.com/reset?token=abc now', 'see ‹link› now'],
		['app://reset?token=abc', '‹link›'],
		['４１１１　１１１１　１１１１　１１１１', '‹card›'],
		['٤١١١ ١١١١ ١١١١ ١١١١', '‹card›'],
		['+۹۸ ۹۱۲ ۳۴۵ ۶۷۸۹', '‹phone›'],
		['anna＠example．com', '‹mail›'],
		['name at mail dot com', '‹mail›'],
		['anna ät web.de', '‹mail›'],
		['Kundennummer: 471, Kunden-Nr. 4711', 'Kundennummer: ‹order›, Kunden-Nr. ‹order›'],
		['my id is 4711, cvc 123', 'my id is ‹order›, cvc ‹order›'],
		['A-1234', '‹order›'],
		['born on 3/12/85, geb. 12.03.1985', 'born on ‹number›, geb. ‹number›'],
		['4111 1111 11-11-26 1111', '‹card›'],
		['error 4111 1111 1111 1111', 'error ‹card›'],
		['error ORD1234, status 48213', 'error ‹order›, status ‹number›'],
		['version 4111.1111.1111.1111', 'version ‹card›'],
		['update 800.123.4567', 'update ‹phone›'],
		['iOS 17.4.1 171 1234567', 'iOS ‹card›'],
		['4111 1111 1111 1111 USD', '‹card› USD'],
		['charged 12 500 000 or 1,234,567', 'charged ‹phone› or ‹phone›']
	])('%j is found whatever stands between', (text, masked) => {
		expect(maskPersonal(text)).toBe(masked);
	});

	it.each([
		'charged 612,50 €, not 1.234,56',
		'$1,200 or € 12.500,00 or 1200 EUR',
		'49.90, 12.50 and 1.234.567,89',
		'in 2019–2024, 2023, 2024 and 2025',
		'since 2024, post-2020, FY2024, Q3-2024, in den 2010er',
		'on 12-11-26, 3.11.2026, 14:30 to 16:00',
		'03/11/2026 14:30-16:00',
		'2026年11月3日',
		'size 42-44, W32 L34, 10 x 20 x 30 cm, 190x140x20 cm, 1920x1080, 1500ml',
		'10-20 items, 24/7 365 days, 12 500 km',
		'look at example.com, bought at shop.example',
		'is it and/or? e.g. this. Or that/what?',
		'order 2 shirts, orders in 2024, code 404',
		'iOS 17.4.1, version 2024.10.1, Windows 10.0.19045, Chrome 129.0.6668.100',
		'error 1016, error code 50058, Fehlercode 30088, Error: 0x80070005, HTTP 500, ERR_1016',
		'12 500 000 VND, Rs 250000, 1.000.000 Ft, -1234.56',
		'100.000 km, 25000 KB, 50000 points, 1,000,000 rows, 100 %',
		'open 10.30-11.30 or 9:00–17:00',
		'ordered 12.11.2026 2 shirts, on 3/4/26, 150 items, came 3/4/26 14:30',
		'می\u200cخواهم 👨\u200d👩\u200d👧'
	])('"%s" stays readable', (text) => {
		expect(maskPersonal(text)).toBe(text);
	});

	it.each([
		['Bestellnummer 4711', 'Bestellnummer ‹order›'],
		['Bestellnummer: 9876', 'Bestellnummer: ‹order›'],
		['Meine Bestellnummer ist 1234', 'Meine Bestellnummer ist ‹order›'],
		['Bestellnr. 4711, Kundennummer 4711', 'Bestellnr. ‹order›, Kundennummer ‹order›'],
		['Auftragsnummer 12 34', 'Auftragsnummer ‹order›'],
		['Bestellung lautet 4711', 'Bestellung lautet ‹order›'],
		['my order (4711)', 'my order (‹order›)'],
		['order "4711"', 'order "‹order›"'],
		['my order, 4711, is late', 'my order, ‹order›, is late'],
		['4711 is my order number', '‹order› is my order number'],
		['4711 ist meine Bestellnummer', '‹order› ist meine Bestellnummer'],
		['order number 2024', 'order number ‹order›'],
		['order AB-77', 'order ‹order›'],
		['orders 4711 and 4712', 'orders ‹order› and ‹order›'],
		['Bestellungen 4711, 4712 und 4713', 'Bestellungen ‹order›, ‹order› und ‹order›'],
		['commande numéro 4521, colis 4521', 'commande numéro ‹order›, colis ‹order›'],
		['numéro 4521, numéro de suivi: 45', 'numéro ‹order›, numéro de suivi: ‹order›'],
		['telefon 4567, tel 4711', 'telefon ‹phone›, tel ‹phone›'],
		['card ending in 1234', 'card ending in ‹number›'],
		['Karte mit Endziffern 1234', 'Karte mit Endziffern ‹number›'],
		['411111******1111 or ****1111', '‹card› or ‹card›'],
		['4111 11** **** 1111, XXXX-XXXX-XXXX-1234', '‹card›, ‹card›'],
		['anna @ web . de', '‹mail›'],
		['anna at web de', '‹mail›'],
		['anna%40gmail.com', '‹mail›'],
		['order AB12CD, commande AB12CD', 'order ‹order›, commande ‹order›'],
		['order **4521**, order is: *4521*', 'order **‹order›**, order is: *‹order›*'],
		['order <4521> or `4521`', 'order <‹order›> or `4521`'],
		['Lieferschein 1234, Rücksendung 4521', 'Lieferschein ‹order›, Rücksendung ‹order›'],
		['return 4521, retour 4521', 'return ‹order›, retour ‹order›'],
		['mail me: a n n a @ g m x . d e', 'mail me: ‹mail›'],
		['IBAN DE 89 3704, IBAN: de89 3704 ist', 'IBAN ‹iban›, IBAN: ‹iban› ist']
	])('%j is found by the words beside it', (text, masked) => {
		expect(maskPersonal(text)).toBe(masked);
	});

	it.each([
		'my phone 15, iPhone 15 Pro, phone 14.2.1, mobile app 17.4.1',
		'error 1016, error code 4711, code 404, code E-16',
		'delivery in 2 Wochen, 24-48h, 50 Euro or 1200 Euro',
		'order 2 shirts, order 10-20 items, order 1500 items, orders 3 and 4',
		'Bestellung 2024, orders in 2024, my subscription ends 2024, card ends 12/27',
		'commande de 2024, colis de 30 kg, numéro 2, livraison 24-48',
		'look at me at home, I was at web design, a b c @ d',
		'order IPHONE15, order XL, return within 30 days, returns policy 2025, return 50 Euro',
		'what is an IBAN in 2024, IBAN fehlt noch',
		'rated *** 5, 4x4 x 10, **2024**'
	])('"%s" is no number of anybody', (text) => {
		expect(maskPersonal(text)).toBe(text);
	});

	it('no run of seven digits and more gets through, whatever stands between them', () => {
		const between = fc.constantFrom(
			...['', ' ', '  ', '-', '–', '\u2011', '−', '_', '\u200b', ':', ',', ', ', '\n', '.'],
			...['/', ') (', ' - ', '\u00a0', '·', '|']
		);
		const readable =
			/\d{1,4}[-/.–‐−] ?\d{1,2}[-/.–‐−] ?\d{1,4}|\d{1,2}:\d\d|[.,]\d\d(?!\d)|(?:19|20)\d\d/u;
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), between), {
					minLength: 7,
					maxLength: 20
				}),
				fc.constantFrom('', 'my card ', 'no', '(', '"', 'tel:', '+'),
				fc.constantFrom('', ' please', 'x', ')', '.', ', 2 items'),
				(parts, before, after) => {
					const masked = maskPersonal(before + parts.flat().join('') + after);
					fc.pre(!readable.test(masked));
					expect(masked).not.toMatch(/\d(?:[\s\-–‐−_\u200b:,./()·|]*\d){6}/u);
				}
			),
			{ seed: 7, numRuns: 2000 }
		);
	});

	it('a label is made of masked text', () => {
		const questions = Array.from(
			{ length: 40 },
			(_, at) => `Charged twice, write anna${at % 7} at gmail dot com or anna @ web.de`
		);
		const [label] = phraseLabels([questions.map(prepared)]);
		expect(label).toContain('charged');
		expect(label).not.toMatch(/anna|gmail|web/u);
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

	it.each([
		'a-',
		'order 1, ',
		'x ',
		'*',
		'nummer',
		'tel ',
		'card last ',
		'_/-',
		'1 ',
		'1a',
		'a.',
		'+(',
		'#1',
		'ab12 cdef ',
		'http://',
		'1(at)'
	])('is done with a hundred thousand characters of "%s" at once', (piece) => {
		const before = performance.now();
		maskPersonal(piece.repeat(100_000 / piece.length));
		expect(performance.now() - before).toBeLessThan(5000);
	});

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
