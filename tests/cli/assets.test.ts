import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isGone } from '../../src/cli/assets.ts';

let client: string;
beforeAll(async () => {
	client = await mkdtemp(join(tmpdir(), 'seam-client-'));
	await mkdir(join(client, '_app', 'immutable'), { recursive: true });
	await writeFile(join(client, '_app', 'immutable', 'a b.js'), '');
});
afterAll(() => rm(client, { recursive: true }));

it('tells files of the pages that a new build has taken away from those that are there', () => {
	expect(isGone('/_app/immutable/a%20b.js?v=1', client)).toBe(false);
	expect(isGone('/_app/immutable/old.js', client)).toBe(true);
	expect(isGone('/_app/immutable/%E0%A4%A', client)).toBe(false);
	for (const page of ['/', '/gaps?topic=_app', '/api/status', undefined])
		expect(isGone(page, client)).toBe(false);
});
