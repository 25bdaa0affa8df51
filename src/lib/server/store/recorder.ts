/** The SQL behind figures: the statements of a page's readers, by what they stand behind. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { quoteText } from '../../../../ingest/sql.ts';

/** What a query is given; DuckDB finds the types of values where none are named. */
export type Parameters = {
	values: Record<string, DuckDBValue>;
	types?: Record<string, DuckDBType>;
};

/** One statement with its parameters filled in; `name` is that of its file in queries/. */
export type Statement = { name: string; sql: string };

type Recording = { source: string; statements: Map<string, Statement> };

const recordings = new AsyncLocalStorage<Recording>();
const sources = new AsyncLocalStorage<readonly string[]>();

/**
 * Names what some reading stands behind, so that a figure can show its SQL:
 *
 *     const answers = await behind('answers', () => readAnswers(filter));
 *     <Figure id="answers" chart={…} />
 *
 * A figure shows the statements behind its `id`, or behind `source` where it names another one; with
 * `queries` only those of some files. Reading behind several names, or one name within another,
 * counts for each of them. Costs nothing while nobody asks for SQL.
 */
export function behind<T>(source: string | readonly string[], read: () => Promise<T>): Promise<T> {
	return sources.run([...(sources.getStore() ?? []), ...[source].flat()], read);
}

/** Does some work and gives the statements behind a source that it ran, each once, in order. */
export async function recorded(source: string, work: () => Promise<unknown>): Promise<Statement[]> {
	const statements = new Map<string, Statement>();
	await recordings.run({ source, statements }, work);
	return [...statements.values()];
}

/** Takes down a statement that is about to run, where somebody asks for it. */
export function record(name: string, text: string, parameters: Parameters): void {
	const recording = recordings.getStore();
	if (!recording || !sources.getStore()?.includes(recording.source)) return;
	const sql = filledIn(text, parameters);
	recording.statements.set(sql, { name, sql });
}

/** Comments, texts and names, which may hold a dollar of their own, and parameters. */
const token = /--[^\n]*|'(?:[^']|'')*'|"[^"]*"|\$([a-z_]+)(?=(\[)?)/g;

/** A statement with literals in place of its parameters. */
export function filledIn(text: string, { values, types = {} }: Parameters): string {
	return text.replace(token, (found: string, name?: string, opened?: string) => {
		if (name === undefined || !(name in values)) return found;
		const written = literal(values[name] ?? null, types[name]);
		// What looks into a value would look into the type that the value is written with.
		return opened === undefined ? written : `(${written})`;
	});
}

/** A value as an SQL literal of the type it is bound as. */
function literal(value: DuckDBValue, type: DuckDBType | undefined): string {
	if (typeof value === 'string') return quoteText(value);
	// A bare 0.5 would be a decimal.
	const bound = type ?? (typeof value === 'number' && !Number.isInteger(value) ? 'DOUBLE' : null);
	const bare = String(value ?? 'null');
	return bound === null ? bare : `${bare}::${bound.toString()}`;
}
