/** Verdicts that reviewers give in Seam. They lie beside the log: no import writes over them. */
import { LIST, listValue, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { UsageError } from '../../../ingest/errors.ts';
import { lackedChoices, type Review } from '../handoff.ts';
import { withStore } from './engine.ts';
import { query } from './query.ts';

/** Free text; without any it says nothing. */
const words = (most: number) =>
	z
		.string()
		.trim()
		.max(most, { error: `is longer than ${most} characters` })
		.transform((text) => (text === '' ? null : text))
		.nullable()
		.default(null);

const reviewSchema = z.strictObject({
	handoff_id: z.string().min(1),
	/** Whether a person was needed; null: the reviewer cannot tell. */
	necessary: z
		.boolean({ error: ({ input }) => `is ${shown(input)}, not true, false or null` })
		.nullable(),
	lacked: z
		.enum(lackedChoices, {
			error: ({ input }) => `is ${shown(input)}, none of ${lackedChoices.join(', ')}`
		})
		.nullable()
		.default(null),
	note: words(2000),
	reviewer: words(100)
});
export type NewReview = z.input<typeof reviewSchema>;

const shown = (value: unknown) =>
	value === undefined ? 'missing' : typeof value === 'string' ? `“${value}”` : String(value);

/**
 * Saves a verdict. It takes the place of the one that held until now, which stays in the table.
 * @throws UsageError that names the value at fault, or the id that no handoff has
 */
export async function saveReview(given: unknown): Promise<void> {
	const parsed = reviewSchema.safeParse(given);
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		throw new UsageError(`${issue?.path.join('.') || 'The review'} ${issue?.message}.`);
	}
	const { handoff_id, necessary, lacked, note, reviewer } = parsed.data;
	await changing(async (connection) => {
		const known = await connection.runAndReadAll(
			'select 1 from handoffs where handoff_id = $handoff_id limit 1',
			{ handoff_id }
		);
		if (known.currentRowCount === 0)
			throw new UsageError(`No handoff has the id ${handoff_id}.`);
		await end(connection, handoff_id);
		await connection.run(
			`insert into reviews (handoff_id, necessary, lacked, note, reviewer, reviewed_at)
			values ($handoff_id, $necessary, $lacked, $note, $reviewer, now() at time zone 'UTC')`,
			{ handoff_id, necessary, lacked, note, reviewer }
		);
	});
}

/**
 * Takes a verdict back; that of the log, if there is one, holds again.
 * @returns whether there was one
 */
export function withdrawReview(handoff_id: string): Promise<boolean> {
	return changing((connection) => end(connection, handoff_id));
}

/** Lets a verdict hold no longer; says whether there was one. */
async function end(connection: DuckDBConnection, handoff_id: string): Promise<boolean> {
	const ended = await connection.run(
		`update reviews set ended_at = now() at time zone 'UTC'
		where handoff_id = $handoff_id and ended_at is null`,
		{ handoff_id }
	);
	return ended.rowsChanged > 0;
}

/** Runs work on the store as one transaction. */
function changing<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
	return withStore(async ({ connection }) => {
		await connection.run('begin transaction');
		try {
			const done = await work(connection);
			await connection.run('commit');
			return done;
		} catch (error) {
			await connection.run('rollback').catch(() => undefined);
			throw error;
		}
	});
}

export const reviewRow = z.strictObject({
	handoff_id: z.string(),
	necessary: z.boolean().nullable(),
	lacked: z.string().nullable(),
	note: z.string().nullable(),
	reviewer: z.string().nullable(),
	reviewed_local: z.string()
});

/** The reviews that hold, by the ids of their handoffs. */
export async function readReviews(handoffIds: string[]): Promise<Map<string, Review>> {
	const rows = await query('handoff/reviews', reviewRow, {
		values: { handoff_ids: listValue(handoffIds) },
		types: { handoff_ids: LIST(VARCHAR) }
	});
	return new Map(rows.map((review) => [review.handoff_id, review]));
}

/** The review of a handoff; null where there is none. */
export async function readReview(handoffId: string): Promise<Review | null> {
	return (await readReviews([handoffId])).get(handoffId) ?? null;
}
