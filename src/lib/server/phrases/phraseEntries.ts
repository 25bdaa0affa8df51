/** Phrase groups one by one: what they are called, what became of them, and what people do to them. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { UsageError } from '../../../../ingest/errors.ts';
import { maskPersonal } from '../../analysis/phrases/maskPersonal.ts';
import { longestPhraseName, parsePhraseId, phraseId, phraseTitle } from '../../phrases.ts';
import { faultOf, shown } from '../reviews/reviewSchema.ts';
import { withStore } from '../store/engine.ts';
import { query } from '../store/query.ts';
import { inTransaction } from '../store/transaction.ts';
import { statusSchema } from './phraseModels.ts';

export const groupRow = z.strictObject({
	model: z.int(),
	n: z.int(),
	topic: z.string().nullable(),
	language: z.string().nullable(),
	label: z.string(),
	name: z.string().nullable(),
	status: statusSchema,
	merged_into: z.int().nullable(),
	held_by: z.int(),
	questions: z.int(),
	first_at: z.string().nullable(),
	last_at: z.string().nullable()
});
/** A group as it is stored; what it holds is that of the group that holds its questions. */
export type GroupEntry = z.infer<typeof groupRow>;

/** Every group ever made or proposed, of models that stand. */
export async function readGroupEntries(model?: number): Promise<GroupEntry[]> {
	const stored = await query('phrases/groups', groupRow);
	// Until the job has made labels anew, what looser rules let through is masked here.
	const entries = stored.map((entry) => ({ ...entry, label: maskPersonal(entry.label) }));
	return model === undefined ? entries : entries.filter((entry) => entry.model === model);
}

/** A group as API and command line name it. */
export const phraseEntrySchema = z.strictObject({
	id: z.string(),
	topic: z.string().nullable(),
	language: z.string().nullable(),
	label: z.string(),
	name: z.string().nullable(),
	status: statusSchema,
	merged_into: z.string().nullable(),
	/** ever, whatever the period; of a merged one, those of the group that holds them */
	questions: z.int(),
	first_at: z.string().nullable(),
	last_at: z.string().nullable()
});
export type PhraseEntry = z.infer<typeof phraseEntrySchema>;

export const entryOf = ({ model, n, merged_into, ...entry }: GroupEntry): PhraseEntry => ({
	id: phraseId(model, n),
	topic: entry.topic,
	language: entry.language,
	label: entry.label,
	name: entry.name,
	status: entry.status,
	merged_into: merged_into === null ? null : phraseId(model, merged_into),
	questions: entry.questions,
	first_at: entry.first_at,
	last_at: entry.last_at
});

/**
 * The group that holds the questions of a group today: itself, or the one it was merged into.
 * @returns null for an id that no group has
 */
export async function currentPhrase(id: string): Promise<GroupEntry | null> {
	const asked = parsePhraseId(id);
	if (!asked) return null;
	const entries = await readGroupEntries(asked.model);
	const own = entries.find(({ n }) => n === asked.n);
	return entries.find(({ n }) => n === own?.held_by) ?? null;
}

const name = z
	.string({ error: ({ input }) => `is ${shown(input)}, not a text` })
	.transform((said) => said.replace(/[\s\p{Cc}]+/gu, ' ').trim())
	.pipe(
		z.string().max(longestPhraseName, {
			error: `is longer than ${longestPhraseName} characters`
		})
	)
	.transform((said) => said || null);

/** What people change of a group. */
export const phraseEditSchema = z
	.strictObject(
		{
			name: name
				.nullable()
				.optional()
				.meta({
					description: `What it is called, up to ${longestPhraseName} characters; empty takes the name away.`
				}),
			merged_into: z.string().nullable().optional().meta({
				description:
					'The group that takes its questions; null takes it out of that group again.'
			}),
			status: z.enum(['accepted', 'dismissed']).optional().meta({
				description: 'What became of a proposal.'
			})
		},
		{
			error: ({ code, keys }) =>
				code === 'unrecognized_keys'
					? `has no field ${keys.join(', ')}; name, merged_into and status can be changed`
					: 'is not an object with fields'
		}
	)
	.meta({ description: 'Fields of a phrase group to change.' });
export type PhraseEdit = z.input<typeof phraseEditSchema>;

/**
 * Changes a group.
 * @throws UsageError that names the id or the value at fault
 */
