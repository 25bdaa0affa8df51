import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { seam as launcher } from '../../scripts/launch.js';

/** What a command said and ended with. */
export type Answer = { code: number | null; stdout: string; stderr: string };

type Options = { data?: string; cwd?: string; env?: Record<string, string | undefined> };

/** Starts `seam` with these words on a data folder; `answer` resolves when it has ended. */
export function start(
	words: string[],
	{ data, cwd, env = {} }: Options = {}
): { child: ChildProcess; answer: Promise<Answer> } {
	const child = spawn(process.execPath, [launcher, ...words], {
		cwd,
		env: {
			...process.env,
			HOST: undefined,
			PORT: undefined,
			SEAM_DEBUG: undefined,
			SEAM_DATA: data,
			...env
		},
		stdio: ['ignore', 'pipe', 'pipe']
	});
	const said = { stdout: '', stderr: '' };
	child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
	const answer = once(child, 'close').then(([code]) => ({
		code: code as number | null,
		...said
	}));
	return { child, answer };
}

/** Runs `seam` to its end. */
export const seam = (words: string[], options?: Options): Promise<Answer> =>
	start(words, options).answer;

/** Handoffs of our own format: one a day of August 2026, topics in turn. */
export function handoffLog(rows: number, prefix = 'c'): string {
	const topics = ['Refunds', 'Delivery', 'Cancellation'];
	const lines = Array.from({ length: rows }, (_, i) => {
		const day = String(1 + (i % 28)).padStart(2, '0');
		const channel = i % 2 === 0 ? 'chat' : 'voice';
		return `${prefix}${i},2026-08-${day}T10:00:00Z,${topics[i % 3]},${channel},${i % 300}`;
	});
	return ['conversation_id,handed_off_at,topic,channel,wait_after_s', ...lines, ''].join('\n');
}
