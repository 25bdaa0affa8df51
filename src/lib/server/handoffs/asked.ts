/** Reads what an address asks of the list of handoffs besides its period and filters. */
import { contextItems } from '../../../../ingest/contract.ts';
import {
	flagIds,
	listColumns,
	numberColumns,
	usual,
	valueColumns,
	type Asked
} from '../../handoffs.ts';
import { parsePhraseId } from '../../phrases.ts';
import { readCursor } from '../http/cursor.ts';
import { AskedReader, type AskedOf } from '../list/askedReader.ts';

/** How many words a search takes; the query names each. */
const mostWords = 8;

/** Of a silence that can be asked for, in days. */
const longestSilence = 366;

/** A text in quotes is searched for as it stands, other words each by itself. */
export const wordsOf = (q: string) =>
	[...q.matchAll(/"([^"]+)"|[^\s"]+/g)].map(([word, quoted]) => quoted ?? word);

/** Reads the address of the list; what it does not understand it leaves out and says so. */
export function readAsked(parameters: URLSearchParams): AskedOf<Asked> {
	const reader = new AskedReader(parameters);
	const within = (low: number, high: number) => (text: string) => {
		const value = Number(text);
		return Number.isInteger(value) && value >= low && value <= high ? value : undefined;
	};
	const q = reader.search();
	const left = wordsOf(q).slice(mostWords);
	if (left.length > 0)
		reader.notes.push(
			`Only ${mostWords} words are searched for: ${left.join(' ')} was left out.`
		);
	const values: Asked['values'] = {};
	for (const column of valueColumns)
		if (parameters.has(column)) values[column] = [...new Set(parameters.getAll(column))];
	const asked: Asked = {
		q,
		flags: reader.flags(flagIds),
		outcomes: [...new Set(parameters.getAll('outcome'))],
		values,
		has: reader.several('has', contextItems),
		lacks: reader.several('lacks', contextItems),
		ranges: reader.ranges(numberColumns),
		phrase:
			reader.one('phrase', 'the id of a phrase group, such as p3-12', (text) =>
				parsePhraseId(text) ? text : undefined
			) ?? null,
		silent:
			reader.one(
				'silent',
				`a number of days up to ${longestSilence}`,
				within(1, longestSilence)
			) ?? null,
		weekday: reader.one('weekday', '1 (Monday) to 7', within(1, 7)) ?? null,
		hour: reader.one('hour', '0 to 23', within(0, 23)) ?? null,
		...reader.order(listColumns, usual)
	};
	const { kind } = listColumns[asked.sort];
	return {
		asked,
		cursor: readCursor(parameters, asked.sort, kind, reader.notes),
		back: reader.back('/handoffs'),
		notes: reader.notes
	};
}
