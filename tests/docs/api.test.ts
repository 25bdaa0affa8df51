import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csvParseRows } from 'd3-dsv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeSample } from '../../ingest/sample/write.ts';
import { closeEngine } from '../../src/lib/server/engine.ts';
import { runImport } from '../../src/lib/server/importRequest.ts';
import { GET as metrics } from '../../src/routes/api/metrics/+server.ts';
import { GET as report } from '../../src/routes/api/report/+server.ts';
import { GET as status } from '../../src/routes/api/status/+server.ts';
import { GET as healthz } from '../../src/routes/healthz/+server.ts';
import { blocksOf, readPage, type Block } from './pages.ts';

let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'seam-api-'));
	process.env.SEAM_DATA = join(folder, 'data');
	const out = join(folder, 'sample');
	await writeSample({ weeks: 12, conversations: 4000, end: '2026-11-15', out });
	await runImport({ paths: [out] });
});

afterAll(async () => {
	await closeEngine();
	delete process.env.SEAM_DATA;
	await rm(folder, { recursive: true, force: true });
});

const handlers = {
	'/api/metrics': metrics,
	'/api/report': report,
	'/api/status': status,
	'/healthz': healthz
};

/** Asks a handler as the router does; these look at nothing but the address. */
async function ask(address: string): Promise<Response> {
	const url = new URL(address, 'http://127.0.0.1:3000');
	const handler = Object.entries(handlers).find(([path]) => path === url.pathname)?.[1];
	if (!handler) throw new Error(`${url.pathname} has no handler`);
	return handler({ url, request: new Request(url) } as Parameters<typeof metrics>[0] &
		Parameters<typeof report>[0] &
		Parameters<typeof status>[0] &
		Parameters<typeof healthz>[0]);
}

/** What a value is made of: its keys, in order, down to the leaves. */
function shapeOf(value: unknown): unknown {
	if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
	if (value === null || typeof value !== 'object') return 'value';
	return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, shapeOf(v)]));
}

const sorted = (value: unknown) =>
	JSON.parse(JSON.stringify(value), (_, v: unknown) =>
		v !== null && typeof v === 'object' && !Array.isArray(v)
			? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)))
			: v
	) as unknown;

const examples = blocksOf(await readPage('docs/api.md')).flatMap(
	(block, i, blocks): [string, Block][] => {
		const answer = blocks[i + 1];
		return block.language === 'http' && answer
			? [[block.text.trim().replace(/^GET /, ''), answer]]
			: [];
	}
);

describe('docs/api.md', () => {
	test('has examples of every endpoint', () => {
		for (const path of Object.keys(handlers))
			expect(examples.some(([address]) => address.startsWith(path))).toBe(true);
	});

	test.each(examples)('%s answers as shown', async (address, { language, text }) => {
		const response = await ask(address);
		const answer = await response.text();
		if (language === 'csv') {
			expect(response.status).toBe(200);
			const [header, ...rows] = csvParseRows(answer);
			expect(header).toEqual(csvParseRows(text)[0]);
			expect(rows.length).toBeGreaterThan(0);
			return;
		}
		const shown = JSON.parse(text) as unknown;
		if (shown !== null && typeof shown === 'object' && 'error' in shown) {
			expect(response.status).toBe(400);
			expect(JSON.parse(answer)).toEqual(shown);
			return;
		}
		expect(response.status).toBe(200);
		const isLines = response.headers.get('content-type') === 'application/x-ndjson';
		const given = JSON.parse(isLines ? (answer.split('\n')[0] ?? '') : answer) as unknown;
		expect(sorted(shapeOf(given))).toEqual(sorted(shapeOf(shown)));
	});
});
