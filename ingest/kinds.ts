/**
 * The kinds of value a field of the log may hold. A log carries text (or JSON values, read as
 * text); each kind says in TypeScript and in SQL when such a text is at fault and what it means.
 * Both sides give the same reason in the same words; a property test holds them together.
 */
import { quoteText } from './sql.ts';

/** The white space that is trimmed, as SQL spells it. Text of nothing else is unknown, never zero. */
const blank = ' \\t\\r\\n';

export type Reading<T> = { value: T } | { fault: string };

export type Reader = {
	/** IANA zone of times that carry no offset; null where such times are at fault. */
	zone: string | null;
};

export type Kind<T = unknown> = {
	/** As the docs say it. */
	name: string;
	/** DuckDB column type of the stored value. */
	column: string;
	/** JSON Schema of what a log may carry. */
	json: Record<string, unknown>;
	/** Trimmed, non-empty text → the value, or why not. Times without offset are at fault here. */
	read(text: string): Reading<T>;
	/** SQL twin of `read`: the reason of a fault, or null. `v` is trimmed, non-empty text. */
	fault(v: string, reader: Reader): string;
	/** SQL: the typed value of a text without fault. */
	value(v: string, reader: Reader): string;
};

const shownLength = 60;
const shown = (text: string) => `“${[...text].slice(0, shownLength).join('')}”`;
const shownSql = (v: string) => `'“' || left(${v}, ${shownLength}) || '”'`;
const matches = (v: string, pattern: RegExp) =>
	`regexp_full_match(${v}, ${quoteText(pattern.source.replace(/^\^|\$$/g, ''))})`;

/** A raw JSON value or cell as trimmed text; null when it says nothing. */
export function textOf(raw: unknown): string | null {
	if (raw === null || raw === undefined) return null;
	const text = typeof raw === 'string' ? raw : jsonOf(raw);
	const trimmed = text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
	return trimmed === '' ? null : trimmed;
}

/** JSON as DuckDB writes it: 1e21 where JavaScript has 1e+21. */
const jsonOf = (raw: unknown) =>
	JSON.stringify(raw).replace(/"(?:[^"\\]|\\.)*"|e\+/g, (part) => (part === 'e+' ? 'e' : part));

/** SQL twin of `textOf` for a VARCHAR column. */
export const trimmedSql = (column: string) => `nullif(trim(${column}, e'${blank}'), '')`;

/** Free text of at most `most` characters. */
export function text(most = 500): Kind<string> {
	return {
		name: `text, up to ${most} characters`,
		column: 'VARCHAR',
		json: { type: ['string', 'number', 'null'], maxLength: most },
		read: (v) =>
			[...v].length > most
				? { fault: `is longer than ${most} characters: ${shown(v)}` }
				: { value: v },
		fault: (v) =>
			`case when length(${v}) > ${most} then 'is longer than ${most} characters: ' || ${shownSql(v)} end`,
		value: (v) => v
	};
}

const isoTime =
	/^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[T ]([01]\d|2[0-3]):([0-5]\d)(:[0-5]\d(\.\d{1,9})?)?(Z|[+-](0\d|1[0-4])(:?[0-5]\d)?)?$/;
const offset = /(Z|[+-]\d{2}(:?\d{2})?)$/;
const firstYear = 1970;
const lastYear = 2100;

const notATime = 'is not a time such as 2026-11-09T14:03:22+01:00: ';
const noOffset = 'has no offset; name the zone of such times with --timezone: ';
const noSuchTime = 'does not exist in the calendar: ';
const outOfYears = `is outside the years ${firstYear} to ${lastYear}: `;

/** `2026-11-09 14:03+0100` → `2026-11-09 14:03:00+01:00`, as DuckDB reads it. */
const spelledOut = (v: string) =>
	`regexp_replace(case when substr(${v}, 17, 1) = ':' then ${v} else left(${v}, 16) || ':00' || substr(${v}, 17) end, '([+-][0-9]{2})([0-9]{2})$', '\\1:\\2')`;
/** To the millisecond, as a Date holds it. */
const toMillisecond = (time: string) => `date_trunc('millisecond', ${time})`;
const hasOffset = (v: string) =>
	`regexp_matches(substr(${v}, 11), '(Z|[+-][0-9]{2}(:?[0-9]{2})?)$')`;

