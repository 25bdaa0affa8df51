/** Reviews go out of the store as a file, and come in from one. */
import { z } from 'zod';
import { readGivenFile, type RefusedLine } from '../http/csvTable.ts';
import { withStore } from '../store/engine.ts';
import { query } from '../store/query.ts';
import { readReviewFile, writeReviews, type ReviewFormat } from './reviewFile.ts';
import { mergeReviews, type ReviewEffect } from './reviewMerge.ts';
import { replaceReviews } from './reviews.ts';
import type { KeptReview } from './reviewSchema.ts';

export const keptReviewRow = z.strictObject({
	handoff_id: z.string(),
	necessary: z.boolean().nullable(),
	lacked: z.string().nullable(),
	note: z.string().nullable(),
	reviewer: z.string().nullable(),
	reviewed_at: z.string(),
	ended_at: z.string().nullable()
});

/** Every review ever given, those that were replaced or withdrawn too, the oldest first. */
export async function exportReviews(format: ReviewFormat): Promise<string> {
	return writeReviews(await readAll(), format);
}

/** All reviews of the store; it may hold a lack that a later version no longer offers. */
const readAll = async () => (await query('reviews/all', keptReviewRow)) as KeptReview[];

export const reviewImportSchema = z.strictObject({
	/** Absolute path on this machine. */
	path: z.string().min(1),
	dryRun: z.boolean().optional()
});
export type ReviewImportRequest = z.infer<typeof reviewImportSchema>;

/** What became of the lines of a file: reviews = the sum of effects; lines = reviews + refused. */
export type ReviewImport = {
	lines: number;
	effects: Record<ReviewEffect, number>;
	refused: RefusedLine[];
	/** handoffs that the file speaks of and the log does not hold, by id, in order */
	unknown: string[];
	dryRun: boolean;
};

/**
 * Takes the reviews of a file into the store; lines that are none are refused one by one. Doing it
 * twice changes nothing.
 * @throws UsageError where there is no such file, LogError where it is none of reviews
 */
export async function importReviews({ path, dryRun = false }: ReviewImportRequest) {
	const { reviews, refused } = readReviewFile(await readGivenFile(path, 'reviews'));
	const given = reviews.map(({ review }) => review);
	return withStore(async ({ connection }): Promise<ReviewImport> => {
		const { reviews: merged, effects } = mergeReviews(await readAll(), given);
		// A dry run goes all the way, so that it says what the import would say.
		const unknown = await replaceReviews(connection, merged, dryRun);
		const counts: ReviewImport['effects'] = { added: 0, older: 0, ended: 0, unchanged: 0 };
		for (const effect of effects) counts[effect] += 1;
		return { lines: given.length + refused.length, effects: counts, refused, unknown, dryRun };
	});
}
