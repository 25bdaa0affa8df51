import { once, type EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command } from 'commander';
import { messageOf, StoreError, UsageError } from '../../ingest/errors.ts';
import { closeEngine, engine, hasDatabase } from '../lib/server/store/engine.ts';
import { dataFolder, root } from '../lib/server/store/root.ts';
import { removeServerFile, writeServerFile } from '../lib/server/http/serverFile.ts';
import { isGone } from './assets.ts';
import { interruptible } from './interrupt.ts';
import { runningServer } from './server.ts';

/** How long open requests may take to end once the server is told to. */
const graceMs = 5000;

const help = `
The first start fills an empty data folder with a sample log. While it runs, the other
commands hand their work to it. SIGINT (Ctrl-C) and SIGTERM close the database and end it with 0.
npm start does the same and installs and builds what has changed before.

Environment:
  PORT       the port to serve on (3000)
  HOST       127.0.0.1; anything else is refused until sign-in exists
  SEAM_DATA  the data folder (data/ in the folder of Seam)

Examples:
  seam serve
  PORT=8080 SEAM_DATA=/srv/seam seam serve`;

/** `seam serve` */
export function serveCommand(): Command {
	return new Command('serve')
		.description('Serve the dashboard on 127.0.0.1.')
		.addHelpText('after', help)
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
	await refuseSecond();
	const client = path.join(root, 'build', 'client');
	const { signal, done } = interruptible();
	const isNew = !hasDatabase();
	// The port is taken before the database is opened, and requests wait until both are there.
	const server = createServer();
	await listen(server, port, host);
	const handler = startHandler(handlerFile, urlOf(server, port), isNew);
	server.on('request', (request, response) => {
		request.headers['x-forwarded-proto'] = 'http';
		if (isGone(request.url, client)) {
			response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
			response.end('Not there, or built anew since this server began: start it again.');
			return;
		}
		handler.then(
			(handle) => handle(request, response),
			() => response.destroy()
		);
	});
	try {
		await handler;
		if (!signal.aborted) {
			console.log(`Seam is at ${urlOf(server, port)}`);
			await once(signal, 'abort');
		}
	} finally {
		await end(server);
		done();
	}
}

/** Opens the database, tells the command line where to ask, loads the pages and, once, the sample. */
async function startHandler(file: string, url: string, isNew: boolean): Promise<RequestListener> {
	process.env.PROTOCOL_HEADER = 'x-forwarded-proto';
	await engine();
	await writeServerFile(url);
	if (isNew) console.error(`Filling ${dataFolder()} with a sample log …`);
	return ((await import(pathToFileURL(file).href)) as { handler: RequestListener }).handler;
}

/** Says where the first one is when a second server is started on the same data folder. */
async function refuseSecond(): Promise<void> {
	const other = await runningServer();
	if (other)
		throw new StoreError(
			`Seam already serves ${dataFolder()} at ${other.url} (process ${other.pid}). Stop it first, or give another data folder with SEAM_DATA.`
		);
}

function urlOf(server: Server, port: number): string {
	const address = server.address();
	return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`;
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

/** Lets open requests end, closes the database once no import writes to it, and takes its notice away. */
async function end(server: Server): Promise<void> {
	const closed = new Promise<void>((resolve) => server.close(() => resolve()));
	server.closeIdleConnections();
	setTimeout(() => server.closeAllConnections(), graceMs).unref();
	await closed;
	const ends: Promise<void>[] = [];
	(process as EventEmitter).emit('seam:end', ends);
	await Promise.all(ends);
	await closeEngine();
	await removeServerFile().catch(() => undefined);
}
