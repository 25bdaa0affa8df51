/** Makes a PNG smaller without changing a pixel: the renderer packs its pictures in a hurry. */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signatureLength = 8;

/** The same picture, packed as tightly as it goes; mail servers and readers count bytes. */
export function squeeze(png: Uint8Array): Uint8Array {
	const parts = chunks(png);
	const packed = parts.filter(({ type }) => type === 'IDAT').map(({ data }) => data);
	const pixels = inflateSync(Buffer.concat(packed));
	const tight = deflateSync(pixels, { level: 9, memLevel: 9 });
	const kept = parts.filter(({ type }) => type !== 'IDAT' && type !== 'IEND');
	const all = [...kept, { type: 'IDAT', data: tight }, { type: 'IEND', data: Buffer.alloc(0) }];
	return Buffer.concat([png.subarray(0, signatureLength), ...all.map(written)]);
}

type Chunk = { type: string; data: Buffer };

/** Length, type, data and checksum follow each other. */
function chunks(png: Uint8Array): Chunk[] {
	const bytes = Buffer.from(png);
	const found: Chunk[] = [];
	for (let at = signatureLength; at < bytes.length;) {
		const length = bytes.readUInt32BE(at);
		const type = bytes.toString('latin1', at + 4, at + 8);
		found.push({ type, data: bytes.subarray(at + 8, at + 8 + length) });
		at += 12 + length;
	}
	return found;
}

function written({ type, data }: Chunk): Buffer {
	const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
	length.writeUInt32BE(data.length);
	sum.writeUInt32BE(crc32(named));
	return Buffer.concat([length, named, sum]);
}
