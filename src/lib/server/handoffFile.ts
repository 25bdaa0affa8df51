/** A whole list of handoffs as a file, written while it is read. */
import { BOOLEAN, LIST, listValue, VARCHAR } from '@duckdb/node-api';
import { z } from 'zod';
import { UsageError } from '../../../ingest/errors.ts';
import { datesOf } from '../address.ts';
import { byteOrderMark, csvLine } from '../csv.ts';
import { columnIds, type Column, type Listed } from '../handoffs.ts';
import type { AskedOf } from './asked.ts';
import { withSnapshot } from './engine.ts';
import { listOf, listParameters, listedRow, weeksLong, type ListOf } from './handoffs.ts';
import { readLog } from './log.ts';
import { mediaTypes } from './metricsQuery.ts';
import { queryInParts } from './query.ts';
import { filterOf, readScope, type Choice } from './scope.ts';

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

/** The texts of a file, a part of the list each. */
async function* lines(list: ListOf, format: FileFormat, signal: AbortSignal) {
	const { columns: chosen, dir } = list.asked;
	const columns = chosen ?? columnIds;
	const { values, types } = await listParameters(list);
	const parts = queryInParts(
		'handoffs/all',
		z.strictObject(Object.fromEntries(columns.map((id) => [id, listedRow.shape[id]]))),
		{
			values: { ...values, columns: listValue(columns), is_down: dir === 'desc' },
			types: { ...types, columns: LIST(VARCHAR), is_down: BOOLEAN }
		},
		signal
	);
	if (format === 'csv') yield byteOrderMark + csvLine(columns);
	for await (const rows of parts)
		yield rows.map((row) => line(row as Pick<Listed, Column>, columns, format)).join('');
}

const line = (row: Pick<Listed, Column>, columns: readonly Column[], format: FileFormat) =>
	format === 'csv' ? csvLine(columns.map((column) => row[column])) : `${JSON.stringify(row)}\n`;

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
