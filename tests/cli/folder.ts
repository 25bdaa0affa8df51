import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A new folder that goes when the tests of the file are done. */
export async function newFolder(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'seam-cli-'));
	folders.push(folder);
	return folder;
}

const folders: string[] = [];
afterAll(async () => {
	for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});
