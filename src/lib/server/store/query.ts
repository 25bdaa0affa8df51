/** Runs a file of queries/ and parses its rows. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { engine, readOnce, withConnection } from './engine.ts';
import { keptOr } from './kept.ts';
import { filledIn, record, type Parameters } from './recorder.ts';
import { queriesFolder } from './root.ts';

export type { Parameters } from './recorder.ts';

const texts = new Map<string, { text: string; changedAt: number }>();

/** The text of a query, such as `metrics/csat_top2`. */
async function queryText(name: string): Promise<string> {
	const file = path.join(queriesFolder, `${name}.sql`);
	const { mtimeMs } = await stat(file);
	const known = texts.get(name);
	if (known?.changedAt === mtimeMs) return known.text;
	const text = await readFile(file, 'utf8');
	texts.set(name, { text, changedAt: mtimeMs });
	return text;
}

/** How long queries took since the process began; the benchmark counts by it. */
export const queryTimes = { count: 0, seconds: 0 };

/**
 * Runs a query and parses each row. In a snapshot a query runs once with the same parameters: parts
 * of a page ask for what they need and not for what others have read. Nor does it run again before
 * something is written.
 * @param parameters all that the query names; others are left out
 * @throws ZodError when a row is not of the promised shape: a fault of the program
 */
export async function query<Row>(
	name: string,
	row: z.ZodType<Row>,
	parameters: Parameters = { values: {} }
): Promise<Row[]> {
	const text = await queryText(name);
	record(name, text, parameters);
	const statement = `${name}\n${filledIn(text, parameters)}`;
	const rows = await readOnce(statement, () => keptOr(statement, () => run(text, parameters)));
	// Parsed each time: what one reader does to its rows is nothing to the next.
	return z.array(row).parse(rows);
}

async function run(text: string, parameters: Parameters): Promise<unknown[]> {
	const began = performance.now();
	const { values, types } = namedIn(text, parameters);
	try {
		return await withConnection(async (connection) =>
			(await connection.runAndReadAll(text, values, types)).getRowObjectsJS()
		);
	} finally {
		queryTimes.count += 1;
		queryTimes.seconds += (performance.now() - began) / 1000;
	}
}

/**
 * Runs a query with one set of parameters after the other and gives the rows as they come, a few
 * thousand at a time, each parsed; no more are made than are taken. All see the store as it is at
 * the beginning.
 * @param signal ends the query, also while it still sorts
 * @throws ZodError when a row is not of the promised shape: a fault of the program
 */
export async function* queryInParts<Row>(
	name: string,
	row: z.ZodType<Row>,
	parameterSets: readonly Parameters[],
	signal: AbortSignal
): AsyncGenerator<Row[], void> {
	const text = await queryText(name);
	const rows = z.array(row);
	const { instance } = await engine();
	const connection = await instance.connect();
	const stop = () => connection.interrupt();
	signal.addEventListener('abort', stop);
	try {
		await connection.run('begin transaction');
		for (const parameters of parameterSets) {
			signal.throwIfAborted();
			const { values, types } = namedIn(text, parameters);
			const result = await connection.stream(text, values, types);
			for await (const part of result.yieldRowObjectJs()) yield rows.parse(part);
		}
	} finally {
		signal.removeEventListener('abort', stop);
		connection.disconnectSync();
	}
}

/** The parameters that a query names; DuckDB refuses any other. */
function namedIn(text: string, { values, types = {} }: Parameters): Required<Parameters> {
	const names = new Set([...text.matchAll(/\$([a-z_]+)/g)].map(([, name]) => name ?? ''));
	const only = <T>(all: Record<string, T>) =>
		Object.fromEntries(Object.entries(all).filter(([key]) => names.has(key)));
	return { values: only(values), types: only(types) };
}
