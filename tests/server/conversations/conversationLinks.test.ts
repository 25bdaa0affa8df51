import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conversationsBehind } from '../../../src/lib/components/figure/figureAddress.ts';
import { limitsOf, returnsWithin } from '../../../src/lib/components/repeats/repeatLinks.ts';
import { countedConversations, ofPath } from '../../../src/lib/conversationNarrowings.ts';
import type { ConversationNarrowing } from '../../../src/lib/conversations.ts';
import type { RepeatsPage } from '../../../src/lib/repeats.ts';
import { readConversationsAsked } from '../../../src/lib/server/conversations/asked.ts';
import {
	conversationsOf,
	readConversationPage
} from '../../../src/lib/server/conversations/conversations.ts';
import { readLife } from '../../../src/lib/server/repeats/repeatLife.ts';
import { readRepeatChoice, readRepeats } from '../../../src/lib/server/repeats/repeats.ts';
import { filterOf, readChoice } from '../../../src/lib/server/scope/scope.ts';
import { readLog } from '../../../src/lib/server/store/log.ts';
import { TestStore } from '../store.ts';

const alone = ['ai_only', 'human_only'] as const;

describe.each([
	'weeks=26&match=any',
	'weeks=13&channel=chat&topic=&topic=Refunds&days=14',
	'weeks=26&route=failure'
])('a count of the page of repeats of %s leads to as many conversations', (choice) => {
	let store: TestStore;
	let page: RepeatsPage;
	const url = new URL(`http://seam.test/repeats?${choice}`);
	beforeAll(async () => {
		store = await TestStore.open();
		await store.importSample();
		const found = await readRepeats(
			readRepeatChoice(readChoice(url.searchParams), url.searchParams),
			await readLog()
		);
		if (!found) throw new Error('no page');
		page = found;
	});
	afterAll(() => store.close());

	async function listed(
		values: Parameters<typeof conversationsBehind>[2],
		narrowing: ConversationNarrowing = {}
	): Promise<number> {
		const { searchParams } = new URL(conversationsBehind(url, page, values, narrowing), url);
		const { asked, notes, back } = readConversationsAsked(searchParams);
		expect([notes, back]).toEqual([[], `/repeats?${choice}`]);
		expect([...searchParams.keys()]).not.toContain('route');
		const filter = filterOf(page, readChoice(searchParams).chosen);
		const list = await conversationsOf(filter, { ...asked, rows: 25 });
		return (await readConversationPage(list, null)).total;
	}

	it('back by each day of the curves', async () => {
		const filter = filterOf(page, readChoice(url.searchParams).chosen);
		for (const path of alone) {
			const lives = await readLife(filter, path, null, {
				...page.choices,
				horizon: page.marks.at(-1) ?? 0
			});
			for (const day of page.marks) {
				const seen = [...lives.values()]
					.flat()
					.filter(({ days }) => days <= day)
					.reduce((sum, row) => sum + row.same_topic + row.other_topic, 0);
				const narrowing = returnsWithin(page.choices, day) ?? {};
				expect(await listed({}, ofPath(path, narrowing)), `${path} ${day}`).toBe(seen);
			}
		}
	});

	it('back within the window, whatever the topic', async () => {
		const narrowing = returnsWithin({ match: 'any', on: 'any' }, page.choices.days) ?? {};
		for (const path of alone) {
			const own = page.destinations.find((one) => one.path === path);
			expect(await listed({}, ofPath(path, narrowing))).toBe(own?.back ?? 0);
		}
	});

	it('contained, and seen to come back, in all and by topic', async () => {
		if (choice.includes('route')) {
			expect(page.containment).toBeNull();
			return;
		}
		const back = returnsWithin({ match: 'same', on: 'any' }, page.choices.days) ?? {};
		const { all, topics } = page.containment ?? { all: null, topics: [] };
		expect(topics.length).toBeGreaterThan(0);
		for (const row of [...(all ? [all] : []), ...topics.slice(0, 3)]) {
			const values = row === all ? {} : { topic: row.topic };
			const { value, n } = row.containment;
			expect(await listed(values, countedConversations.containment_rate)).toBe(
				Math.round((value ?? NaN) * n)
			);
			expect(await listed(values, ofPath('ai_only', back))).toBe(row.seen);
			expect(await listed(values, ofPath('ai_only', limitsOf(7).followed))).toBe(
				row.falseContainment.n
			);
		}
	});

	it('what can be followed, and what it lacks', async () => {
		const { identified, endedAfterLog, followed, watchable } = limitsOf(page.choices.days);
		for (const path of alone) {
			const one = page.limits.paths.find((limits) => limits.path === path);
			expect(one?.contacts).toBeGreaterThan(0);
			expect(await listed({}, ofPath(path))).toBe(one?.contacts);
			expect(await listed({}, ofPath(path, identified))).toBe(one?.withoutCustomer);
			expect(await listed({ topic: null }, ofPath(path))).toBe(one?.withoutTopic);
			expect(await listed({}, ofPath(path, endedAfterLog))).toBe(one?.endedAfterLog);
			expect(await listed({}, ofPath(path, followed))).toBe(one?.followed);
			expect(await listed({}, ofPath(path, watchable))).toBe(one?.watchable);
		}
	});
});
