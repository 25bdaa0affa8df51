/** The phrase groups of a period and filter. */
import { INTEGER } from '@duckdb/node-api';
import { z } from 'zod';
import { phraseExamples } from '../../analysis/phrases/phraseExamples.ts';
import { defaultTerms, prepared } from '../../analysis/phrases/proposals.ts';
import { vectoriser, vocabularyOf } from '../../analysis/phrases/tfidf.ts';
import {
	fewestPhrases,
	phraseId,
	type PhraseCount,
	type PhraseCoverage,
	type PhraseExample,
	type PhraseGroup,
	type PhraseGroups,
	type PhraseWeek
} from '../../phrases.ts';
import { metricParameters } from '../measure/measure.ts';
import type { Filter } from '../scope/filter.ts';
import { query } from '../store/query.ts';
import { readGroupEntries, type GroupEntry } from './phraseEntries.ts';
import { readPhraseJob } from './phraseRunner.ts';

export const countRow = z.strictObject({
	topic: z.string().nullable(),
	language: z.string().nullable(),
	model: z.int().nullable(),
	n: z.int().nullable(),
	is_looked_at: z.boolean(),
	channel: z.string().nullable(),
	week: z.string(),
	questions: z.int(),
	routed: z.int(),
	failures: z.int()
});
type Count = z.infer<typeof countRow>;

export const centralRow = z.strictObject({
	model: z.int(),
	n: z.int(),
	handoff_id: z.string(),
	question: z.string()
});

export const everRow = z.strictObject({
	topic: z.string().nullable(),
	language: z.string().nullable(),
	questions: z.int(),
	is_grouped: z.boolean()
});

/** Among how many of the most central questions examples are chosen. */
const mostCentral = 40;

/** Groups that hold questions, by their ids: not those that were merged into others. */
async function readHolders(): Promise<Map<string, GroupEntry>> {
	const entries = await readGroupEntries();
	const holders = entries.filter(({ n, held_by }) => n === held_by);
	return new Map(holders.map((entry) => [phraseId(entry.model, entry.n), entry]));
}

/**
 * Groups, proposals and what is in neither, of the handoffs of a filter; to read one topic, filter by
 * it ('' stands for handoffs without one).
 * @param examples most of a group; 0 reads no question, which is far quicker where all topics are read
 */
export async function readPhraseGroups(
	filter: Filter,
	{ examples = 4 }: { examples?: number } = {}
): Promise<PhraseGroups> {
	const parameters = await metricParameters(filter, []);
	const [entries, counts, ever] = await Promise.all([
		readGroupEntries(),
		query('phrases/counts', countRow, parameters),
		query('phrases/ever', everRow)
	]);
	const shown = examples > 0 ? await readExamples(filter, examples) : new Map();
	const holders = await readHolders();
	const byGroup = groupedBy(counts, keyOf);
	const found = [...byGroup].flatMap(([key, rows]) => {
		const holder = key === null ? undefined : holders.get(key);
		return holder ? [groupOf(holder, entries, rows, shown)] : [];
	});
	const bySize = (status: GroupEntry['status']) =>
		found
			.filter(({ id }) => holders.get(id)?.status === status)
			.sort((a, b) => b.questions - a.questions || (a.id < b.id ? -1 : 1));
	return {
		groups: bySize('accepted'),
		proposals: bySize('proposed'),
		dismissed: bySize('dismissed'),
		coverage: coverageOf(counts, holders, ever),
		job: readPhraseJob()
	};
}

/** Handoffs with a question by group, channel and week: what a group's expected failures are counted from. */
export async function readPhraseCounts(filter: Filter): Promise<PhraseCount[]> {
	const holders = await readHolders();
	const rows = await query('phrases/counts', countRow, await metricParameters(filter, []));
	const cells = groupedBy(rows, (row) => {
		const id = keyOf(row);
		const group = id !== null && holders.get(id)?.status === 'accepted' ? id : null;
		return JSON.stringify([group, row.topic, row.language, row.channel, row.week]);
	});
	return [...cells].map(([key, cell]) => {
		const [group, topic, language, channel, week] = JSON.parse(key) as [
			string | null,
			string | null,
			string | null,
			string | null,
			string
		];
		return { group, topic, language, channel, week, ...sumOf(cell) };
	});
}

const keyOf = ({ model, n }: Pick<Count, 'model' | 'n'>) =>
	model === null || n === null ? null : phraseId(model, n);

const sumOf = (rows: readonly Count[]) => ({
	questions: total(rows, 'questions'),
	routed: total(rows, 'routed'),
	failures: total(rows, 'failures')
});

