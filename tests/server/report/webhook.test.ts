import { createHmac } from 'node:crypto';
import {
	createServer,
	type IncomingHttpHeaders,
	type IncomingMessage,
	type ServerResponse
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import {
	sendWebhook,
	webhookSettings,
	type WebhookSettings
} from '../../../src/lib/server/report/webhook.ts';
import { refusal, report } from './report.ts';

type Taken = { headers: IncomingHttpHeaders; body: string; method: string; url: string };
type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const closing: (() => void)[] = [];
afterEach(() => {
	for (const close of closing.splice(0)) close();
});

/** A receiver on loopback that gives its answers in turn, the last of them for good. */
async function receiver(...answers: Answer[]) {
	const taken: Taken[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const { headers, method = '', url = '' } = request;
			taken.push({ headers, method, url, body: Buffer.concat(chunks).toString() });
			answers[Math.min(taken.length, answers.length) - 1]?.(response, request);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const close = () => {
		server.closeAllConnections();
		server.close();
	};
	closing.push(close);
	return { taken, close, host: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const answer =
	(status: number, text = '', headers: Record<string, string> = {}): Answer =>
	(response) =>
		response.writeHead(status, headers).end(text);

const at = (url: string, secret: string | null = null): WebhookSettings => ({
	url: new URL(url),
	secret
});
const quick = { pauses: [5, 5] };

describe('a report to a webhook', () => {
	test('is one POST of JSON: Markdown for chats, data for programs', async () => {
		const { host, taken } = await receiver(answer(200, 'ok'));
		await sendWebhook(report, at(`http://${host}/hooks/a?b=c`), quick);
		expect(taken).toHaveLength(1);
		const [{ method, url, headers, body } = { body: '' } as Taken] = taken;
		expect({ method, url }).toEqual({ method: 'POST', url: '/hooks/a?b=c' });
		expect(headers['content-type']).toBe('application/json');
		expect(headers['x-seam-signature']).toBeUndefined();
		expect(JSON.parse(body)).toEqual({
			text: report.text,
			subject: report.subject,
			report: report.json
		});
	});

	test('is signed together with its time, the same way in every try', async () => {
		const { host, taken } = await receiver(answer(503), answer(204));
		await sendWebhook(report, at(`http://${host}/`, 'key of ours'), quick);
		expect(taken).toHaveLength(2);
		for (const { headers, body } of taken) {
			const time = String(headers['x-seam-timestamp']);
			const hmac = createHmac('sha256', 'key of ours');
			expect(headers['x-seam-signature']).toBe(
				`sha256=${hmac
					.update(time + '.')
					.update(body)
					.digest('hex')}`
			);
			expect(Math.abs(Number(time) - Date.now() / 1000)).toBeLessThan(60);
		}
		expect(taken[0]?.headers['x-seam-signature']).toBe(taken[1]?.headers['x-seam-signature']);
	});

	test('gives the user of the address as a login', async () => {
		const { host, taken } = await receiver(answer(200));
		await sendWebhook(report, at(`http://ann:s%23cret@${host}/`), quick);
		const [, login = ''] = taken[0]?.headers.authorization?.split(' ') ?? [];
		expect(Buffer.from(login, 'base64').toString()).toBe('ann:s#cret');
	});

	test.each([500, 502, 429])('is tried again after %i', async (status) => {
		const { host, taken } = await receiver(answer(status, 'busy'), answer(200));
		await sendWebhook(report, at(`http://${host}/`), quick);
		expect(taken).toHaveLength(2);
	});

	test('is tried again after a broken connection', async () => {
		const { host, taken } = await receiver(
			(_, request) => request.socket.destroy(),
			answer(200)
		);
		await sendWebhook(report, at(`http://${host}/`), quick);
		expect(taken).toHaveLength(2);
	});

	test('waits as long as the receiver asks', async () => {
		const { host } = await receiver(answer(429, '', { 'retry-after': '1' }), answer(200));
		const began = Date.now();
		await sendWebhook(report, at(`http://${host}/`), quick);
		expect(Date.now() - began).toBeGreaterThan(950);
	});
});

describe('a webhook that fails says why, without its secrets', () => {
	const secretPath = '/services/T0SECRET/B1SECRET?token=q-secret';
	const secretive = (host: string) =>
		at(`http://user-secret:pass-secret@${host}${secretPath}`, 'signing-secret');
	const expectNoSecret = (said: string) => {
		expect(said).not.toMatch(/secret|services|T0|B1|token/i);
	};

	test('404 is said at once with the beginning of the answer', async () => {
		const { host, taken } = await receiver(answer(404, 'no_team\n' + 'x'.repeat(5000)));
		const said = await refusal(() => sendWebhook(report, secretive(host), quick));
		expect(said).toMatch(
			new RegExp(
				`^DeliveryError: The webhook at ${host} did not take the report: it answered 404`
			)
		);
		const [, beginning = ''] = /\((.*)\)/.exec(said) ?? [];
		expect(beginning).toMatch(/^no_team x+…$/);
		expect(beginning).toHaveLength(200);
		expectNoSecret(said);
		expect(taken).toHaveLength(1);
	});

	test('three server faults are the end', async () => {
		const { host, taken } = await receiver(answer(500, 'down'));
		const said = await refusal(() => sendWebhook(report, secretive(host), quick));
		expect(said).toContain('3 times out of 3: it answered 500 (down).');
		expectNoSecret(said);
		expect(taken).toHaveLength(3);
	});

	test('an answer that repeats address, login and secret is printed without them', async () => {
		const { host } = await receiver((response, { url, headers }) =>
			response
				.writeHead(403)
				.end(`${url} B1SECRET q-secret ${headers.authorization} signing-secret is wrong`)
		);
		const said = await refusal(() => sendWebhook(report, secretive(host), quick));
		expect(said).toContain('is wrong');
		expect(said).not.toContain(Buffer.from('user-secret:pass-secret').toString('base64'));
		expect(said.replaceAll(/\btoken=/g, '')).not.toMatch(/-secret|T0SECRET|B1SECRET/);
	});

	test('a redirect is not followed', async () => {
		const other = await receiver(answer(200));
		const { host } = await receiver(
			answer(307, '', { location: `http://${other.host}${secretPath}` })
		);
		const said = await refusal(() => sendWebhook(report, secretive(host), quick));
		expect(said).toContain('it answered 307, and redirects are not followed');
		expectNoSecret(said.replace('SEAM_WEBHOOK_URL', ''));
		expect(other.taken).toEqual([]);
	});

	test('a receiver that is down', async () => {
		const { host, close } = await receiver(answer(200));
		close();
		const said = await refusal(() => sendWebhook(report, secretive(host), quick));
		expect(said).toContain(`${host} did not take the report, 3 times out of 3`);
		expect(said).toContain('ECONNREFUSED');
		expectNoSecret(said);
	});

	test('a slow answer', async () => {
		const { host, taken } = await receiver(() => undefined);
		const said = await refusal(() =>
			sendWebhook(report, secretive(host), { ...quick, timeout: 100 })
		);
		expect(said).toContain('no answer within 0.1 s');
		expectNoSecret(said);
		expect(taken).toHaveLength(3);
	});

	test('an error whose text never ends', async () => {
		const { host, taken } = await receiver((response) => {
			response.writeHead(400).write('wrong ');
		});
		const said = await refusal(() =>
			sendWebhook(report, secretive(host), { ...quick, timeout: 100 })
		);
		expect(said).toContain('it answered 400 (wrong).');
		expect(taken).toHaveLength(1);
	});
});

describe('the settings of the webhook', () => {
	test('are read from the environment', () => {
		const SEAM_WEBHOOK_URL = 'https://chat.example.com/hooks/1';
		expect(webhookSettings({ SEAM_WEBHOOK_URL })).toEqual(at(SEAM_WEBHOOK_URL));
		expect(webhookSettings({ SEAM_WEBHOOK_URL, SEAM_WEBHOOK_SECRET: 'key' }).secret).toBe(
			'key'
		);
	});

	test.each([
		undefined,
		'',
		'chat.example.com/s3cret-word',
		'ftp://chat/s3cret-word',
		'https://'
	])(
		'SEAM_WEBHOOK_URL=%s is refused by its name, without what it holds',
		async (SEAM_WEBHOOK_URL) => {
			const said = await refusal(() => webhookSettings({ SEAM_WEBHOOK_URL }));
			expect(said).toMatch(/^UsageError: SEAM_WEBHOOK_URL /);
			expect(said).not.toContain('s3cret-word');
		}
	);
});
