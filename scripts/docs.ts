/**
 * Writes what is generated from the contract and from the metrics: JSON Schema, tables of the
 * docs, the SQL of the contract's tables. `npm run docs`; a test holds the files to it.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { recordKinds } from '../ingest/contract.ts';
import { fieldTable, jsonSchemaOf, tableFile } from '../ingest/describe.ts';
import { root } from '../ingest/root.ts';
import { tableOf } from '../ingest/tables.ts';
import { metricParagraphs } from './metricParagraphs.ts';

/** Every generated file by its path in the project, as it should stand there. */
export async function generated(): Promise<Map<string, string>> {
	const files = new Map<string, string>();
	let logFormat = await readFile(join(root, 'docs', 'log-format.md'), 'utf8');
	for (const record of recordKinds) {
		const schema = JSON.stringify(jsonSchemaOf(record));
		files.set(`static/schema/${record}.json`, await tidy(schema, 'json'));
		files.set(`queries/tables/${tableOf[record]}.sql`, tableFile(record));
		logFormat = withPart(logFormat, `${record} fields`, fieldTable(record));
	}
	files.set('docs/log-format.md', await tidy(logFormat, 'markdown'));
	const metrics = await readFile(join(root, 'docs', 'metrics.md'), 'utf8');
	files.set(
		'docs/metrics.md',
		await tidy(withPart(metrics, 'metrics', await metricParagraphs()), 'markdown')
	);
	return files;
}

/**
 * A hand-written page with one of its parts made anew: what stands between
 * `<!-- begin NAME … -->` and `<!-- end NAME -->`.
 */
function withPart(page: string, name: string, part: string): string {
	const [before, rest] = page.split(`<!-- begin ${name}:`);
	const after = rest?.split(`<!-- end ${name} -->`)[1];
	if (before === undefined || after === undefined)
		throw new Error(`the page has no part “${name}” between its two marks`);
	return `${before}<!-- begin ${name}: made by npm run docs -->\n\n${part}\n<!-- end ${name} -->${after}`;
}

async function tidy(text: string, parser: 'json' | 'markdown'): Promise<string> {
	const options = await resolveConfig(join(root, 'docs'));
	return format(text, { ...options, parser });
}

async function write(): Promise<void> {
	for (const [path, text] of await generated()) {
		const file = join(root, path);
		await mkdir(dirname(file), { recursive: true });
		await writeFile(file, text);
	}
}

if (resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) await write();
