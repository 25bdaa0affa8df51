import { describe, expect, it } from 'vitest';
import {
	flagIds,
	flags,
	narrowingExtras,
	numberColumns,
	usual,
	type Asked
} from '../src/lib/handoffs.ts';
import { chipsOf, listSentence } from '../src/lib/narrowingWords.ts';

const words = (asked: Partial<Asked>) => chipsOf({ ...usual, ...asked }).map((chip) => chip.words);

describe('the words of what a list is narrowed by', () => {
	it.each<[Partial<Asked>, string]>([
		[{ flags: { late: true } }, 'late'],
		[{ flags: { avoidable: false } }, 'person needed'],
		[{ flags: { hidden: null } }, 'not known whether hidden'],
		[{ outcomes: ['returned_to_ai'] }, 'returned to the AI'],
		[{ outcomes: [''] }, 'no outcome'],
		[{ ranges: { csat: { from: 1, to: 3 } } }, 'CSAT 1 to 3'],
		[{ ranges: { csat: null } }, 'no CSAT'],
		[{ ranges: { confidence: { from: null, to: 0.4 } } }, 'confidence up to 0.40'],
		[{ ranges: { wait_before_s: { from: 600, to: null } } }, 'time with the AI from 10 min'],
		[{ ranges: { wait_after_s: { from: null, to: null } } }, 'wait for a person known'],
		[{ ranges: { transfers: { from: 2, to: 2 } } }, 'transfers 2'],
		[{ weekday: 1 }, 'Mondays'],
		[{ hour: 9 }, '9:00–9:59'],
		[{ q: 'late parcel' }, '“late parcel”']
	])('%j is “%s”', (asked, expected) => {
		expect(words(asked)).toEqual([expected]);
	});

	it('differ for every flag and answer, so that no two chips read the same', () => {
		const all = flagIds.flatMap((flag) =>
			[true, false, null].flatMap((answer) => words({ flags: { [flag]: answer } }))
		);
		expect(new Set(all).size).toBe(flagIds.length * 3);
		for (const flag of flagIds) expect(all).toContain(flags[flag].yes);
		const known = numberColumns.flatMap((column) => words({ ranges: { [column]: null } }));
		expect(new Set(known).size).toBe(numberColumns.length);
	});

	it('stand on a chip each, and taking one away leaves all others in the address', () => {
		const asked: Asked = {
			...usual,
			q: 'refund',
			flags: { late: true, cold: null },
			outcomes: ['abandoned', ''],
			ranges: { csat: { from: null, to: 2 }, score: null },
			weekday: 7,
			hour: 0
		};
		const all = narrowingExtras(asked).map(([name, value]) => `${name}=${value}`);
		const chips = chipsOf(asked);
		expect(chips).toHaveLength(all.length);
		const gone = chips.map(({ rest }) => {
			const left = narrowingExtras(rest).map(([name, value]) => `${name}=${value}`);
			expect(left).toHaveLength(all.length - 1);
			return all.filter((one) => !left.includes(one)).join();
		});
		expect(gone.sort()).toEqual(all.sort());
	});

	it('stand in the sentence of the list, before its filters and its dates', () => {
		const asked = { ...usual, flags: { late: true } };
		const filter = { dimension: 'topic', value: 'Billing' } as const;
		expect(listSentence(1, asked, [filter], '9–15 Nov 2026')).toBe(
			'1 handoff: late, Billing, 9–15 Nov 2026'
		);
		expect(listSentence(1240, usual, [], '9–15 Nov 2026')).toBe(
			'1\u202f240 handoffs: 9–15 Nov 2026'
		);
	});
});
