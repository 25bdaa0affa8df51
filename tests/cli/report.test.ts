import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { signature } from '../../src/lib/server/report/webhook.ts';
import { newFolder } from './folder.ts';
import { here } from './here.ts';
import { handoffLog, seam } from './run.ts';

let home: string;
let data: string;

/** 60 handoffs, two a day of 1–28 August 2026 and then from its beginning again; see run.ts. */
beforeAll(async () => {
	home = await newFolder();
	data = join(home, 'data');
	await writeFile(join(home, 'log.csv'), handoffLog(60));
	await seam(['import', join(home, 'log.csv'), '--timezone', 'UTC'], { data });
});

const closing: (() => unknown)[] = [];
afterEach(async () => {
	for (const close of closing.splice(0)) await close();
});

const unset = {
	SEAM_URL: undefined,
	SEAM_SMTP_URL: undefined,
	SEAM_MAIL_FROM: undefined,
	SEAM_MAIL_TO: undefined,
	SEAM_WEBHOOK_URL: undefined,
	SEAM_WEBHOOK_SECRET: undefined
};
type Env = Record<string, string | undefined>;
const report = (words: string[], env: Env = {}) =>
	here(['report', ...words], { ...unset, SEAM_DATA: data, ...env });

async function portOf(server: Server): Promise<number> {
	if (!server.listening) await once(server, 'listening');
	return (server.address() as AddressInfo).port;
}

/** A mail server on loopback; gives the variables that lead to it, and what it took. */
async function mailServer() {
	const taken: { raw: Buffer; to: string[] }[] = [];
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS', 'AUTH'],
		onData: (stream, session, done) => {
			const chunks: Buffer[] = [];
			stream.on('data', (chunk: Buffer) => chunks.push(chunk));
			stream.on('end', () => {
				const to = session.envelope.rcptTo.map(({ address }) => address);
				taken.push({ raw: Buffer.concat(chunks), to });
				done();
			});
		}
	});
	closing.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
	const port = await portOf(server.listen(0, '127.0.0.1') as Server);
	const env = {
		SEAM_SMTP_URL: `smtp://127.0.0.1:${port}`,
		SEAM_MAIL_FROM: 'Seam <seam@shop.example>',
		SEAM_MAIL_TO: 'ann@shop.example, ben@shop.example'
	};
	return { env, taken };
}

/** A receiver of posts on loopback that answers with a status. */
async function receiver(status = 200) {
	const taken: { body: string; headers: IncomingHttpHeaders }[] = [];
	const server = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk: Buffer) => (body += chunk.toString()));
		request.on('end', () => {
			taken.push({ body, headers: request.headers });
			response.writeHead(status).end();
		});
	}).listen(0, '127.0.0.1');
	closing.push(() => new Promise((resolve) => server.close(resolve)));
	const host = `127.0.0.1:${await portOf(server)}`;
	return { taken, host, env: { SEAM_WEBHOOK_URL: `http://${host}/hooks/s3cret-path` } };
}

// 3–9 August 2026 is ISO week 32: seven days, two handoffs each, and a third on none of them.
const week = ['--week', '2026-W32'];
const counted = handoffLog(60)
	.split('\n')
	.filter((line) => /,2026-08-0[3-9]T/.test(line));

