/**
 * The one database of this process. A development server reloads its modules; the open database
 * must survive that, so it hangs on globalThis.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { existsSync } from 'node:fs';
import { access, constants, mkdir, rm } from 'node:fs/promises';
import { totalmem } from 'node:os';
import path from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { messageOf, StoreError } from '../../../../ingest/errors.ts';
import type { Store } from '../../../../ingest/import.ts';
import { quoteText } from '../../../../ingest/sql.ts';
import { createTables } from '../../../../ingest/tables.ts';
import { dataFolder, queriesFolder } from './root.ts';
import { applySettings, readSettings, type Settings } from '../settings/settings.ts';

export type Engine = { instance: DuckDBInstance; folder: string; settings: Settings };

const slot = Symbol.for('seam.engine');
const queue = Symbol.for('seam.importing');
const closing = Symbol.for('seam.closing');
const writing = Symbol.for('seam.writing');
const held = globalThis as {
	[slot]?: Promise<Engine> | undefined;
	/** The latest work that writes; the next one waits for it. */
	[queue]?: Promise<unknown>;
	[closing]?: Promise<unknown> | undefined;
	/** How many works that write have begun, openings too, and how many of them go on. */
	[writing]?: { begun: number; open: number };
};
const writes = (held[writing] ??= { begun: 0, open: 0 });

/**
 * The open engine; opens the database of the data folder on first use.
 * @throws StoreError when the folder cannot be written or another process holds the database
 */
export function engine(): Promise<Engine> {
	// A database that is just closing is opened anew once it is closed.
	if (held[closing]) return held[closing].then(() => engine());
	held[slot] ??= open(dataFolder()).catch((error: unknown) => {
		held[slot] = undefined;
		throw error;
	});
	return held[slot];
}

/** Whether the data folder holds a database already. */
export const hasDatabase = (folder = dataFolder()) => existsSync(databaseFile(folder));

const databaseFile = (folder: string) => path.join(folder, 'seam.duckdb');

async function open(folder: string): Promise<Engine> {
	writes.begun += 1;
	await makeFolder(folder);
	const settings = await readSettings(folder);
	const instance = await openInstance(folder);
	try {
		// Left behind by an import that was killed.
		const scratch = path.join(folder, 'tmp');
		await rm(scratch, { recursive: true, force: true });
		await mkdir(scratch, { mode: 0o700 });
		const connection = await instance.connect();
		try {
			await connection.run(
				`set global TimeZone = 'UTC'; set allowed_directories = [${quoteText(scratch)}]; set enable_external_access = false`
			);
			await createTables(connection, queriesFolder);
			await applySettings(connection, queriesFolder, settings);
		} finally {
			connection.disconnectSync();
		}
	} catch (error) {
		instance.closeSync();
		throw error;
	}
	return { instance, folder, settings };
}

async function makeFolder(folder: string): Promise<void> {
	try {
		await mkdir(folder, { recursive: true, mode: 0o700 });
		await access(folder, constants.W_OK);
	} catch (error) {
		throw new StoreError(
			`The data folder ${folder} cannot be written (${messageOf(error)}). Give another one with SEAM_DATA.`
		);
	}
}

/** What the database may take, in MiB, before it works on disk; SEAM_MEMORY says otherwise. */
const mostMemory = 2048;

async function openInstance(folder: string): Promise<DuckDBInstance> {
	const file = databaseFile(folder);
	const memory =
		process.env.SEAM_MEMORY || `${Math.min(mostMemory, totalmem() / 2 / 2 ** 20)}MiB`;
	try {
		return await DuckDBInstance.fromCache(file, {
			memory_limit: memory,
			temp_directory: path.join(folder, 'tmp', 'spill')
		});
	} catch (error) {
		const message = messageOf(error);
		const holder = /PID (\d+)/.exec(message)?.[1];
		if (/could not set lock/i.test(message))
			throw new StoreError(
				`The database ${file} is held by another process${holder ? ` (${holder})` : ''}. Stop it, or give another data folder with SEAM_DATA.`
			);
		if (/Permission denied|read-only/i.test(message))
			throw new StoreError(
				`The database ${file} cannot be written. Check its permissions, or give another data folder with SEAM_DATA.`
			);
		throw new StoreError(
			`The database ${file} cannot be opened (${message.split('\n')[0]}). Move it away and import your logs again, or give another data folder with SEAM_DATA.`
		);
	}
}

