import { describe, expect, it } from 'vitest';
import {
	conversationExtras,
	conversationFlagIds,
	conversationFlags,
	conversationNumbers,
	conversationPaths,
	conversationsAddress,
	resolutions,
	usualConversations,
	type ConversationsAsked
} from '../src/lib/conversations.ts';
import { conversationChips, conversationsSentence } from '../src/lib/conversationWords.ts';

const words = (asked: Partial<ConversationsAsked>) =>
	conversationChips({ ...usualConversations, ...asked }).map((chip) => chip.words);

describe('the words of what a list of conversations is narrowed by', () => {
	it.each<[Partial<ConversationsAsked>, string]>([
		[{ paths: ['ai_only'] }, 'AI only'],
		[{ paths: [''] }, 'path not known'],
		[{ resolutions: ['assumed'] }, 'assumed'],
		[{ resolutions: [''] }, 'no resolution'],
		[{ flags: { repeated: true } }, 'came back'],
		[{ flags: { identified: false } }, 'without a customer id'],
		[{ ranges: { csat: { from: 4, to: 5 } } }, 'CSAT 4 to 5'],
		[{ ranges: { back_s: { from: null, to: 86_400 } } }, 'back on the topic up to 24 h'],
		[{ silent: 1 }, 'no other contact within 1 day'],
		[{ silent: 7 }, 'no other contact within 7 days'],
		[{ q: 'c-7' }, '“c-7”']
	])('%j is “%s”', (asked, expected) => {
		expect(words(asked)).toEqual([expected]);
	});

	it('differ for every path, end, flag and number, so that no two chips read the same', () => {
		const all = [
			...words({ paths: [...conversationPaths], resolutions: [...resolutions] }),
			...conversationFlagIds.flatMap((flag) =>
				[true, false, null].flatMap((answer) => words({ flags: { [flag]: answer } }))
			),
			...conversationNumbers.flatMap((column) => words({ ranges: { [column]: null } }))
		];
		expect(new Set(all).size).toBe(all.length);
		for (const flag of conversationFlagIds) expect(all).toContain(conversationFlags[flag].yes);
	});

	it('stand on a chip each, and taking one away leaves all others in the address', () => {
		const asked: ConversationsAsked = {
			...usualConversations,
			q: 'c-7',
			flags: { repeated: true, followed: null },
			paths: ['ai_only', ''],
			resolutions: ['confirmed', ''],
			ranges: { csat: { from: null, to: 2 }, contact_s: null },
			silent: 3
		};
		const all = conversationExtras(asked).map(([name, value]) => `${name}=${value}`);
		const gone = conversationChips(asked).map(({ rest }) => {
			const left = conversationExtras(rest).map(([name, value]) => `${name}=${value}`);
			expect(left).toHaveLength(all.length - 1);
			return all.filter((one) => !left.includes(one)).join();
		});
		expect(gone.sort()).toEqual(all.sort());
	});

	it('say “or” where any of several will do', () => {
		const asked: ConversationsAsked = {
			...usualConversations,
			paths: ['ai_only', ''],
			flags: { repeated: true }
		};
		const filter = { dimension: 'topic', value: 'Billing' } as const;
		expect(conversationsSentence(2, asked, [filter], '9–15 Nov 2026')).toBe(
			'2 conversations: AI only or path not known, came back, Billing, 9–15 Nov 2026'
		);
	});
});

describe('the address of the list of conversations', () => {
	it('keeps the period and the filters that conversations carry, and leaves the others behind', () => {
		const place = {
			week: '2026-11-09',
			span: 4 as const,
			filters: [
				{ dimension: 'topic', value: 'Refunds' },
				{ dimension: 'route', value: 'failure' },
				{ dimension: 'customer_tier', value: '' }
			] as const
		};
		expect(
			conversationsAddress(
				{ ...place, filters: [...place.filters] },
				{ paths: ['ai_only'] },
				'/csat'
			)
		).toBe(
			'/conversations?week=2026-11-09&weeks=4&topic=Refunds&customer_tier=&path=ai_only&back=%2Fcsat'
		);
	});
});
