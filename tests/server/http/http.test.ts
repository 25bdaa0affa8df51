import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { csvParse } from 'd3-dsv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeEngine } from '../../../src/lib/server/store/engine.ts';
import { measure, type MeasuredRow } from '../../../src/lib/server/measure/measure.ts';
import { smallSample, TestStore } from '../store.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const vite = fileURLToPath(new URL('../../../node_modules/vite/bin/vite.js', import.meta.url));

let store: TestStore;
let server: ChildProcess | undefined;
let address: string;
let expected: MeasuredRow<'handoffs' | 'csat_mean'>[];

/** The development server on a port of its own: the routes as SvelteKit serves them, hooks included. */
async function serve(): Promise<string> {
	const env = { ...process.env };
	// With it the configuration would start a browser.
	delete env.VITEST;
	const child = spawn(process.execPath, [vite, 'dev', '--port', '0'], {
		cwd: root,
		env: { ...env, NODE_ENV: 'development', NO_COLOR: '1', FORCE_COLOR: '0' },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	server = child;
	let said = '';
	return new Promise((resolve, reject) => {
		for (const stream of [child.stdout, child.stderr])
			stream.on('data', (chunk: Buffer) => {
				said += chunk.toString();
				const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
				if (found) resolve(found[0]);
			});
		child.once('exit', () => reject(new Error(said)));
	});
}

beforeAll(async () => {
	store = await TestStore.open();
	await store.importSample({ ...smallSample, weeks: 4, conversations: 2000 });
	expected = await measure(
		{ from: '2026-11-02', to: '2026-11-16' },
		['handoffs', 'csat_mean'],
		['week', 'channel']
	);
	await closeEngine();
	address = await serve();
});

afterAll(async () => {
	if (server) {
		const ended = once(server, 'exit');
		server.kill();
		await ended;
	}
	await store.close();
});

const query =
	'/api/metrics?metrics=handoffs,csat_mean&by=week,channel&from=2026-11-02&to=2026-11-16';

describe('over HTTP', () => {
	it('the metrics are those that were measured, in each form', async () => {
		const json = await fetch(address + query);
		expect(json.status).toBe(200);
		expect(json.headers.get('content-type')).toBe('application/json');
		expect(json.headers.get('cache-control')).toBe('no-store');
		const rows = expected.map(({ by, values }) => ({ ...by, ...values }));
		expect(rows.length).toBeGreaterThan(5);
		expect(await json.json()).toEqual(rows);
		const csv = await (await fetch(`${address}${query}&format=csv`)).text();
		expect(csvParse(csv).map(({ handoffs }) => Number(handoffs))).toEqual(
			expected.map(({ values }) => values.handoffs.value)
		);
		const lines = await (await fetch(`${address}${query}&format=ndjson`)).text();
		expect(lines.trim().split('\n')).toHaveLength(rows.length);
	});

	it('a question that cannot be answered gets 400 and a sentence', async () => {
		const answer = await fetch(
			`${address}/api/metrics?metrics=nps&from=2026-11-02&to=2026-11-16`
		);
		expect(answer.status).toBe(400);
		expect(((await answer.json()) as { error: string }).error).toMatch(
			/^metrics=nps is unknown/
		);
	});

	it('the health and the status count the same handoffs', async () => {
		const health = (await (await fetch(`${address}/healthz`)).json()) as { handoffs: number };
		const status = (await (await fetch(`${address}/api/status`)).json()) as {
			handoffs: number;
			sample: boolean;
		};
		expect(health.handoffs).toBeGreaterThan(100);
		expect(status).toMatchObject({ handoffs: health.handoffs, sample: true });
	});

	it('refused lines are for the command line of the same user only', async () => {
		expect((await fetch(`${address}/api/quarantine`)).status).toBe(403);
	});

	it('a name that merely resolves to this machine gets nothing', async () => {
		const asked = request(address + query, { headers: { host: 'evil.example' } });
		asked.end();
		const [response] = (await once(asked, 'response')) as [
			{ statusCode: number; resume(): void }
		];
		response.resume();
		expect(response.statusCode).toBe(403);
	});
});