type Snapshot = {
	connection: DuckDBConnection;
	last: Promise<unknown>;
	/** what was read in it, by the statement: it cannot become another */
	read: Map<string, Promise<unknown>>;
	revision: number | null;
};
const snapshots = new AsyncLocalStorage<Snapshot>();

/**
 * Runs work that sees the store as it is now, however many queries it takes and whatever is
 * imported meanwhile.
 */
export async function withSnapshot<T>(work: () => Promise<T>): Promise<T> {
	if (snapshots.getStore()) return work();
	return ownConnection(async (connection) => {
		const before = latest();
		await connection.run('begin transaction');
		// A transaction sees the store as it is when it first reads of it.
		await connection.run('from settings');
		const snapshot: Snapshot = {
			connection,
			last: Promise.resolve(),
			read: new Map(),
			revision: latest() === before ? before : null
		};
		try {
			return await snapshots.run(snapshot, work);
		} finally {
			await snapshot.last;
			await connection.run('rollback');
		}
	});
}

/**
 * What tells the store that is read now from what it was: a number that grows with each work that
 * writes. Null where that may be going on: what is read then may be of either side of it.
 */
export async function revision(): Promise<number | null> {
	const snapshot = snapshots.getStore();
	if (snapshot) return snapshot.revision;
	await engine();
	return latest();
}

const latest = () => (writes.open > 0 ? null : writes.begun);

/** Runs work on the connection of the snapshot it belongs to, else on one of its own. */
export async function withConnection<T>(
	work: (connection: DuckDBConnection) => Promise<T>
): Promise<T> {
	const snapshot = snapshots.getStore();
	if (!snapshot) return ownConnection(work);
	const { connection, last } = snapshot;
	const next = last.then(() => work(connection));
	snapshot.last = next.catch(() => undefined);
	return next;
}

/** Reads something once in a snapshot, however often it is asked for there; outside of one, each time. */
export function readOnce<T>(statement: string, read: () => Promise<T>): Promise<T> {
	const known = snapshots.getStore()?.read;
	if (!known) return read();
	const found = known.get(statement) ?? read();
	known.set(statement, found);
	return found as Promise<T>;
}

async function ownConnection<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
	const { instance } = await engine();
	const connection = await instance.connect();
	try {
		return await work(connection);
	} finally {
		connection.disconnectSync();
	}
}

/** Runs work that writes to the store; such works wait for each other. */
export function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
	const next = (held[queue] ?? Promise.resolve()).then(async () => {
		const { folder, settings } = await engine();
		writes.begun += 1;
		writes.open += 1;
		return ownConnection((connection) =>
			work({
				connection,
				folder,
				queries: queriesFolder,
				hashIdentities: settings.hash_identities,
				timezone: settings.timezone
			})
		).finally(() => (writes.open -= 1));
	});
	held[queue] = next.catch(dropIfInvalid);
	return next;
}

/** Writes everything down and closes the database, once what is being written is done. */
export function closeEngine(): Promise<void> {
	const closed = (held[queue] ?? Promise.resolve()).then(() => {
		const open = held[slot];
		held[slot] = undefined;
		if (!open) return;
		const done = close(open).finally(() => (held[closing] = undefined));
		held[closing] = done.catch(() => undefined);
		return done;
	});
	held[queue] = closed.catch(() => undefined);
	return closed;
}

async function close(open: Promise<Engine>): Promise<void> {
	const { instance } = await open;
	const connection = await instance.connect();
	try {
		await connection.run('checkpoint');
	} finally {
		connection.disconnectSync();
		instance.closeSync();
	}
}

/**
 * A full disk in the middle of a commit makes DuckDB refuse its database from then on, though the
 * file is sound: it is let go here and opened anew by whoever asks next.
 */
async function dropIfInvalid(failure: unknown): Promise<void> {
	const cause = failure instanceof Error ? failure.cause : undefined;
	const said = `${messageOf(failure)} ${messageOf(cause)}`;
	if (!/database has been invalidated|FATAL/.test(said)) return;
	const open = held[slot];
	held[slot] = undefined;
	(await open)?.instance.closeSync();
}
