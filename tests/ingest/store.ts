/** A store of its own in a temporary folder, and files to import into it. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import {
	importLog,
	type ImportCounts,
	type ImportOptions,
	type ImportReport,
	type Store
} from '../../ingest/import.ts';
import { createTables } from '../../ingest/tables.ts';
import {
	applySettings,
	defaultSettings,
	type Settings
} from '../../src/lib/server/settings/settings.ts';

export const root = fileURLToPath(new URL('../../', import.meta.url));
const queries = path.join(root, 'queries');

export type Row = Record<string, unknown>;

export class TestStore {
	readonly folder: string;
	readonly connection: DuckDBConnection;
	readonly #instance: DuckDBInstance;
	#settings: Settings;

	private constructor(
		folder: string,
		instance: DuckDBInstance,
		connection: DuckDBConnection,
		settings: Settings
	) {
		this.folder = folder;
		this.#instance = instance;
		this.connection = connection;
		this.#settings = settings;
	}

	/** `file` names a database on disk; in memory otherwise. */
	static async open(given: Partial<Settings> = {}, file?: string): Promise<TestStore> {
		const folder = await mkdtemp(path.join(tmpdir(), 'seam-store-'));
		const instance = await DuckDBInstance.create(
			file === undefined ? ':memory:' : path.join(folder, file)
		);
		const connection = await instance.connect();
		await connection.run(`set TimeZone = 'UTC'`);
		await createTables(connection, queries);
		const settings = { ...defaultSettings, ...given };
		await applySettings(connection, queries, settings);
		return new TestStore(folder, instance, connection, settings);
	}

	get store(): Store {
		return {
			connection: this.connection,
			folder: this.folder,
			queries,
			hashIdentities: this.#settings.hash_identities,
			timezone: this.#settings.timezone
		};
	}

	/** Puts other settings in force, as opening the store with them does. */
	async apply(given: Partial<Settings>): Promise<void> {
		this.#settings = { ...this.#settings, ...given };
		await applySettings(this.connection, queries, this.#settings);
	}

	/** Writes a file into the folder; a list of objects becomes NDJSON. */
	async write(name: string, content: string | Uint8Array | Row[]): Promise<string> {
		const file = path.join(this.folder, 'logs', name);
		await mkdir(path.dirname(file), { recursive: true });
		await writeFile(file, Array.isArray(content) ? ndjson(content) : content);
		return file;
	}

	import(paths: string | string[], options: ImportOptions = {}): Promise<ImportReport> {
		return importLog(this.store, [paths].flat(), options);
	}

	async rows(sql: string): Promise<Row[]> {
		return (await this.connection.runAndReadAll(sql)).getRowObjectsJson();
	}

	/** The first column of a query. */
	async column(sql: string): Promise<unknown[]> {
		return (await this.connection.runAndReadAll(sql)).getRowsJson().map(([first]) => first);
	}

	/** Everything the store holds apart from the list of imports, in a fixed order. */
	async contents(without: string[] = []): Promise<Record<string, Row[]>> {
		const contents: Record<string, Row[]> = {};
		for (const table of tables.filter((name) => !without.includes(name)))
			contents[table] = await this.rows(`from ${table} order by all`);
		return contents;
	}

	async close(): Promise<void> {
		this.connection.disconnectSync();
		this.#instance.closeSync();
		await rm(this.folder, { recursive: true, force: true });
	}
}

const tables = [
	'handoffs',
	'conversations',
	'handoff_facts',
	'conversation_facts',
	'topic_pace',
	'quarantine',
	'settings'
];

export const ndjson = (rows: Row[]) => rows.map((row) => JSON.stringify(row) + '\n').join('');

/** The counts of an import, in the order in which they are written. */
export const countsOf = (counts: ImportCounts) => [
	counts.lines,
	counts.inserted,
	counts.replaced,
	counts.unchanged,
	counts.superseded,
	counts.quarantined
];

/** What an attempt is refused with. */
export async function refusal(attempt: Promise<unknown>): Promise<string> {
	return attempt.then(
		() => 'nothing was refused',
		(error: unknown) => (error instanceof Error ? error.message : String(error))
	);
}
