/** Verdicts that reviewers give in Seam. They lie beside the log: no import of one writes over them. */
import { LIST, listValue, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { UsageError } from '../../../../ingest/errors.ts';
import type { Review } from '../../handoff.ts';
import { withStore } from '../store/engine.ts';
import { query } from '../store/query.ts';
import { inTransaction } from '../store/transaction.ts';
import { faultOf, reviewSchema, type KeptReview } from './reviewSchema.ts';

/**
 * Saves a verdict. It takes the place of the one that held until now, which stays in the table.
 * @throws UsageError that names the value at fault, or the id that no handoff has
 */
export async function saveReview(given: unknown): Promise<void> {
	const parsed = reviewSchema.safeParse(given);
	if (!parsed.success) throw new UsageError(`${faultOf(parsed.error)}.`);
	const { handoff_id, necessary, lacked, note, reviewer } = parsed.data;
	await changing(async (connection) => {
		const known = await connection.runAndReadAll(
			'select 1 from handoffs where handoff_id = $handoff_id limit 1',
			{ handoff_id }
		);
		if (known.currentRowCount === 0)
			throw new UsageError(`No handoff has the id ${handoff_id}.`);
		await end(connection, handoff_id);
		// Later than any before it, also one that came from a machine whose clock is ahead.
		await connection.run(
			`insert into reviews (handoff_id, necessary, lacked, note, reviewer, reviewed_at)
			select $handoff_id, $necessary, $lacked, $note, $reviewer,
				greatest(now() at time zone 'UTC', max(reviewed_at) + interval 1 microsecond)
			from reviews where handoff_id = $handoff_id`,
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
		`update reviews set ended_at = greatest(now() at time zone 'UTC', reviewed_at)
		where handoff_id = $handoff_id and ended_at is null`,
		{ handoff_id }
	);
	return ended.rowsChanged > 0;
}

/** Runs work on the store as one transaction. */
function changing<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
	return withStore(({ connection }) => inTransaction(connection, 'commit', work));
}

/** The columns of a review, as the rows of a JSON list. */
const reviewColumns = JSON.stringify([
	{
		handoff_id: 'VARCHAR',
		necessary: 'BOOLEAN',
		lacked: 'VARCHAR',
		note: 'VARCHAR',
		reviewer: 'VARCHAR',
		reviewed_at: 'TIMESTAMP',
		ended_at: 'TIMESTAMP'
	}
]);

/**
 * Puts reviews in the place of all those of the same handoffs; belongs in work that writes to the
 * store.
 * @param isDry takes everything back in the end
 * @returns ids of handoffs that the log does not hold
 */
export function replaceReviews(
	connection: DuckDBConnection,
	reviews: KeptReview[],
	isDry: boolean
): Promise<string[]> {
	return inTransaction(connection, isDry ? 'rollback' : 'commit', async () => {
		await connection.run(
			`create or replace temp table given_reviews as
			select unnest(from_json($reviews, '${reviewColumns}'), recursive := true)`,
			{ reviews: JSON.stringify(reviews) }
		);
		await connection.run(
			`delete from reviews where handoff_id in (select handoff_id from given_reviews);
			insert into reviews by name select * from given_reviews`
		);
		const unknown = await connection.runAndReadAll(
			`select distinct handoff_id from given_reviews
			anti join handoffs using (handoff_id) order by handoff_id`
		);
		await connection.run('drop table given_reviews');
		return unknown.getRows().map(([id]) => String(id));
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