export async function editPhrase(id: string, given: unknown): Promise<PhraseEntry> {
	const read = phraseEditSchema.safeParse(given);
	if (!read.success) throw new UsageError(`${faultOf(read.error, 'the phrase group')}.`);
	const edit = read.data;
	if (Object.keys(edit).length === 0)
		throw new UsageError(`Nothing to change in ${id}: give name, merged_into or status.`);
	return withStore(async ({ connection }) => {
		const group = await requireGroup(id);
		await inTransaction(connection, 'commit', async () => {
			if (edit.name !== undefined) await set(connection, group, 'name = $value', edit.name);
			if (edit.status !== undefined) await decide(connection, group, edit.status);
			if (edit.merged_into !== undefined) await move(connection, group, edit.merged_into);
		});
		return entryOf(await requireGroup(id));
	});
}

/** Gives a group the name that somebody chose; an empty one takes it away. */
export const renamePhrase = (id: string, name: string) => editPhrase(id, { name });
/** Puts the questions of a group, past and coming, into another. */
export const mergePhrase = (id: string, into: string) => editPhrase(id, { merged_into: into });
/** Takes a group out of the one it was merged into. */
export const unmergePhrase = (id: string) => editPhrase(id, { merged_into: null });
export const acceptPhrase = (id: string) => editPhrase(id, { status: 'accepted' });
/** Takes proposals in, all of them or, where one cannot be, none. */
export function acceptPhrases(ids: readonly string[]): Promise<PhraseEntry[]> {
	return withStore(async ({ connection }) => {
		const groups = await Promise.all(ids.map(requireGroup));
		await inTransaction(connection, 'commit', async () => {
			for (const group of groups) await decide(connection, group, 'accepted');
		});
		return (await Promise.all(ids.map(requireGroup))).map(entryOf);
	});
}
/** Hides a group: its questions are in none, and those like them that come are not proposed again. */
export const dismissPhrase = (id: string) => editPhrase(id, { status: 'dismissed' });

async function requireGroup(id: string): Promise<GroupEntry> {
	const asked = parsePhraseId(id);
	if (!asked) throw new UsageError(`“${id}” is not the id of a phrase group, such as p3-12.`);
	const group = (await readGroupEntries(asked.model)).find(({ n }) => n === asked.n);
	if (!group) throw new UsageError(`No phrase group has the id ${id}.`);
	return group;
}

async function set(
	connection: DuckDBConnection,
	{ model, n }: GroupEntry,
	change: 'name = $value' | 'status = $value' | 'merged_into = $value::int',
	value: string | number | null
): Promise<void> {
	await connection.run(
		`update phrase_groups set ${change} where model = $model::int and n = $n::int`,
		{ model, n, value }
	);
}

async function decide(
	connection: DuckDBConnection,
	group: GroupEntry,
	status: 'accepted' | 'dismissed'
): Promise<void> {
	if (group.merged_into !== null)
		throw new UsageError(
			`${phraseId(group.model, group.n)} is merged into ${phraseId(group.model, group.merged_into)}; take it out of that first.`
		);
	await set(connection, group, 'status = $value', status);
}

async function move(
	connection: DuckDBConnection,
	group: GroupEntry,
	into: string | null
): Promise<void> {
	if (into !== null) {
		const target = await requireGroup(into);
		const [from, to] = [group, target].map(
			(one) => `${phraseId(one.model, one.n)} (${phraseTitle(one)})`
		);
		if (target.model !== group.model)
			throw new UsageError(
				`${from} and ${to} are of different topics or languages and cannot be merged.`
			);
		const holder = await requireGroup(phraseId(target.model, target.held_by));
		if (holder.n === group.n || target.n === group.n)
			throw new UsageError(`${from} already holds the questions of ${to}.`);
		if (holder.status !== 'accepted')
			throw new UsageError(`${to} is ${holder.status}; accept it before others join it.`);
		await set(connection, group, 'status = $value', 'accepted');
		await set(connection, group, 'merged_into = $value::int', target.n);
	} else await set(connection, group, 'merged_into = $value::int', null);
	await settleHolders(connection, group.model);
}

/** Says of each group of a model again which one holds its questions, at the end of its merges. */
async function settleHolders(connection: DuckDBConnection, model: number): Promise<void> {
	await connection.run(
		`with recursive held(n, holder) as (
			select n, n from phrase_groups where model = $model::int
			union all
			select held.n, g.merged_into
			from held
			inner join phrase_groups as g on g.model = $model::int and g.n = held.holder
			where g.merged_into is not null
		),
		holders as (
			select held.n, held.holder
			from held
			inner join phrase_groups as g on g.model = $model::int and g.n = held.holder
			where g.merged_into is null
		)
		update phrase_groups set held_by = holders.holder from holders
		where phrase_groups.model = $model::int and phrase_groups.n = holders.n`,
		{ model }
	);
}