describe('seam report', () => {
	test('writes HTML, Markdown or JSON to stdout, and nothing else', async () => {
		const html = await report(week);
		expect({ code: html.code, stderr: html.stderr }).toEqual({ code: 0, stderr: '' });
		expect(html.stdout).toMatch(/^<!doctype html>[^]*Week 32, 3–9 Aug 2026[^]*<\/html>\s*$/i);
		const markdown = await report([...week, '--format', 'md']);
		expect(markdown.stdout).toMatch(/^# Week 32, 3–9 Aug 2026\n/);
		expect(markdown.stdout).toContain(`\n${counted.length} handoffs`);
		const json = JSON.parse((await report([...week, '--format', 'json'])).stdout) as {
			numbers: { metric: string; value: number }[];
		};
		expect(json.numbers.find(({ metric }) => metric === 'handoffs')?.value).toBe(
			counted.length
		);
	});

	test('keeps the values of --where, prints them and links them to SEAM_URL', async () => {
		const { stdout } = await report(
			[...week, '--format', 'md', '--where', 'topic=Refunds', '--where', 'channel=chat'],
			{ SEAM_URL: 'https://seam.example/' }
		);
		const kept = counted.filter((line) => /,Refunds,chat,/.test(line));
		expect(kept.length).toBeGreaterThan(0);
		expect(stdout).toContain(`\n${kept.length} handoff`);
		expect(stdout).toContain(
			'Filters: [Topic: Refunds; Channel: chat](https://seam.example/?week=2026-08-03&topic=Refunds&channel=chat)'
		);
	});

	test('a week without handoffs is reported as such and is no failure', async () => {
		const { code, stdout } = await report(['--week', '2026-W53', '--format', 'md']);
		expect(code).toBe(0);
		expect(stdout).toContain('No handoffs in this week. The last before it: 24–30 Aug 2026.');
	});

	test('without any data it says how data gets there', async () => {
		const answer = await report([], { SEAM_DATA: join(home, 'nothing') });
		expect(answer).toMatchObject({ code: 1, stdout: '' });
		expect(answer.stderr).toMatch(
			/^seam: There is no data in .*: run npm start, or seam import FILE\.\n$/
		);
	});

	test.each([
		[['--week', '2026-W54'], 'week=2026-W54 is not a week: 2026 has the weeks W01 to W53'],
		[['--week', '2025-W53'], 'week=2025-W53 is not a week: 2025 has the weeks W01 to W52'],
		[['--week', 'last'], 'week=last is not a week; give an ISO week such as 2026-W46'],
		[['--where', 'shoe=5'], '--where shoe=5 is not of the form'],
		[['--format', 'pdf'], "'pdf' is invalid"],
		[['--mail'], 'SEAM_MAIL_FROM is not set'],
		[['--webhook'], 'SEAM_WEBHOOK_URL is not set'],
		[['--out', '/'], '--out / is a folder'],
		[
			['--out', '/nowhere-at-all/week.html'],
			'there is no folder /nowhere-at-all; make it first'
		]
	])('%j is refused by a sentence that names the value', async (words, said) => {
		const answer = await report(words);
		expect(answer).toMatchObject({ code: 2, stdout: '' });
		expect(answer.stderr).toContain(said);
	});

	test('SEAM_URL is checked before anything is read', async () => {
		const answer = await report([], { SEAM_URL: 'seam.example' });
		expect(answer).toMatchObject({ code: 2, stdout: '' });
		expect(answer.stderr).toContain('SEAM_URL is not an http address');
	});
});

describe('seam report --out', () => {
	test.each([
		['week.html', /^<!doctype html>/i],
		['week.md', /^# Week 32/],
		['week.JSON', /^\{/]
	])('writes %s in the form of its ending, and says path and size', async (name, begins) => {
		const file = join(home, name);
		const { code, stdout, stderr } = await report([...week, '--out', file]);
		expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
		const { size } = await stat(file);
		expect(await readFile(file, 'utf8')).toMatch(begins);
		const kB = (size / 1000).toFixed(size < 10_000 ? 1 : 0);
		expect(stderr).toBe(`seam: wrote ${file} (${kB} kB)\n`);
	});

	test('--format goes before the ending; what stood there is replaced, and no draft stays', async () => {
		const folder = join(home, 'out');
		await mkdir(folder);
		const file = join(folder, 'week.txt');
		await writeFile(file, 'old');
		await report([...week, '--out', file, '--format', 'md']);
		expect(await readFile(file, 'utf8')).toMatch(/^# Week 32/);
		expect(await readdir(folder)).toEqual(['week.txt']);
	});
});

describe('seam report --mail and --webhook', () => {
	test('send it, and say to whom without an address', async () => {
		const [mail, hook] = [await mailServer(), await receiver()];
		const { code, stdout, stderr } = await report([...week, '--mail', '--webhook'], {
			...mail.env,
			...hook.env,
			SEAM_WEBHOOK_SECRET: 'a secret of the receiver',
			SEAM_URL: 'https://seam.example'
		});
		expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
		expect(stderr).toBe(`seam: sent to 2 readers by mail\nseam: posted to ${hook.host}\n`);

		expect(mail.taken).toHaveLength(1);
		expect(mail.taken[0]?.to).toEqual(['ann@shop.example', 'ben@shop.example']);
		const letter = await PostalMime.parse(mail.taken[0]?.raw ?? '');
		expect(letter.subject).toMatch(/^Seam, week 32, 3–9 Aug 2026: /);
		expect(letter.text).toContain(`${counted.length} handoffs`);
		expect(letter.html).toContain(`${counted.length} handoffs`);
		expect(letter.html).not.toContain('data:');
		const pictures = letter.attachments.map(({ contentId }) => contentId?.replace(/[<>]/g, ''));
		expect(pictures.length).toBeGreaterThan(1);
		for (const id of pictures) expect(letter.html).toContain(`src="cid:${id}"`);

		expect(hook.taken).toHaveLength(1);
		const [{ body, headers } = { body: '', headers: {} }] = hook.taken;
		const posted = JSON.parse(body) as { text: string; report: { week: string } };
		expect(posted.text).toContain('https://seam.example/?week=2026-08-03');
		expect(posted.report.week).toBe('2026-W32');
		const at = Number(headers['x-seam-timestamp']);
		expect(headers['x-seam-signature']).toBe(signature('a secret of the receiver', at, body));
	});

	test('where one fails the other is still tried, and the command fails', async () => {
		const [mail, hook] = [await mailServer(), await receiver(404)];
		const file = join(home, 'kept.md');
		const env = { ...mail.env, ...hook.env };
		const sent = await report([...week, '--mail', '--webhook', '--out', file], env);
		expect(sent.code).toBe(1);
		expect(mail.taken).toHaveLength(1);
		expect(sent.stderr).toContain('seam: sent to 2 readers by mail\n');
		expect(sent.stderr).toContain(`The webhook at ${hook.host} did not take the report`);
		expect(sent.stderr).not.toContain('s3cret-path');
		expect(await readFile(file, 'utf8')).toMatch(/^# Week 32/);

		const good = await receiver();
		const down = { ...mail.env, SEAM_SMTP_URL: 'smtp://127.0.0.1:9' };
		const posted = await report([...week, '--mail', '--webhook'], { ...down, ...good.env });
		expect(posted.code).toBe(1);
		expect(good.taken).toHaveLength(1);
		expect(posted.stderr).toContain('The mail server 127.0.0.1:9 cannot be reached');
		expect(posted.stderr).toContain(`seam: posted to ${good.host}\n`);
	});
});

describe('seam report while a server runs on the data folder', () => {
	const root = fileURLToPath(new URL('../..', import.meta.url));
	const vite = join(root, 'node_modules/vite/bin/vite.js');
	const token = 'token-of-this-test';
	let server: ChildProcess;
	let alone: string;

	/** The development server holds the database; server.json leads commands to it. */
	beforeAll(async () => {
		alone = (await seam(['report', ...week, '--format', 'json'], { data, env: unset })).stdout;
		server = spawn(process.execPath, [vite, 'dev', '--port', '0'], {
			cwd: root,
			env: {
				...process.env,
				...unset,
				VITEST: undefined,
				NODE_ENV: 'development',
				NO_COLOR: '1',
				FORCE_COLOR: '0',
				SEAM_DATA: data
			},
			stdio: ['ignore', 'pipe', 'pipe']
		});
		const url = await new Promise<string>((resolve, reject) => {
			let said = '';
			for (const stream of [server.stdout, server.stderr])
				stream?.on('data', (chunk: Buffer) => {
					said += chunk.toString();
					const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
					if (found) resolve(found[0]);
				});
			server.once('exit', () => reject(new Error(said)));
		});
		await writeFile(join(data, 'server.json'), JSON.stringify({ pid: server.pid, url, token }));
		// The first request opens the database.
		expect((await fetch(`${url}/healthz`)).status).toBe(200);
	}, 120_000);

	afterAll(async () => {
		const ended = once(server, 'exit');
		server.kill();
		await ended;
	});

	test('gives the same report', async () => {
		const answer = await seam(['report', ...week, '--format', 'json'], { data, env: unset });
		expect(answer).toEqual({ code: 0, stderr: '', stdout: alone });
	});

	test('sends from its own environment: the server knows neither addresses nor passwords', async () => {
		const [mail, hook] = [await mailServer(), await receiver()];
		const words = ['report', ...week, '--mail', '--webhook', '--where', 'channel=voice'];
		const env = { ...unset, ...mail.env, ...hook.env, SEAM_URL: 'https://seam.example' };
		const { code, stderr } = await seam(words, { data, env });
		expect({ code, stderr }).toEqual({
			code: 0,
			stderr: `seam: sent to 2 readers by mail\nseam: posted to ${hook.host}\n`
		});
		const letter = await PostalMime.parse(mail.taken[0]?.raw ?? '');
		const voice = counted.filter((line) => /,voice,/.test(line)).length;
		expect(letter.text).toContain(`${voice} handoffs`);
		expect(letter.html).toContain('https://seam.example/?week=2026-08-03&amp;channel=voice');
		expect(letter.attachments.length).toBeGreaterThan(1);
	});

	test('passes on what is off in the sentence of the server', async () => {
		const answer = await seam(['report', '--week', '2026-W54'], { data, env: unset });
		expect(answer).toMatchObject({ code: 2, stdout: '' });
		expect(answer.stderr).toContain('week=2026-W54 is not a week');
	});

	test('GET /api/report answers in each form, and lets nothing in it run', async () => {
		const { url } = JSON.parse(await readFile(join(data, 'server.json'), 'utf8')) as {
			url: string;
		};
		const ask = (query: string) => fetch(`${url}/api/report?week=2026-W32${query}`);
		const html = await ask('');
		expect(html.headers.get('content-type')).toBe('text/html; charset=utf-8');
		expect(html.headers.get('content-security-policy')).toMatch(
			/^default-src 'none'; img-src data:/
		);
		expect(await (await ask('&format=md')).text()).toMatch(/^# Week 32/);
		const refused = await ask('&format=pdf');
		expect(refused.status).toBe(400);
		expect(await refused.json()).toEqual({
			error: 'format=pdf is unknown. Allowed: html, md, json, all.'
		});
	});
});
