/**
 * Customer and agent identities are replaced by a keyed hash on the way in: the same person stays
 * the same person, and nobody who lacks the key can tell who it is.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StoreError } from './errors.ts';

const block = 64;
const keyBytes = 32;
const shownHex = 32;

/** The key of this data folder, made on first use; only its owner can read it. */
export async function identityKey(folder: string): Promise<Buffer> {
	const file = path.join(folder, 'identity.key');
	const stored = await readFile(file, 'utf8').catch(() => null);
	if (stored !== null && /^[0-9a-f]{64}\s*$/.test(stored))
		return Buffer.from(stored.trim(), 'hex');
	if (stored !== null)
		throw new StoreError(
			`${file} is no key of 64 hexadecimal digits. Put the right one back: with another key every customer becomes a stranger. To begin anew, move the whole data folder away.`
		);
	const key = randomBytes(keyBytes);
	await writeFile(file, key.toString('hex') + '\n', { mode: 0o600, flag: 'wx' });
	return key;
}

/** The hash of an identity: the first 128 bits of HMAC-SHA-256, in hex. */
export function hashIdentity(key: Buffer, identity: string): string {
	return createHmac('sha256', key).update(identity).digest('hex').slice(0, shownHex);
}

/** SQL twin of `hashIdentity` (RFC 2104). */
export function hashIdentitySql(key: Buffer, column: string): string {
	const padded = Buffer.concat([key, Buffer.alloc(block - key.length)]);
	const mixed = (byte: number) => Buffer.from(padded.map((b) => b ^ byte)).toString('hex');
	const inner = `sha256(unhex('${mixed(0x36)}') || encode(${column}))`;
	return `sha256(unhex('${mixed(0x5c)}') || unhex(${inner}))[1:${shownHex}]`;
}
