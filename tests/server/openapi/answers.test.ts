import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../../ingest/root.ts';
import { closeEngine } from '../../../src/lib/server/store/engine.ts';
import { tokenHeader } from '../../../src/lib/server/http/handshake.ts';
import { readLog } from '../../../src/lib/server/store/log.ts';
import { operations } from '../../../src/lib/server/openapi/operations.ts';
import { readParameters } from '../../../src/lib/server/http/parameters.ts';
import { load as loadCsat } from '../../../src/routes/csat/+page.server.ts';
import { handoffsOf, questionsOf } from '../phrases/questions.ts';
import { smallSample, TestStore } from '../store.ts';
import { document, faultsOf, handlers } from './described.ts';

let store: TestStore;
const token = 'abc123';

beforeAll(async () => {
	store = await TestStore.open();
	await store.importSample({ ...smallSample, weeks: 4, conversations: 1500 });
	await store.import('bad.csv', 'conversation_id,handed_off_at\nc1,yesterday\n', {
		keepSample: true
	});
	const server = { pid: process.pid, url: 'http://127.0.0.1:1', token };
	await writeFile(join(store.data, 'server.json'), JSON.stringify(server));
});
afterAll(() => store.close());

/** Reads a page's data as the router would. */
const readPage = async (address: string) => {
	const url = new URL(address.replace('/__data.json', ''), 'http://127.0.0.1');
	const log = await readLog();
	await loadCsat({ url, parent: () => Promise.resolve({ log }) } as Parameters<
		typeof loadCsat
	>[0]);
	return new Response('{}');
};

/** What has been asked for and held to the document: "GET /healthz 200 application/json". */
const held = new Set<string>();

/** The endpoint that a path leads to, and what its path holds. */
function routed(path: string): { route: string; params: Record<string, string> } {
	if (handlers.has(path)) return { route: path, params: {} };
	const [, parent = '', id = ''] = /^(.*)\/([^/]+)$/.exec(path) ?? [];
	return { route: `${parent}/{id}`, params: { id } };
}

type Question = { body?: unknown; own?: boolean; method?: 'PATCH' | 'DELETE' };

/** Asks an endpoint as the router does, and holds its answer to the document. */
async function ask(
	address: string,
	{ body, own = false, ...asked }: Question = {}
): Promise<{ status: number; text: string; faults: unknown }> {
	const url = new URL(address, 'http://127.0.0.1');
	const method = asked.method ?? (body === undefined ? 'GET' : 'POST');
	const { route, params } = routed(url.pathname);
	const handler = handlers.get(route)?.[method];
	if (!handler) throw new Error(`${method} ${url.pathname} has no handler`);
	const request = new Request(url, {
		method,
		headers: { ...(own && { [tokenHeader]: token }) },
		...(body !== undefined && { body: JSON.stringify(body) })
	});
	const response = await handler({ url, params, request, fetch: readPage });
	const text = await response.text();
	const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? '';
	const described = document.paths[route]?.[method.toLowerCase()];
	const content = described?.responses[String(response.status)]?.content[type];
	if (!content)
		throw new Error(`${method} ${address}: ${response.status} ${type} is not described`);
	held.add(`${method} ${route} ${response.status} ${type}`);
	const lines = content.schema.contentSchema?.items;
	const parsed = (part: string) => JSON.parse(part) as unknown;
	const faults = lines
		? text
				.split('\n')
				.filter(Boolean)
				.flatMap((line) => faultsOf(lines, parsed(line)))
		: faultsOf(content.schema, type === 'application/json' ? parsed(text) : text);
	return { status: response.status, text, faults };
}

const withParameters = operations.filter(({ parameters }) => parameters);