/** An ISO 8601 time with offset; stored as UTC. */
export const time: Kind<Date> = {
	name: 'time, ISO 8601 with offset',
	column: 'TIMESTAMP',
	json: { type: ['string', 'null'], format: 'date-time' },
	read(v) {
		const parts = isoTime.exec(v);
		if (!parts) return { fault: notATime + shown(v) };
		const [, year, month, day] = parts.map(Number) as [number, number, number, number];
		if (year < firstYear || year > lastYear) return { fault: outOfYears + shown(v) };
		if (day > new Date(Date.UTC(year, month, 0)).getUTCDate())
			return { fault: noSuchTime + shown(v) };
		if (!offset.test(v.slice(10))) return { fault: noOffset + shown(v) };
		const iso = v.replace(' ', 'T').replace(/([+-]\d{2})(\d{2})$/, '$1:$2');
		return { value: new Date(iso.replace(/([+-]\d{2})$/, '$1:00')) };
	},
	fault: (v, { zone }) => `case
		when not ${matches(v, isoTime)} then ${quoteText(notATime)} || ${shownSql(v)}
		when left(${v}, 4)::int not between ${firstYear} and ${lastYear} then ${quoteText(outOfYears)} || ${shownSql(v)}
		when try_cast(left(${v}, 10) as date) is null then ${quoteText(noSuchTime)} || ${shownSql(v)}
		${zone === null ? `when not ${hasOffset(v)} then ${quoteText(noOffset)} || ${shownSql(v)}` : ''}
		end`,
	value(v, { zone }) {
		const withOffset = `try_cast(${spelledOut(v)} as timestamptz)::timestamp`;
		if (zone === null) return toMillisecond(withOffset);
		return toMillisecond(
			`case when ${hasOffset(v)} then ${withOffset}
				else timezone(${quoteText(zone)}, try_cast(${v} as timestamp))::timestamp end`
		);
	}
};

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/;

/** A number between two limits, both included. */
export function number(least: number, most: number, name?: string): Kind<number> {
	const outside = `is not between ${least} and ${most}: `;
	const below = `is below ${least}: `;
	const open = most >= longest;
	const reason = open ? below : outside;
	return {
		name: name ?? `number, ${least} to ${most}`,
		column: 'DOUBLE',
		json: {
			type: ['number', 'string', 'null'],
			minimum: least,
			...(open ? {} : { maximum: most })
		},
		read(v) {
			if (!decimal.test(v)) return { fault: 'is not a number: ' + shown(v) };
			const value = Number(v);
			if (value < least) return { fault: reason + shown(v) };
			if (value > most) return { fault: (open ? 'is too large: ' : reason) + shown(v) };
			return { value: value === 0 ? 0 : value };
		},
		fault: (v) => `case
			when not ${matches(v, decimal)} then 'is not a number: ' || ${shownSql(v)}
			when try_cast(${v} as double) < ${least} then ${quoteText(reason)} || ${shownSql(v)}
			when coalesce(try_cast(${v} as double), 1e308) > ${most} then ${quoteText(open ? 'is too large: ' : reason)} || ${shownSql(v)}
			end`,
		value: (v) => `try_cast(${v} as double) + 0`
	};
}

/** A hundred years: no wait or handle time is longer. */
const longest = 3.2e9;

/** A duration in seconds, never negative. */
export const seconds: Kind<number> = number(0, longest, 'seconds, 0 or more');

const whole = /^\+?\d{1,9}(\.0+)?$/;

/** A count; where `yes` is set, true stands for 1 and false for 0. */
export function count({ yes = false } = {}): Kind<number> {
	const fault = `is not a whole number of 0 or more${yes ? ', true or false' : ''}: `;
	const words: Record<string, number> = yes ? { true: 1, false: 0 } : {};
	return {
		name: yes ? 'whole number, 0 or more (true = 1)' : 'whole number, 0 or more',
		column: 'INTEGER',
		json: { type: ['integer', 'string', ...(yes ? ['boolean'] : []), 'null'], minimum: 0 },
		read(v) {
			const word = words[lowered(v)];
			if (word !== undefined) return { value: word };
			return whole.test(v) ? { value: Number(v) } : { fault: fault + shown(v) };
		},
		fault: (v) =>
			`case when not (${matches(v, whole)}${yes ? ` or ${loweredSql(v)} in ('true', 'false')` : ''})
				then ${quoteText(fault)} || ${shownSql(v)} end`,
		value: (v) =>
			yes
				? `case ${loweredSql(v)} when 'true' then 1 when 'false' then 0 else try_cast(try_cast(${v} as double) as integer) end`
				: `try_cast(try_cast(${v} as double) as integer)`
	};
}

const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** Words are told apart in any case, but only of the letters that they are written in. */
const lowered = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
const loweredSql = (v: string) => `translate(${v}, '${capitals}', '${capitals.toLowerCase()}')`;

