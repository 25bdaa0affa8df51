/**
 * The errors that Seam says to people: one clear sentence that names the value and the way out.
 * Everything else that is thrown is a fault of the program.
 */
export class SeamError extends Error {
	override name = 'SeamError';
	/** What an HTTP answer carries. */
	readonly status: number = 500;
	/** What the command line exits with. */
	readonly exitCode: number = 1;
}

/** What the user typed or sent is off: an option, a parameter, a path. */
export class UsageError extends SeamError {
	override name = 'UsageError';
	override readonly status = 400;
	override readonly exitCode = 2;
}

/** A log as a whole cannot be read; single bad lines go to quarantine instead. */
export class LogError extends SeamError {
	override name = 'LogError';
	override readonly status = 422;
}

/** The data folder, the database file or the port cannot be used. */
export class StoreError extends SeamError {
	override name = 'StoreError';
	override readonly status = 503;
}

/** A mail server or a webhook did not take a report. */
export class DeliveryError extends SeamError {
	override name = 'DeliveryError';
	override readonly status = 502;
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
