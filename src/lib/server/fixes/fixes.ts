/** The fix ledger. It lies beside the log: no import of one writes over it, and no row is deleted. */
import type { DuckDBConnection } from '@duckdb/node-api';
import type { z } from 'zod';
import { UsageError } from '../../../../ingest/errors.ts';
import type { Fix } from '../../fix.ts';
import { faultOf } from '../reviews/reviewSchema.ts';
import { withStore } from '../store/engine.ts';
import { query } from '../store/query.ts';
import { inTransaction } from '../store/transaction.ts';
import { fixRow } from './fixRow.ts';
import { fixEditSchema, fixSchema, type GivenFix } from './fixSchema.ts';
import { requirePhraseGroup, requireTopic } from './fixSubject.ts';

/** Every version of every fix, the oldest fix first, also those that were edited or withdrawn. */
export const readFixVersions = (): Promise<Fix[]> => query('fixes/all', fixRow);

/**
 * The fixes that stand, the oldest first.
 * @param topics only those of these topics; without any, all
 */
export async function readFixes(topics: readonly string[] = []): Promise<Fix[]> {
	const versions = await readFixVersions();
	return versions.filter(
		({ ended_at, topic }) =>
			ended_at === null && (topics.length === 0 || topics.includes(topic))
	);
}

/**
 * Records a fix.
 * @throws UsageError that names the value at fault, for an unknown topic or group with others
 */
export async function saveFix(given: unknown): Promise<Fix> {
	const fix = parsed(fixSchema, given);
	await requireTopic(fix.topic);
	if (fix.phrase_group !== null) await requirePhraseGroup(fix.phrase_group, fix.topic);
	return changing(async (connection) => {
		await requirePast(connection, fix.done_on);
		return insertFix(connection, await newFixId(connection), fix);
	});
}

/**
 * Changes fields of a fix; the version until now stays in the table. One that changes nothing adds
 * no version.
 * @throws UsageError that names the value at fault, or the number that no fix has
 */
export async function editFix(id: number, given: unknown): Promise<Fix> {
	const edit = parsed(fixEditSchema, given);
	if (Object.keys(edit).length === 0)
		throw new UsageError(
			`Nothing to change in fix ${id}: give one of ${Object.keys(fixEditSchema.shape).join(', ')}.`
		);
	return changing(async (connection) => {
		const before = givenOf(await standing(id));
		const after = { ...before, ...edit };
		if (JSON.stringify(after) === JSON.stringify(before)) return id;
		if (after.topic !== before.topic) await requireTopic(after.topic);
		// What a fix was recorded of may go from the log; the rest of it can still be mended.
		const isOther = after.topic !== before.topic || after.phrase_group !== before.phrase_group;
		if (after.phrase_group !== null && isOther)
			await requirePhraseGroup(after.phrase_group, after.topic);
		if (after.done_on !== before.done_on) await requirePast(connection, after.done_on);
		await end(connection, id);
		return insertFix(connection, id, after);
	});
}

/**
 * Ends a fix; it stays in the table.
 * @throws UsageError for a number that no fix has
 */
export function withdrawFix(id: number): Promise<Fix> {
	return changing(async (connection) => {
		await standing(id);
		return end(connection, id);
	});
}

/** The fields of a fix that people give. */
export const givenOf = ({ what, done_on, topic, who, link, phrase_group }: Fix): GivenFix => ({
	what,
	done_on,
	topic,
	who,
	link,
	phrase_group
});

/** Runs work that writes, as one transaction, and gives the last version of the fix it is about. */
function changing(work: (connection: DuckDBConnection) => Promise<number>): Promise<Fix> {
	return withStore(async ({ connection }) => {
		const id = await inTransaction(connection, 'commit', work);
		return lastVersion(id);
	});
}

/** The number of a fix as an address or a command gives it. */
export function readFixId(text: string): number {
	if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(`“${text}” is not the number of a fix.`);
	return Number(text);
}

async function lastVersion(id: number): Promise<Fix> {
	const last = (await readFixVersions())
		.filter(({ fix_id }) => fix_id === id)
		.sort((a, b) => (a.recorded_at < b.recorded_at ? -1 : 1))
		.at(-1);
	if (!last) throw new UsageError(`No fix has the number ${id}.`);
	return last;
}

async function standing(id: number): Promise<Fix> {
	const last = await lastVersion(id);
	if (last.ended_at !== null)
		throw new UsageError(`Fix ${id} was withdrawn; record it as a new one.`);
	return last;
}

/** A number that no fix has ever had. */
export async function newFixId(connection: DuckDBConnection): Promise<number> {
	const [id] = await numbers(connection, 'select coalesce(max(fix_id), 0) + 1 from fixes');
	return id ?? 1;
}

/** Writes a version of a fix, as part of a transaction. @returns its number */
export async function insertFix(
	connection: DuckDBConnection,
	id: number,
	fix: GivenFix
): Promise<number> {
	const { what, who, done_on, link, topic, phrase_group } = fix;
	// Later than any version before it, also when the clock was set back.
	await connection.run(
		`insert into fixes (fix_id, what, who, done_on, link, topic, phrase_group, recorded_at)
		select $id::int, $what, $who, $done_on::date, $link, $topic, $phrase_group,
			greatest(now() at time zone 'UTC', max(recorded_at) + interval 1 microsecond)
		from fixes where fix_id = $id::int`,
		{ id, what, who, done_on, link, topic, phrase_group }
	);
	return id;
}

async function end(connection: DuckDBConnection, id: number): Promise<number> {
	await connection.run(
		`update fixes set ended_at = greatest(now() at time zone 'UTC', recorded_at)
		where fix_id = $id::int and ended_at is null`,
		{ id }
	);
	return id;
}

async function numbers(connection: DuckDBConnection, sql: string): Promise<number[]> {
	return (await connection.runAndReadAll(sql)).getRows().map(([value]) => Number(value));
}

function parsed<T>(schema: z.ZodType<T>, given: unknown): T {
	const read = schema.safeParse(given);
	if (!read.success) throw new UsageError(`${faultOf(read.error, 'the fix')}.`);
	return read.data;
}

/** @throws UsageError for a day that is not yet there on the team's clock */
export async function requirePast(connection: DuckDBConnection, day: string): Promise<void> {
	const found = await connection.runAndReadAll(
		`select local_time(now() at time zone 'UTC', timezone)::date::varchar, timezone from settings`
	);
	const [today = '', zone] = found.getRows()[0]?.map(String) ?? [];
	if (day > today)
		throw new UsageError(
			`done_on is ${day}, which lies in the future: today is ${today} in ${zone}.`
		);
}
