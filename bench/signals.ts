/**
 * Counts false signals: npx tsx bench/signals.ts [logs] (20). Writes sample logs without effects, each
 * with a seed of its own, and asks for every week after the baseline what the week page would say. It
 * prints, for each number, the share of weeks called a signal and a shift beside what the method
 * promises, and how many weeks have a finding at all.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSample } from '../ingest/sample/write.ts';
import { signalChance } from '../src/lib/analysis/signalChance.ts';
import { addDays } from '../src/lib/dates.ts';
import type { MetricId } from '../src/lib/metrics.ts';
import { readCharted } from '../src/lib/server/measure/charted.ts';
import { closeEngine, withSnapshot } from '../src/lib/server/store/engine.ts';
import { readFindings } from '../src/lib/server/week/findings.ts';
import { runImport } from '../src/lib/server/store/importRequest.ts';

const logs = Number(process.argv[2] ?? 20);
if (!(Number.isInteger(logs) && logs > 0)) {
	console.error(`${process.argv[2]} is not a number of logs, such as 20.`);
	process.exit(2);
}

/** The six numbers: what the week page judges of all handoffs. */
const ids = [
	'quality_score',
	'csat_mean',
	'csat_top2',
	'repeat_rate',
	'wait_before_p50',
	'wait_after_p50',
	'failure_share',
	'handoffs'
] as const satisfies readonly MetricId[];
/** Of the two ways to read CSAT the page shows one: with 30 answers and more, the mean. */
const headlineIds = ids.filter((id) => id !== 'csat_top2');
const baseline = 12;
const weeks = 38;

type Tally = { weeks: number; signals: number; shifts: number };
const tallies = new Map<string, Tally>(ids.map((id) => [id, { weeks: 0, signals: 0, shifts: 0 }]));
const said = { weeks: 0, whole: 0, topics: 0, findings: 0 };

for (let seed = 1; seed <= logs; seed++) {
	const folder = await mkdtemp(join(tmpdir(), 'seam-signals-'));
	process.env.SEAM_DATA = join(folder, 'data');
	const { truth } = await writeSample({
		out: join(folder, 'log'),
		weeks,
		conversations: 2000 * weeks,
		seed,
		end: '2026-11-15',
		effects: false
	});
	await runImport({ paths: [join(folder, 'log')] });
	await withSnapshot(async () => {
		const last = '2026-11-09';
		const first = addDays(last, -7 * (weeks - 1));
		// The last two weeks are not yet followed for the whole window of repeat contacts.
		const options = { openFrom: addDays(last, -7), shown: weeks };
		const busy = new Set(truth.season.map(({ week }) => week));
		const [all] = await readCharted({ to: addDays(last, 7) }, ids, undefined, options);
		for (const id of ids)
			for (const { week, verdict } of all?.charts[id].weeks.slice(baseline) ?? []) {
				// Busier weeks are real: more handoffs in them are no false signal.
				if (verdict === null || (id === 'handoffs' && busy.has(week))) continue;
				const tally = tallies.get(id) ?? { weeks: 0, signals: 0, shifts: 0 };
				tally.weeks += 1;
				if (verdict === 'signal') tally.signals += 1;
				if (verdict === 'shift') tally.shifts += 1;
			}
		for (let week = addDays(first, 7 * baseline); week <= last; week = addDays(week, 7)) {
			if (busy.has(week)) continue;
			const then = await readCharted({ to: addDays(week, 7) }, ids, undefined, options);
			const charts = then[0]?.charts;
			if (!charts) continue;
			const whole = Object.fromEntries(headlineIds.map((id) => [id, charts[id]]));
			const findings = await readFindings({ week, chosen: {}, whole, options });
			said.weeks += 1;
			said.findings += findings.length;
			if (findings.some(({ topic }) => topic === null)) said.whole += 1;
			if (findings.some(({ topic }) => topic !== null)) said.topics += 1;
		}
	});
	await closeEngine();
	await rm(folder, { recursive: true });
	console.error(`log ${seed} of ${logs}`);
}

const percent = (hits: number, of: number) => `${((100 * hits) / of).toFixed(1)} %`.padStart(7);
console.log(`${logs} logs without effects, ${weeks} weeks each, weeks ${baseline + 1} to ${weeks}`);
console.log(
	`promised for a signal: ${percent(signalChance(3, baseline), 1)} after a baseline of 12`
);
for (const [id, { weeks, signals, shifts }] of tallies)
	console.log(
		`${id.padEnd(16)} ${String(weeks).padStart(4)} weeks  signal ${percent(signals, weeks)}  shift ${percent(shifts, weeks)}`
	);
console.log(
	`weeks with a finding about all handoffs ${percent(said.whole, said.weeks)}, about a topic ${percent(said.topics, said.weeks)}; ${(said.findings / said.weeks).toFixed(2)} findings a week`
);
