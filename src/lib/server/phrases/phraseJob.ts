/** The job that groups questions: what an import has left, topic by topic and language by language. */
import { INTEGER, VARCHAR } from '@duckdb/node-api';
import { z } from 'zod';
import { messageOf } from '../../../../ingest/errors.ts';
import { fewestPhrases, type PhraseJob } from '../../phrases.ts';
import { query, queryInParts } from '../store/query.ts';
import { Grouper } from './grouper.ts';
import type { GroupingTask } from './grouping.ts';
import { dropStaleMembers, modelRow, saveFindings } from './phraseModels.ts';
import { readGroupEntries } from './phraseEntries.ts';
import { relabel } from './relabel.ts';

export const waitingRow = z.strictObject({
	topic: z.string().nullable(),
	language: z.string().nullable(),
	model: z.int().nullable(),
	questions: z.int(),
	waiting: z.int()
});
type Waiting = z.infer<typeof waitingRow>;

export const questionRow = z.strictObject({
	handoff_id: z.string(),
	question: z.string(),
	question_md5: z.string(),
	is_new: z.boolean()
});
type Question = Omit<z.infer<typeof questionRow>, 'question'>;

/** What a run of the job has done. */
export const groupingReportSchema = z.strictObject({
	/** topics × languages */
	parts: z.int(),
	questions: z.int(),
	groups: z.int(),
	proposals: z.int(),
	/** what could not be grouped, a sentence each; the next run tries again */
	failures: z.array(z.string())
});
export type GroupingReport = z.infer<typeof groupingReportSchema>;

/** Questions looked at together: what bounds the memory of a run. */
export const mostAtOnce = 100_000;
/** Those that no group took, looked at again beside new ones, so that a slow matter is seen too. */
const mostLeft = 20_000;
/** How often a part is looked at again that an import has changed meanwhile. */
const mostTries = 3;

export const idle: PhraseJob = {
	running: false,
	done: 0,
	all: 0,
	fraction: 0,
	topic: null,
	language: null,
	failure: null,
	endedAt: null
};

/**
 * Groups all questions that wait, in a thread of its own. Each part is written down by itself: one
 * that is ended in between leaves whole parts, and the next run does the rest.
 * @param signal ends it
 */
export async function groupQuestions(
	onProgress: (job: PhraseJob) => void = () => undefined,
	signal: AbortSignal = new AbortController().signal
): Promise<GroupingReport> {
	await dropStaleMembers();
	await relabel(signal);
	const parts = await query('phrases/waiting', waitingRow, {
		values: { fewest: fewestPhrases },
		types: { fewest: INTEGER }
	});
	const report: GroupingReport = {
		parts: 0,
		questions: 0,
		groups: 0,
		proposals: 0,
		failures: []
	};
	const all = parts.reduce((sum, { waiting }) => sum + waiting, 0);
	let before = 0;
	const run = new Run(report, signal);
	try {
		for (const [done, part] of parts.entries()) {
			signal.throwIfAborted();
			const { topic, language, waiting } = part;
			const tell = (questions: number) =>
				onProgress({
					...idle,
					running: true,
					done,
					all: parts.length,
					fraction: (before + Math.min(questions, waiting)) / all,
					topic,
					language
				});
			tell(0);
			await run.group(part, tell);
			before += waiting;
		}
	} finally {
		await run.end();
	}
	return report;
}

/** One run, with the thread that it uses. */
class Run {
	#grouper: Grouper | null = null;
	readonly #report: GroupingReport;
	readonly #signal: AbortSignal;

	constructor(report: GroupingReport, signal: AbortSignal) {
		this.#report = report;
		this.#signal = signal;
		signal.addEventListener('abort', () => void this.end());
	}

	async end(): Promise<void> {
		const grouper = this.#grouper;
		this.#grouper = null;
		await grouper?.end();
	}

