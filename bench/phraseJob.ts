/**
 * Times the job that groups questions, and what the process grows by meanwhile, thread and all:
 * npx tsx bench/phraseJob.ts [folder] (../shared/data/banking77, with train.csv and test.csv). One
 * topic and language with 10,000, 100,000 and 300,000 questions, each in a process and a store of its
 * own, then a tenth more of them. Beyond what the folder has, two questions make a new one.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { csvFormatRow, csvParse } from 'd3-dsv';
import { closeEngine } from '../src/lib/server/store/engine.ts';
import { runImport } from '../src/lib/server/store/importRequest.ts';

const folder = process.argv[2] ?? '../shared/data/banking77';
if (!existsSync(join(folder, 'train.csv'))) {
	console.error(`${folder} has no train.csv: give a folder with train.csv and test.csv.`);
	process.exit(2);
}

const mebibytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MB`;

/** Questions one after the other, each another one, in no order of matters. */
function questions(from: number, to: number): string[] {
	const all = ['train.csv', 'test.csv'].flatMap((name) =>
		csvParse(readFileSync(join(folder, name), 'utf8')).map(({ text }) => text ?? '')
	);
	// A step that shares no factor with their number meets each of them once.
	const at = (place: number) => all[(place * 7919) % all.length] ?? '';
	return Array.from({ length: to - from }, (_, index) => {
		const place = from + index;
		const round = Math.floor(place / all.length);
		return round === 0 ? at(place) : `${at(place)} ${at(place + round)}`;
	});
}

async function importQuestions(from: number, to: number): Promise<void> {
	const rows = questions(from, to).map((question, index) => {
		const time = new Date(Date.UTC(2026, 0, 1) + (from + index) * 60_000).toISOString();
		return [`h${from + index}`, `c${from + index}`, time, 'Bank', 'en', question];
	});
	const header = ['handoff_id', 'conversation_id', 'handed_off_at', 'topic', 'language'];
	const file = join(process.env.SEAM_DATA ?? '', '..', `questions-${from}.csv`);
	await writeFile(
		file,
		[[...header, 'question'], ...rows].map((row) => csvFormatRow(row)).join('\n') + '\n'
	);
	await runImport({ paths: [file], timezone: 'UTC' });
	await rm(file);
}

/** One run of the job, with the largest size of the process while it runs, over that before. */
async function timed(): Promise<string> {
	// Reads the module late: the job is part of what is measured.
	const { groupQuestions } = await import('../src/lib/server/phrases/phraseJob.ts');
	const before = process.memoryUsage().rss;
	let peak = before;
	const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
	const [start, used] = [performance.now(), process.cpuUsage()];
	const report = await groupQuestions();
	clearInterval(watch);
	const spent = process.cpuUsage(used);
	if (report.failures.length > 0) throw new Error(report.failures.join('\n'));
	const seconds = (performance.now() - start) / 1000;
	const processor = (spent.user + spent.system) / 1e6;
	return `${report.questions} questions: ${seconds.toFixed(1)} s, ${processor.toFixed(1)} s of processor time, ${mebibytes(peak - before)} more than before, at most ${mebibytes(peak)}; ${report.groups} groups, ${report.proposals} proposals`;
}

/** Does a step in a process of its own, so that what one leaves behind is not counted with another. */
function inProcess(home: string, ...step: (string | number)[]): void {
	const words = ['--import', 'tsx', fileURLToPath(import.meta.url), folder, ...step.map(String)];
	const env = { ...process.env, SEAM_DATA: join(home, 'data') };
	const { status } = spawnSync(process.execPath, words, { stdio: 'inherit', env });
	if (status !== 0) process.exit(status ?? 1);
}

const [step, from, to] = process.argv.slice(3);
if (step === 'import') await importQuestions(Number(from), Number(to));
else if (step === 'group') console.log(`${from}  ${await timed()}`);
else
	for (const count of [10_000, 100_000, 300_000]) {
		const home = await mkdtemp(join(tmpdir(), 'seam-phrases-'));
		inProcess(home, 'import', 0, count);
		inProcess(home, 'group', 'first');
		inProcess(home, 'import', count, Math.round(1.1 * count));
		inProcess(home, 'group', 'later');
		await rm(home, { recursive: true, force: true });
	}
await closeEngine();
