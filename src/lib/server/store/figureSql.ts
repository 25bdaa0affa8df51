/** The question for the SQL behind a figure, and its answer as a text for DuckDB. */
import { version } from '@duckdb/node-api';
import { z } from 'zod';
import { UsageError } from '../../../../ingest/errors.ts';
import { readParameters } from '../http/parameters.ts';
import { recorded, type Statement } from './recorder.ts';

/** `page`: the address of the figure's page, from its path on; `queries`: none = all of the source. */
export type SqlQuestion = { page: URL; source: string; queries: string[] };

/** The parameters as they stand in the address; `query` may be repeated. */
export const sqlParameters = z.strictObject({
	page: z
		.string({ error: 'page is missing: give the address of a page such as /csat.' })
		.min(1, { error: 'page is missing: give the address of a page such as /csat.' })
		.meta({ description: 'Address of the page that the figure stands on, such as /csat.' }),
	source: z
		.string({ error: 'source is missing: the menu of a figure names it.' })
		.min(1, { error: 'source is missing: the menu of a figure names it.' })
		.meta({ description: 'What the figure is made from, as its menu names it.' }),
	query: z
		.array(z.string())
		.optional()
		.meta({ description: 'Only this file of queries/; again for several; without it, all.' })
});

/**
 * Reads the question from the parameters of an address.
 * @throws UsageError when one is missing, or the page is not one of ours
 */
export function readSqlQuestion({ searchParams, origin }: URL): SqlQuestion {
	const { page, source, query = [] } = readParameters(sqlParameters, searchParams);
	const url = URL.canParse(page, origin) ? new URL(page, origin) : null;
	if (!page.startsWith('/') || url?.origin !== origin || /^\/api(\/|$)/.test(url.pathname))
		throw new UsageError(`page=${page} is no page: give an address such as /csat.`);
	return { page: url, source, queries: query };
}

/**
 * The statements behind a figure as one text for the DuckDB command line.
 * @param read reads the data of the page anew
 * @throws UsageError when the page reads nothing for the source
 */
export async function answerSql(
	{ page, source, queries }: SqlQuestion,
	read: (page: URL) => Promise<unknown>
): Promise<string> {
	const all = await recorded(source, () => read(page));
	const statements = all.filter(({ name }) => queries.length === 0 || queries.includes(name));
	if (statements.length === 0)
		throw new UsageError(
			`${page.pathname}${page.search} reads nothing for source=${[source, ...queries].join(', ')}.`
		);
	return [...heading(page, source), ...statements.map(written)].join('\n');
}

const heading = ({ pathname, search }: URL, source: string) => [
	`-- The SQL behind “${source.replace(/\s+/g, ' ')}” on ${pathname}${search}, parameters filled in.`,
	`-- The store brings its tables and macros along. Stop Seam, copy seam.duckdb out of the data`,
	`-- folder, open the copy with DuckDB ${version()}: duckdb -readonly seam.duckdb`,
	`-- Intervals, limits and verdicts are worked out from these rows; how: docs/methods.md`,
	`set TimeZone = 'UTC';`
];

const written = ({ name, sql }: Statement) => `\n-- queries/${name}.sql\n${sql.trim()};`;
