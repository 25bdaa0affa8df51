/** Sends a report by SMTP. */
import { createTransport } from 'nodemailer';
import addressparser from 'nodemailer/lib/addressparser';
import { DeliveryError, UsageError } from '../../../../ingest/errors.ts';
import type { Report } from './report.ts';
import { printable } from './secrets.ts';

export type MailSettings = {
	server: {
		host: string;
		port: number;
		/** Speaks TLS from the first byte (smtps://). */
		isSecure: boolean;
		login: { user: string; password: string } | null;
	};
	/** As the variable has it: `Seam <seam@example.com>`. */
	from: string;
	/** Bare addresses. */
	to: string[];
};

const shapeOfServer = 'smtp://USER:PASSWORD@HOST:587, or smtps:// for port 465';

/**
 * The settings of mail from the environment.
 * @throws UsageError that names the variable and its shape, without what it holds
 */
export function mailSettings(environment: NodeJS.ProcessEnv = process.env): MailSettings {
	const from = addressesOf(environment, 'SEAM_MAIL_FROM', 'Seam <seam@example.com>');
	if (from.length > 1)
		throw new UsageError('SEAM_MAIL_FROM holds several addresses; a mail has one sender.');
	return {
		server: serverOf(environment),
		from: read(environment, 'SEAM_MAIL_FROM', ''),
		to: addressesOf(environment, 'SEAM_MAIL_TO', 'ann@example.com, ben@example.com')
	};
}

function read(environment: NodeJS.ProcessEnv, name: string, shape: string): string {
	const text = environment[name]?.trim();
	if (!text) throw new UsageError(`${name} is not set; give ${shape}.`);
	return text;
}

function addressesOf(environment: NodeJS.ProcessEnv, name: string, shape: string): string[] {
	const text = read(environment, name, shape);
	const parsed = addressparser(text, { flatten: true });
	const addresses = parsed.map(({ address }) => address);
	// "ann@example.com ben@example.com" is one address with a name, and ben would get nothing.
	const isAddress = ({ address, name }: { address: string; name: string }) =>
		/^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/.test(address) && !name.includes('@');
	// A line break would let the variable write headers of its own.
	if (/\p{Cc}/u.test(text) || addresses.length === 0 || !parsed.every(isAddress))
		throw new UsageError(`${name} does not hold mail addresses; give ${shape}.`);
	return addresses;
}

function serverOf(environment: NodeJS.ProcessEnv): MailSettings['server'] {
	const text = read(environment, 'SEAM_SMTP_URL', shapeOfServer);
	const fault = (what: string) => new UsageError(`SEAM_SMTP_URL ${what}; give ${shapeOfServer}.`);
	if (!URL.canParse(text))
		throw fault(
			'is not an address (characters such as / @ # % in a password are written %2F …)'
		);
	const url = new URL(text);
	if (url.protocol !== 'smtp:' && url.protocol !== 'smtps:')
		throw fault('begins with neither smtp:// nor smtps://');
	if (!url.hostname) throw fault('names no host');
	if (/[^/]/.test(url.pathname) || url.search || url.hash)
		throw fault(
			'has something after the host and port (/ ? # in a password are written %2F %3F %23)'
		);
	if (Boolean(url.username) !== Boolean(url.password))
		throw fault('has a user without a password, or the other way round');
	const isSecure = url.protocol === 'smtps:';
	let login;
	try {
		login = url.username
			? {
					user: decodeURIComponent(url.username),
					password: decodeURIComponent(url.password)
				}
			: null;
	} catch {
		throw fault('has a % in user or password that stands for nothing (% is written %25)');
	}
	return {
		host: url.hostname.replace(/^\[(.+)\]$/, '$1'),
		port: url.port ? Number(url.port) : isSecure ? 465 : 587,
		isSecure,
		login
	};
}

/**
 * Sends a report as a mail: Markdown as text, HTML beside it, pictures as inline parts.
 * A password only travels over TLS, or to this machine itself.
 * @param options.timeout ms that the server may take to connect, to greet and to answer
 * @throws DeliveryError with the code and text of the server, without secrets
 */
export async function sendMail(
	report: Report,
	settings: MailSettings,
	{ timeout = 30_000 }: { timeout?: number } = {}
): Promise<void> {
	const { host, port, isSecure, login } = settings.server;
	const isHere = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host);
	const transport = createTransport({
		host,
		port,
		secure: isSecure,
		...(login && { auth: { user: login.user, pass: login.password } }),
		// Mail servers on the same machine offer TLS with a certificate that nobody signed.
		ignoreTLS: isHere,
		requireTLS: login !== null && !isHere,
		dnsTimeout: timeout,
		connectionTimeout: timeout,
		greetingTimeout: timeout,
		socketTimeout: timeout,
		disableFileAccess: true,
		disableUrlAccess: true
	});
	try {
		const { rejected, accepted } = await transport.sendMail({
			from: settings.from,
			to: settings.to,
			subject: report.subject,
			text: report.text,
			html: report.html,
			attachDataUrls: true,
			// No answer of a machine to a machine, such as a note of absence (RFC 3834).
			headers: { 'Auto-Submitted': 'auto-generated' }
		});
		if (rejected.length > 0)
			throw new DeliveryError(
				`${host}:${port} took the report for ${list(accepted)}, but not for ${list(rejected)}; check SEAM_MAIL_TO.`
			);
	} catch (error) {
		if (error instanceof DeliveryError) throw error;
		throw new DeliveryError(sentence(error, settings.server, timeout));
	} finally {
		transport.close();
	}
}

type Address = string | { address: string };
const list = (addresses: Address[]) =>
	addresses.map((one) => (typeof one === 'string' ? one : one.address)).join(', ');

type SmtpError = { code?: string; command?: string; response?: string; message: string };

/** What went wrong, in a sentence. */
function sentence(error: unknown, server: MailSettings['server'], timeout: number): string {
	const { code = '', command, response, message } = error as SmtpError;
	const { host, port, login } = server;
	const at = `${host}:${port}`;
	const said = printable(
		response ?? message,
		login ? [login.password, `\0${login.user}\0${login.password}`] : []
	);
	if (code === 'EAUTH')
		return `The mail server ${at} refused the login (${said}). Check user and password in SEAM_SMTP_URL.`;
	if (code === 'ETIMEDOUT')
		return `The mail server ${at} gave no answer within ${timeout / 1000} s. Check host and port in SEAM_SMTP_URL; smtps:// speaks to port 465, smtp:// to 587 or 25.`;
	if (/certificate|self.signed|CERT/i.test(said))
		return `The certificate of the mail server ${at} is not trusted (${said}). Name its authority's file in NODE_EXTRA_CA_CERTS.`;
	if (code === 'ETLS' || command === 'STARTTLS') {
		const kept = login ? ', so the password was not sent' : '';
		return `The mail server ${at} offers no TLS${kept} (${said}). Use smtps://, or a server that needs no login.`;
	}
	if (response) return `The mail server ${at} refused the report (${said}).`;
	return `The mail server ${at} cannot be reached (${said}). Check host and port in SEAM_SMTP_URL.`;
}
