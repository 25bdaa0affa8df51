import { expect, test } from 'vitest';
import { handoffs } from '../../../src/lib/charts/week/handoffs.ts';
import { png } from '../../../src/lib/server/report/png.ts';
import { squeeze } from '../../../src/lib/server/report/squeeze.ts';
import * as fixture from '../../fixtures/week.ts';
import { pixelsOf } from './pixels.ts';
import { pixel } from './report.ts';

/** CRC-32 bit by bit, as the PNG specification describes it. */
function checksum(bytes: Uint8Array): number {
	let sum = 0xffffffff;
	for (const byte of bytes) {
		sum ^= byte;
		for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
	}
	return (sum ^ 0xffffffff) >>> 0;
}

/** The types of the chunks of a PNG whose every checksum is right. */
function typesOf(png: Uint8Array): string[] {
	const bytes = Buffer.from(png);
	const types: string[] = [];
	for (let at = 8; at < bytes.length;) {
		const length = bytes.readUInt32BE(at);
		const named = bytes.subarray(at + 4, at + 8 + length);
		types.push(named.toString('latin1', 0, 4));
		expect(bytes.readUInt32BE(at + 8 + length)).toBe(checksum(named));
		at += 12 + length;
	}
	return types;
}

test('a picture that is packed again is the same picture', () => {
	const before = new Uint8Array(Buffer.from(pixel, 'base64'));
	const after = squeeze(before);
	expect(pixelsOf(after)).toEqual(pixelsOf(before));
	expect(typesOf(after)).toEqual(['IHDR', 'IDAT', 'IEND']);
});

test('a chart has one packed part and right checksums', async () => {
	const chart = handoffs(fixture.routes, fixture.week, fixture.series[0]?.week);
	expect(typesOf(await png(chart, 300))).toEqual(['IHDR', 'IDAT', 'IEND']);
});
