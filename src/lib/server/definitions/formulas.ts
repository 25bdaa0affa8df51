/** The formulas of the metrics as they run, and the macros and facts that they share. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { rowMacros } from '../../../../ingest/tables.ts';
import type { Formula, Part } from '../../definitions.ts';
import { metricIds, type MetricId } from '../../metrics.ts';
import { queriesFolder } from '../store/root.ts';

const macroFiles = [...rowMacros, 'scalar'].map((name) => `macros.${name}.duckdb`);
const factFiles = ['handoff_facts', 'conversation_facts', 'contacts', 'topic_pace'];

const textOf = (name: string) => readFile(path.join(queriesFolder, `${name}.sql`), 'utf8');

/** SQL without its comments, in which a name is a use. */
const bare = (sql: string) => sql.replace(/--.*$/gm, '');

const uncommented = (lines: string) =>
	lines
		.split('\n')
		.map((line) => line.replace(/^-- ?/, ''))
		.join(' ')
		.trim();

/** Macros and views of a file, each with the comment that stands on it. */
function macrosOf(text: string): Omit<Part, 'uses'>[] {
	const found = text.matchAll(
		/((?:^--.*\n)*)^(create or replace (macro|view) (\w+)[^]*?;)[ \t]*$/gm
	);
	return [...found].map(([, comment = '', sql = '', kind, name = '']) => ({
		name,
		kind: kind === 'view' ? ('view' as const) : ('macro' as const),
		words: uncommented(comment),
		sql
	}));
}

async function factsOf(name: string): Promise<Omit<Part, 'uses'>> {
	const text = await textOf(`tables/${name}`);
	const [head = '', ...sql] = text.trimEnd().split('\n');
	const words = head.replace(/^-- \w+: /, '');
	return {
		name,
		kind: 'facts',
		words: words.charAt(0).toUpperCase() + words.slice(1),
		sql: sql.join('\n')
	};
}

/** Whether a piece of SQL takes from a part, rather than naming a step or a column like it. */
function takesFrom(sql: string, { name, kind }: Pick<Part, 'name' | 'kind'>): boolean {
	if (kind === 'macro') return new RegExp(`\\b${name}\\(`).test(sql);
	const isStep = new RegExp(`\\b${name} as \\(`).test(sql);
	return !isStep && new RegExp(`\\b(from|join) ${name}\\b`).test(sql);
}

/** Names of the parts that a piece of SQL takes from, in the order given. */
const usedIn = (sql: string, parts: Pick<Part, 'name' | 'kind'>[]) =>
	parts.filter((part) => takesFrom(bare(sql), part)).map(({ name }) => name);

/**
 * What the formulas share: macros and views by file, then the facts that are derived on import, each
 * with the parts that it takes from itself.
 */
export async function readParts(): Promise<Part[]> {
	const macros = (await Promise.all(macroFiles.map(textOf))).flatMap(macrosOf);
	const parts = [...macros, ...(await Promise.all(factFiles.map(factsOf)))];
	return parts.map((part) => ({
		...part,
		uses: usedIn(
			part.sql,
			parts.filter((other) => other !== part)
		)
	}));
}

/** A formula, such as `metrics/late_rate`, with the parts it takes from. */
export async function readFormula(name: string, parts: Part[]): Promise<Formula> {
	const sql = (await textOf(name)).trimEnd();
	return { sql, uses: usedIn(sql, parts) };
}

/** The formula of each metric. */
export async function readFormulas(parts: Part[]): Promise<Record<MetricId, Formula>> {
	const formulas = await Promise.all(
		metricIds.map(async (id) => [id, await readFormula(`metrics/${id}`, parts)] as const)
	);
	return Object.fromEntries(formulas) as Record<MetricId, Formula>;
}

/** The parts that some formulas hang on, directly or through one another. */
export function reached(parts: Part[], from: Iterable<string>): Part[] {
	const seen = new Set<string>();
	const open = [...from];
	for (let name = open.pop(); name !== undefined; name = open.pop()) {
		if (seen.has(name)) continue;
		seen.add(name);
		open.push(...(parts.find((part) => part.name === name)?.uses ?? []));
	}
	return parts.filter(({ name }) => seen.has(name));
}
