import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root, run, runPackage } from './run.js';

/** A reason to stop that is said in one sentence, without a stack. */
export class Refusal extends Error {}

/** What the built app is made from; a change in any of these asks for a new build. */
const sources = [
	'src',
	'ingest',
	'queries',
	'static',
	'svelte.config.js',
	'vite.config.ts',
	'package.json',
	'package-lock.json'
];

/** Refuses a Node that is older than the packages need. */
export function requireNode() {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	if (major < 20 || (major === 20 && minor < 19))
		throw new Refusal(
			`Seam needs Node 20.19 or newer and this is Node ${process.versions.node}: install a newer one from https://nodejs.org.`
		);
}

/** Installs the packages of package-lock.json unless node_modules was made for exactly that file. */
export async function install() {
	const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
	const stamp = join(root, 'node_modules', '.seam-stamp');
	const machine = `${process.platform}-${process.arch} `;
	const wanted = machine + hash(lock);
	const found = existsSync(stamp) ? readFileSync(stamp, 'utf8') : machine;
	if (found === wanted) return;
	if (found.startsWith(machine) && installedByHand(lock)) {
		writeFileSync(stamp, wanted);
		return;
	}

	console.error('Installing the packages Seam is made of …');
	const flags = ['ci', '--include=dev', '--include=optional', '--include=peer'];
	const npm = process.env.npm_execpath;
	const { code } =
		npm && basename(npm) === 'npm-cli.js'
			? await run(process.execPath, [npm, ...flags])
			: await run('npm', flags, { shell: process.platform === 'win32' }).catch(() => {
					throw new Refusal(
						'The packages could not be installed: npm, which comes with Node, was not found.'
					);
				});
	if (code !== 0)
		throw new Refusal(
			`The packages could not be installed: npm ci ended with code ${String(code)}, and its words are above.`
		);
	writeFileSync(stamp, wanted);
}

/**
 * Whether a plain `npm install` or `npm ci` left the same packages: npm's own record in
 * node_modules names what is there.
 *
 * @param {string} lock
 */
function installedByHand(lock) {
	const record = join(root, 'node_modules', '.package-lock.json');
	if (!existsSync(record)) return false;
	/** @typedef {{ packages: Record<string, { version?: string, integrity?: string, optional?: boolean }> }} Lock */
	const { packages: wanted } = /** @type {Lock} */ (JSON.parse(lock));
	const { packages: present } = /** @type {Lock} */ (JSON.parse(readFileSync(record, 'utf8')));
	return Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
		const found = present[path];
		if (!found) return path === '' || optional;
		return found.version === version && found.integrity === integrity;
	});
}

/** Builds the app unless build/ was made from exactly these sources. */
export async function build() {
	const stamp = join(root, 'build', '.seam-stamp');
	const wanted = hashOfSources();
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;

	console.error('Building the pages …');
	const env = { ...process.env, NODE_ENV: 'production' };
	const { code, output } = await runPackage('vite/bin/vite.js', ['build'], { quiet: true, env });
	if (code !== 0) {
		console.error(output);
		throw new Refusal(
			`The pages could not be built: vite build ended with code ${String(code)}, and its words are above.`
		);
	}
	writeFileSync(stamp, wanted);
}

function hashOfSources() {
	const sum = createHash('sha256');
	for (const source of sources) {
		for (const file of filesBelow(source)) {
			sum.update(`${file}\0`);
			sum.update(readFileSync(join(root, file)));
			sum.update('\0');
		}
	}
	return sum.digest('hex');
}

/**
 * @param {string} path relative to the project
 * @returns {string[]}
 */
function filesBelow(path) {
	const stats = statSync(join(root, path), { throwIfNoEntry: false });
	if (!stats) return [];
	if (!stats.isDirectory()) return [path];
	return readdirSync(join(root, path))
		.sort()
		.flatMap((name) => filesBelow(`${path}/${name}`));
}

/** @param {string} text */
function hash(text) {
	return createHash('sha256').update(text).digest('hex');
}

/**
 * Says why a command stops: a refusal in its sentence, anything else with its stack.
 *
 * @param {unknown} error
 */
export function complain(error) {
	console.error(error instanceof Refusal ? error.message : error);
	process.exitCode = 1;
}