describe.each(withParameters.map(({ path }) => path))('the parameters of %s', (path) => {
	const parameters = document.paths[path]?.get?.parameters ?? [];
	/** What has to be given, and what else for a form of the answer to matter. */
	const needed: Record<string, string> = {
		'/api/gaps': 'from=2026-10-01&to=2026-11-01',
		'/api/metrics': 'metrics=handoffs&from=2026-10-01&to=2026-11-01',
		'/api/sql': 'page=/csat&source=answers'
	};
	const range = needed[path] ?? '';

	it('are those that it reads: any other is refused with their names', async () => {
		const { status, text } = await ask(`${path}?nonsense=1`);
		expect(status).toBe(400);
		const [, names = ''] = /Allowed: (.*)\."/.exec(text) ?? [];
		expect(names.split(', ')).toEqual(parameters.map(({ name }) => name));
	});

	it('that are required are missed, and others are not', async () => {
		const required = parameters.filter((one) => one.required).map(({ name }) => name);
		const given = [...new URLSearchParams(range)];
		for (const name of required) {
			const rest = given.filter(([key]) => key !== name);
			const { status, text } = await ask(`${path}?${new URLSearchParams(rest).toString()}`);
			expect(status).toBe(400);
			expect(text).toContain(`${name} is missing`);
		}
		expect(given.map(([name]) => name).toSorted()).toEqual(required.toSorted());
		expect((await ask(`${path}?${range}`)).status).toBe(200);
	});

	it('that are words take the words described and no other', async () => {
		const schema = withParameters.find((one) => one.path === path)?.parameters;
		if (!schema) throw new Error(`${path} has no parameters`);
		for (const one of parameters.filter((each) => each.schema.enum)) {
			const address = (word: string) => `${range}&${one.name}=${word}`;
			for (const word of one.schema.enum ?? [])
				expect(() =>
					readParameters(schema, new URLSearchParams(address(word)))
				).not.toThrow();
			expect((await ask(`${path}?${address('nonsense')}`)).status).toBe(400);
		}
	});
});

const range = 'from=2026-10-01&to=2026-11-16';
const everyDimension = ['week,topic', 'day,subtopic', 'month,outcome', 'trigger,queue'];

