import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';

/** The project's folder, whatever folder the command was typed in. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Runs a program in the project's folder without a stdin, passes SIGINT and SIGTERM on to it, and
 * resolves with its exit code (128 + number for a signal) and, when quiet, what it printed. One that
 * is patient gives way to other programs.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ quiet?: boolean, patient?: boolean, env?: NodeJS.ProcessEnv, shell?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(
	command,
	args,
	{ quiet = false, patient = false, env = process.env, shell = false } = {}
) {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			cwd: root,
			env,
			shell,
			stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit']
		});
		if (patient && child.pid !== undefined)
			setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
		let output = '';
		/** @param {Buffer} chunk */
		const keep = (chunk) => {
			output += chunk.toString();
		};
		child.stdout?.on('data', keep);
		child.stderr?.on('data', keep);

		/** @type {NodeJS.Signals | undefined} */
		let stopped;
		/** @param {NodeJS.Signals} signal */
		const pass = (signal) => {
			stopped = signal;
			child.kill(signal);
		};
		process.on('SIGINT', pass).on('SIGTERM', pass);
		const done = () => {
			process.off('SIGINT', pass).off('SIGTERM', pass);
		};
		child.on('error', (error) => {
			done();
			reject(error);
		});
		child.on('close', (code, signal) => {
			done();
			if (stopped) process.exit(stopped === 'SIGINT' ? 130 : 143);
			resolve({ code: code ?? (signal === 'SIGINT' ? 130 : 143), output });
		});
	});
}

/**
 * Runs a program of a package in node_modules with this Node.
 *
 * @param {string} script path below node_modules
 * @param {string[]} args
 * @param {{ quiet?: boolean, patient?: boolean, env?: NodeJS.ProcessEnv }} [options]
 */
export function runPackage(script, args, options) {
	return run(process.execPath, [`node_modules/${script}`, ...args], options);
}
