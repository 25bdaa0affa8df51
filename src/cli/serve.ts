import { existsSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import path from 'node:path';
import { Command } from 'commander';
import { messageOf, StoreError, UsageError } from '../../ingest/errors.ts';
import { closeEngine } from '../lib/server/engine.ts';
import { root } from '../lib/server/root.ts';
import { removeServerFile, writeServerFile } from '../lib/server/serverFile.ts';

/** How long open requests may take to end once the server is told to. */
const graceMs = 5000;

/** `seam serve` */
export function serveCommand(): Command {
	return new Command('serve')
		.description(
			'Serve the dashboard on 127.0.0.1. PORT (3000) and SEAM_DATA are read from the environment.'
		)
		.action(serve);
}

async function serve(): Promise<void> {
	const port = readPort();
	const host = readHost();
	const handlerFile = path.join(root, 'build', 'handler.js');
	if (!existsSync(handlerFile))
		throw new StoreError(
			'The dashboard is not built yet: run npm start, or npm run build first.'
		);
	const told = toldToEnd();
	// Taken before the database is opened: a second server must not get that far.
	const server = createServer();
	await listen(server, port, host);
	try {
		process.env.PROTOCOL_HEADER = 'x-forwarded-proto';
		process.env.BODY_SIZE_LIMIT ??= '100M';
		const { handler } = (await import(handlerFile)) as { handler: RequestListener };
		server.on('request', (request, response) => {
			request.headers['x-forwarded-proto'] = 'http';
			void handler(request, response);
		});
	} catch (error) {
		server.close();
		throw error;
	}
	const address = server.address();
	const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`;
	await writeServerFile(url);
	console.log(`Seam is at ${url}`);
	await told;
	await end(server);
}

function readPort(): number {
	const text = process.env.PORT || '3000';
	const port = Number(text);
	if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
	throw new UsageError(`PORT=${text} is not a port; give a number from 1 to 65535.`);
}

function readHost(): string {
	const host = process.env.HOST || '127.0.0.1';
	if (host === '127.0.0.1' || host === 'localhost') return '127.0.0.1';
	throw new UsageError(
		`HOST=${host} is refused: Seam has no sign-in yet and serves on 127.0.0.1 only.`
	);
}

function listen(server: Server, port: number, host: string): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) => {
			if (error.code === 'EADDRINUSE')
				reject(
					new StoreError(
						`Port ${port} is taken. Stop what uses it, or give another one with PORT.`
					)
				);
			else if (error.code === 'EACCES')
				reject(
					new StoreError(
						`Port ${port} needs rights you do not have. Give another one with PORT.`
					)
				);
			else reject(new StoreError(`Port ${port} cannot be served: ${messageOf(error)}`));
		});
		server.listen(port, host, resolve);
	});
}

/** Resolves when a service manager or a person at the keyboard tells the process to end. */
function toldToEnd(): Promise<void> {
	return new Promise((resolve) => {
		process.once('SIGTERM', resolve);
		process.once('SIGINT', resolve);
	});
}

/** Lets open requests end, then closes the database. */
async function end(server: Server): Promise<void> {
	const closed = new Promise<void>((resolve) => server.close(() => resolve()));
	server.closeIdleConnections();
	setTimeout(() => server.closeAllConnections(), graceMs).unref();
	await closed;
	await closeEngine();
	await removeServerFile();
}
