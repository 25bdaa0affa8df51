/** HTTP answers that the API endpoints share. */
import { timingSafeEqual } from 'node:crypto';
import { SeamError } from '../../../../ingest/errors.ts';
import { tokenHeader } from './handshake.ts';
import { readServerFile } from './serverFile.ts';

/** An error of ours as JSON with its status; anything else is thrown on. */
export function refusal(error: unknown): Response {
	if (error instanceof SeamError)
		return Response.json({ error: error.message }, { status: error.status });
	throw error;
}

/** Refuses what only the command line of the same user may ask. */
export const foreign = (sentence: string): Response =>
	Response.json({ error: sentence }, { status: 403 });

/**
 * Whether a request comes from the command line of the same user: only that can read the token in
 * the data folder. A page in a browser cannot.
 */
export async function isOwnCommand(request: Request): Promise<boolean> {
	const server = await readServerFile();
	const given = Buffer.from(request.headers.get(tokenHeader) ?? '');
	const expected = Buffer.from(server?.token ?? '');
	return (
		expected.length > 0 && given.length === expected.length && timingSafeEqual(given, expected)
	);
}
