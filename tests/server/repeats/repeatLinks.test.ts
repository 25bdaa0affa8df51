import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handoffsBehind } from '../../../src/lib/components/figure/figureAddress.ts';
import {
	canBeFollowed,
	destination,
	endedAfterLog,
	handoffsWithin,
	watchedFor,
	type Target
} from '../../../src/lib/components/repeats/repeatLinks.ts';
import type { Narrowing } from '../../../src/lib/handoffs.ts';
import type { RepeatsPage } from '../../../src/lib/repeats.ts';
import { readAsked } from '../../../src/lib/server/handoffs/asked.ts';
import { listOf, readPage } from '../../../src/lib/server/handoffs/handoffs.ts';
import { readLog } from '../../../src/lib/server/store/log.ts';
import { readLife } from '../../../src/lib/server/repeats/repeatLife.ts';
import { readRepeatChoice, readRepeats } from '../../../src/lib/server/repeats/repeats.ts';
import { filterOf, readChoice } from '../../../src/lib/server/scope/scope.ts';
import { TestStore } from '../store.ts';

describe.each([
	'weeks=26&match=any',
	'weeks=13&channel=chat&topic=&topic=Refunds&days=14',
	'weeks=26&on=same',
	'weeks=26&on=same&match=any&days=3'
])(
	'a count of the page of repeats of %s leads to as many handoffs',
	{ timeout: 60_000 },
	(choice) => {
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
			values: Parameters<typeof handoffsBehind>[2],
			narrowing: Narrowing = {}
		): Promise<number> {
			const { searchParams } = new URL(handoffsBehind(url, page, values, narrowing), url);
			const { asked, notes, back } = readAsked(searchParams);
			expect([notes, back]).toEqual([[], `/repeats?${choice}`]);
			const filter = filterOf(page, readChoice(searchParams).chosen);
			return (await readPage(await listOf(filter, { ...asked, rows: 25 }), null)).total;
		}

		it('back by each day of the curve', async () => {
			const filter = filterOf(page, readChoice(url.searchParams).chosen);
			const lives = await readLife(filter, 'handed_off', null, {
				...page.choices,
				horizon: page.marks.at(-1) ?? 0
			});
			for (const day of page.marks) {
				const seen = [...lives.values()]
					.flat()
					.filter(({ days }) => days <= day)
					.reduce((sum, row) => sum + row.same_topic + row.other_topic, 0);
				const narrowing = handoffsWithin(page.choices, day);
				expect(await listed({}, narrowing), `${day} days`).toBe(seen);
			}
		});

		it('back within the window, in all and by the channel of the first contact', async () => {
			const own = page.destinations.find(({ path }) => path === 'handed_off');
			const narrowing = handoffsWithin({ match: 'any', on: 'any' }, page.choices.days);
			expect(own?.back).toBeGreaterThan(0);
			expect(await listed({}, narrowing)).toBe(own?.back);
			for (const channel of new Set(own?.moves.map(({ from }) => from)))
				expect(await listed({ channel }, narrowing)).toBe(
					own?.moves
						.filter(({ from }) => from === channel)
						.reduce((sum, { contacts }) => sum + contacts, 0)
				);
		});

		it('where they come back to: topic, channel, path, and from channel to channel', async () => {
			const own = page.destinations.find(({ path }) => path === 'handed_off');
			const { days } = page.choices;
			const shares: [
				{ key: string | null; hits: number }[],
				(key: string | null) => Target
			][] = [
				[own?.channels ?? [], (channel) => ({ channel })],
				[own?.topics ?? [], (key) => ({ topicIs: key as 'same' | 'other' | 'unknown' })],
				[own?.otherTopics ?? [], (topic) => ({ topicIs: 'other', topic })],
				[own?.paths ?? [], (path) => ({ path })]
			];
			for (const [rows, to] of shares) {
				expect(rows.length).toBeGreaterThan(0);
				for (const { key, hits } of rows)
					expect(await listed({}, destination(days, to(key))), String(key)).toBe(hits);
			}
			for (const { from, to, contacts } of own?.moves ?? [])
				expect(await listed({ channel: from }, destination(days, { channel: to }))).toBe(
					contacts
				);
		});

		it('how far the log can see: without an id or a topic, after its end, followed, watched', async () => {
			const limits = page.limits.paths.find(({ path }) => path === 'handed_off');
			expect(await listed({})).toBe(limits?.contacts);
			expect(await listed({ topic: null })).toBe(limits?.withoutTopic);
			expect(await listed({}, { flags: { identified: false } })).toBe(
				limits?.withoutCustomer
			);
			expect(await listed({}, endedAfterLog)).toBe(limits?.endedAfterLog);
			expect(await listed({}, canBeFollowed)).toBe(limits?.followed);
			expect(await listed({}, watchedFor(page.choices.days))).toBe(limits?.watchable);
			expect(limits?.withoutCustomer).toBeGreaterThan(0);
			expect(limits?.watchable).toBeLessThan(limits?.followed ?? 0);
			for (const { isKnown, handoffs, answered } of page.limits.compared) {
				const flags = { identified: isKnown };
				expect(await listed({}, { flags })).toBe(handoffs);
				expect(await listed({}, { flags: { ...flags, answered: true } })).toBe(
					answered.hits
				);
			}
		});

		it('groups, as far as they can be followed', async () => {
			if (page.choices.on === 'same') return;
			const { by } = page.choices;
			for (const { key, n } of page.groups.groups)
				if (by !== 'outcome')
					expect(await listed({ [by]: key }, canBeFollowed), String(key)).toBe(n);
			expect(await listed({}, canBeFollowed)).toBe(
				page.curves.find(({ path }) => path === 'handed_off')?.n
			);
		});
	}
);
