/** Talks to the server that holds the database, when one runs on this data folder. */
import { StoreError, UsageError } from '../../ingest/errors.ts';
import { readServerFile } from '../lib/server/serverFile.ts';

/**
 * Asks the running server.
 * @returns null when no server runs on this data folder: the command then opens it itself
 * @throws UsageError or StoreError with what the server said
 */
export async function askServer(path: string, init: RequestInit = {}): Promise<Response | null> {
	const server = await readServerFile();
	if (!server) return null;
	let response: Response;
	try {
		response = await fetch(server.url + path, {
			...init,
			headers: { 'x-seam-token': server.token, 'content-type': 'application/json' }
		});
	} catch {
		// Its process number was taken by another program, or it is just ending.
		return null;
	}
	if (response.ok) return response;
	const said = (await response.json().catch(() => null)) as {
		error?: string;
		message?: string;
	} | null;
	const message = said?.error ?? said?.message ?? `the server answered ${response.status}`;
	throw response.status === 400 ? new UsageError(message) : new StoreError(message);
}
