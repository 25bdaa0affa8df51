/** What may stand in a field of a log: good, bad and nearly. */
import fc from 'fast-check';
import type { Field } from '../../ingest/contract.ts';

/** How daring the words are. */
export type Mood = 'odd' | 'plain';

/** Raw values of a field, as a cell or a JSON value of a log may hold them. */
export function wordArbitrary(field: Field, mood: Mood): fc.Arbitrary<unknown> {
	if (mood === 'plain') return field.kind.column === 'TIMESTAMP' ? plainMoment : goodWord(field);
	const good = goodWord(field);
	return fc.oneof(
		{ weight: 8, arbitrary: good },
		{ weight: 3, arbitrary: good.map((word) => cased(String(word))) },
		{
			weight: 3,
			arbitrary: fc.tuple(space, good, space).map(([a, word, b]) => a + String(word) + b)
		},
		{
			weight: 3,
			arbitrary: fc.tuple(good, nearly).map(([word, change]) => change(String(word)))
		},
		{ weight: 4, arbitrary: strange },
		{
			weight: 1,
			arbitrary: fc.constantFrom('', ' ', '\t', '\r\n', '\u00a0', '\u3000', 'x\ufeff', null)
		},
		{ weight: 2, arbitrary: longText(field) }
	);
}

function goodWord({ kind, name }: Field): fc.Arbitrary<unknown> {
	if (kind.column === 'TIMESTAMP') return moment;
	if (kind.column === 'DOUBLE') return numeral;
	if (kind.column === 'INTEGER')
		return fc.oneof(fc.nat(20), fc.nat(20).map(String), whole, fc.boolean());
	if (kind.column === 'BOOLEAN')
		return fc.oneof(
			fc.boolean(),
			fc.constantFrom('true', 'T', 'yes', 'Y', '1', 'FALSE', 'f', 'No', 'n', '0', 1, 0)
		);
	const words = wordsOf(kind.name);
	if (kind.column === 'VARCHAR[]') return listOf(words);
	if (words.length > 0) return fc.constantFrom(...words);
	return fc.oneof(
		fc.constantFrom(
			`${name} 1`,
			'Refunds',
			'a "quoted" word',
			"it's",
			'a,b;c|d\te',
			'👩‍👩‍👧 e\u0301',
			42
		),
		fc.string({ unit: 'binary', minLength: 1, maxLength: 20 })
	);
}

/** `one of a · b` and `list of a · b; …` → a, b */
function wordsOf(name: string): string[] {
	const list = /^(?:one|list) of ([^;]*)/.exec(name)?.[1];
	return list?.split(' · ') ?? [];
}

const pad = (n: number, width = 2) => String(n).padStart(width, '0');

const date = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.tuple(
			fc.constantFrom(2025, 2026),
			fc.constantFrom(1, 11),
			fc.integer({ min: 1, max: 3 })
		)
	},
	{
		weight: 2,
		arbitrary: fc.tuple(
			fc.constantFrom(1900, 1969, 1970, 1999, 2000, 2023, 2024, 2099, 2100, 2101, 9999, 0),
			fc.integer({ min: 0, max: 13 }),
			fc.integer({ min: 0, max: 32 })
		)
	},
	{
		weight: 2,
		arbitrary: fc.constantFrom(
			[2024, 2, 29],
			[2023, 2, 29],
			[2100, 2, 29],
			[2000, 2, 29],
			[2026, 4, 31]
		)
	}
);
const clock = fc.oneof(
	fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 })),
	fc.constantFrom([24, 0], [23, 60], [0, 0], [23, 59], [2, 30])
);
const secondsPart = fc.oneof(
	fc.constantFrom(
		'',
		':00',
		':59',
		':60',
		':5',
		':30.',
		':30.9995',
		':30.999999999',
		':30.0000000001',
		':30,5'
	),
	fc.nat(999_999_999).map((n) => `:30.${n}`),
	fc.integer({ min: 0, max: 59 }).map((s) => ':' + pad(s))
);
const offset = fc.oneof(
	{ weight: 6, arbitrary: fc.constantFrom('Z', '+01:00', '+0100', '+01', '-00:00') },
	{
		weight: 3,
		arbitrary: fc.constantFrom(
			'+14:00',
			'+14:59',
			'-14:59',
			'+15:00',
			'-12',
			'+05:45',
			'-0330',
			'+5',
			'+01:60',
			'+1:00'
		)
	},
	{
		weight: 1,
		arbitrary: fc.constantFrom('', 'z', ' Z', ' +01:00', ' UTC', '+01:00:00', '[Europe/Berlin]')
	}
);
const moment = fc
	.tuple(date, clock, secondsPart, offset, fc.constantFrom('T', 'T', ' ', 't', '  '))
	.map(
		([[y = 0, m = 0, d = 0], [h = 0, min = 0], s, zone, between]) =>
			`${pad(y, 4)}-${pad(m)}-${pad(d)}${between}${pad(h)}:${pad(min)}${s}${zone}`
	);

const plainMoment = fc
	.tuple(fc.integer({ min: 0, max: 300_000 }), fc.nat(9999))
	.map(([ms, part]) =>
		new Date(Date.UTC(2026, 10, 9) + ms).toISOString().replace('Z', `${pad(part, 4)}Z`)
	);

