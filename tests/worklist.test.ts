import { describe, expect, test } from 'vitest';
import { onwardFrom, progressOf, type Worklist } from '../src/lib/worklist.ts';

const list = '/?week=2026-11-09&topic=Refunds';
/** Handoffs by id; those in capitals are reviewed. */
const worklist = (ids: string): Worklist => ({
	list,
	name: 'Lowest-scoring handoffs',
	back: `${list}#lowest` as Worklist['back'],
	items: [...ids].map((id) => ({
		handoff_id: id,
		handed_off_local: '2026-11-09T12:00',
		topic: null,
		isReviewed: id !== id.toLowerCase()
	}))
});

describe('a list to review', () => {
	test.each([
		['abcd', 'a', 0, 1, 'b'],
		['aBcd', 'a', 1, 1, 'c'],
		['abCD', 'b', 2, 2, 'a'],
		['ABCd', 'd', 3, 4, null],
		['ABCD', 'B', 4, 2, null],
		['abc', 'gone', 0, null, 'a'],
		['', 'a', 0, null, null]
	])('%s at %s: %i reviewed, place %s, next %s', (ids, at, reviewed, place, next) => {
		const progress = progressOf(worklist(ids), at);
		expect([progress.reviewed, progress.place, progress.next?.handoff_id ?? null]).toEqual([
			reviewed,
			place,
			next
		]);
	});

	test('has neighbours but at its ends', () => {
		const around = (id: string) => {
			const { before, after } = progressOf(worklist('abc'), id);
			return [before?.handoff_id ?? null, after?.handoff_id ?? null];
		};
		expect(['a', 'b', 'c', 'gone'].map(around)).toEqual([
			[null, 'b'],
			['a', 'c'],
			['b', null],
			[null, null]
		]);
	});

	test('leads on to the next one with the list in its address, and back when all are done', () => {
		const onward = new URL(onwardFrom(worklist('Abc'), 'b'), 'http://localhost');
		expect([onward.pathname, onward.searchParams.get('list')]).toEqual(['/handoffs/c', list]);
		expect(onwardFrom(worklist('AbC'), 'b')).toBe(`${list}#lowest`);
	});
});
