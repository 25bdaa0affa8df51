import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../ingest/root.ts';
import { pages, proseOf, readPage } from './pages.ts';

/** The anchor of a heading, as GitHub makes it. */
const anchorOf = (heading: string) =>
	heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\s_-]/gu, '')
		.trim()
		.replaceAll(' ', '-');

async function anchorsOf(page: string): Promise<string[]> {
	const text = proseOf(await readPage(page));
	return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
}

const list = await pages();

describe.each(list)('%s', (page) => {
	test('every relative link and picture leads to a file, every anchor to a heading', async () => {
		const text = proseOf(await readPage(page));
		for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
			if (/^(https?|mailto):/.test(target)) continue;
			const [path = '', anchor] = target.split('#');
			const file = path === '' ? page : join(dirname(page), path);
			expect(existsSync(join(root, file)), target).toBe(true);
			if (anchor !== undefined) expect(await anchorsOf(file), target).toContain(anchor);
		}
	});

	test('begins with one title and knows no place or person behind the project', async () => {
		const text = await readPage(page);
		expect(text.match(/^# .+$/gm)).toHaveLength(text.startsWith('# ') ? 1 : 0);
		expect(text).not.toMatch(/\/work\/|\/tmp\/|\.\.\/shared|\/home\/|\bissue \d|\.npmrc/i);
	});
});

test('README leads to every page of docs', async () => {
	const text = await readPage('README.md');
	for (const page of list.filter((name) => name.startsWith('docs/')))
		expect(text).toContain(`](${page})`);
});
