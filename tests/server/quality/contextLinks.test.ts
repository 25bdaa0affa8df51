import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contextItems } from '../../../ingest/contract.ts';
import {
	handoffsOfItem,
	type Counted,
	type ItemSide
} from '../../../src/lib/components/quality/contextLinks.ts';
import type { QualityPage } from '../../../src/lib/quality.ts';
import { readAsked } from '../../../src/lib/server/handoffs/asked.ts';
import { listOf, readPage } from '../../../src/lib/server/handoffs/handoffs.ts';
import { readLog } from '../../../src/lib/server/store/log.ts';
import { readQuality } from '../../../src/lib/server/quality/quality.ts';
import { filterOf, readChoice } from '../../../src/lib/server/scope/scope.ts';
import { readHandoffs, type Handoff } from '../../second/records.ts';
import { ever, TestStore } from '../store.ts';

const list = async (query: URLSearchParams, page?: QualityPage) => {
	const { asked, notes } = readAsked(query);
	expect(notes).toEqual([]);
	const filter = page ? filterOf(page, readChoice(query).chosen) : ever;
	return readPage(await listOf(filter, { ...asked, rows: 25 }), null);
};

describe('handoffs by what travelled', { timeout: 60_000 }, () => {
	let store: TestStore;
	let handoffs: Handoff[];
	beforeAll(async () => {
		store = await TestStore.open();
		handoffs = readHandoffs((await store.importSample()).handoffs);
	});
	afterAll(() => store.close());

	it.each([
		['lacks=summary', (context: string[]) => !context.includes('summary')],
		['has=summary', (context: string[]) => context.includes('summary')],
		[
			'has=transcript&lacks=summary&lacks=records',
			(context: string[]) =>
				context.includes('transcript') &&
				!context.includes('summary') &&
				!context.includes('records')
		]
	])('%s lists those of the file, and none that log no context', async (query, isAsked) => {
		const found = await list(new URLSearchParams(query));
		const own = handoffs.filter(({ context }) => context !== null && isAsked(context));
		expect(own.length).toBeGreaterThan(0);
		expect(handoffs.some(({ context }) => context === null)).toBe(true);
		expect(found.total).toBe(own.length);
		const conversations = new Set(own.map(({ conversation_id }) => conversation_id));
		for (const { conversation_id } of found.rows)
			expect(conversations.has(conversation_id)).toBe(true);
	});

	it('names what is no item of context and leaves it out', () => {
		const { asked, notes } = readAsked(new URLSearchParams('lacks=tea&lacks=intent&has='));
		expect([asked.has, asked.lacks]).toEqual([[], ['intent']]);
		expect(notes).toEqual([expect.stringContaining('lacks=tea was left out')]);
	});

	it.each(['weeks=13&channel=email', 'weeks=13&topic=Refunds&topic=Billing'])(
		'every count of the table of costs is that of its list: %s',
		async (choice) => {
			const query = new URLSearchParams(choice);
			const page = await readQuality(readChoice(query), query, await readLog());
			if (!page) throw new Error('no page');
			const url = new URL(`http://seam.test/quality?${choice}`);
			const total = async (item: string, side: ItemSide, counted?: Counted) => {
				const href = handoffsOfItem(url, page, item, side, counted);
				const { searchParams } = new URL(href, url);
				expect(searchParams.get('back')).toBe(`/quality?${choice}`);
				return (await list(searchParams, page)).total;
			};
			let compared = 0;
			for (const { item, missing, ...costs } of page.context.items) {
				expect(await total(item, 'logged')).toBe(missing.n);
				expect(await total(item, 'lacks')).toBe(
					Math.round((missing.value ?? NaN) * missing.n)
				);
				for (const [column, cost] of [
					['handle_s', costs.handle],
					['reasked', costs.reask]
				] as const) {
					if (!cost) continue;
					compared += 1;
					expect(await total(item, 'lacks', { column, cost })).toBe(cost.without);
					expect(await total(item, 'has', { column, cost })).toBe(cost.having);
				}
			}
			expect(page.context.items).toHaveLength(contextItems.length);
			expect(compared).toBeGreaterThan(0);
		}
	);
});
