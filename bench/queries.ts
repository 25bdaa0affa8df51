/**
 * Times what the week page, the list of handoffs and the API ask of a store: npx tsx bench/queries.ts [handoffs]
 * (1,000,000). The store is made by SQL in a temporary folder and removed afterwards.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { derive, markAll } from '../ingest/derive.ts';
import { columnIds, usualColumns } from '../src/lib/handoffs.ts';
import { metricIds } from '../src/lib/metrics.ts';
import { readAsked } from '../src/lib/server/handoffs/asked.ts';
import { closeEngine, withStore } from '../src/lib/server/store/engine.ts';
import { handoffFile } from '../src/lib/server/handoffs/handoffFile.ts';
import type { FileFormat } from '../src/lib/server/list/listFile.ts';
import { readHandoffs } from '../src/lib/server/handoffs/handoffs.ts';
import { forgetAnswers } from '../src/lib/server/store/kept.ts';
import { readExtent, readHealth, readLog } from '../src/lib/server/store/log.ts';
import { answerMetrics, readMetricsQuery } from '../src/lib/server/measure/metricsQuery.ts';
import { queryTimes } from '../src/lib/server/store/query.ts';
import { readChoice } from '../src/lib/server/scope/scope.ts';
import { readWeek, readWeekChoice } from '../src/lib/server/week/week.ts';

const runs = 5;
const handoffs = Number(process.argv[2] ?? 1_000_000);
if (!(Number.isInteger(handoffs) && handoffs > 0)) {
	console.error(`${process.argv[2]} is not a number of handoffs, such as 1000000.`);
	process.exit(2);
}

/** Words that the texts of the benchmark are made of. */
const words =
	'order refund late parcel card invoice login password address broken missing double charge ' +
	'cancel change delivery voucher return account email phone size colour exchange warranty ' +
	'customer asked agent checked system policy could not confirm escalated resolved credited';

/** Handoffs and as many conversations again over 52 weeks, by a hash of their number. */
async function fill(connection: DuckDBConnection): Promise<void> {
	const pick = (salt: string, of: number) => `(hash(i, '${salt}') % ${of})::int`;
	const text = (salt: string, prefix: string, of: number) =>
		`case when ${pick(`${salt} known`, 20)} > 0 then '${prefix} ' || ${pick(salt, of)} end`;
	const said = (salt: string, length: number) =>
		`array_to_string(list_transform(range(${length}), lambda k: string_split('${words}', ' ')[1 + (hash(i, k, '${salt}') % 37)::int]), ' ')`;
	const contact = `
		'customer ' || ${pick('customer', Math.ceil(handoffs / 3))} as customer_id,
		${text('topic', 'Topic', 14)} as topic,
		['chat', 'email', 'voice', 'messaging'][1 + ${pick('channel', 4)}] as channel,
		['de', 'en', 'fr'][1 + ${pick('language', 3)}] as language,
		['standard', 'plus'][1 + ${pick('tier', 2)}] as customer_tier,
		${text('version', 'ai', 6)} as ai_version,
		case when ${pick('csat known', 3)} = 0 then 1 + ${pick('csat', 5)} end as csat,
		5 as csat_scale,
		timestamp '2025-11-17' + to_seconds(${pick('time', 52 * 7 * 86_400)}) as began_at,
		'bench' as import_id`;
	await connection.run(`
		insert into handoffs by name
		select
			* exclude (i, began_at),
			began_at as started_at,
			began_at + to_seconds(wait_before_s::int) as handed_off_at
		from (
			select
				i,
				'h' || i as handoff_id,
				'c' || i as conversation_id,
				${contact},
				${pick('before', 900)}::double as wait_before_s,
				${pick('after', 1200)}::double as wait_after_s,
				60 + ${pick('handle', 1200)}::double as handle_s,
				case when ${pick('trigger known', 20)} > 0 then (select list(trigger order by trigger) from triggers)[1 + ${pick('trigger', 18)}] end as trigger,
				${text('queue', 'Queue', 8)} as queue,
				${text('team', 'Team', 8)} as team,
				${pick('transfers', 3)} as transfers,
				['resolved', 'resolved', 'unresolved', 'abandoned', 'answered'][1 + ${pick('outcome', 5)}] as outcome,
				list_filter(['transcript', 'summary', 'identity', 'records', 'reason'], lambda item: hash(i, item) % 3 > 0) as context,
				hash(i, 'announced') % 5 > 0 as announced,
				${pick('reasked', 3)} as reasked,
				${pick('requests', 3)} as human_requests,
				${said('question', 10)} as question,
				${said('summary', 20)} as summary,
				${said('resolution', 10)} || ' case ' || i as resolution
			from range(${handoffs}) as numbers(i))`);
	await connection.run(`
		insert into conversations by name
		select * exclude (i, began_at), began_at as started_at, began_at + interval 10 minutes as ended_at
		from (
			select
				i,
				case when i % 2 = 0 then 'c' || i else 'only ' || i end as conversation_id,
				${contact},
				['ai', 'ai', 'human'][1 + ${pick('handled', 3)}] as handled_by
			from range(${handoffs * 2}) as numbers(i)
			where i % 2 = 1 or i < ${handoffs})`);
}