describe('answers', () => {
	it('of /api/openapi.json are the document', async () => {
		const { text, faults } = await ask('/api/openapi.json');
		expect(faults).toEqual([]);
		expect(JSON.parse(text)).toMatchObject({ paths: document.paths });
	});

	it.each([
		'/api/status',
		'/healthz',
		`/api/metrics?metrics=handoffs,repeat_rate,csat_mean,containment_rate&${range}`,
		...everyDimension.map(
			(by) => `/api/metrics?metrics=handoffs,quality_score&by=${by}&${range}`
		),
		`/api/metrics?metrics=handoffs&by=route&${range}&format=ndjson`,
		`/api/metrics?metrics=handoffs&by=route&${range}&format=csv`,
		'/api/metrics?metrics=nonsense',
		'/api/report?format=json',
		'/api/report?format=json&week=2024-W01&topic=Refunds',
		'/api/report?format=all&url=https://seam.example.com',
		'/api/report?format=md',
		'/api/report',
		'/api/report?week=2026-W54',
		'/api/handoffs?week=2026-11-09&weeks=1',
		'/api/handoffs?format=ndjson&week=2026-11-09&weeks=4&topic=Refunds&wait_before_s=60..&late=yes',
		'/api/handoffs?format=ndjson&from=2026-11-01&to=2026-11-15&columns=topic,csat&sort=csat',
		'/api/handoffs?from=2026-11-15&to=2026-11-01',
		'/api/conversations?week=2026-11-09&weeks=1',
		'/api/conversations?format=ndjson&week=2026-11-09&weeks=4&path=ai_only&path=&silent=3&sort=csat',
		'/api/conversations?format=ndjson&from=2026-11-01&to=2026-11-15&columns=topic,csat,handoffs',
		'/api/conversations?route=failure',
		'/api/reviews',
		'/api/reviews?format=ndjson',
		'/api/reviews?format=xml',
		...['json', 'csv', 'ndjson', 'markdown'].map(
			(format) => `/api/gaps?${range}&format=${format}`
		),
		`/api/gaps?${range}&topic=Returns&topic=Warranty`,
		'/api/fixes?format=csv&all=yes',
		'/api/fixes?format=xml',
		'/api/sql?page=/csat&source=answers',
		'/api/sql?page=/csat'
	])('%s answers as the document says', async (address) => {
		const { faults, text } = await ask(address);
		expect(faults, text.slice(0, 400)).toEqual([]);
	});

	it('of what is the command line’s own are as the document says, with its token and without', async () => {
		expect((await ask('/api/quarantine')).status).toBe(403);
		const refused = await ask('/api/quarantine', { own: true });
		expect(refused.faults).toEqual([]);
		expect((JSON.parse(refused.text) as unknown[]).length).toBeGreaterThan(0);
		const path = join(store.logs, 'bad.csv');
		const body = { paths: [path], timezone: 'UTC', keepSample: true, dryRun: true };
		expect(faultsOf({ $ref: '#/components/schemas/ImportRequest' }, body)).toEqual([]);
		expect((await ask('/api/import', { body })).status).toBe(403);
		expect((await ask('/api/import', { body: {}, own: true })).status).toBe(400);
		const reviews = join(store.logs, 'reviews.csv');
		await writeFile(reviews, 'handoff_id,necessary,reviewed_at\nh1,no,2026-11-09T12:00:00Z\n');
		const merged = await ask('/api/reviews', {
			body: { path: reviews, dryRun: true },
			own: true
		});
		expect([merged.status, merged.faults]).toEqual([200, []]);
		const none = { path: join(store.logs, 'none.csv') };
		await writeFile(none.path, 'no,review\n1,2\n');
		expect((await ask('/api/reviews', { body: none, own: true })).status).toBe(422);
		expect((await ask('/api/reviews', { body: none })).status).toBe(403);
		expect((await ask('/api/reviews', { body: {}, own: true })).status).toBe(400);
		const imported = await ask('/api/import', { body, own: true });
		expect(imported.faults).toEqual([]);
		expect(imported.text).toContain('"report"');
		const gone = await ask('/api/import', { body: { paths: ['/nowhere'] }, own: true });
		expect(gone.faults).toEqual([]);
		expect(gone.text).toContain('"error"');
	});

	it('of the fix ledger are as the document says, with the token and without', async () => {
		const body = { what: 'Article', done_on: '2026-11-02', topic: 'Refunds' };
		expect(faultsOf({ $ref: '#/components/schemas/NewFix' }, body)).toEqual([]);
		expect((await ask('/api/fixes', { body })).status).toBe(403);
		expect((await ask('/api/fixes', { body: {}, own: true })).status).toBe(400);
		const made = await ask('/api/fixes', { body, own: true });
		expect([made.status, made.faults]).toEqual([200, []]);
		const { fix_id } = JSON.parse(made.text) as { fix_id: number };
		const path = `/api/fixes/${String(fix_id)}`;
		const edit = { who: 'Ann', link: null };
		expect(faultsOf({ $ref: '#/components/schemas/FixEdit' }, edit)).toEqual([]);
		expect((await ask(path, { method: 'PATCH', body: edit })).status).toBe(403);
		const edited = await ask(path, { method: 'PATCH', body: edit, own: true });
		expect([edited.status, edited.faults]).toEqual([200, []]);
		expect(JSON.parse(edited.text)).toMatchObject({ fix_id, ...body, ...edit });
		const listed = await ask('/api/fixes?topic=Refunds');
		expect(listed.faults).toEqual([]);
		// The log ends on 15 November: one full week since.
		const stands = { ...JSON.parse(edited.text), status: 'too early', back_since: null };
		expect(JSON.parse(listed.text)).toMatchObject([stands]);
		for (const [body, sentence] of [
			[{ what: ' ' }, 'what is empty'],
			[{ done_on: '2026-02-30' }, 'done_on is “2026-02-30”, not a date'],
			[{ topic: 'Refundz' }, 'Nearest: Refunds'],
			[{ link: 'javascript:1' }, 'link is “javascript:1”, not an address'],
			[{ phrase_group: 'p9-9' }, 'p9-9'],
			[{ when: '2026-11-02' }, 'has no field when; fixes have what'],
			[null, 'is not an object with fields']
		] as const) {
			const refused = await ask(path, { method: 'PATCH', body, own: true });
			expect([refused.status, refused.faults]).toEqual([400, []]);
			expect((JSON.parse(refused.text) as { error: string }).error).toContain(sentence);
		}
		expect((await ask(path, { method: 'DELETE' })).status).toBe(403);
		const ended = await ask(path, { method: 'DELETE', own: true });
		expect([ended.status, ended.faults]).toEqual([200, []]);
		for (const method of ['PATCH', 'DELETE'] as const)
			for (const off of [path, '/api/fixes/one'])
				expect((await ask(off, { method, body: edit, own: true })).status).toBe(400);
		expect(JSON.parse((await ask('/api/fixes')).text)).toEqual([]);
		const given = { path: join(store.logs, 'fixes.csv'), dryRun: true };
		await writeFile(given.path, 'what,done_on,topic\nArticle,2026-11-02,Refunds\n');
		const taken = await ask('/api/fixes/import', { body: given, own: true });
		expect([taken.status, taken.faults]).toEqual([200, []]);
		expect(JSON.parse(taken.text)).toMatchObject({ lines: 1, added: 1, dryRun: true });
		expect((await ask('/api/fixes/import', { body: given })).status).toBe(403);
		expect((await ask('/api/fixes/import', { body: {}, own: true })).status).toBe(400);
		const none = { path: join(store.logs, 'nofix.csv') };
		await writeFile(none.path, 'no,fix\n1,2\n');
		expect((await ask('/api/fixes/import', { body: none, own: true })).status).toBe(422);
		const all = JSON.parse((await ask('/api/fixes?all=yes')).text) as unknown[];
		expect(all).toHaveLength(2);
	});

	it('about phrase groups are as the document says', async () => {
		await store.importRows(
			'asked',
			handoffsOf('p', questionsOf('parcel', 40), { topic: 'Delivery', language: 'eo' }),
			{ keepSample: true }
		);
		const unasked = await ask('/api/phrases/status');
		expect([unasked.faults, JSON.parse(unasked.text)]).toMatchObject([[], { endedAt: null }]);
		const before = await ask('/api/phrases/update', { body: {} });
		expect([before.status, before.faults]).toEqual([403, []]);
		const grouped = await ask('/api/phrases/update', { body: {}, own: true });
		expect([grouped.status, grouped.faults]).toEqual([200, []]);
		const status = await ask('/api/phrases/status');
		expect([status.faults, JSON.parse(status.text)]).toMatchObject([
			[],
			{ running: false, endedAt: expect.stringMatching(/^20\d\d-/) as string }
		]);
		const listed = await ask('/api/phrases?topic=Delivery&examples=2');
		expect([listed.status, listed.faults]).toEqual([200, []]);
		const [group] = (JSON.parse(listed.text) as { groups: { id: string }[] }).groups;
		const path = `/api/phrases/${group?.id ?? ''}`;
		const edit = { name: 'Late parcel', status: 'accepted' };
		expect(faultsOf({ $ref: '#/components/schemas/PhraseEdit' }, edit)).toEqual([]);
		expect((await ask(path, { method: 'PATCH', body: edit })).status).toBe(403);
		const edited = await ask(path, { method: 'PATCH', body: edit, own: true });
		expect([edited.status, edited.faults]).toEqual([200, []]);
		expect(JSON.parse(edited.text)).toMatchObject({ id: group?.id, ...edit });
		for (const [body, sentence] of [
			[{}, `Nothing to change in ${group?.id ?? ''}`],
			[{ name: 7 }, 'name is 7, not a text'],
			[{ name: 'x'.repeat(81) }, 'name is longer than 80 characters'],
			[{ status: 'gone' }, 'status'],
			[{ merged_into: group?.id }, 'already holds the questions'],
			[{ merged_into: 'p9-9' }, 'No phrase group has the id p9-9'],
			[{ colour: 'red' }, 'has no field colour; name, merged_into and status'],
			[null, 'is not an object with fields']
		] as const) {
			const refused = await ask(path, { method: 'PATCH', body, own: true });
			expect([refused.status, refused.faults]).toEqual([400, []]);
			expect((JSON.parse(refused.text) as { error: string }).error).toContain(sentence);
		}
		expect((await ask('/api/phrases?examples=99')).status).toBe(400);
	});

	it('without a database, and without a handoff, are as the document says', async () => {
		const empty = await TestStore.open();
		const report = await ask('/api/report');
		expect([report.status, report.faults]).toEqual([503, []]);
		const status = await ask('/api/status');
		expect(status.faults).toEqual([]);
		await closeEngine();
		process.env.SEAM_DATA = join(root, 'package.json', 'no-folder');
		const health = await ask('/healthz');
		expect([health.status, health.faults]).toEqual([503, []]);
		await empty.close();
	});

	it('were of every status and form that the document names', () => {
		const named = Object.entries(document.paths).flatMap(([path, methods]) =>
			Object.entries(methods).flatMap(([method, { responses }]) =>
				Object.entries(responses).flatMap(([status, { content }]) =>
					Object.keys(content).map(
						(type) => `${method.toUpperCase()} ${path} ${status} ${type}`
					)
				)
			)
		);
		expect(named.filter((one) => !held.has(one))).toEqual([]);
	});
});
