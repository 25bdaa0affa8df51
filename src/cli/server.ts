/** Talks to the server that holds the database, when one runs on this data folder. */
import { StoreError, UsageError } from '../../ingest/errors.ts';
import { hasDatabase } from '../lib/server/store/engine.ts';
import { proofHeader, proofOf, tokenHeader } from '../lib/server/http/handshake.ts';
import { dataFolder } from '../lib/server/store/root.ts';
import { readServerFile, type ServerFile } from '../lib/server/http/serverFile.ts';

/**
 * Asks the running server.
 * @returns null when no server runs on this data folder: the command then opens it itself
 * @throws UsageError or StoreError with what the server said
 */
export async function askServer(path: string, init: RequestInit = {}): Promise<Response | null> {
	const server = await serverFile();
	if (!server) return null;
	let response: Response;
	try {
		response = await fetch(server.url + path, {
			...init,
			headers: { [tokenHeader]: server.token, 'content-type': 'application/json' }
		});
	} catch (error) {
		if (init.signal?.aborted) throw error;
		// It has died, and its process number belongs to another program by now.
		return null;
	}
	if (response.headers.get(proofHeader) !== proofOf(server.token)) {
		await response.body?.cancel();
		return null;
	}
	if (response.ok) return response;
	const said = (await response.json().catch(() => null)) as {
		error?: string;
		message?: string;
	} | null;
	const message = said?.error ?? said?.message ?? `The server answered ${response.status}.`;
	throw response.status === 400 ? new UsageError(message) : new StoreError(message);
}

/** The server that runs on this data folder, if one does and answers. */
export async function runningServer(): Promise<ServerFile | null> {
	const answer = await askServer('/healthz').catch(() => true);
	return answer ? serverFile() : null;
}

/**
 * Refuses a question to a data folder that holds nothing yet.
 * @throws StoreError that says how data gets there
 */
export function requireData(): void {
	if (!hasDatabase())
		throw new StoreError(
			`There is no data in ${dataFolder()} yet: run npm start, or seam import FILE.`
		);
}

/** A file that cannot be read, half written or not ours, is none. */
const serverFile = () => readServerFile().catch(() => null);
