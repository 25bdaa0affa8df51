import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csvParseRows } from 'd3-dsv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../ingest/root.ts';
import { writeSample } from '../../ingest/sample/write.ts';
import { closeEngine } from '../../src/lib/server/store/engine.ts';
import { runImport } from '../../src/lib/server/store/importRequest.ts';
import { operations } from '../../src/lib/server/openapi/operations.ts';
import { groupQuestions } from '../../src/lib/server/phrases/phraseJob.ts';
import { saveFix } from '../../src/lib/server/fixes/fixes.ts';
import { saveReview } from '../../src/lib/server/reviews/reviews.ts';
import { readWorst } from '../../src/lib/server/week/worst.ts';
import { ever } from '../server/store.ts';
import { blocksOf, isShown, proseOf, readPage, type Block } from './pages.ts';

let folder: string;
let server: ChildProcess;
let address: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'seam-api-'));
	process.env.SEAM_DATA = join(folder, 'data');
	const out = join(folder, 'sample');
	await writeSample({ weeks: 12, conversations: 4000, end: '2026-11-15', out });
	await runImport({ paths: [out] });
	const [worst] = await readWorst(ever, 1);
	await saveReview({ handoff_id: worst?.handoff_id ?? '', necessary: false });
	await saveFix({ what: 'Refund article', done_on: '2026-10-05', topic: 'Refunds' });
	await groupQuestions();
	await closeEngine();
	address = await serve();
}, 120_000);

afterAll(async () => {
	const ended = once(server, 'exit');
	server.kill();
	await ended;
	delete process.env.SEAM_DATA;
	await rm(folder, { recursive: true, force: true });
});

/** The server of `npm run dev` on a port of its own: every route as programs reach it. */
async function serve(): Promise<string> {
	const env = { ...process.env, NODE_ENV: 'development', NO_COLOR: '1', FORCE_COLOR: '0' };
	const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
	server = spawn(process.execPath, [vite, 'dev', '--port', '0'], {
		cwd: root,
		// With it the configuration would start a browser.
		env: { ...env, VITEST: undefined },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let said = '';
	return new Promise((resolve, reject) => {
		for (const stream of [server.stdout, server.stderr])
			stream?.on('data', (chunk: Buffer) => {
				said += chunk.toString();
				const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
				if (found) resolve(found[0]);
			});
		server.once('exit', () => reject(new Error(said)));
	});
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

const page = await readPage('docs/api.md');
const asked = /^curl 'http:\/\/127\.0\.0\.1:3000(\S+)'$/;

/** Every `curl` of the page with the block that shows its answer. */
const examples = blocksOf(page).flatMap((block, i, blocks): [string, Block][] => {
	const [, path] = asked.exec(block.text.trim()) ?? [];
	const answer = blocks[i + 1];
	return path !== undefined && answer ? [[path, answer]] : [];
});

const ofPrograms = operations.filter(({ ownCommand }) => !ownCommand);

describe('docs/api.md', () => {
	test('has a section with an example for every endpoint that programs may call', () => {
		const headings = [...proseOf(page).matchAll(/^## (\S+ \S+)$/gm)].map(([, name]) => name);
		const named = ofPrograms.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
		expect(headings.toSorted()).toEqual(named.toSorted());
		for (const { path } of ofPrograms)
			expect(
				examples.some(([example]) => example.startsWith(path)),
				path
			).toBe(true);
	});

	test('shows the answer of every example', () => {
		const commands = blocksOf(page).filter(({ language }) => language === 'sh');
		expect(commands.filter(({ text }) => !asked.test(text.trim()))).toEqual([]);
		expect(examples).toHaveLength(commands.length);
	});

	test.each(examples)('%s answers as shown', async (path, { language, text }) => {
		const response = await fetch(address + path);
		const answer = await response.text();
		if (language === 'sql') {
			expect(response.status).toBe(200);
			expect(isShown(answer, text.trimEnd()), answer).toBe(true);
			return;
		}
		if (language === 'csv') {
			expect(response.status).toBe(200);
			const [header, ...rows] = csvParseRows(answer.replace('\ufeff', ''));
			expect(header).toEqual(csvParseRows(text)[0]);
			expect(rows.length).toBeGreaterThan(0);
			return;
		}
		const shown = JSON.parse(text) as unknown;
		if (shown !== null && typeof shown === 'object' && 'error' in shown) {
			expect([400, 403]).toContain(response.status);
			expect(JSON.parse(answer)).toEqual(shown);
			return;
		}
		expect(response.status).toBe(200);
		const isLines = response.headers.get('content-type') === 'application/x-ndjson';
		const given = JSON.parse(isLines ? (answer.split('\n')[0] ?? '') : answer) as unknown;
		if (path === '/api/openapi.json') {
			expect(Object.keys(given as object)).toEqual(Object.keys(shown as object));
			return;
		}
		expect(sorted(shapeOf(given))).toEqual(sorted(shapeOf(shown)));
	});
});