const edges = [
	'0',
	'1',
	'-1',
	'5',
	'1000',
	'-1000',
	'3.2e9',
	'0.5',
	'2',
	'1.0000000000000002',
	'-0',
	'4.9e-324'
];
const numeral = fc.oneof(
	fc.integer({ min: 1, max: 5 }),
	fc.double({ min: -1, max: 1, noNaN: true }),
	fc.integer({ min: -10, max: 2000 }).map(String),
	fc.constantFrom(
		...edges,
		'1e-400',
		'1e400',
		'-1e400',
		'1e999',
		'-1e999',
		'1e308',
		'-1e308',
		'1.8e308',
		'3200000000.1'
	),
	fc.constantFrom(
		'.5',
		'5.',
		'+.5',
		'+5',
		'1E2',
		'1e+2',
		'1e-2',
		'0x10',
		'1_000',
		'1,5',
		'NaN',
		'Infinity',
		'.',
		'+',
		'1e',
		'١'
	),
	fc.constantFrom(
		0,
		-0,
		1e21,
		1e-7,
		123456789012345680000,
		1.7976931348623157e308,
		5e-324,
		0.1 + 0.2
	),
	fc.double({ noNaN: true, noDefaultInfinity: true })
);
const whole = fc.constantFrom(
	'0',
	'007',
	'+3',
	'-0',
	'-1',
	'2.0',
	'2.5',
	'2.',
	'999999999',
	'1000000000',
	'1e2',
	'9999999999',
	'٣'
);

function listOf(words: string[]): fc.Arbitrary<unknown> {
	const item = fc.oneof(
		{ weight: 8, arbitrary: fc.constantFrom(...words) },
		{
			weight: 1,
			arbitrary: fc.constantFrom(
				'none',
				'',
				' ',
				'Summary',
				' records ',
				'phone',
				'\u0130ntent'
			)
		},
		{
			weight: 1,
			arbitrary: fc.constantFrom<unknown>(
				null,
				1,
				1.5,
				true,
				['summary'],
				{ summary: 1 },
				'a"b',
				'é'
			)
		}
	);
	const items = fc.array(item, { maxLength: 5 });
	const texts = items.map((list) => list.map(String));
	return fc.oneof(
		items,
		items.map((list) => JSON.stringify(list)),
		items.map((list) => JSON.stringify(list, null, 2)),
		fc
			.tuple(texts, fc.constantFrom('|', ';', ',', ' | ', ', ', '\n', ' '))
			.map(([list, by]) => list.join(by)),
		fc.constantFrom(
			'none',
			'None',
			'[]',
			'[ ]',
			'[',
			']',
			'["summary"',
			'["summary",]',
			'[summary]',
			'[NaN]',
			'[Infinity]',
			"['summary']"
		),
		fc.constantFrom(
			'["\\u0073ummary"]',
			'["\\ud83d"]',
			'["\\ud83d\\ude00"]',
			'[1e400]',
			'[01]',
			'[[]]',
			'[{}]',
			'[null]',
			'["a" "b"]',
			'[] []'
		),
		fc.constantFrom(
			'["sum\\nmary"]',
			'["summary"]]',
			'{"summary":true}',
			'["summary"]x',
			'[,]',
			'["summary",,"intent"]',
			'[/*c*/]'
		)
	);
}

const space = fc.constantFrom('', ' ', '  ', '\t', '\n', '\r\n', '\u00a0', '\u2003', '\v', '\f');

const nearly = fc.constantFrom<((word: string) => string)[]>(
	(word) => [...word].slice(1).join(''),
	(word) => [...word].slice(0, -1).join(''),
	(word) => word + word,
	(word) => word + '\u0301',
	(word) => word.replace(/i/i, '\u0130'),
	(word) => word.replace(/i/i, '\u0131'),
	(word) => word.replace(/k/i, '\u212a'),
	(word) => word.replace(/s/i, '\u017f'),
	(word) => `"${word}"`,
	(word) => `'${word}'`,
	(word) => word + '\0',
	(word) => word.replace('-', '\u2212'),
	(word) => word.replace('.', ','),
	(word) => word.replace(/_/g, ' '),
	(word) => [...word].reverse().join('')
);

const cased = (word: string) =>
	[...word].map((c, i) => (i % 2 ? c.toUpperCase() : c.toLowerCase())).join('');

const strange = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 80 }),
	fc.string({ unit: 'grapheme', maxLength: 80 }),
	fc
		.array(fc.constantFrom('🤦🏼‍♂️', 'e\u0301', '\u200d', '👩‍👩‍👧', '𝒳', 'ß', 'x', '“'), {
			maxLength: 40
		})
		.map((all) => all.join('')),
	fc.constantFrom<unknown>(
		true,
		false,
		0,
		1,
		-1,
		1.5,
		1e21,
		[],
		{},
		[1],
		{ a: 'b' },
		[[]],
		'null',
		'NULL',
		'undefined',
		'\0',
		'\\',
		'"',
		"'",
		"'; drop table x; --"
	),
	fc.integer(),
	fc.jsonValue({ maxDepth: 1 })
);

/** Around the longest text that the field takes, in characters of one and of two units. */
function longText({ kind }: Field): fc.Arbitrary<string> {
	const most = Number(/up to (\d+) characters/.exec(kind.name)?.[1] ?? 60);
	return fc
		.tuple(fc.constantFrom('x', '𝒳', 'é', '"'), fc.constantFrom(-1, 0, 1, 2))
		.map(([letter, more]) => letter.repeat(Math.max(1, most + more)));
}