async function make(): Promise<void> {
	await withStore(async ({ connection, queries }) => {
		await fill(connection);
		await markAll(connection);
		await derive(connection, queries, 'Europe/Berlin');
		await connection.run('checkpoint');
	});
}

async function time(name: string, call: () => Promise<unknown>): Promise<void> {
	const first: Taken[] = [];
	const again: Taken[] = [];
	await call();
	let queries = 0;
	for (let run = 0; run < runs; run++) {
		forgetAnswers();
		const before = queryTimes.count;
		first.push(await taken(call));
		queries += queryTimes.count - before;
		again.push(await taken(call));
	}
	const [wall, cpu, known] = [
		median(first.map((one) => one.wall)),
		median(first.map((one) => one.cpu)),
		median(again.map((one) => one.wall))
	].map((ms) => Math.round(ms).toString().padStart(6));
	console.log(`${wall} ms ${cpu} ms ${known} ms  ${name} (${queries / runs} queries)`);
}

type Taken = { wall: number; cpu: number };

/** How long work takes and how much the processors work for it, in milliseconds. */
async function taken(call: () => Promise<unknown>): Promise<Taken> {
	const [began, before] = [performance.now(), process.cpuUsage()];
	await call();
	const { user, system } = process.cpuUsage(before);
	return { wall: performance.now() - began, cpu: (user + system) / 1000 };
}

const median = (values: number[]) =>
	values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

const page = (address: string) => async () =>
	readWeek(readWeekChoice(new URLSearchParams(address)), await readLog());
const list =
	(address: string, weeks = 52) =>
	async () => {
		const parameters = new URLSearchParams(`week=2026-11-09&weeks=${weeks}&${address}`);
		return readHandoffs(readChoice(parameters), readAsked(parameters), await readLog());
	};
/** Writes a whole list nowhere, and says how long and how much memory it took. */
async function write(name: string, address: string, format: FileFormat): Promise<void> {
	const parameters = new URLSearchParams(`week=2026-11-09&weeks=52&${address}`);
	const idle = process.memoryUsage.rss();
	const began = performance.now();
	const { body } = await handoffFile(readChoice(parameters), readAsked(parameters), format);
	let bytes = 0;
	let most = 0;
	for await (const part of body) {
		bytes += part.byteLength;
		most = Math.max(most, process.memoryUsage.rss());
	}
	const seconds = ((performance.now() - began) / 1000).toFixed(1);
	const [size, peak] = [bytes, most - idle].map((count) => Math.round(count / 2 ** 20));
	console.log(
		`${seconds.padStart(8)} s  ${name}: ${size} MiB, at most ${peak} MiB of memory more than before`
	);
}
const api = (address: string) => () =>
	answerMetrics(readMetricsQuery(new URLSearchParams(address)));
const half = 'from=2026-05-01&to=2026-11-01';

const folder = await mkdtemp(join(tmpdir(), 'seam-bench-'));
process.env.SEAM_DATA = join(folder, 'data');
try {
	const began = performance.now();
	await make();
	console.log(
		`${handoffs.toLocaleString('en')} handoffs made and derived in ${((performance.now() - began) / 1000).toFixed(1)} s; medians of ${runs}: first time and its processor time, asked again:`
	);
	await time('week page', page(''));
	await time(
		'week page, one topic and two channels',
		page('topic=Topic+3&channel=chat&channel=voice')
	);
	const last = JSON.stringify(['handed_off_local', '1990-01-01 00:00:00', 'z']);
	await time('list, newest of 52 weeks', list(''));
	await time('list, one week', list('late=no', 1));
	await time('list, last page', list(`before=${Buffer.from(last).toString('base64url')}`));
	await time('list, a handoff by its id', list(`q=h${handoffs - 7}`));
	await time('list, a handoff by two words', list(`q=case+${handoffs - 7}`));
	await time('list, words that half of it holds', list('q=refund+parcel'));
	await time('list, those words in one week', list('q=refund+parcel', 1));
	await time(
		'list, narrowed six ways',
		list('late=yes&cold=no&csat=1..2&repeated=yes&hour=9&wait_after_s=60..')
	);
	for (const column of columnIds) await time(`  list by ${column}`, list(`sort=${column}`));
	await write('all of it as CSV, usual columns', `columns=${usualColumns.join(',')}`, 'csv');
	await write('all of it as CSV, all columns', 'sort=question', 'csv');
	await write('all of it as NDJSON, all columns', '', 'ndjson');
	await time('log on every page', readLog);
	await time('log health', async () => readHealth(await readExtent()));
	await time('handoffs by week, 26 weeks', api(`metrics=handoffs&by=week&${half}`));
	await time(
		'csat_top2, repeat_rate by week and topic',
		api(`metrics=csat_top2,repeat_rate&by=week,topic&${half}`)
	);
	await time('quality_score by queue', api(`metrics=quality_score&by=queue&${half}`));
	await time('containment by week', api(`metrics=containment_rate&by=week&${half}`));
	await time(
		'every metric of the whole log',
		api(`metrics=${metricIds.join(',')}&from=2025-01-01&to=2027-01-01`)
	);
	for (const id of metricIds) await time(`  ${id} by week`, api(`metrics=${id}&by=week&${half}`));
} finally {
	await closeEngine();
	await rm(folder, { recursive: true, force: true });
}
