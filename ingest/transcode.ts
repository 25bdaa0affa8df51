/** Logs that are not in UTF-8 are read from a copy that is. */
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { LogError, messageOf } from './errors.ts';
import type { LogFile } from './files.ts';

/**
 * @param copy where to write the copy
 * @returns the file, with its copy where it needs one
 * @throws LogError when it cannot be read
 */
export async function transcode(file: LogFile, copy: string): Promise<LogFile> {
	if (file.isParquet || file.encoding === 'utf-8') return file;
	if (file.compression === 'zstd')
		throw new LogError(
			`${file.path} is compressed by zstd and not in UTF-8; unpack it and import it again.`
		);
	try {
		const decoder = new TextDecoder(await labelOf(file));
		const decode = async function* (chunks: AsyncIterable<Buffer>) {
			for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
			yield decoder.decode();
		};
		const source = createReadStream(file.path);
		const target = createWriteStream(copy, { mode: 0o600 });
		if (file.compression === 'gzip') await pipeline(source, createGunzip(), decode, target);
		else await pipeline(source, decode, target);
	} catch (error) {
		throw new LogError(`${file.path} cannot be read: ${messageOf(error)}`);
	}
	return { ...file, copy, compression: 'none' };
}

/** Name of the encoding; what is called latin-1 is Windows' superset of it more often than not. */
async function labelOf(file: LogFile): Promise<string> {
	if (file.encoding === 'latin-1') return 'windows-1252';
	const handle = await open(file.path);
	try {
		const start = Buffer.alloc(2);
		await handle.read(start, 0, 2, 0);
		return /^(feff|00)/.test(start.toString('hex')) ? 'utf-16be' : 'utf-16le';
	} finally {
		await handle.close();
	}
}
