import { fileURLToPath } from 'node:url';

/**
 * Runs the command line of Seam in this process, from TypeScript as it stands in src/cli.
 *
 * @param {string[]} argv the words after `seam`
 */
export async function launch(argv) {
	// A reader that has seen enough, such as head, is no error.
	process.stdout.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
		if (error.code === 'EPIPE') process.exit(0);
		throw error;
	});
	let register;
	try {
		({ register } = await import('tsx/esm/api'));
	} catch {
		console.error('Seam is not installed yet: run npm start or npm install in its folder.');
		process.exitCode = 1;
		return;
	}
	register({ tsconfig: false });
	try {
		const main = new URL('../src/cli/main.ts', import.meta.url);
		/** @type {{ main: (argv: string[]) => Promise<number> }} */
		const cli = await import(main.href);
		process.exitCode = await cli.main(argv);
	} catch (error) {
		if (process.env.SEAM_DEBUG) console.error(error);
		else console.error(`seam: ${error instanceof Error ? error.message : String(error)}`);
		process.exitCode = 1;
	}
}

/** The path of the launcher, for those who start Seam as a program of its own. */
export const seam = fileURLToPath(new URL('seam.js', import.meta.url));
