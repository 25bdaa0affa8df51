import { createServer, type AddressInfo, type Server } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import { mailSettings, sendMail } from '../../../src/lib/server/report/mail.ts';
import { pixel, refusal, report } from './report.ts';

const password = 'p@ss/w0rd%#secret';
const written = encodeURIComponent(password);

type Taken = { raw: Buffer; to: string[]; from: string; wasSecure: boolean; user: string };

const open: { close: () => void }[] = [];
afterEach(() => {
	for (const server of open.splice(0)) server.close();
});

/** A mail server on loopback that keeps what it takes. */
async function mailServer(options: SMTPServerOptions = {}) {
	const taken: Taken[] = [];
	const server = new SMTPServer({
		authOptional: true,
		allowInsecureAuth: true,
		// Its own certificate is no secret, which is what the tests need of it.
		logger: false,
		onAuth: ({ username, password: given }, _, done) => {
			if (given === password) done(null, { user: username });
			else done(new Error(`Invalid login for ${username} with ${given}`));
		},
		onData: (stream, session, done) => {
			const chunks: Buffer[] = [];
			stream.on('data', (chunk: Buffer) => chunks.push(chunk));
			stream.on('end', () => {
				taken.push({
					raw: Buffer.concat(chunks),
					to: session.envelope.rcptTo.map(({ address }) => address),
					from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
					wasSecure: session.secure,
					user: String(session.user)
				});
				done();
			});
		},
		...options
	});
	server.on('error', () => undefined);
	open.push({ close: () => server.close() });
	const listening = server.listen(0, '127.0.0.1');
	return { taken, port: await portOf(listening as Server) };
}

async function portOf(server: Server): Promise<number> {
	if (!server.listening) await new Promise((resolve) => server.once('listening', resolve));
	return (server.address() as AddressInfo).port;
}

const settingsFor = (SEAM_SMTP_URL: string, to = 'ann@example.com, Ben <ben@example.com>') =>
	mailSettings({
		SEAM_SMTP_URL,
		SEAM_MAIL_FROM: 'Seam <seam@example.com>',
		SEAM_MAIL_TO: to
	});

describe('a report by mail', () => {
	test('arrives with subject, Markdown, HTML and its pictures as parts of the mail', async () => {
		const { port, taken } = await mailServer();
		await sendMail(report, settingsFor(`smtp://reporter:${written}@127.0.0.1:${port}`));
		expect(taken).toHaveLength(1);
		const [{ raw, to, from, user } = { raw: Buffer.from('') }] = taken;
		expect({ to, from, user }).toEqual({
			to: ['ann@example.com', 'ben@example.com'],
			from: 'seam@example.com',
			user: 'reporter'
		});
		const mail = await PostalMime.parse(raw);
		expect(mail.subject).toBe(report.subject);
		expect(mail.from?.name).toBe('Seam');
		expect(mail.text?.replaceAll('\r\n', '\n').trimEnd()).toBe(report.text);
		expect(mail.html).not.toContain('data:');
		expect(mail.attachments).toHaveLength(1);
		const [picture] = mail.attachments;
		expect(picture?.mimeType).toBe('image/png');
		expect(picture?.disposition).toBe('inline');
		expect(Buffer.from(picture?.content as ArrayBuffer).toString('base64')).toBe(pixel);
		const cid = picture?.contentId?.replace(/[<>]/g, '') ?? '';
		expect(mail.html?.trimEnd()).toBe(
			report.html.replace(`data:image/png;base64,${pixel}`, `cid:${cid}`)
		);
		const headers = raw.toString('latin1').split('\r\n\r\n')[0] ?? '';
		expect(headers).toMatch(/^Content-Type: multipart\/alternative/m);
		expect(headers).toMatch(/^Auto-Submitted: auto-generated/m);
	});

	test('needs no login and no TLS where the server on this machine asks for none', async () => {
		const { port, taken } = await mailServer({ disabledCommands: ['STARTTLS', 'AUTH'] });
		await sendMail(report, settingsFor(`smtp://localhost:${port}`));
		expect(taken.map(({ wasSecure }) => wasSecure)).toEqual([false]);
	});

	test('names who was refused where the server takes some of the addresses', async () => {
		const { port, taken } = await mailServer({
			onRcptTo: ({ address }, _, done) =>
				done(address.startsWith('ben') ? new Error('No such user') : null)
		});
		const said = await refusal(() => sendMail(report, settingsFor(`smtp://127.0.0.1:${port}`)));
		expect(said).toBe(
			`DeliveryError: 127.0.0.1:${port} took the report for ann@example.com, but not for ben@example.com; check SEAM_MAIL_TO.`
		);
		expect(taken[0]?.to).toEqual(['ann@example.com']);
	});
});

