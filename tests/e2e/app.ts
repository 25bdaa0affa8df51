import { test as base, expect, type Page } from '@playwright/test';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { seam as launcher } from '../../scripts/launch.js';
import { seam as command } from '../cli/run.ts';
import { madeOnce } from '../madeOnce.ts';
import { bankFile } from '../second/bank.ts';

/** A Seam server in a process of its own. */
export type Seam = {
	/** http://127.0.0.1:PORT, without a slash at the end */
	url: string;
	/** its data folder */
	data: string;
	/** what it has said on stdout and stderr so far */
	stdout(): string;
	stderr(): string;
	/** asks it to end, as a service manager would, and gives its exit code (null when it had to be killed) */
	stop(signal?: 'SIGTERM' | 'SIGINT'): Promise<number | null>;
};

/**
 * Starts the built app on a free port and waits until it has printed its address.
 *
 * @param options data: the data folder to serve; without it an empty one is made, and removed by
 * stop. env: settings on top of this process's own; undefined unsets. timeout: ms until giving up.
 * @throws with everything the server said, when it ends or stays silent instead
 */
export async function startSeam(
	options: {
		data?: string;
		env?: Record<string, string | undefined>;
		timeout?: number;
	} = {}
): Promise<Seam> {
	const { env = {}, timeout = 180_000 } = options;
	const data = options.data ?? (await mkdtemp(join(tmpdir(), 'seam-e2e-')));
	const child = spawn(process.execPath, [launcher, 'serve'], {
		env: {
			...process.env,
			NODE_ENV: 'production',
			HOST: undefined,
			SEAM_DATA: data,
			PORT: String(await freePort()),
			...env
		},
		stdio: ['ignore', 'pipe', 'pipe']
	});
	const said = { stdout: '', stderr: '' };
	const exited = once(child, 'exit').then(([code]) => code as number | null);

	const address = new Promise<string>((resolve) => {
		child.stdout.on('data', (chunk: Buffer) => {
			said.stdout += chunk.toString();
			const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said.stdout);
			if (found) resolve(found[0]);
		});
		child.stderr.on('data', (chunk: Buffer) => {
			said.stderr += chunk.toString();
		});
	});

	const stop: Seam['stop'] = async (signal = 'SIGTERM') => {
		child.kill(signal);
		const killer = setTimeout(() => child.kill('SIGKILL'), 20_000);
		const code = await exited;
		clearTimeout(killer);
		if (!options.data) await rm(data, { recursive: true, force: true });
		return code;
	};

	let timer: NodeJS.Timeout | undefined;
	const silence = new Promise<'silence'>((resolve) => {
		timer = setTimeout(resolve, timeout, 'silence');
	});
	const first = await Promise.race([address, silence, exited]);
	clearTimeout(timer);
	if (typeof first === 'string' && first !== 'silence')
		return { url: first, data, stop, stdout: () => said.stdout, stderr: () => said.stderr };

	const how =
		first === 'silence'
			? `printed no address within ${String(timeout / 1000)} s`
			: `ended with code ${String(first)} before it printed an address`;
	await stop();
	throw new Error(`seam serve ${how}:\n${said.stdout}${said.stderr}`);
}

/** The last day of the sample that tests look at, whenever they run. */
const sampleEnd = '2026-11-15';

/** A data folder with the sample and its phrase groups, as a first start leaves it. */
const sampleData = () =>
	madeOnce('e2e-sample', async (data) => {
		const out = join(data, 'sample');
		await succeed(['sample', '--out', out, '--end', sampleEnd]);
		await succeed(['import', out], data);
		// Left to the servers, each would group the same questions again, beside its tests.
		await succeed(['phrases', 'update'], data);
	});

/** A data folder with the first month of the bank's log, which lacks most fields. */
const bankData = () =>
	madeOnce('e2e-bank', (data) => succeed(['import', fileURLToPath(bankFile(1))], data));

async function succeed(words: string[], data?: string): Promise<void> {
	const { code, stderr } = await command(words, data === undefined ? {} : { data });
	if (code !== 0) throw new Error(`seam ${words.join(' ')}: ${stderr}`);
}

/** A copy of a folder in a new one. */
async function copyOf(folder: string): Promise<string> {
	const copy = await mkdtemp(join(tmpdir(), 'seam-e2e-'));
	await cp(folder, copy, { recursive: true });
	return copy;
}

/** A port that nothing listens on at this moment. */
export async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	server.close();
	await once(server, 'close');
	if (address === null || typeof address === 'string') throw new Error('no port');
	return address.port;
}

/** Serves a copy of a data folder while a worker's tests use it. */
async function serveCopy(
	data: string,
	use: (seam: Seam) => Promise<void>,
	env: Record<string, string> = {}
): Promise<void> {
	const copy = await copyOf(data);
	const seam = await startSeam({ data: copy, env });
	await use(seam);
	await seam.stop();
	await rm(copy, { recursive: true, force: true });
}

/**
 * Lets `goto` and `reload` end when the page's scripts are at work: before, clicks do what they do
 * without scripts. A `goto` that says what to wait for ends as Playwright has it.
 */
function waitForScripts(page: Page): void {
	const { goto, reload } = { goto: page.goto.bind(page), reload: page.reload.bind(page) };
	const live = () =>
		page.waitForFunction(
			() => !document.querySelector('#content') || 'live' in document.documentElement.dataset
		);
	page.goto = async (address, options) => {
		const response = await goto(address, options);
		if (!options?.waitUntil) await live();
		return response;
	};
	page.reload = async (options) => {
		const response = await reload(options);
		await live();
		return response;
	};
}

/**
 * A Playwright test with a server: `seam` is started once for each worker with the sample log, and
 * relative addresses lead to it; `bank` is one more with the log of the bank, for tests that ask
 * for it (they skip where it is absent: hasBank). Whatever the page says in the console as a warning
 * or an error, and any error it throws, fails the test; `test.use({ silence: /…/ })` allows what is expected.
 */
export const test = base.extend<
	{ silence: RegExp | null; consoleStaysSilent: undefined },
	{ seam: Seam; bank: Seam; seamEnv: Record<string, string> }
>({
	seamEnv: [{}, { option: true, scope: 'worker' }],
	seam: [
		async ({ seamEnv }, use) => {
			await serveCopy(await sampleData(), use, seamEnv);
		},
		{ scope: 'worker', timeout: 400_000 }
	],
	bank: [
		// Playwright asks for a pattern of what a fixture needs, and this one needs nothing.
		// eslint-disable-next-line no-empty-pattern
		async ({}, use) => {
			await serveCopy(await bankData(), use);
		},
		{ scope: 'worker', timeout: 180_000 }
	],
	baseURL: async ({ seam }, use) => {
		await use(seam.url);
	},
	page: async ({ page, javaScriptEnabled }, use) => {
		if (javaScriptEnabled !== false) waitForScripts(page);
		await use(page);
	},
	silence: [null, { option: true }],
	consoleStaysSilent: [
		async ({ context, silence }, use) => {
			const said: string[] = [];
			context.on('console', (message) => {
				if (['warning', 'error'].includes(message.type()))
					said.push(`${message.type()}: ${message.text()}`);
			});
			context.on('weberror', (error) => {
				said.push(`thrown: ${error.error().message}`);
			});
			await use(undefined);
			expect(
				said.filter((line) => !silence?.test(line)),
				'the console stays silent'
			).toEqual([]);
		},
		{ auto: true }
	]
});

export { expect };
