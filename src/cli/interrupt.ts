import { SeamError } from '../../ingest/errors.ts';

/** Somebody pressed Ctrl-C, or a service manager asked the command to end. */
export class Interrupted extends SeamError {
	override name = 'Interrupted';
	override readonly exitCode = 130;
}

/** How soon the same key press may arrive again by way of npm. */
const echoMs = 1000;

/**
 * Turns the first SIGINT or SIGTERM into an abort, so that work can be taken back; a second one,
 * later than the same key press can echo, ends the process at once.
 */
export function interruptible(): { signal: AbortSignal; done: () => void } {
	const abort = new AbortController();
	let firstAt: number | undefined;
	const told = () => {
		firstAt ??= performance.now();
		if (performance.now() - firstAt > echoMs) process.exit(130);
		abort.abort();
	};
	process.on('SIGINT', told).on('SIGTERM', told);
	return {
		signal: abort.signal,
		done: () => {
			process.off('SIGINT', told).off('SIGTERM', told);
		}
	};
}
