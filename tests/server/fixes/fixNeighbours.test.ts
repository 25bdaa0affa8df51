import { expect, it } from 'vitest';
import type { Fix } from '../../../src/lib/fix.ts';
import { groupFixesWithin, neighboursOf } from '../../../src/lib/server/fixes/fixNeighbours.ts';

let numbers = 0;
const fixOf = (done_on: string, phrase_group: string | null = null, topic = 'Refunds'): Fix => ({
	...{ fix_id: ++numbers, what: 'Article', who: null, link: null },
	...{ done_on, phrase_group, topic, recorded_at: '', ended_at: null }
});
const groupOf = ({ phrase_group }: Fix) => phrase_group;

/** Wednesdays; their Mondays are two days before. */
const first = fixOf('2026-06-10');
const group = fixOf('2026-07-08', 'p1-3');
const otherGroup = fixOf('2026-07-22', 'p1-4');
const second = fixOf('2026-08-05');
const elsewhere = fixOf('2026-06-17', null, 'Delivery');
const all = [first, group, otherGroup, second, elsewhere];
const of = (fix: Fix, fixes = all) => neighboursOf(fix, fixes, groupOf);

it('the weeks of a topic’s fix end with the next fix of the topic, not with one of its groups', () => {
	expect(of(first)).toEqual({ before: null, after: '2026-08-03', sameWeek: 0 });
	expect(of(first, [first, group, otherGroup, elsewhere]).after).toBeNull();
});

it('those of a group’s fix end with the next of the group or of its topic, not of another group', () => {
	expect(of(group)).toEqual({ before: '2026-06-08', after: '2026-08-03', sameWeek: 0 });
	const again = fixOf('2026-07-29', 'p1-3');
	expect(of(group, [...all, again]).after).toBe('2026-07-27');
});

it('weeks begin after any fix before that moved the same failures', () => {
	expect(of(second).before).toBe('2026-07-20');
	expect(of(otherGroup).before).toBe('2026-06-08');
});

it('a topic’s fix names those of its groups within its weeks, a group’s fix none', () => {
	const within = (fix: Fix, until: string) =>
		groupFixesWithin(fix, until, all, groupOf).map(({ fix_id }) => fix_id);
	expect(within(first, '2026-07-27')).toEqual([group.fix_id, otherGroup.fix_id]);
	expect(within(first, '2026-07-13')).toEqual([group.fix_id]);
	expect(within(second, '2026-11-09')).toEqual([]);
	expect(within(group, '2026-07-27')).toEqual([]);
});
