/** Reviews of two stores become those of one: none is lost, and of each handoff one holds at most. */
import type { KeptReview } from './reviewSchema.ts';

/** What became of a review that was given. */
export type ReviewEffect =
	/** it was not there yet and holds now */
	| 'added'
	/** it was not there yet, and one that was given later stands in its place, or it was withdrawn */
	| 'older'
	/** it was there and held; the file says that it was replaced or withdrawn */
	| 'ended'
	/** it was there */
	| 'unchanged';

export type MergedReviews = {
	/** all that is known of the handoffs that the given ones are about, in order */
	reviews: KeptReview[];
	/** one for each given */
	effects: ReviewEffect[];
};

/** Two reviews that say the same at the same moment are one. */
const identityOf = ({ handoff_id, reviewed_at, necessary, lacked, note, reviewer }: KeptReview) =>
	JSON.stringify([
		handoff_id,
		reviewed_at,
		necessary,
		lacked,
		note?.replace(/\r\n?/g, '\n') ?? null,
		reviewer
	]);

const earlier = (a: string | null, b: string | null) =>
	a === null ? b : b === null ? a : a < b ? a : b;

/**
 * Each review holds until the next one of its handoff was given, or until it was withdrawn. Of two
 * that were given at the same moment and differ, the one whose text sorts last counts as the later,
 * so that the order in which stores are merged does not matter.
 * @param stored reviews of the store; of other handoffs too
 */
export function mergeReviews(stored: KeptReview[], given: KeptReview[]): MergedReviews {
	const about = new Set(given.map(({ handoff_id }) => handoff_id));
	const known = new Map<string, KeptReview>();
	const join = (review: KeptReview) => {
		const identity = identityOf(review);
		const same = known.get(identity);
		const ended_at = earlier(same?.ended_at ?? null, review.ended_at);
		known.set(identity, { ...(same ?? review), ended_at });
	};
	const before = new Map<string, string | null>();
	for (const review of stored) {
		if (!about.has(review.handoff_id)) continue;
		join(review);
		const identity = identityOf(review);
		before.set(identity, known.get(identity)?.ended_at ?? null);
	}
	given.forEach(join);
	const ordered = [...known].sort(
		([a, one], [b, other]) =>
			compare(one.handoff_id, other.handoff_id) ||
			compare(one.reviewed_at, other.reviewed_at) ||
			compare(a, b)
	);
	const after = new Map(
		ordered.map(([identity, review], at) => {
			const next = ordered[at + 1]?.[1];
			const replacedAt = next?.handoff_id === review.handoff_id ? next.reviewed_at : null;
			return [identity, { ...review, ended_at: earlier(review.ended_at, replacedAt) }];
		})
	);
	const seen = new Set<string>();
	const effects = given.map((review): ReviewEffect => {
		const identity = identityOf(review);
		const ended = after.get(identity)?.ended_at ?? null;
		if (seen.has(identity)) return 'unchanged';
		seen.add(identity);
		if (!before.has(identity)) return ended === null ? 'added' : 'older';
		return before.get(identity) === null && ended !== null ? 'ended' : 'unchanged';
	});
	return { reviews: [...after.values()], effects };
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
