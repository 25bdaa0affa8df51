/**
 * How long an import takes and how much memory it needs.
 * npx tsx bench/import.ts [lines=1000000] prints lines a second, and peak memory of this process.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

const lines = Number(process.argv[2] ?? 1_000_000);
const folder = await mkdtemp(path.join(tmpdir(), 'seam-bench-'));
process.env.SEAM_DATA = path.join(folder, 'data');
const { closeEngine } = await import('../src/lib/server/store/engine.ts');
const { runImport } = await import('../src/lib/server/store/importRequest.ts');

/** A log of our own format with the fifteen columns that most logs have, each customer about five times. */
async function writeLog(file: string): Promise<void> {
	const instance = await DuckDBInstance.create(':memory:');
	const connection = await instance.connect();
	await connection.run(
		`copy (
			select
				'h' || i as handoff_id,
				'c' || i as conversation_id,
				'k' || (hash(i) % ${Math.ceil(lines / 5)}) as customer_id,
				['chat', 'email', 'voice', 'messaging'][(1 + hash(i, 1) % 4)::int] as channel,
				strftime(began, '%Y-%m-%dT%H:%M:%SZ') as started_at,
				strftime(began + to_seconds((hash(i, 2) % 600)::int), '%Y-%m-%dT%H:%M:%SZ') as handed_off_at,
				(hash(i, 3) % 900)::int as wait_after_s,
				(30 + hash(i, 4) % 900)::int as handle_s,
				['low_confidence', 'customer_request', 'billing_dispute', 'cancellation'][(1 + hash(i, 5) % 4)::int] as trigger,
				'Topic ' || (hash(i, 6) % 12) as topic,
				'Queue ' || (hash(i, 6) % 6) as queue,
				['resolved', 'unresolved', 'abandoned', 'transferred'][(1 + hash(i, 7) % 4)::int] as outcome,
				'transcript|summary' as context,
				(hash(i, 8) % 3)::int as reasked,
				case when hash(i, 9) % 3 = 0 then 1 + hash(i, 10) % 5 end as csat
			from (select range as i, timestamp '2026-01-01' + to_seconds((hash(range) % 15000000)::int) as began from range(${lines})) as t
			order by began
		) to '${file}' (header)`
	);
	connection.disconnectSync();
	instance.closeSync();
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
try {
	const file = path.join(folder, 'log.csv');
	await writeLog(file);
	console.log(`${lines} lines, ${megabytes((await stat(file)).size)} of CSV`);
	for (const what of ['into an empty store', 'the same again']) {
		const began = performance.now();
		const { total } = await runImport({ paths: [file] });
		const seconds = (performance.now() - began) / 1000;
		console.log(
			`${what}: ${seconds.toFixed(1)} s, ${Math.round(lines / seconds)} lines/s; ${total.inserted} inserted, ${total.unchanged} unchanged; peak memory ${megabytes(process.resourceUsage().maxRSS * 1024)}`
		);
	}
	await closeEngine();
	console.log(`store: ${megabytes((await stat(path.join(folder, 'data', 'seam.duckdb'))).size)}`);
} finally {
	await rm(folder, { recursive: true, force: true });
}
