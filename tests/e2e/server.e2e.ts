import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { Agent, get, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { handoffLog, seam as command, start } from '../cli/run.ts';
import { expect, startSeam, test, type Seam } from './app.ts';

let home: string;
let data: string;

/** A small log, so that no sample has to be loaded. */
test.beforeAll(async () => {
	home = await mkdtemp(join(tmpdir(), 'seam-server-'));
	data = join(home, 'data');
	await writeFile(join(home, 'log.csv'), handoffLog(60));
	expect((await command(['import', join(home, 'log.csv')], { data })).code).toBe(0);
});

test.afterAll(() => rm(home, { recursive: true, force: true }));

/** Runs work against a server on the folder and stops it, however the work ends. */
async function serving(work: (seam: Seam) => Promise<void>) {
	const seam = await startSeam({ data });
	try {
		await work(seam);
	} finally {
		await seam.stop();
	}
}

const leftBehind = async () =>
	(await readdir(data)).filter((name) => /\.wal$|^server\.json$/.test(name));

test('commands say the same with a server and without', async () => {
	test.setTimeout(120_000);
	const month = ['--from', '2026-08-01', '--to', '2026-09-01'];
	const questions = [
		['status', '--json'],
		['quarantine', '--format', 'json'],
		['metrics', '--metrics', 'handoffs,wait_after_p50', '--by', 'topic', ...month],
		[
			'metrics',
			'--metrics',
			'handoffs',
			'--format',
			'csv',
			'--where',
			'topic=Refunds',
			...month
		],
		['metrics', '--metrics', 'handofs', ...month],
		['report', '--week', '2026-W32', '--format', 'html', '--where', 'topic=Refunds'],
		['report', '--week', '2026-W54'],
		['import', 'nowhere.csv'],
		['import', 'log.csv', '--source', 'nobody'],
		['import', 'log.csv', '--timezone', 'Mars/Olympus']
	];
	const ask = (words: string[]) => command(words, { data, cwd: home });
	// Without a server a store is one command's at a time.
	const without: Awaited<ReturnType<typeof ask>>[] = [];
	for (const words of questions) without.push(await ask(words));
	expect(without.map(({ code }) => code)).toEqual([0, 0, 0, 0, 2, 0, 2, 2, 2, 2]);
	await serving(async () => {
		expect(await Promise.all(questions.map(ask))).toEqual(without);
	});
});

test('an import through the server shows on its pages and takes the sample banner away', async ({
	page
}) => {
	const shop = join(home, 'shop');
	const small = ['--weeks', '2', '--conversations', '300'];
	expect((await command(['sample', '--out', shop, ...small])).code).toBe(0);
	const folder = join(home, 'sampled');
	expect((await command(['import', shop], { data: folder })).code).toBe(0);
	const seam = await startSeam({ data: folder });
	try {
		await page.goto(seam.url);
		await expect(page.getByText('Sample data:')).toBeVisible();
		// typed in the folder of the log
		const answer = await command(['import', 'log.csv', '--json'], { data: folder, cwd: home });
		expect(answer).toMatchObject({ code: 0, stderr: '' });
		expect(JSON.parse(answer.stdout)).toMatchObject({
			total: { lines: 60, inserted: 60, quarantined: 0 },
			removed_sample: true
		});
		await page.reload();
		await expect(page.getByText('Sample data:')).toHaveCount(0);
		await expect(page.getByText(/^60 handoffs, /)).toBeVisible();
	} finally {
		// A page that still loads its scripts would miss the server.
		await page.goto('about:blank');
		await seam.stop();
	}
});

test.describe('a server', () => {
	let seam: Seam;

	test.beforeAll(async () => {
		seam = await startSeam({ data });
	});

	test.afterAll(() => seam?.stop());

	test('/healthz answers with the version and the handoffs', async () => {
		const answer = await fetch(`${seam.url}/healthz`);
		expect(answer.status).toBe(200);
		expect(await answer.json()).toMatchObject({ status: 'ok', handoffs: 60 });
	});

	test('only who can read the token may import or read refused lines', async () => {
		const post = (headers: Record<string, string>) =>
			fetch(`${seam.url}/api/import`, {
				method: 'POST',
				headers: { 'content-type': 'application/json', ...headers },
				body: JSON.stringify({ paths: [join(home, 'log.csv')] })
			});
		expect((await post({})).status).toBe(403);
		expect((await post({ 'x-seam-token': 'guess' })).status).toBe(403);
		expect((await fetch(`${seam.url}/api/quarantine`)).status).toBe(403);
		const { token } = JSON.parse(readFileSync(join(data, 'server.json'), 'utf8')) as {
			token: string;
		};
		const own = await post({ 'x-seam-token': token });
		expect(own.status).toBe(200);
		expect((await own.text()).trim().split('\n').at(-1)).toContain('"report"');
	});

	test.describe('another origin', () => {
		test.use({ silence: /CORS|Failed to load/ });

		test('a page of another origin can neither read nor import', async ({ page }) => {
			// localhost is another origin than 127.0.0.1
			await page.goto(`${seam.url.replace('127.0.0.1', 'localhost')}/healthz`);
			const tried = await page.evaluate(async (to) => {
				const attempt = (path: string, init?: RequestInit) =>
					fetch(to + path, init).then(
						(answer) => `${answer.status}`,
						() => 'refused'
					);
				const headers = { 'x-seam-token': 'x', 'content-type': 'application/json' };
				return [
					await attempt('/api/status'),
					await attempt('/api/metrics?metrics=handoffs&from=2026-08-01&to=2026-09-01'),
					await attempt('/api/import', { method: 'POST', headers, body: '{}' })
				];
			}, seam.url);
			expect(tried).toEqual(['refused', 'refused', 'refused']);
		});
	});

	test('a foreign name in the Host header is refused', async () => {
		const { port } = new URL(seam.url);
		const status = (host: string) =>
			new Promise<number | undefined>((resolve, reject) => {
				get({ port, host: '127.0.0.1', path: '/', headers: { host } }, (answer) => {
					answer.resume();
					resolve(answer.statusCode);
				}).on('error', reject);
			});
		expect(await status('evil.example')).toBe(403);
		expect(await status(`127.0.0.1.evil.example:${port}`)).toBe(403);
		expect(await status(`localhost:${port}`)).toBe(200);
	});
});

for (const signal of ['SIGTERM', 'SIGINT'] as const)
	test(`${signal} ends the server with 0, also under an open connection, and leaves nothing open`, async () => {
		const seam = await startSeam({ data });
		const agent = new Agent({ keepAlive: true });
		await new Promise((resolve, reject) => {
			httpRequest(`${seam.url}/healthz`, { agent }, (answer) => {
				answer.resume().on('end', resolve);
			})
				.on('error', reject)
				.end();
		});
		const began = performance.now();
		expect(await seam.stop(signal)).toBe(0);
		agent.destroy();
		expect(performance.now() - began).toBeLessThan(4000);
		expect(seam.stderr()).toBe('');
		expect(await leftBehind()).toEqual([]);
	});

test('a second server on the folder, or on the port, is refused in one sentence', async () => {
	await serving(async ({ url }) => {
		const { port } = new URL(url);
		const second = await command(['serve'], { data, env: { PORT: '0' } });
		expect(second).toMatchObject({ code: 1, stdout: '' });
		expect(second.stderr).toMatch(
			new RegExp(
				`^seam: Seam already serves .* at ${url} \\(process \\d+\\)\\. Stop it.*\\n$`
			)
		);
		const other = join(home, 'other');
		expect(await command(['serve'], { data: other, env: { PORT: port } })).toEqual({
			code: 1,
			stdout: '',
			stderr: `seam: Port ${port} is taken. Stop what uses it, or give another one with PORT.\n`
		});
		expect(existsSync(other)).toBe(false);
	});
});

test('a start is refused in one sentence when the database is no database', async () => {
	const broken = await mkdtemp(join(home, 'broken-'));
	await writeFile(join(broken, 'seam.duckdb'), 'not a database\n'.repeat(2000));
	const { code, stdout, stderr } = await command(['serve'], { data: broken, env: { PORT: '0' } });
	expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
	expect(stderr).toMatch(
		/^seam: The database .*seam\.duckdb cannot be opened \(.*\)\. Move it away .*\n$/
	);
	expect(await readdir(broken)).not.toContain('server.json');
});

test('a server that is told to end, or dies, during an import leaves the store whole', async () => {
	test.setTimeout(120_000);
	const files = await mkdtemp(join(home, 'many-'));
	for (let i = 0; i < 12; i++)
		await writeFile(join(files, `${i}.csv`), handoffLog(1000, `${i}-`));
	const handoffs = async () => {
		const { stdout } = await command(['status', '--json'], { data });
		return (JSON.parse(stdout) as { handoffs: number }).handoffs;
	};
	const before = await handoffs();
	const scratch = join(data, 'tmp');
	for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
		const server = start(['serve'], { data, env: { PORT: '0' } });
		while (!existsSync(join(data, 'server.json'))) await pause();
		const importing = start(['import', files], { data });
		while ((await readdir(scratch)).length === 0) await pause();
		server.child.kill(signal);
		expect((await server.answer).code).toBe(signal === 'SIGTERM' ? 0 : null);
		const { code, stderr } = await importing.answer;
		// The server lets an import that is nearly done end.
		if (code !== 0) expect(stderr).toMatch(/^seam: .* importing twice changes nothing\.\n$/);
		if (signal === 'SIGTERM') expect(await leftBehind()).toEqual([]);
		expect([before, before + 12_000]).toContain(await handoffs());
		await rm(join(data, 'server.json'), { force: true });
	}
});

const pause = () => new Promise((resolve) => setTimeout(resolve, 20));

test('a start that was killed while it loaded the sample is made good by the next', async () => {
	test.setTimeout(180_000);
	const fresh = join(home, 'fresh');
	const { child, answer } = start(['serve'], { data: fresh, env: { PORT: '0' } });
	while (!existsSync(join(fresh, 'sample', 'handoffs.csv'))) await pause();
	child.kill('SIGKILL');
	await answer;
	const loads = performance.now();
	const seam = await startSeam({ data: fresh });
	const loading = performance.now() - loads;
	const status = (await (await fetch(`${seam.url}/api/status`)).json()) as object;
	expect(status).toMatchObject({ sample: true, conversations: 60_000 });
	expect(await seam.stop()).toBe(0);

	// The next start keeps the data, and so takes a part of the time.
	const began = performance.now();
	const again = await startSeam({ data: fresh });
	expect(performance.now() - began).toBeLessThan(loading / 2);
	expect(await (await fetch(`${again.url}/api/status`)).json()).toEqual(status);
	await again.stop();
});
