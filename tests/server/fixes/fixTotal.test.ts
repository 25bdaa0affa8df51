import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/lib/dates.ts';
import type { JudgedFix } from '../../../src/lib/fixVerdict.ts';
import type { Ranged } from '../../../src/lib/gaps.ts';
import { fixTotal } from '../../../src/lib/server/fixes/fixTotal.ts';

const monday = '2026-01-05';
const week = (place: number) => addDays(monday, 7 * place);
const range = (value: number, reach: number): Ranged => ({
	value,
	low: value - reach,
	high: value + reach
});

let numbers = 0;
/** A fix of a topic or group in one week, judged by the full weeks up to another. */
function judged(
	group: string | null,
	[at, to]: [number, number],
	averted: Ranged | null,
	hours: Ranged | null = averted && range(averted.value / 5, 1)
): JudgedFix {
	numbers += 1;
	return {
		fix: {
			...{ fix_id: numbers, what: 'Article', who: null, link: null, topic: 'Warranty' },
			...{ done_on: addDays(week(at), 2), phrase_group: group },
			...{ recorded_at: '', ended_at: null }
		},
		group,
		...{ status: 'verified', phrase: null, minutesEach: 12, minutesOf: 'topic' },
		...{ hours, averted },
		weeks: { before: 10, after: to - at - 1, since: to - at - 1 },
		...{
			failures: { before: 0, after: 0 },
			conditions: [],
			effect: null,
			others: 9,
			isHeldAgainstNone: false
		},
		...{
			placebos: 9,
			asStrong: [],
			moved: [],
			movedSince: [],
			dispersion: 1,
			back: null,
			exposure: 'conversations',
			unrouted: false
		},
		neighbours: { before: null, after: null, sameWeek: 0 },
		groupFixes: [],
		trend: Array.from({ length: to - at }, (_, step) => ({
			...{ week: week(at + step), side: step === 0 ? 'fix' : 'after' },
			...{ observed: 0, expected: null, low: null, high: null }
		}))
	};
}

describe('the sum of what fixes saved', () => {
	it('takes a topic’s fix alone where its groups were fixed the same week', () => {
		const topic = judged(null, [10, 20], range(357, 60));
		const groups = [
			judged('p1-1', [10, 20], range(40, 9)),
			judged('p1-2', [10, 20], range(27, 9))
		];
		for (const fixes of [
			[topic, ...groups],
			[...groups, topic]
		])
			expect(fixTotal(fixes)).toEqual({ ...fixTotal([topic]), fixes: 3, within: 2 });
		expect(fixTotal([topic])).toMatchObject({ fixes: 1, within: 0, averted: range(357, 60) });
	});

	it('adds nothing of a group’s fix within the weeks of its topic’s, and all of it before them', () => {
		const topic = judged(null, [10, 40], range(357, 60));
		const later = judged('p1-1', [20, 40], range(40, 9));
		expect(fixTotal([topic, later])).toEqual({ ...fixTotal([topic]), fixes: 2, within: 1 });
		// Ended by the fix of its topic: no week of the two is the same.
		const earlier = judged('p1-1', [3, 10], range(40, 0));
		expect(fixTotal([earlier, topic])).toMatchObject({ within: 0, averted: range(397, 60) });
	});

	it('adds the weeks of a group’s fix that its topic’s does not speak for', () => {
		// Eight full weeks of the group, of which the topic's fix has the first two.
		const topic = judged(null, [10, 15], range(100, 0));
		const group = judged('p1-1', [12, 21], range(80, 16));
		const total = fixTotal([topic, group]);
		expect(total?.averted).toEqual(range(100 + (80 * 6) / 8, (16 * 6) / 8));
		expect(total?.hours?.value).toBeCloseTo(20 + (16 * 6) / 8, 10);
		expect(total?.within).toBe(1);
	});

	it('adds fixes of several groups, of groups of another topic, and one of a pair of the same', () => {
		const one = judged('p1-1', [10, 20], range(40, 3));
		const other = judged('p1-2', [10, 20], range(-10, 4));
		expect(fixTotal([one, other])).toMatchObject({ within: 0, averted: range(30, 5) });
		const elsewhere = judged(null, [10, 20], range(100, 0));
		elsewhere.fix.topic = 'Refunds';
		expect(fixTotal([one, elsewhere])).toMatchObject({ within: 0, averted: range(140, 3) });
		const twin = judged('p1-1', [10, 20], range(40, 3));
		expect(fixTotal([one, twin])).toMatchObject({ fixes: 2, within: 1, averted: range(40, 3) });
		// Merged since: both are of the same group.
		const merged = fixTotal([one, { ...other, group: 'p1-1' }]);
		expect(merged).toMatchObject({ within: 1, averted: range(40, 3) });
	});

	it('counts a group where its topic’s fix cannot be, and no fix under four full weeks', () => {
		const group = judged('p1-1', [10, 20], range(40, 3));
		expect(fixTotal([judged(null, [10, 20], null), group])).toMatchObject({
			...{ fixes: 1, within: 0, averted: range(40, 3) }
		});
		expect(fixTotal([judged('p1-1', [10, 14], range(40, 3))])).toBeNull();
	});
});
