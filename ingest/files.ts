/** Which files an import reads, and how each of them is written. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { LogError, messageOf, UsageError } from './errors.ts';

/** Encodings a text file may be in; latin-1 stands for Windows' superset of it. */
export const encodings = ['utf-8', 'utf-16', 'latin-1'] as const;
export type Encoding = (typeof encodings)[number];

export type LogFile = {
	path: string;
	bytes: number;
	compression: 'none' | 'gzip' | 'zstd';
	encoding: Encoding;
	/** The same text in UTF-8 and not compressed, where the file itself is in another encoding. */
	copy?: string;
	isParquet: boolean;
};

const logName = /\.(csv|tsv|txt|ndjson|jsonl|json|parquet)(\.(gz|zst))?$/i;

/** What `seam sample` writes beside its logs; not a log itself. */
export const truthFile = 'truth.json';

/**
 * The files that paths, globs and folders stand for, each once, in order.
 * @throws UsageError when a path leads to nothing
 */
export async function findFiles(connection: DuckDBConnection, paths: string[]): Promise<string[]> {
	const found: string[] = [];
	for (const given of paths) found.push(...(await filesAt(connection, given)));
	const real = await Promise.all(found.map((file) => realpath(file)));
	return [...new Set(real)];
}

async function filesAt(connection: DuckDBConnection, given: string): Promise<string[]> {
	const info = await stat(given).catch(() => null);
	if (info?.isFile()) return [given];
	if (info?.isDirectory()) {
		const inside = (await readdir(given, { withFileTypes: true }))
			.filter((entry) => !entry.isDirectory())
			.map(({ name }) => name)
			.filter((name) => logName.test(name) && name !== truthFile);
		if (inside.length === 0)
			throw new UsageError(
				`${given} holds no log: a folder is searched for .csv, .tsv, .txt, .ndjson, .jsonl, .json and .parquet, also .gz and .zst.`
			);
		return inside.sort().map((name) => path.join(given, name));
	}
	if (/[*?[]/.test(given)) {
		const result = await connection.runAndReadAll(
			'select file from glob($pattern) order by file',
			{
				pattern: given
			}
		);
		const matches = result.getRows().map(([file]) => String(file));
		if (matches.length > 0) return matches.filter((file) => path.basename(file) !== truthFile);
		throw new UsageError(`${given} matches no file.`);
	}
	throw new UsageError(`${given} does not exist.`);
}

/**
 * Looks at the first bytes of a file.
 * @throws LogError when it cannot be read
 */
export async function inspect(file: string, encoding?: Encoding): Promise<LogFile> {
	try {
		const handle = await open(file, 'r');
		try {
			const { size } = await handle.stat();
			const start = Buffer.alloc(4);
			await handle.read(start, 0, 4, 0);
			const magic = start.toString('hex');
			const compression = magic.startsWith('1f8b')
				? 'gzip'
				: magic === '28b52ffd'
					? 'zstd'
					: 'none';
			// A byte order mark, or every other byte of the first letters empty.
			const isWide = /^(fffe|feff|00..00|..00..00$)/.test(magic);
			return {
				path: file,
				bytes: size,
				compression,
				encoding: encoding ?? (isWide ? 'utf-16' : 'utf-8'),
				isParquet: start.toString('latin1') === 'PAR1'
			};
		} finally {
			await handle.close();
		}
	} catch (error) {
		throw new LogError(`${file} cannot be read: ${messageOf(error)}`);
	}
}

/** SHA-256 of a file's bytes, in hex. */
export async function hashOf(file: string): Promise<string> {
	const hash = createHash('sha256');
	for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
	return hash.digest('hex');
}
