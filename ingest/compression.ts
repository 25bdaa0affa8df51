/** Compressed logs: a file that was cut off on its way would otherwise be read as far as it goes. */
import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { LogError, messageOf } from './errors.ts';
import type { LogFile } from './files.ts';

/** @throws LogError when a compressed file is cut off or damaged */
export async function checkWhole(file: LogFile): Promise<void> {
	try {
		if (file.compression === 'gzip')
			await pipeline(createReadStream(file.path), createGunzip(), nowhere());
		if (file.compression === 'zstd') await walkZstd(file);
	} catch (error) {
		throw new LogError(
			`${file.path} cannot be read: it is cut off or damaged (${messageOf(error)}).`
		);
	}
}

const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() });

/** Goes from block to block of every frame (RFC 8878) without unpacking them. */
async function walkZstd(file: LogFile): Promise<void> {
	const handle = await open(file.path);
	try {
		let at = 0;
		while (at < file.bytes) at = await endOfFrame(handle, at);
		if (at > file.bytes) throw new Error('unexpected end of file');
	} finally {
		await handle.close();
	}
}

async function endOfFrame(handle: FileHandle, start: number): Promise<number> {
	const bytes = async (at: number, length: number) => {
		const buffer = Buffer.alloc(length);
		const { bytesRead } = await handle.read(buffer, 0, length, at);
		if (bytesRead < length) throw new Error('unexpected end of file');
		return buffer.readUIntLE(0, length);
	};
	const magic = await bytes(start, 4);
	if (magic >>> 4 === 0x184d2a5) return start + 8 + (await bytes(start + 4, 4));
	if (magic !== 0xfd2fb528) throw new Error('unknown frame');
	const descriptor = await bytes(start + 4, 1);
	const isSingle = (descriptor & 32) !== 0;
	const contentSize = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
	const dictionary = [0, 1, 2, 4][descriptor & 3] ?? 0;
	let at = start + 5 + (isSingle ? 0 : 1) + dictionary + contentSize;
	for (;;) {
		const block = await bytes(at, 3);
		const type = (block >> 1) & 3;
		if (type === 3) throw new Error('unknown block');
		at += 3 + (type === 1 ? 1 : block >> 3);
		if (block & 1) break;
	}
	return at + (descriptor & 4 ? 4 : 0);
}
