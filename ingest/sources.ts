/**
 * Sources: one SELECT per platform, from the columns of its log (table `raw`) to the contract.
 * The comment lines on top of the file say what it reads:
 *
 *   -- <title>
 *   -- needs: <columns>        (a line for each set of columns that will do)
 *   -- may have: <columns>     (used when there, empty when not)
 *   -- zone: <IANA zone>       (of times without offset)
 *
 * The SELECT passes `line` on. It may give `fault_field` and `fault` to refuse a line for a reason
 * of its own, and `record` (handoff or conversation) where a log holds both.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { LogError, UsageError } from './errors.ts';
import { root } from './root.ts';
import { checkZone } from './zone.ts';

export type Source = {
	name: string;
	title: string;
	/** Sets of columns, one of which a log must have. */
	needs: string[][];
	mayHave: string[];
	zone: string | null;
	sql: string;
};

const folder = path.join(root, 'ingest', 'sources');

const names = (text: string) => text.split(',').map((name) => name.trim());

/**
 * Reads a source file and the comment lines on top of it.
 * @throws UsageError when it is not there or names a zone that does not exist
 */
async function readSource(file: string): Promise<Source> {
	const text = await readFile(file, 'utf8').catch(() => {
		throw new UsageError(`There is no mapping at ${file}.`);
	});
	const head = text.split('\n').filter((line) => line.startsWith('--'));
	const said = (key: string) =>
		head
			.map((line) => line.replace(/^--\s*/, ''))
			.filter((line) => line.startsWith(`${key}:`))
			.map((line) => line.slice(key.length + 1).trim());
	const [zone = null] = said('zone');
	if (zone !== null) checkZone(zone, `${file}: `);
	return {
		name: path.basename(file, '.sql'),
		title: (head[0] ?? '').replace(/^--\s*/, ''),
		needs: said('needs').map(names),
		mayHave: said('may have').flatMap(names),
		zone,
		sql: text.replace(/;\s*$/, '')
	};
}

/** Every source that comes with Seam, by name. */
export async function knownSources(): Promise<Source[]> {
	const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
	return Promise.all(files.map((name) => readSource(path.join(folder, name))));
}

/**
 * The source that the user named.
 * @throws UsageError when there is none of that name
 */
export async function namedSource(name: string): Promise<Source> {
	if (name.endsWith('.sql')) return readSource(name);
	const known = await knownSources();
	const source = known.find((candidate) => candidate.name === name);
	if (source) return source;
	throw new UsageError(
		`There is no source named ${name}. Known: ${known.map((s) => s.name).join(', ')}; or give the path of a mapping ending in .sql.`
	);
}

/**
 * The source whose needs the columns meet; the most particular one where several do.
 * @throws LogError when none does
 */
export function sourceFor(file: string, columns: string[], known: Source[]): Source {
	const has = new Set(columns.map((name) => name.toLowerCase()));
	const [best] = known
		.flatMap((source) => source.needs.map((needs) => ({ source, needs })))
		.filter(({ needs }) => needs.every((name) => has.has(name.toLowerCase())))
		.sort((a, b) => b.needs.length - a.needs.length);
	if (best) return best.source;
	const wants = known
		.map((s) => `${s.name} needs ${s.needs.map((needs) => needs.join(', ')).join(' or ')}`)
		.join('; ');
	throw new LogError(
		`${file}: its columns (${columns.join(', ')}) fit no source: ${wants}. Name one with --source, or write a mapping (docs/sources.md).`
	);
}
