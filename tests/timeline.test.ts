import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stretches, timeline, type Part } from '../src/lib/timeline.ts';
import { silentHandoff as silent } from './fixtures/handoff.ts';
import type { Handoff } from '../src/lib/handoff.ts';

const handoff = (known: Partial<Handoff>): Handoff => ({ ...silent, ...known });
const min = 60;
const h = 3600;
const d = 86_400;

/** What is said of each part, and where it is drawn. */
const read = (known: Partial<Handoff>) =>
	timeline(handoff(known)).map(({ whose, said, span }) => [
		whose,
		said,
		span && [span.from, span.to]
	]);

describe('the way of a customer', () => {
	test('goes through AI, wait, person and return, from the moment of the handoff', () => {
		expect(
			read({
				began_before_s: 9 * min,
				replied_after_s: 4 * min,
				handed_off_to_resolved_s: 34 * min,
				handle_s: 12 * min,
				is_resolved: true,
				ended_after_s: 35 * min,
				next_contact_after_s: 3 * d,
				is_next_same_topic: true
			})
		).toEqual([
			['ai', '9 min', [-9 * min, 0]],
			['wait', '4 min', [0, 4 * min]],
			['person', '30 min until resolved, 12 min of work', [4 * min, 34 * min]],
			[
				'away',
				'3 d after the conversation ended, on the same topic',
				[35 * min, 35 * min + 3 * d]
			]
		]);
	});

	test('says of every part that the log does not know that it does not, and draws nothing', () => {
		expect(read({ customer_id: null })).toEqual([
			['ai', 'when it began is not logged', null],
			['wait', 'the first human reply is not logged', null],
			['person', 'how long is not logged', null],
			['away', 'unknown: the log carries no customer_id here', null]
		]);
		expect(stretches(timeline(handoff({})))).toEqual([]);
	});

	test('ends with the wait of those who gave up', () => {
		const [, wait, person] = read({
			is_answered: false,
			outcome: 'abandoned',
			wait_after_s: 14 * min
		});
		expect(wait).toEqual(['wait', '14 min, then abandoned', [0, 14 * min]]);
		expect(person).toEqual(['person', 'no person replied', null]);
	});

	test('does not guess where the wait ended when only the resolution is known', () => {
		const [, wait, person] = read({ handed_off_to_resolved_s: 2 * h, is_resolved: true });
		expect(wait).toEqual(['wait', 'the first human reply is not logged', null]);
		expect(person).toEqual([
			'unclear',
			'the first reply is not logged; resolved 2 h after the handoff',
			[0, 2 * h]
		]);
	});

	test('draws the work where the end is not known, and nothing that runs backwards', () => {
		expect(read({ replied_after_s: min, handle_s: 5 * min })[2]).toEqual([
			'person',
			'5 min of work; its end is not logged',
			[min, 6 * min]
		]);
		expect(read({ replied_after_s: 10, handed_off_to_resolved_s: 5 })[2]?.[2]).toBeNull();
		expect(read({ began_before_s: -5 })[0]?.[2]).toBeNull();
	});

	test('says how long the log has gone on without another contact', () => {
		expect(read({ watched_s: 34 * d })[3]?.[1]).toBe('none in the 34 d until the log ends');
		expect(read({ watched_s: 0 })[3]?.[1]).toBe('not known yet: the log ends here');
	});
});

const part = (from: number, to: number): Part => ({
	whose: 'ai',
	name: 'x',
	said: '',
	span: { from, to },
	times: [null, null]
});
const ends = (...parts: [number, number][]) =>
	stretches(parts.map(([from, to]) => part(from, to))).map(({ from, to }) => [from, to]);

describe('the scales that it is drawn on', () => {
	test('are one where the parts can be seen beside each other', () => {
		expect(ends([-9 * min, 0], [0, 4 * min], [4 * min, 2 * h])).toEqual([[-9 * min, 2 * h]]);
		expect(ends([-5, 0], [0, 20 * min])).toEqual([[-5, 20 * min]]);
	});

	test('are broken between minutes and days, wherever the long part stands', () => {
		const end = 30 * min;
		expect(ends([-9 * min, 0], [0, end], [end, end + 3 * d])).toEqual([
			[-9 * min, end],
			[end, end + 3 * d]
		]);
		expect(ends([-2 * min, 0], [0, 3 * d], [3 * d, 3 * d + 8 * min])).toEqual([
			[-2 * min, 0],
			[0, 3 * d],
			[3 * d, 3 * d + 8 * min]
		]);
		expect(ends([-8 * min, 0], [0, 26 * min], [26 * min, 2 * d], [2 * d, 9 * d])).toEqual([
			[-8 * min, 26 * min],
			[26 * min, 9 * d]
		]);
	});

	test('cover the whole way without a hole, and are no more than its pieces', () => {
		const span = fc
			.tuple(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: 1, max: 1e6 }))
			.map(([from, length]) => part(from, from + length));
		fc.assert(
			fc.property(fc.array(span, { minLength: 1, maxLength: 4 }), (parts) => {
				const found = stretches(parts);
				const points = new Set(
					parts.flatMap((one) => (one.span ? [one.span.from, one.span.to] : [])).concat(0)
				);
				expect(found[0]?.from).toBe(Math.min(...points));
				expect(found.at(-1)?.to).toBe(Math.max(...points));
				for (const [at, { to }] of found.slice(0, -1).entries())
					expect(found[at + 1]?.from).toBe(to);
				expect(found.reduce((sum, { pieces }) => sum + pieces, 0)).toBe(points.size - 1);
			})
		);
	});
});
