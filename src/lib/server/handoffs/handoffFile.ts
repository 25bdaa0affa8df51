/** A whole list of handoffs as a file, written while it is read. */
import { BOOLEAN, LIST, listValue, VARCHAR } from '@duckdb/node-api';
import { z } from 'zod';
import { UsageError } from '../../../../ingest/errors.ts';
import { datesOf } from '../../address.ts';
import { byteOrderMark, csvLine, defusedLine } from '../../csv.ts';
import { columnIds, listColumns } from '../../handoffs.ts';
import type { AskedOf } from './asked.ts';
import { withSnapshot } from '../store/engine.ts';
import { filterType, filterValue, type Filter } from '../scope/filter.ts';
import { listOf, listParameters, weeksLong, type ListOf } from './handoffs.ts';
import { readLog } from '../store/log.ts';
import { mediaTypes } from '../measure/metricsQuery.ts';
import { query, queryInParts, type Parameters } from '../store/query.ts';
import { filterOf, readScope, type Choice } from '../scope/scope.ts';

export const fileFormats = ['csv', 'ndjson'] as const;
export type FileFormat = (typeof fileFormats)[number];

/** A file as it is sent. */
export type HandoffFile = { body: ReadableStream<Uint8Array>; type: string; name: string };

/**
 * The file of the list that an address asks for, all of its pages; its header names columns by id.
 * @throws UsageError where something of the address is not understood: a file would hide it
 */
export async function handoffFile(
	choice: Choice,
	{ asked, notes }: AskedOf,
	format: FileFormat
): Promise<HandoffFile> {
	const [wrong] = [...choice.notes, ...notes];
	if (wrong !== undefined) throw new UsageError(wrong);
	const made = await withSnapshot(async () => {
		const scope = await readScope(choice, await readLog(), weeksLong);
		if (!scope) throw new UsageError('The store holds no handoffs yet.');
		return { scope, list: await listOf(filterOf(scope, choice.chosen), asked) };
	});
	const { first, last } = datesOf(made.scope);
	return {
		body: textStream((signal) => lines(made.list, format, signal)),
		type: mediaTypes[format],
		name: `handoffs-${first}-to-${last}.${format}`
	};
}

/** Rows are lines: made by the database, which takes a fraction of the time that objects do. */
export const csvRow = z.strictObject({ line: z.string(), may_be_run: z.boolean() });
export const ndjsonRow = z.strictObject({ line: z.string() });

/** The texts of a file, a part of the list each. */
async function* lines(list: ListOf, format: FileFormat, signal: AbortSignal) {
	const { columns: chosen, dir } = list.asked;
	const columns = chosen ?? columnIds;
	const parameterSets: Parameters[] = [];
	for (const span of await spansOf(list)) {
		const { values, types } = await listParameters({ ...list, filter: span });
		parameterSets.push({
			values: { ...values, columns: listValue(columns), is_down: dir === 'desc' },
			types: { ...types, columns: LIST(VARCHAR), is_down: BOOLEAN }
		});
	}
	if (format === 'ndjson') {
		for await (const rows of queryInParts('handoffs/ndjson', ndjsonRow, parameterSets, signal))
			yield rows.map(({ line }) => `${line}\n`).join('');
		return;
	}
	yield byteOrderMark + csvLine(columns);
	for await (const rows of queryInParts('handoffs/csv', csvRow, parameterSets, signal))
		yield rows
			.map(({ line, may_be_run }) => (may_be_run ? defusedLine(line) : `${line}\r\n`))
			.join('');
}

/** Handoffs that are sorted at once, in a list by time. */
const usualSpanLength = 50_000;

export const dayRow = z.strictObject({ day: z.string(), next_day: z.string(), n: z.int() });

/**
 * The filters that give a list bit by bit in its order: a list by time is sorted a few days at a
 * time, which begins at once and takes little memory; any other order needs the whole of it.
 */
export async function spansOf(
	{ filter, asked, ids }: ListOf,
	spanLength = usualSpanLength
): Promise<Filter[]> {
	if (listColumns[asked.sort].kind !== 'time' || ids !== null) return [filter];
	const days = await query('handoffs/days', dayRow, {
		values: { filter: filterValue(filter) },
		types: { filter: filterType }
	});
	const spans: (Filter & { n: number })[] = [];
	for (const { day, next_day, n } of asked.dir === 'desc' ? days.toReversed() : days) {
		const last = spans.at(-1);
		if (!last || last.n + n > spanLength) spans.push({ ...filter, from: day, to: next_day, n });
		else {
			last.n += n;
			if (asked.dir === 'desc') last.from = day;
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