describe('a mail that cannot be sent says why, without the password', () => {
	test('a refused login, with code and text of the server', async () => {
		const { port, taken } = await mailServer();
		const wrong = 'wr0ng-but-secret';
		const said = await refusal(() =>
			sendMail(report, settingsFor(`smtp://reporter:${wrong}@127.0.0.1:${port}`))
		);
		expect(said).toContain(`127.0.0.1:${port} refused the login (`);
		expect(said).toContain('535 Invalid login for reporter with •••');
		expect(said).not.toContain(wrong);
		expect(taken).toEqual([]);
	});

	test('a server that is down', async () => {
		const { port } = await mailServer();
		for (const server of open.splice(0)) server.close();
		const said = await refusal(() =>
			sendMail(report, settingsFor(`smtp://reporter:${written}@127.0.0.1:${port}`))
		);
		expect(said).toContain(`127.0.0.1:${port} cannot be reached (`);
		expect(said).toContain('ECONNREFUSED');
		expect(said).not.toContain(password);
	});

	test('a server that never greets', async () => {
		const silent = createServer(() => undefined).listen(0, '127.0.0.1');
		open.push(silent);
		const port = await portOf(silent);
		const began = Date.now();
		const said = await refusal(() =>
			sendMail(report, settingsFor(`smtp://127.0.0.1:${port}`), { timeout: 200 })
		);
		expect(said).toContain('gave no answer within 0.2 s');
		expect(Date.now() - began).toBeLessThan(5000);
	});

	test('a server that falls silent while it takes the mail', async () => {
		const { port } = await mailServer({ onRcptTo: () => undefined });
		const said = await refusal(() =>
			sendMail(report, settingsFor(`smtp://127.0.0.1:${port}`), { timeout: 300 })
		);
		expect(said).toContain('gave no answer within 0.3 s');
	});

	test('a server that refuses the mail itself', async () => {
		const { port } = await mailServer({
			onData: (stream, _, done) => {
				stream.resume();
				stream.on('end', () => done(new Error(`Message refused\u001b[31m ${password}`)));
			}
		});
		const said = await refusal(() =>
			sendMail(report, settingsFor(`smtp://reporter:${written}@127.0.0.1:${port}`))
		);
		expect(said).toContain('refused the report (450 Message refused [31m •••)');
	});

	// 0.0.0.0 leads to this machine but is not one of its own names.
	test.skipIf(process.platform === 'win32')(
		'a server without TLS, to which no password is sent',
		async () => {
			let logins = 0;
			const { port, taken } = await mailServer({
				disabledCommands: ['STARTTLS'],
				onAuth: (_, __, done) => {
					logins++;
					done(null, { user: 'any' });
				}
			});
			const said = await refusal(() =>
				sendMail(report, settingsFor(`smtp://reporter:${written}@0.0.0.0:${port}`))
			);
			expect(said).toContain('offers no TLS, so the password was not sent');
			expect(logins).toBe(0);
			expect(taken).toEqual([]);
		}
	);

	test.each(['smtps://', 'smtp://'])(
		'a certificate that nobody has signed, with %s',
		async (protocol) => {
			let logins = 0;
			const { port, taken } = await mailServer({
				secure: protocol === 'smtps://',
				onAuth: (_, __, done) => {
					logins++;
					done(null, { user: 'any' });
				}
			});
			const said = await refusal(() =>
				sendMail(report, settingsFor(`${protocol}reporter:${written}@0.0.0.0:${port}`))
			);
			expect(said).toContain(
				`The certificate of the mail server 0.0.0.0:${port} is not trusted`
			);
			expect(logins).toBe(0);
			expect(taken).toEqual([]);
		}
	);
});

describe('the settings of mail', () => {
	const good = {
		SEAM_SMTP_URL: `smtp://user%40example.com:${written}@mail.example.com`,
		SEAM_MAIL_FROM: '"Seam, weekly" <seam@example.com>',
		SEAM_MAIL_TO: 'ann@example.com, Ben <ben@example.com>,'
	};

	test('are read from the environment', () => {
		expect(mailSettings(good)).toEqual({
			server: {
				host: 'mail.example.com',
				port: 587,
				isSecure: false,
				login: { user: 'user@example.com', password }
			},
			from: '"Seam, weekly" <seam@example.com>',
			to: ['ann@example.com', 'ben@example.com']
		});
		expect(mailSettings({ ...good, SEAM_SMTP_URL: 'smtps://[::1]' }).server).toEqual({
			host: '::1',
			port: 465,
			isSecure: true,
			login: null
		});
	});

	test.each([
		['SEAM_SMTP_URL', undefined],
		['SEAM_SMTP_URL', ' '],
		['SEAM_SMTP_URL', 'mail.example.com'],
		['SEAM_SMTP_URL', 'https://u:s3cret-word@mail.example.com'],
		['SEAM_SMTP_URL', 'smtp://u:s3cret-word/x@mail.example.com'],
		['SEAM_SMTP_URL', 'smtp://u:s3cret-word#x@mail.example.com'],
		['SEAM_SMTP_URL', 'smtp://u:s3cret-word%zz@mail.example.com'],
		['SEAM_SMTP_URL', 'smtp://u:s3cret-word@mail.example.com:99999'],
		['SEAM_SMTP_URL', 'smtp://u@mail.example.com'],
		['SEAM_SMTP_URL', 'smtp://:s3cret-word@mail.example.com'],
		['SEAM_SMTP_URL', 'smtp://u:s3cret-word@mail.example.com?pool=true'],
		['SEAM_SMTP_URL', 'smtp://'],
		['SEAM_MAIL_FROM', undefined],
		['SEAM_MAIL_FROM', 'Seam'],
		['SEAM_MAIL_FROM', 'a@example.com, b@example.com'],
		['SEAM_MAIL_FROM', 'Seam\r\nBcc: c@example.com <a@example.com>'],
		['SEAM_MAIL_TO', undefined],
		['SEAM_MAIL_TO', ','],
		['SEAM_MAIL_TO', 'ann@example.com ben@example.com'],
		['SEAM_MAIL_TO', 'ann@example.com, ben']
	])('%s=%s is refused by its name, without the password', async (name, value) => {
		const said = await refusal(() => mailSettings({ ...good, [name]: value }));
		expect(said).toMatch(new RegExp(`^UsageError: ${name} `));
		expect(said).not.toContain('s3cret-word');
		expect(said).not.toContain(password);
	});
});
