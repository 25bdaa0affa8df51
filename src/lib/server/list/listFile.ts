/** A whole list as a file, written while it is read. */
import { BOOLEAN, LIST, listValue, VARCHAR } from '@duckdb/node-api';
import { z } from 'zod';
import { datesOf } from '../../address.ts';
import { byteOrderMark, csvLine, defusedLine } from '../../csv.ts';
import type { Range } from '../../scope.ts';
import { mediaTypes } from '../measure/metricsQuery.ts';
import { filterType, filterValue, type Filter } from '../scope/filter.ts';
import { query, queryInParts, type Parameters } from '../store/query.ts';
import { kindOf, type AskedList } from './listPage.ts';

export const fileFormats = ['csv', 'ndjson'] as const;
export type FileFormat = (typeof fileFormats)[number];

/** A file as it is sent. */
export type ListFile = { body: ReadableStream<Uint8Array>; type: string; name: string };

/** The file of a list, all of its pages; its header names columns by id. */
export function listFile<Row>(list: AskedList<Row>, period: Range, format: FileFormat): ListFile {
	const { first, last } = datesOf(period);
	return {
		body: textStream((signal) => lines(list, format, signal)),
		type: mediaTypes[format],
		name: `${list.folder}-${first}-to-${last}.${format}`
	};
}

/** A file as the answer to a request. */
export const fileResponse = ({ body, type, name }: ListFile) =>
	new Response(body, {
		headers: {
			'content-type': type,
			'content-disposition': `attachment; filename="${name}"`,
			'cache-control': 'no-store'
		}
	});

/** Rows are lines: made by the database, which takes a fraction of the time that objects do. */
export const csvRow = z.strictObject({ line: z.string(), may_be_run: z.boolean() });
export const ndjsonRow = z.strictObject({ line: z.string() });

/** The texts of a file, a part of the list each. */
async function* lines<Row>(list: AskedList<Row>, format: FileFormat, signal: AbortSignal) {
	const { columns: chosen, dir } = list.order;
	const columns = chosen ?? Object.keys(list.columns);
	const parameterSets: Parameters[] = [];
	for (const filter of await spansOf(list)) {
		const { values, types } = await list.parameters(true, { filter });
		parameterSets.push({
			values: { ...values, columns: listValue(columns), is_down: dir === 'desc' },
			types: { ...types, columns: LIST(VARCHAR), is_down: BOOLEAN }
		});
	}
	const name = `${list.folder}/${format}`;
	if (format === 'ndjson') {
		for await (const rows of queryInParts(name, ndjsonRow, parameterSets, signal))
			yield rows.map(({ line }) => `${line}\n`).join('');
		return;
	}
	yield byteOrderMark + csvLine(columns);
	for await (const rows of queryInParts(name, csvRow, parameterSets, signal))
		yield rows
			.map(({ line, may_be_run }) => (may_be_run ? defusedLine(line) : `${line}\r\n`))
			.join('');
}

/** Rows that are sorted at once, in a list by time. */
const usualSpanLength = 50_000;

export const dayRow = z.strictObject({ day: z.string(), next_day: z.string(), n: z.int() });

/**
 * The filters that give a list bit by bit in its order: a list by time is sorted a few days at a
 * time, which begins at once and takes little memory; any other order needs the whole of it.
 */
export async function spansOf<Row>(
	list: AskedList<Row>,
	spanLength = usualSpanLength
): Promise<Filter[]> {
	const { filter, order, isOfIds, folder } = list;
	if (kindOf(list) !== 'time' || isOfIds) return [filter];
	const days = await query(`${folder}/days`, dayRow, {
		values: { filter: filterValue(filter) },
		types: { filter: filterType }
	});
	const spans: (Filter & { n: number })[] = [];
	for (const { day, next_day, n } of order.dir === 'desc' ? days.toReversed() : days) {
		const last = spans.at(-1);
		if (!last || last.n + n > spanLength) spans.push({ ...filter, from: day, to: next_day, n });
		else {
			last.n += n;
			if (order.dir === 'desc') last.from = day;
			else last.to = next_day;
		}
	}
	return spans;
}

/** Texts as a stream that takes the next one when the last one is sent; to cancel it ends their making. */
function textStream(
	make: (signal: AbortSignal) => AsyncGenerator<string, void>
): ReadableStream<Uint8Array> {
	const ending = new AbortController();
	const texts = make(ending.signal);
	const encoder = new TextEncoder();
	return new ReadableStream({
		async pull(controller) {
			const { done, value } = await texts.next();
			if (done) controller.close();
			else controller.enqueue(encoder.encode(value));
		},
		async cancel() {
			ending.abort();
			await texts.return();
		}
	});
}
