import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { surveyedBehind } from '../../src/lib/components/csat/csatLinks.ts';
import { csatHeadline } from '../../src/lib/components/csat/csatWords.ts';
import { conversationsBehind } from '../../src/lib/components/figure/figureAddress.ts';
import { failuresOf, withoutRoute } from '../../src/lib/components/gaps/gapLinks.ts';
import { numberAddress } from '../../src/lib/components/number/numberAddress.ts';
import { qualityHeadline } from '../../src/lib/components/quality/qualityWords.ts';
import { backWithin, followedOf } from '../../src/lib/components/repeats/repeatLinks.ts';
import { repeatHeadline } from '../../src/lib/components/repeats/repeatWords.ts';
import type { Estimate } from '../../src/lib/estimate.ts';
import { gapHeadline } from '../../src/lib/gapWords.ts';
import { headline } from '../../src/lib/headline.ts';
import { joined, type Linked, type Said } from '../../src/lib/said.ts';
import { readConversationsAsked } from '../../src/lib/server/conversations/asked.ts';
import { readConversations } from '../../src/lib/server/conversations/conversations.ts';
import { readCsatPage } from '../../src/lib/server/csat/csat.ts';
import { readGapsChoice, readGapsPage } from '../../src/lib/server/gaps/gapsPage.ts';
import { readAsked } from '../../src/lib/server/handoffs/asked.ts';
import { readHandoffs } from '../../src/lib/server/handoffs/handoffs.ts';
import { readQuality } from '../../src/lib/server/quality/quality.ts';
import { readRepeatChoice, readRepeats } from '../../src/lib/server/repeats/repeats.ts';
import { readChoice } from '../../src/lib/server/scope/scope.ts';
import { readLog } from '../../src/lib/server/store/log.ts';
import { readWeek, readWeekChoice } from '../../src/lib/server/week/week.ts';
import { TestStore } from './store.ts';

