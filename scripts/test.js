import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Refusal, build, complain, install, requireNode } from './install.js';
import { root, runPackage } from './run.js';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

const env = { ...process.env };
// A shell set up for production would give the tests the wrong Svelte.
delete env.NODE_ENV;

/** @type {Record<string, () => Promise<Counts>>} */
const steps = {
	types: () =>
		checks(
			'svelte-check/bin/svelte-check',
			'--threshold',
			'warning',
			'--fail-on-warnings',
			'--output',
			'human'
		),
	format: () => checks('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'),
	lint: () => checks('eslint/bin/eslint.js', '--max-warnings', '0', '.'),
	unit: () => vitest('unit', 'pure'),
	components: () => vitest('components'),
	build: async () => {
		await built();
		return passed;
	},
	e2e: async () => {
		await built();
		return playwright();
	}
};

const passed = { passed: 1, failed: 0, skipped: 0 };
const failed = { passed: 0, failed: 1, skipped: 0 };

/** @type {Promise<void> | undefined} */
let building;

/** Builds once, also when the first attempt has failed. */
function built() {
	building ??= build();
	return building;
}

/** What reads the tree and changes nothing: these run beside the others, as far as those leave time. */
const reading = ['types', 'format', 'lint'];

/**
 * One test made of a program that has to succeed; what it says is said at its end, in one piece.
 *
 * @param {string} script
 * @param {...string} args
 */
async function checks(script, ...args) {
	const { code, output } = await runPackage(script, args, { env, quiet: true, patient: true });
	if (output.trim() !== '') console.log(output.trimEnd());
	return code === 0 ? passed : failed;
}

/** @param {...string} projects */
async function vitest(...projects) {
	const file = report(projects.join('-'));
	const args = ['run', ...projects.map((project) => `--project=${project}`)];
	args.push('--reporter=default', '--reporter=json');
	const { code } = await runPackage('vitest/vitest.mjs', [...args, `--outputFile.json=${file}`], {
		env
	});
	/** @type {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number, testResults: { status: string, assertionResults: unknown[] }[] } | undefined} */
	const result = read(file);
	if (!result) return failed;
	const unloadable = result.testResults.filter(
		({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0
	);
	return checked(code, {
		passed: result.numPassedTests,
		failed: result.numFailedTests + unloadable.length,
		skipped: result.numPendingTests + result.numTodoTests
	});
}

async function playwright() {
	const file = report('e2e');
	const { code } = await runPackage('@playwright/test/cli.js', ['test'], {
		env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file }
	});
	/** @type {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors: unknown[] } | undefined} */
	const result = read(file);
	if (!result) return failed;
	const { expected, unexpected, flaky, skipped } = result.stats;
	return checked(code, { passed: expected + flaky, failed: unexpected, skipped });
}

/**
 * A program that fails without a failing test, by a crash outside of one or no tests at all, counts as one.
 *
 * @param {number} code
 * @param {Counts} counts
 * @returns {Counts}
 */
function checked(code, counts) {
	return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** @param {string} name */
function report(name) {
	mkdirSync(join(root, '.cache'), { recursive: true });
	return join(root, '.cache', `${name}.${String(process.pid)}.json`);
}

/** @param {string} file */
function read(file) {
	if (!existsSync(file)) return undefined;
	const text = readFileSync(file, 'utf8');
	rmSync(file);
	return JSON.parse(text);
}

/** @returns {string[]} */
function chosen() {
	const { values } = parseArgs({ options: { only: { type: 'string' } } });
	const names = values.only?.split(',') ?? Object.keys(steps);
	for (const name of names) {
		if (!steps[name])
			throw new Refusal(
				`There is no step "${name}": --only takes ${Object.keys(steps).join(', ')}, separated by commas.`
			);
	}
	return names;
}

async function main() {
	requireNode();
	const names = chosen();
	await install();
	const total = { passed: 0, failed: 0, skipped: 0 };
	/** @type {string[]} */
	const broken = [];
	/** @param {string} name */
	const take = async (name) => {
		if (!reading.includes(name)) console.log(`\n── ${name}`);
		const started = performance.now();
		const counts = await /** @type {() => Promise<Counts>} */ (steps[name])().catch(
			(/** @type {unknown} */ error) => {
				console.error(error instanceof Refusal ? error.message : error);
				return failed;
			}
		);
		total.passed += counts.passed;
		total.failed += counts.failed;
		total.skipped += counts.skipped;
		if (counts.failed > 0) broken.push(name);
		const seconds = ((performance.now() - started) / 1000).toFixed(1);
		console.log(`── ${name}: ${line(counts)} (${seconds} s)`);
	};
	const readers = names.filter((name) => reading.includes(name));
	// Types of the routes, which the checks of types and of promises read.
	if (readers.length > 0) await runPackage('@sveltejs/kit/svelte-kit.js', ['sync'], { env });
	const beside = Promise.all(readers.map(take));
	for (const name of names.filter((name) => !reading.includes(name))) {
		// It writes what they read.
		if (name === 'build') await beside;
		await take(name);
	}
	await beside;
	console.log(broken.length > 0 ? `\nFailed: ${broken.join(', ')}` : '');
	console.log(line(total));
	process.exitCode = total.failed > 0 ? 1 : 0;
}

/** @param {Counts} counts */
function line({ passed, failed, skipped }) {
	return `${String(passed)} passed, ${String(failed)} failed${skipped > 0 ? `, ${String(skipped)} skipped` : ''}`;
}

try {
	await main();
} catch (error) {
	complain(error);
	console.log(line(failed));
}
