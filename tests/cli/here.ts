import { vi } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { Answer } from './run.ts';

/** Runs `seam` in this process: quicker where nothing but its words matter. */
export async function here(
	words: string[],
	env: Record<string, string | undefined>
): Promise<Answer> {
	const said = { stdout: '', stderr: '' };
	const keep = (stream: keyof typeof said, end: string) => (text: unknown) => {
		said[stream] += String(text) + end;
		return true;
	};
	const spies = [
		vi.spyOn(process.stdout, 'write').mockImplementation(keep('stdout', '')),
		vi.spyOn(process.stderr, 'write').mockImplementation(keep('stderr', '')),
		vi.spyOn(console, 'log').mockImplementation(keep('stdout', '\n')),
		vi.spyOn(console, 'error').mockImplementation(keep('stderr', '\n'))
	];
	for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
	try {
		return { code: await main(words), ...said };
	} finally {
		vi.unstubAllEnvs();
		for (const spy of spies) spy.mockRestore();
	}
}
