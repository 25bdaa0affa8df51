/** The one run of the job in this process, whoever asked for it. */
import { messageOf } from '../../../../ingest/errors.ts';
import type { PhraseJob } from '../../phrases.ts';
import { groupQuestions, idle, type GroupingReport } from './phraseJob.ts';

type Slot = {
	running: Promise<GroupingReport> | null;
	/** somebody imported while it ran */
	isStale: boolean;
	stop: AbortController;
	job: PhraseJob;
	listeners: Set<(job: PhraseJob) => void>;
};

// A development server reloads its modules; the run must survive that.
const slot = Symbol.for('seam.grouping');
const held = globalThis as { [slot]?: Slot };
const state = (held[slot] ??= {
	running: null,
	isStale: false,
	stop: new AbortController(),
	job: idle,
	listeners: new Set()
});

/** What the job does now, or how its last run ended. */
export const readPhraseJob = (): PhraseJob => state.job;

/**
 * Groups what waits, and what comes meanwhile.
 * @returns what the run has done that is under way or begins now
 */
export function runGrouping(onProgress?: (job: PhraseJob) => void): Promise<GroupingReport> {
	if (onProgress) state.listeners.add(onProgress);
	if (state.running) state.isStale = true;
	else {
		state.stop = new AbortController();
		state.running = run(state.stop.signal).finally(() => (state.running = null));
	}
	return state.running.finally(() => {
		if (onProgress) state.listeners.delete(onProgress);
	});
}

/** Begins to group what an import has left, and does not wait for it; failures are kept in the job. */
export function startGrouping(): void {
	void runGrouping().catch(() => undefined);
}

/** Ends the run under way; what is left is done by the next one. */
export async function stopGrouping(): Promise<void> {
	state.stop.abort(new Error('The grouping of questions was ended.'));
	await state.running?.catch(() => undefined);
}

const now = () => new Date().toISOString();

async function run(signal: AbortSignal): Promise<GroupingReport> {
	const { endedAt } = state.job;
	const tell = (job: PhraseJob) => {
		state.job = { ...job, endedAt };
		for (const listener of state.listeners) listener(state.job);
	};
	const total: GroupingReport = {
		parts: 0,
		questions: 0,
		groups: 0,
		proposals: 0,
		failures: []
	};
	try {
		do {
			state.isStale = false;
			const { failures, ...counts } = await groupQuestions(tell, signal);
			total.failures = failures;
			for (const key of ['parts', 'questions', 'groups', 'proposals'] as const)
				total[key] += counts[key];
		} while (state.isStale && !signal.aborted);
		state.job = { ...idle, failure: total.failures[0] ?? null, endedAt: now() };
		return total;
	} catch (failure) {
		// One that was ended from outside leaves the rest waiting: it is no run that is over.
		state.job = signal.aborted
			? { ...idle, endedAt }
			: { ...idle, failure: messageOf(failure), endedAt: now() };
		throw failure;
	}
}
