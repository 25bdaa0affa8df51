import { inflateSync } from 'node:zlib';

export type Pixels = { width: number; height: number; data: Uint8Array };

/** The RGBA pixels of a PNG with 8 bits a channel, by the steps of the PNG specification. */
export function pixelsOf(png: Uint8Array): Pixels {
	const bytes = Buffer.from(png);
	const parts: Buffer[] = [];
	for (let at = 8; at < bytes.length;) {
		const length = bytes.readUInt32BE(at);
		const type = bytes.toString('latin1', at + 4, at + 8);
		if (type === 'IDAT') parts.push(bytes.subarray(at + 8, at + 8 + length));
		at += length + 12;
	}
	if (bytes[24] !== 8 || bytes[25] !== 6) throw new Error('not a PNG with 8 bits of RGBA');
	const width = bytes.readUInt32BE(16);
	const height = bytes.readUInt32BE(20);
	const lines = inflateSync(Buffer.concat(parts));
	const row = width * 4;
	const data = new Uint8Array(row * height);
	for (let y = 0; y < height; y++) {
		const filter = lines[y * (row + 1)] ?? 0;
		for (let x = 0; x < row; x++) {
			const left = x < 4 ? 0 : (data[y * row + x - 4] ?? 0);
			const up = y === 0 ? 0 : (data[(y - 1) * row + x] ?? 0);
			const corner = x < 4 || y === 0 ? 0 : (data[(y - 1) * row + x - 4] ?? 0);
			const added = [0, left, up, (left + up) >> 1, nearest(left, up, corner)][filter] ?? 0;
			data[y * row + x] = (lines[y * (row + 1) + 1 + x] ?? 0) + added;
		}
	}
	return { width, height, data };
}

/** The filter of Paeth. */
function nearest(left: number, up: number, corner: number): number {
	const guess = left + up - corner;
	const [a, b, c] = [left, up, corner].map((value) => Math.abs(guess - value));
	if ((a ?? 0) <= (b ?? 0) && (a ?? 0) <= (c ?? 0)) return left;
	return (b ?? 0) <= (c ?? 0) ? up : corner;
}

/** How many pixels have each colour, such as `#c2500c`. */
export function coloursOf({ data }: Pixels): Map<string, number> {
	const counts = new Map<string, number>();
	for (let at = 0; at < data.length; at += 4) {
		const colour = `#${Buffer.from(data.subarray(at, at + 3)).toString('hex')}`;
		counts.set(colour, (counts.get(colour) ?? 0) + 1);
	}
	return counts;
}
