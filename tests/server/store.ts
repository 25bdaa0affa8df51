/** A store in a temporary folder, opened by the server's own engine and closed again. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SampleOptions } from '../../ingest/sample/plan.ts';
import { writeSample } from '../../ingest/sample/write.ts';
import type { ImportReport } from '../../ingest/import.ts';
import { closeEngine, engine } from '../../src/lib/server/store/engine.ts';
import { readExtent } from '../../src/lib/server/store/log.ts';
import { madeOnce } from '../madeOnce.ts';
import { runImport, type ImportRequest } from '../../src/lib/server/store/importRequest.ts';

/** Every local date a log of these tests can have. */
export const ever = { from: '1990-01-01', to: '2040-01-01' };

/** A sample that is small enough to be imported by every file of tests. */
export const smallSample: SampleOptions = {
	weeks: 12,
	conversations: 8000,
	seed: 7,
	end: '2026-11-15'
};

type SampleFiles = { handoffs: string; conversations: string; report: ImportReport };

const filesIn = (folder: string) => ({
	handoffs: join(folder, 'handoffs.csv'),
	conversations: join(folder, 'conversations.csv')
});

const keyOf = (options: SampleOptions) =>
	createHash('sha256').update(JSON.stringify(options)).digest('hex').slice(0, 16);

async function writeAndImport(out: string, options: SampleOptions): Promise<ImportReport> {
	await writeSample({ ...options, out });
	return runImport({ paths: [out] });
}

export class TestStore {
	/** The data folder. */
	readonly data: string;
	/** A folder for logs, outside the data folder. */
	readonly logs: string;
	readonly #folder: string;

	private constructor(folder: string) {
		this.#folder = folder;
		this.data = join(folder, 'data');
		this.logs = folder;
	}

	/** Opens an empty store, with the settings given. */
	static async open(settings?: unknown): Promise<TestStore> {
		const store = new TestStore(await mkdtemp(join(tmpdir(), 'seam-store-')));
		process.env.SEAM_DATA = store.data;
		await closeEngine();
		if (settings !== undefined) {
			await engine();
			await closeEngine();
			await store.settings(settings);
		}
		await engine();
		return store;
	}

	/** Writes settings.json; they hold from the next opening on. */
	async settings(settings: unknown): Promise<void> {
		const text = typeof settings === 'string' ? settings : JSON.stringify(settings);
		await writeFile(join(this.data, 'settings.json'), text);
	}

	/** Writes a log and imports it. */
	async import(
		name: string,
		text: string,
		options: Omit<ImportRequest, 'paths'> = {}
	): Promise<ImportReport> {
		const file = join(this.logs, name);
		await writeFile(file, text);
		return runImport({ timezone: 'UTC', ...options, paths: [file] });
	}

	/** Writes records as a CSV file of their columns and imports it. */
	async importRows(
		name: string,
		rows: Record<string, string | number>[],
		options: Omit<ImportRequest, 'paths'> = {}
	): Promise<ImportReport> {
		const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
		const quoted = (cell: string | number) => `"${String(cell).replaceAll('"', '""')}"`;
		const lines = rows.map((row) => columns.map((column) => quoted(row[column] ?? '')));
		return this.import(`${name}.csv`, [columns, ...lines].join('\n') + '\n', options);
	}

	/** Writes a sample and imports it; gives the paths of its two files. */
	async importSample(options: SampleOptions = smallSample): Promise<SampleFiles> {
		const out = join(this.logs, 'sample');
		const { imports } = await readExtent();
		// Settings and what came before change what an import makes; without them it is always the same.
		if (imports > 0 || existsSync(join(this.data, 'settings.json')))
			return { ...filesIn(out), report: await writeAndImport(out, options) };
		const made = await madeOnce(`sample-${keyOf(options)}`, async (folder) => {
			const report = await writeAndImport(join(folder, 'sample'), options);
			await closeEngine();
			await writeFile(join(folder, 'report.json'), JSON.stringify(report));
			await cp(this.data, join(folder, 'data'), { recursive: true });
		});
		await closeEngine();
		await rm(this.data, { recursive: true });
		await cp(join(made, 'data'), this.data, { recursive: true });
		await cp(join(made, 'sample'), out, { recursive: true });
		await engine();
		const report = JSON.parse(
			await readFile(join(made, 'report.json'), 'utf8')
		) as ImportReport;
		return { ...filesIn(out), report };
	}

	async close(): Promise<void> {
		await closeEngine();
		await rm(this.#folder, { recursive: true, force: true });
	}
}
