import {
	json,
	type Handle,
	type HandleServerError,
	type RequestEvent,
	type ServerInit
} from '@sveltejs/kit';
import { messageOf, SeamError } from '../ingest/errors';
import { isOwnCommand } from '$lib/server/http/answer';
import { closeEngine, engine, withSnapshot } from '$lib/server/store/engine';
import { proofHeader, proofOf, tokenHeader } from '$lib/server/http/handshake';
import { startGrouping, stopGrouping } from '$lib/server/phrases/phraseRunner';
import { loadSampleOnce } from '$lib/server/store/sample';

/**
 * Opens the database, and fills it with the sample when it is new, before anything is served.
 * Questions that were imported while no server ran are grouped then.
 */
export const init: ServerInit = async () => {
	await engine();
	await loadSampleOnce();
	startGrouping();
	// `seam serve` waits for what is pushed; a development server that reloads has one listener.
	process.removeAllListeners('seam:end');
	process.on('seam:end', (ends: Promise<void>[]) => ends.push(stopGrouping().then(closeEngine)));
};

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * Whether a page is read: all of it, its frame too, then sees the store as it is at one moment, and
 * asks nothing twice. What is written or answered in parts keeps to itself.
 */
const isPage = ({ request, route }: RequestEvent) =>
	request.method === 'GET' && route.id !== null && !/^\/(api|healthz)(\/|$)/.test(route.id);

export const handle: Handle = async ({ event, resolve }) => {
	// A name that merely resolves to this machine is how a foreign page would reach it.
	const host = event.request.headers.get('host') ?? '';
	if (!loopback.test(host))
		return json(
			{ error: `Seam answers on localhost and 127.0.0.1 only, not on ${host}.` },
			{ status: 403 }
		);
	const token = event.request.headers.get(tokenHeader);
	if (token !== null && !(await isOwnCommand(event.request)))
		return json({ error: 'This token is not of this server.' }, { status: 403 });
	const response = await (isPage(event)
		? withSnapshot(async () => resolve(event))
		: resolve(event));
	if (token !== null) response.headers.set(proofHeader, proofOf(token));
	response.headers.set('x-content-type-options', 'nosniff');
	response.headers.set('referrer-policy', 'same-origin');
	return response;
};

const unknown = 'Something went wrong here. The server’s log says what.';

/** What the framework refuses before any page of ours sees it. */
const refusals = new Map([
	[405, 'This address takes no such request.'],
	[413, 'What was sent is longer than a form of Seam: send less. Nothing was saved.'],
	[415, 'What was sent is not a form. Nothing was saved.']
]);

/** Our own errors are said to the reader; others stay in the log. */
export const handleError: HandleServerError = ({ error, status, message }) => {
	if (error instanceof SeamError) return { message: error.message };
	if (status >= 500)
		process.stderr.write(`${error instanceof Error ? error.stack : messageOf(error)}\n`);
	return { message: refusals.get(status) ?? (status === 404 ? message : unknown) };
};
