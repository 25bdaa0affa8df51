/** The thread that groups questions, as the job talks to it. */
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { root } from '../store/root.ts';
import type { GroupingAnswer, GroupingTask, GroupingWord } from './grouping.ts';

/** What the thread may keep, in MiB: a log that needs more ends its grouping and not the server. */
const mostMemory = 1536;

/** A thread of its own; it lives until it is ended. */
export class Grouper {
	readonly #worker: Worker;

	constructor() {
		this.#worker = new Worker(path.join(root, 'src/lib/server/phrases/worker.js'), {
			// What the server itself was started with is not for it.
			execArgv: [],
			resourceLimits: { maxOldGenerationSizeMb: mostMemory }
		});
	}

	/** Hands questions over; they are kept until the next step. */
	add(questions: string[]): void {
		this.#post({ questions });
	}

	/**
	 * Groups all questions handed over since the last step.
	 * @param onShare told how far it is, 0 to 1
	 * @throws when the thread ends or fails before it has answered
	 */
	step(
		task: Exclude<GroupingTask, { questions: string[] }>,
		onShare: (share: number) => void = () => undefined
	): Promise<GroupingAnswer> {
		const worker = this.#worker;
		const answer = new Promise<GroupingAnswer>((resolve, reject) => {
			const on = {
				message: (said: GroupingWord) => {
					if ('share' in said) onShare(said.share);
					else settle(() => resolve(said.answer));
				},
				error: (failure: Error) => settle(() => reject(failure)),
				exit: () => settle(() => reject(new Error('The grouping of questions was ended.')))
			};
			const settle = (end: () => void) => {
				for (const [event, listener] of Object.entries(on)) worker.off(event, listener);
				end();
			};
			for (const [event, listener] of Object.entries(on)) worker.on(event, listener);
		});
		this.#post(task);
		return answer;
	}

	async end(): Promise<void> {
		await this.#worker.terminate();
	}

	#post(task: GroupingTask): void {
		this.#worker.postMessage(task);
	}
}
