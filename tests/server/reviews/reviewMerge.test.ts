import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeReviews } from '../../../src/lib/server/reviews/reviewMerge.ts';
import type { KeptReview } from '../../../src/lib/server/reviews/reviewSchema.ts';

const at = (hour: number) => `2026-11-09T${String(hour).padStart(2, '0')}:00:00.000000Z`;
const review = (hour: number, some: Partial<KeptReview> = {}): KeptReview => ({
	handoff_id: 'h',
	necessary: true,
	lacked: null,
	note: null,
	reviewer: null,
	reviewed_at: at(hour),
	ended_at: null,
	...some
});

/** Of each handoff the verdict that holds. */
const holding = (reviews: KeptReview[]) =>
	Object.fromEntries(
		reviews.flatMap(({ handoff_id, necessary, ended_at }) =>
			ended_at === null ? [[handoff_id, necessary]] : []
		)
	);

describe('reviews of two stores', () => {
	test('a newer one wins, whichever store it is from, and the older one stays', () => {
		const [old, young] = [review(9, { necessary: false }), review(10)];
		for (const [stored, given, effect] of [
			[old, young, 'added'],
			[young, old, 'older']
		] as const) {
			const merged = mergeReviews([stored], [given]);
			expect(merged.effects).toEqual([effect]);
			expect(merged.reviews).toEqual([{ ...old, ended_at: at(10) }, young]);
		}
	});

	test('one that was withdrawn does not come back from a file of before', () => {
		const withdrawn = review(9, { ended_at: at(11) });
		expect(mergeReviews([withdrawn], [review(9)])).toEqual({
			reviews: [withdrawn],
			effects: ['unchanged']
		});
		expect(mergeReviews([review(9)], [withdrawn])).toEqual({
			reviews: [withdrawn],
			effects: ['ended']
		});
	});

	test('the same line twice in a file is one review', () => {
		expect(mergeReviews([], [review(9), review(9)]).effects).toEqual(['added', 'unchanged']);
	});

	test('reviews of other handoffs are not touched', () => {
		const other = review(8, { handoff_id: 'other' });
		expect(mergeReviews([other], [review(9)]).reviews).toEqual([review(9)]);
	});

	const store = fc
		.array(
			fc.record({
				handoff_id: fc.constantFrom('a', 'b'),
				hour: fc.integer({ min: 0, max: 5 }),
				necessary: fc.constantFrom(true, false, null),
				reviewer: fc.constantFrom('Ann', 'Ben', null),
				withdrawn: fc.boolean()
			}),
			{ maxLength: 6 }
		)
		.map((given) => {
			const reviews = given.map(({ hour, withdrawn, ...rest }) =>
				review(hour, { ...rest, ended_at: withdrawn ? at(hour + 1) : null })
			);
			return mergeReviews([], reviews).reviews;
		});
	const whole = (stored: KeptReview[], given: KeptReview[]) => {
		const { reviews } = mergeReviews(stored, given);
		const about = new Set(given.map(({ handoff_id }) => handoff_id));
		return [...stored.filter(({ handoff_id }) => !about.has(handoff_id)), ...reviews].sort(
			(a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)
		);
	};

	test('are the same whichever is merged into which, and merging again changes nothing', () => {
		fc.assert(
			fc.property(store, store, store, (a, b, c) => {
				const both = whole(a, b);
				expect(whole(b, a)).toEqual(both);
				expect(whole(both, b)).toEqual(both);
				expect(whole(both, c)).toEqual(whole(a, whole(b, c)));
			}),
			{ numRuns: 1000 }
		);
	});

	test('lose none, hold one a handoff at most, and that is the newest unless it was withdrawn', () => {
		fc.assert(
			fc.property(store, store, (a, b) => {
				const merged = whole(a, b);
				const said = (reviews: KeptReview[]) =>
					new Set(reviews.map((one) => JSON.stringify({ ...one, ended_at: null })));
				expect(said(merged)).toEqual(new Set([...said(a), ...said(b)]));
				for (const id of ['a', 'b']) {
					const own = merged.filter(({ handoff_id }) => handoff_id === id);
					const newest = own
						.map(({ reviewed_at }) => reviewed_at)
						.sort()
						.at(-1);
					const open = own.filter(({ ended_at }) => ended_at === null);
					expect(open.length).toBeLessThanOrEqual(1);
					for (const one of open) expect(one.reviewed_at).toBe(newest);
				}
				expect(Object.keys(holding(merged)).length).toBeLessThanOrEqual(2);
			}),
			{ numRuns: 1000 }
		);
	});
});