describe(
	'a number of a leading sentence leads to as many as it counts:',
	{ timeout: 60_000 },
	() => {
		let store: TestStore;
		beforeAll(async () => {
			store = await TestStore.open();
			await store.importSample();
		}, 60_000);
		afterAll(() => store.close());

		/** How many the list of a link shows, read as its page reads it. */
		async function listed(address: string | null): Promise<number | undefined> {
			const { pathname, searchParams } = new URL(address ?? '/none', 'http://seam.test');
			const [choice, log] = [readChoice(searchParams), await readLog()];
			const page =
				pathname === '/handoffs'
					? await readHandoffs(choice, readAsked(searchParams), log)
					: await readConversations(choice, readConversationsAsked(searchParams), log);
			expect(page?.notes).toEqual([]);
			return page?.total;
		}

		const partsOf = <One extends Linked>(sentences: Said<One>[]) =>
			joined(sentences, ' ').filter((part): part is One => typeof part !== 'string');
		const hits = ({ value, n }: Estimate) => Math.round((value ?? NaN) * n);
		const found = <Page>(page: Page | null): Page => {
			if (page === null) throw new Error('no page');
			return page;
		};

		it('of the week, and of the week before it', async () => {
			const { searchParams } = new URL('http://seam.test/?week=2026-11-09&channel=chat');
			const page = found(await readWeek(readWeekChoice(searchParams), await readLog()));
			const [before, now] = page.series.slice(-2).map(({ values }) => values);
			if (!before || !now) throw new Error('no weeks');
			const parts = partsOf(headline(page));
			const totals = [];
			for (const { id, place } of parts)
				totals.push(await listed(numberAddress(id, page, '/', place)));
			const counted = (values: typeof now, id: string) =>
				id === 'csat_top2' ? hits(values.csat_top2) : values[id as 'handoffs'].n;
			expect(parts.map(({ id }) => id).slice(0, 4)).toEqual([
				'handoffs',
				'handoffs',
				'quality_score',
				'quality_score'
			]);
			expect(totals).toEqual(
				parts.map(({ id, place }) => counted(place?.week === undefined ? now : before, id))
			);
		});

		it('of quality: the last weeks and those before, the weakest component, the commonest mode', async () => {
			const { searchParams } = new URL('http://seam.test/quality?weeks=13&channel=chat');
			const page = found(
				await readQuality(readChoice(searchParams), searchParams, await readLog())
			);
			const { recent, earlier } = found(page.change);
			const counts: Partial<Record<string, number>> = {};
			for (const [id, { estimate }] of Object.entries(page.score.numbers))
				counts[id] = estimate.n;
			for (const [id, { estimate }] of Object.entries(page.modes.numbers))
				counts[id] = hits(estimate);
			const [first, second, ...rest] = partsOf(qualityHeadline(page));
			expect(rest.length).toBeGreaterThan(1);
			const at = async ({ id, place }: NonNullable<typeof first>) =>
				listed(numberAddress(id, page, '/quality', place));
			expect(await at(found(first ?? null))).toBe(recent.score.n);
			expect(await at(found(second ?? null))).toBe(earlier.score.n);
			for (const one of rest) expect(await at(one), one.id).toBe(counts[one.id]);
		});

		it('of CSAT: those that answered, all, those satisfied, and the other paths', async () => {
			const url = new URL('http://seam.test/csat?weeks=13');
			const page = found(await readCsatPage(readChoice(url.searchParams), await readLog()));
			const parts = partsOf(csatHeadline(page));
			expect(parts.map(({ path, of }) => `${path} ${of}`)).toEqual([
				'handed_off answered',
				'handed_off all',
				'handed_off satisfied',
				'ai_only answered',
				'human_only answered'
			]);
			for (const { path, of } of parts) {
				const one = page.paths.find((one) => one.path === path);
				const { conversations = NaN, csat_top2 } = one ?? {};
				const wanted = { all: conversations, answered: csat_top2?.n }[of as 'all'];
				expect(await listed(surveyedBehind(url, page, path, of)), `${path} ${of}`).toBe(
					wanted ?? hits(found(csat_top2 ?? null))
				);
			}
		});

		it('by topic and path: those that answered', async () => {
			const url = new URL('http://seam.test/csat?weeks=13&channel=chat');
			const page = found(await readCsatPage(readChoice(url.searchParams), await readLog()));
			const rows = ['handed_off', 'ai_only', 'human_only'].flatMap((path) =>
				page.byTopic.filter((row) => row.path === path && row.csat_top2.n > 0).slice(0, 2)
			);
			expect(rows).toHaveLength(6);
			for (const { topic, path, csat_top2 } of rows)
				expect(
					await listed(surveyedBehind(url, page, path, 'answered', { topic })),
					`${topic} ${path}`
				).toBe(csat_top2.n);
		});

		it('of repeats: those that are followed; those back are some of them', async () => {
			const url = new URL('http://seam.test/repeats?weeks=13');
			const choice = readRepeatChoice(readChoice(url.searchParams), url.searchParams);
			const page = found(await readRepeats(choice, await readLog()));
			const parts = partsOf(repeatHeadline(page));
			expect(parts.length).toBe(2 * page.curves.length);
			for (const { path, day } of parts) {
				const { n = NaN } = page.curves.find((one) => one.path === path) ?? {};
				if (day === null) expect(await listed(followedOf(url, page, path))).toBe(n);
				else {
					const back = await listed(backWithin(url, page, path, day));
					expect(back).toBeGreaterThan(0);
					expect(back).toBeLessThan(n);
				}
			}
		});

		it('of gaps: the failures that cost, the conversations they are out of, and what has no route', async () => {
			const url = new URL('http://seam.test/gaps?weeks=13&channel=chat');
			const choice = readGapsChoice(readChoice(url.searchParams), url.searchParams);
			const page = found(await readGapsPage(choice, await readLog()));
			const parts = partsOf(gapHeadline(page));
			const costly = parts.flatMap((part) => ('failuresOf' in part ? [part.failuresOf] : []));
			expect(costly).toHaveLength(1);
			for (const gaps of costly)
				expect(await listed(failuresOf(url, page, gaps))).toBe(
					gaps.reduce((sum, { observed }) => sum + observed, 0)
				);
			const topics = page.gaps.filter(({ phrase }) => phrase === null).slice(0, 3);
			expect([page.volume, topics.length]).toEqual(['conversations', 3]);
			for (const { topic, volume } of topics)
				expect(await listed(conversationsBehind(url, page, { topic })), String(topic)).toBe(
					volume
				);
			expect(await listed(withoutRoute(url, page))).toBe(page.withoutRoute);
		});
	}
);
