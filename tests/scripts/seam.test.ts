import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A command line in place of the real one, typed, so that it needs the launcher to run at all. */
const main = `
export async function main(argv: string[]): Promise<number> {
	const [command = ''] = argv;
	if (command === 'throw') throw new Error('The log is gone.');
	if (command === 'long') process.stdout.write('x'.repeat(3_000_000));
	return Number(command) || 0;
}
`;

let home: string;
let launcher: string;

beforeAll(async () => {
	home = await mkdtemp(join(tmpdir(), 'seam launcher '));
	await cp(join(root, 'scripts'), join(home, 'scripts'), { recursive: true });
	await mkdir(join(home, 'src', 'cli'), { recursive: true });
	await writeFile(join(home, 'src', 'cli', 'main.ts'), main);
	await writeFile(join(home, 'package.json'), '{ "type": "module" }');
	await symlink(join(root, 'node_modules'), join(home, 'node_modules'), 'junction');
	launcher = join(home, 'scripts', 'seam.js');
});

afterAll(async () => {
	await rm(home, { recursive: true, force: true });
});

async function seam(args: string[], { script = launcher, cwd = tmpdir() } = {}) {
	const child = spawn(process.execPath, [script, ...args], { cwd });
	let stdout = '';
	let stderr = '';
	child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
	const [code] = (await once(child, 'close')) as [number | null];
	return { code, stdout, stderr };
}

describe('the seam command', () => {
	test('ends with the exit code of the command', async () => {
		expect(await seam(['3'])).toEqual({ code: 3, stdout: '', stderr: '' });
		expect(await seam([])).toEqual({ code: 0, stdout: '', stderr: '' });
	});

	test('writes all of a long answer into a pipe', async () => {
		const { code, stdout } = await seam(['long']);
		expect(stdout).toHaveLength(3_000_000);
		expect(code).toBe(0);
	});

	test('is silent when its reader has seen enough', async () => {
		const child = spawn(process.execPath, [launcher, 'long']);
		let stderr = '';
		child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
		child.stdout.once('data', () => child.stdout.destroy());
		const [code] = (await once(child, 'exit')) as [number | null];
		expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
	});

	test('says an error in one sentence without a stack', async () => {
		expect(await seam(['throw'])).toEqual({
			code: 1,
			stdout: '',
			stderr: 'seam: The log is gone.\n'
		});
	});

	test('runs through a symbolic link', async () => {
		const link = join(home, 'link');
		await symlink(launcher, link);
		expect((await seam(['4'], { script: link })).code).toBe(4);
	});

	test('says what to do where the packages are not installed', async () => {
		const bare = join(home, 'bare');
		await cp(join(home, 'scripts'), join(bare, 'scripts'), { recursive: true });
		await cp(join(home, 'src'), join(bare, 'src'), { recursive: true });
		await writeFile(join(bare, 'package.json'), '{ "type": "module" }');
		await rm(join(home, 'node_modules'));
		const answer = await seam(['0'], { script: join(bare, 'scripts', 'seam.js') });
		await symlink(join(root, 'node_modules'), join(home, 'node_modules'), 'junction');
		expect(answer).toEqual({
			code: 1,
			stdout: '',
			stderr: 'Seam is not installed yet: run npm start or npm install in its folder.\n'
		});
	});
});