	/** Groups what waits of one topic and language. */
	async group(part: Waiting, tell: (questions: number) => void): Promise<void> {
		try {
			let { model } = part;
			const isFirst = model === null;
			let seen = 0;
			let tries = 0;
			for (;;) {
				const step = model === null ? 'first' : isFirst ? 'rest' : 'later';
				const before = seen;
				const { members, saved } = await this.#step({ ...part, model }, step, (count) =>
					tell(before + count)
				);
				if (saved === 'too few') return;
				if (saved === null) {
					tries += 1;
					if (tries === mostTries)
						throw new Error('the log changed again and again meanwhile');
					continue;
				}
				model = saved;
				const fresh = members.filter(({ is_new }) => is_new).length;
				seen += fresh;
				this.#report.questions += fresh;
				tell(seen);
				if (fresh < mostAtOnce) break;
			}
			this.#report.parts += 1;
		} catch (failure) {
			if (this.#signal.aborted) throw this.#signal.reason;
			await this.end();
			const { topic, language } = part;
			this.#report.failures.push(
				`${topic ?? 'No topic'}, ${language ?? 'no language'}: ${messageOf(failure)}`
			);
		}
	}

	async #step(
		part: Waiting,
		step: 'first' | 'rest' | 'later',
		tell: (questions: number) => void
	) {
		this.#grouper ??= new Grouper();
		const members = await this.#handOver(part, step === 'rest' ? 0 : mostLeft);
		const fresh = members.filter(({ is_new }) => is_new).length;
		const answer = await this.#grouper.step(await taskOf(part, step), (share) =>
			tell(share * fresh)
		);
		this.#signal.throwIfAborted();
		if (!answer) return { members, saved: 'too few' as const };
		const { body, groups, similarities } = answer;
		const gained = answer.gained.map(({ id, label, status }) => ({
			n: Number(id.slice(1)),
			label,
			status
		}));
		const saved = await saveFindings({
			model: part.model,
			topic: part.topic,
			language: part.language,
			body,
			gained,
			members: members.map(({ handoff_id, question_md5 }, at) => ({
				handoff_id,
				question_md5,
				n: groups[at] ?? 0,
				similarity: similarities[at] ?? 0
			}))
		});
		if (saved !== null)
			this.#report[step === 'first' ? 'groups' : 'proposals'] += gained.length;
		return { members, saved };
	}

	/** Gives the thread the questions of a part; only what they are written down by is kept here. */
	async #handOver({ topic, language, model }: Waiting, most_left: number): Promise<Question[]> {
		const members: Question[] = [];
		const parameters = {
			values: { topic, language, model, most_new: mostAtOnce, most_left },
			types: {
				topic: VARCHAR,
				language: VARCHAR,
				model: INTEGER,
				most_new: INTEGER,
				most_left: INTEGER
			}
		};
		const rows = queryInParts('phrases/questions', questionRow, [parameters], this.#signal);
		for await (const some of rows) {
			this.#grouper?.add(some.map(({ question }) => question));
			for (const { handoff_id, question_md5, is_new } of some)
				members.push({ handoff_id, question_md5, is_new });
		}
		return members;
	}
}

async function taskOf(
	{ model, language }: Waiting,
	step: 'first' | 'rest' | 'later'
): Promise<Exclude<GroupingTask, { questions: string[] }>> {
	if (step === 'first' || model === null) return { step: 'first', language };
	const [stored] = await query('phrases/model', modelRow, {
		values: { model },
		types: { model: INTEGER }
	});
	if (!stored) throw new Error(`phrase model ${model} has gone`);
	if (step === 'rest') return { step, body: stored.body };
	const entries = await readGroupEntries(model);
	const statusOf = (holder: number) =>
		entries.find(({ n }) => n === holder)?.status ?? 'accepted';
	const statuses = Object.fromEntries(
		entries.map(({ n, held_by }) => [`g${n}`, statusOf(held_by)])
	);
	return { step, body: stored.body, statuses };
}
