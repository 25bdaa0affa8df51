/** Posts a report to a chat or to a program. */
import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { DeliveryError, messageOf, UsageError } from '../../../../ingest/errors.ts';
import type { Report } from './report.ts';
import { printable } from './secrets.ts';

export type WebhookSettings = {
	/** Its path, query and user are secrets in themselves: only the host is ever printed. */
	url: URL;
	/** Signs what is sent. */
	secret: string | null;
};

const shape = 'an address such as https://chat.example.com/hooks/…';

/**
 * The settings of the webhook from the environment.
 * @throws UsageError that names the variable and its shape, without what it holds
 */
export function webhookSettings(environment: NodeJS.ProcessEnv = process.env): WebhookSettings {
	const text = environment['SEAM_WEBHOOK_URL']?.trim();
	if (!text) throw new UsageError(`SEAM_WEBHOOK_URL is not set; give ${shape}.`);
	if (!URL.canParse(text))
		throw new UsageError(`SEAM_WEBHOOK_URL is not an address; give ${shape}.`);
	const url = new URL(text);
	if (url.protocol !== 'http:' && url.protocol !== 'https:')
		throw new UsageError(
			`SEAM_WEBHOOK_URL begins with neither http:// nor https://; give ${shape}.`
		);
	return { url, secret: environment['SEAM_WEBHOOK_SECRET'] || null };
}

/**
 * The signature of a body: HMAC-SHA-256 over `<timestamp>.<body>`, in hexadecimal digits.
 * @param timestamp seconds since 1970
 */
export function signature(secret: string, timestamp: number, body: string): string {
	return `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}

type Options = {
	/** ms that a try may take. */
	timeout?: number;
	/** ms before the second try, the third … */
	pauses?: number[];
};

/** Longest wait that a receiver may ask for, in ms. */
const longestWait = 60_000;

/** A try that failed; `isPassing` when the next one may do better. */
type Failure = { said: string; isPassing: boolean; wait?: number };

/**
 * Posts a report as JSON: `text` (Markdown) and `subject` for chats, `report` for programs.
 * A server fault (5xx), "too many requests" (429) and a broken connection are tried again. Every
 * try carries the same timestamp and signature, so that a receiver can tell a second one by them.
 * @throws DeliveryError with the status and the beginning of the answer, without secrets
 */
export async function sendWebhook(
	report: Report,
	settings: WebhookSettings,
	{ timeout = 30_000, pauses = [1000, 4000] }: Options = {}
): Promise<void> {
	const { subject, text, json } = report;
	const request = requestOf(settings, JSON.stringify({ text, subject, report: json }));
	const tries = pauses.length + 1;
	for (let made = 1; ; made++) {
		const failure = await post(request, settings, timeout);
		if (failure === null) return;
		const wait = pauses[made - 1];
		if (!failure.isPassing || wait === undefined) {
			const often = made > 1 ? `, ${made} times out of ${tries}` : '';
			throw new DeliveryError(
				`The webhook at ${settings.url.host} did not take the report${often}: ${failure.said}`
			);
		}
		await pause(Math.max(wait, failure.wait ?? 0));
	}
}

type Request = { address: URL; body: string; headers: Record<string, string> };

function requestOf({ url, secret }: WebhookSettings, body: string): Request {
	const address = new URL(url);
	// fetch takes no user in an address.
	address.username = address.password = '';
	const timestamp = Math.floor(Date.now() / 1000);
	const user = `${decoded(url.username)}:${decoded(url.password)}`;
	return {
		address,
		body,
		headers: {
			'content-type': 'application/json',
			'user-agent': 'seam',
			...(user !== ':' && { authorization: `Basic ${Buffer.from(user).toString('base64')}` }),
			'x-seam-timestamp': String(timestamp),
			...(secret !== null && { 'x-seam-signature': signature(secret, timestamp, body) })
		}
	};
}

async function post(
	{ address, body, headers }: Request,
	settings: WebhookSettings,
	timeout: number
): Promise<Failure | null> {
	const secrets = secretsOf(settings);
	try {
		const response = await fetch(address, {
			method: 'POST',
			body,
			headers,
			redirect: 'manual',
			signal: AbortSignal.timeout(timeout)
		});
		const { status, ok } = response;
		if (ok) {
			await response.body?.cancel();
			return null;
		}
		const answer = printable(await beginningOf(response), secrets);
		const said = `it answered ${status}${answer ? ` (${answer})` : ''}.`;
		if (status >= 300 && status < 400)
			return {
				said: `it answered ${status}, and redirects are not followed; give the final address in SEAM_WEBHOOK_URL.`,
				isPassing: false
			};
		if (status < 500 && status !== 429)
			return { said: `${said} Check SEAM_WEBHOOK_URL.`, isPassing: false };
		return { said, isPassing: true, wait: waitOf(response) };
	} catch (error) {
		if (error instanceof Error && error.name === 'TimeoutError')
			return { said: `no answer within ${timeout / 1000} s.`, isPassing: true };
		const cause = error instanceof Error && error.cause ? error.cause : error;
		const { code } = cause as { code?: string };
		const why = printable(messageOf(cause) || (code ?? ''), secrets);
		return { said: `it cannot be reached (${why}).`, isPassing: true };
	}
}

/** Everything of the settings that must not be printed. */
function secretsOf({ url, secret }: WebhookSettings): string[] {
	const parts = [
		url.pathname,
		...url.pathname.split('/').filter((part) => part.length >= 6),
		url.search.slice(1),
		...url.searchParams.values(),
		url.username,
		url.password,
		`${decoded(url.username)}:${decoded(url.password)}`,
		secret ?? ''
	];
	return parts.flatMap((part) => [part, decoded(part)]);
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** The first kilobytes of an answer; the rest is not fetched. */
async function beginningOf(response: Response): Promise<string> {
	const reader = response.body?.getReader();
	if (!reader) return '';
	const decoder = new TextDecoder();
	let text = '';
	try {
		while (text.length < 2000) {
			const { done, value } = await reader.read();
			if (done) break;
			text += decoder.decode(value as Uint8Array, { stream: true });
		}
		await reader.cancel();
	} catch {
		// The status is known and what came of the text too: that it broke off says no more.
	}
	return text;
}

/** ms that a receiver asks to wait (Retry-After in seconds), within reason. */
function waitOf(response: Response): number {
	const seconds = Number(response.headers.get('retry-after') ?? 0);
	return seconds > 0 ? Math.min(seconds * 1000, longestWait) : 0;
}