const yesWords = ['true', 't', 'yes', 'y', '1'];
const noWords = ['false', 'f', 'no', 'n', '0'];
const sqlList = (words: readonly string[]) => words.map(quoteText).join(', ');

/** True or false. */
export const flag: Kind<boolean> = {
	name: 'true or false',
	column: 'BOOLEAN',
	json: { type: ['boolean', 'string', 'number', 'null'] },
	read(v) {
		const word = lowered(v);
		if (yesWords.includes(word)) return { value: true };
		if (noWords.includes(word)) return { value: false };
		return { fault: 'is neither true nor false: ' + shown(v) };
	},
	fault: (v) =>
		`case when ${loweredSql(v)} not in (${sqlList([...yesWords, ...noWords])})
			then 'is neither true nor false: ' || ${shownSql(v)} end`,
	value: (v) => `${loweredSql(v)} in (${sqlList(yesWords)})`
};

/** One word of a fixed list, in any case. */
export function choice<const T extends string>(words: readonly T[]): Kind<T> {
	const fault = `is not one of ${words.join(', ')}: `;
	return {
		name: `one of ${words.join(' · ')}`,
		column: 'VARCHAR',
		json: { enum: [...words, '', null] },
		read(v) {
			const word = words.find((w) => w === lowered(v));
			return word ? { value: word } : { fault: fault + shown(v) };
		},
		fault: (v) =>
			`case when ${loweredSql(v)} not in (${sqlList(words)}) then ${quoteText(fault)} || ${shownSql(v)} end`,
		value: (v) => loweredSql(v)
	};
}

/**
 * A JSON array of plain values. Readers of JSON differ in what else they let pass (a comma at the
 * end, NaN), so that the form is laid down here.
 */
const plainJson =
	/"([^"\\\p{Cc}]|\\(["\\/bfnrt]|u([0-9a-cA-CefEF][0-9a-fA-F]{3}|[dD][0-7][0-9a-fA-F]{2})))*"|-?(0|[1-9]\d{0,14})(\.\d{1,15})?|true|false|null/u;
const jsonArray = new RegExp(
	`^\\[[ \\t\\r\\n]*((${plainJson.source})[ \\t\\r\\n]*(,[ \\t\\r\\n]*(${plainJson.source})[ \\t\\r\\n]*)*)?\\]$`,
	'u'
);

/**
 * Any of a fixed list of words, as a JSON array or as text divided by | ; or commas.
 * `none` and `[]` say that it is known that there is none. Stored in the list's order, once each.
 */
export function list<const T extends string>(words: readonly T[]): Kind<T[]> {
	const fault = `holds something other than ${words.join(', ')}: `;
	const notAList = 'is not a list: ';
	const itemsSql = (v: string) =>
		`list_filter(list_transform(
			case when ${v}[1] = '[' then coalesce(try_cast(try_cast(${v} as json) as varchar[]), []) else regexp_split_to_array(${v}, '[|;,]') end,
			lambda item: ${loweredSql(`trim(coalesce(item, ''), e'${blank}')`)}), lambda item: item not in ('', 'none'))`;
	return {
		name: `list of ${words.join(' · ')}; none = known to be empty`,
		column: 'VARCHAR[]',
		json: {
			anyOf: [
				{ type: 'array', items: { enum: [...words] } },
				{ type: 'string', description: 'divided by |' },
				{ type: 'null' }
			]
		},
		read(v) {
			let items: string[];
			if (v.startsWith('[')) {
				if (!jsonArray.test(v)) return { fault: notAList + shown(v) };
				items = (JSON.parse(v) as unknown[]).map((item) => String(item ?? ''));
			} else items = v.split(/[|;,]/);
			const named = items
				.map((item) => item.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, ''))
				.map(lowered)
				.filter((item) => item !== '' && item !== 'none');
			if (named.some((item) => !words.some((w) => w === item)))
				return { fault: fault + shown(v) };
			return { value: words.filter((w) => named.includes(w)) };
		},
		fault: (v) => `case
			when ${v}[1] = '[' and not ${matches(v, jsonArray)} then ${quoteText(notAList)} || ${shownSql(v)}
			when len(list_filter(${itemsSql(v)}, lambda item: item not in (${sqlList(words)}))) > 0
				then ${quoteText(fault)} || ${shownSql(v)} end`,
		// Bound once in a lambda of their own: inside the inner one the items would be read per word.
		value: (v) =>
			`case when ${v} is not null then list_transform([${itemsSql(v)}], lambda items: list_filter([${sqlList(words)}], lambda word: list_contains(items, word)))[1] end`
	};
}