const total = (rows: readonly Count[], of: 'questions' | 'routed' | 'failures') =>
	rows.reduce((sum, row) => sum + row[of], 0);

function groupedBy<Row, Key>(rows: readonly Row[], key: (row: Row) => Key): Map<Key, Row[]> {
	const groups = new Map<Key, Row[]>();
	for (const row of rows) {
		const known = groups.get(key(row));
		if (known) known.push(row);
		else groups.set(key(row), [row]);
	}
	return groups;
}

function groupOf(
	holder: GroupEntry,
	entries: readonly GroupEntry[],
	rows: readonly Count[],
	examples: ReadonlyMap<string, PhraseExample[]>
): PhraseGroup {
	const { model, n, topic, language, label, first_at, last_at } = holder;
	const id = phraseId(model, n);
	const merged = entries.filter(
		(entry) => entry.model === model && entry.held_by === n && entry.n !== n
	);
	const weeks = groupedBy(rows, ({ week }) => week);
	return {
		id,
		topic,
		language,
		label,
		// A name that only a merged group had goes with it.
		name: holder.name ?? merged.find(({ name }) => name !== null)?.name ?? null,
		...sumOf(rows),
		first_at: first_at ?? '',
		last_at: last_at ?? '',
		weeks: [...weeks].map(([week, own]): PhraseWeek => {
			const { questions, failures } = sumOf(own);
			return { week, questions, failures };
		}),
		examples: examples.get(id) ?? [],
		merged: merged.map((entry) => ({
			id: phraseId(model, entry.n),
			label: entry.label,
			name: entry.name
		}))
	};
}

/** The most central question of each group of a filter, by the group's id, masked. */
export async function readCentralQuestions(filter: Filter): Promise<Map<string, string>> {
	const { values, types } = await metricParameters(filter, []);
	const rows = await query('phrases/central', centralRow, {
		values: { ...values, most: 1 },
		types: { ...types, most: INTEGER }
	});
	return new Map(rows.map(({ model, n, question }) => [phraseId(model, n), prepared(question)]));
}

/** Central questions of each group that say it in different ways, masked. */
async function readExamples(filter: Filter, most: number): Promise<Map<string, PhraseExample[]>> {
	const { values, types } = await metricParameters(filter, []);
	const rows = await query('phrases/central', centralRow, {
		values: { ...values, most: mostCentral },
		types: { ...types, most: INTEGER }
	});
	const groups = groupedBy(rows, ({ model, n }) => phraseId(model, n));
	return new Map(
		[...groups].map(([id, own]) => {
			const texts = own.map(({ question }) => prepared(question));
			const vocabulary = vocabularyOf(texts, defaultTerms, { least: 1 });
			const chosen = phraseExamples(texts.map(vectoriser(vocabulary)), { most });
			return [
				id,
				chosen.map((place) => ({
					handoff_id: own[place]?.handoff_id ?? '',
					question: texts[place] ?? ''
				}))
			];
		})
	);
}

function coverageOf(
	counts: readonly Count[],
	holders: ReadonlyMap<string, GroupEntry>,
	ever: readonly z.infer<typeof everRow>[]
): PhraseCoverage[] {
	const partOf = (row: { topic: string | null; language: string | null }) =>
		JSON.stringify([row.topic, row.language]);
	const logged = new Map(ever.map((row) => [partOf(row), row]));
	const statusOf = (row: Count) => {
		const id = keyOf(row);
		return id === null ? null : holders.get(id)?.status;
	};
	return [...groupedBy(counts, partOf)]
		.map(([part, rows]): PhraseCoverage => {
			const [topic, language] = JSON.parse(part) as [string | null, string | null];
			const { questions, is_grouped } = logged.get(part) ?? {
				questions: 0,
				is_grouped: false
			};
			const sum = (keep: (row: Count) => boolean) => total(rows.filter(keep), 'questions');
			const grouped = sum((row) => statusOf(row) === 'accepted');
			const proposed = sum((row) => statusOf(row) === 'proposed');
			const waiting = sum(({ is_looked_at }) => !is_looked_at);
			const all = sum(() => true);
			return {
				topic,
				language,
				questions: all,
				grouped,
				proposed,
				waiting,
				outside: all - grouped - proposed - waiting,
				ever: questions,
				tooFew: !is_grouped && questions < fewestPhrases
			};
		})
		.sort(
			(a, b) =>
				b.questions - a.questions ||
				(partOf(a) < partOf(b) ? -1 : partOf(a) > partOf(b) ? 1 : 0)
		);
}
