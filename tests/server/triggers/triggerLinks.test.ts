import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Active } from '../../../src/lib/address.ts';
import { conversationsBehind } from '../../../src/lib/components/figure/figureAddress.ts';
import {
	chainNarrowing,
	handbackNarrowing,
	judgedNarrowing,
	keptLabelled,
	labelledNarrowing,
	lackedNarrowing,
	movedTo,
	neverRightNarrowing,
	severalNarrowing,
	turnsAt,
	turnsNarrowing,
	unsureNarrowing
} from '../../../src/lib/components/triggers/triggerLinks.ts';
import {
	askedNarrowing,
	attemptsKnown,
	confidenceNarrowing,
	listAddress,
	movedOutOf,
	requestsNarrowing,
	ruleFilters
} from '../../../src/lib/components/triggers/triggerWords.ts';
import type { Narrowing } from '../../../src/lib/handoffs.ts';
import { countedHandoffs } from '../../../src/lib/narrowings.ts';
import { readConversationsAsked } from '../../../src/lib/server/conversations/asked.ts';
import {
	conversationsOf,
	readConversationPage
} from '../../../src/lib/server/conversations/conversations.ts';
import { readAsked } from '../../../src/lib/server/handoffs/asked.ts';
import { listOf, readPage } from '../../../src/lib/server/handoffs/handoffs.ts';
import { readLog } from '../../../src/lib/server/store/log.ts';
import { filterOf, readChoice } from '../../../src/lib/server/scope/scope.ts';
import { readTriggerChoice, readTriggers } from '../../../src/lib/server/triggers/triggers.ts';
import type { TriggersPage } from '../../../src/lib/triggers.ts';
import { TestStore } from '../store.ts';

const url = new URL('http://seam.test/triggers?week=2026-11-09&weeks=26&channel=chat');

describe(
	'a number of the page of triggers leads to as many handoffs as it counts',
	{ timeout: 60_000 },
	() => {
		let store: TestStore;
		let page: TriggersPage;

		/** How many handoffs the list shows behind a link. */
		async function listed(narrowing: Narrowing, only: Active[] = []): Promise<number> {
			const { searchParams } = new URL(listAddress(page, url, narrowing, only), url);
			const { asked, notes } = readAsked(searchParams);
			expect(notes).toEqual([]);
			const filter = filterOf(page, readChoice(searchParams).chosen);
			return (await readPage(await listOf(filter, { ...asked, rows: 25 }), null)).total;
		}

		async function pageAt(parameters: URLSearchParams): Promise<TriggersPage> {
			const choice = readTriggerChoice(readChoice(parameters), parameters);
			const found = await readTriggers(choice, await readLog());
			if (!found) throw new Error('no page');
			return found;
		}

		beforeAll(async () => {
			store = await TestStore.open();
			await store.importSample();
			page = await pageAt(url.searchParams);
		}, 60_000);
		afterAll(() => store.close());

		it('handoffs of a trigger, and those of which the answers tried are known', async () => {
			const rules = page.rules.slice(0, 4);
			expect(rules.some(({ attempts, handoffs }) => attempts.n !== handoffs)).toBe(true);
			for (const rule of rules) {
				expect(await listed({}, ruleFilters(rule))).toBe(rule.handoffs);
				expect(await listed(attemptsKnown, ruleFilters(rule))).toBe(rule.attempts.n);
			}
		});

		it('requests for a person, and the waits known of them', async () => {
			const { all, triggers } = page.requests;
			const known = all.filter(({ requests }) => requests !== null);
			expect(known.length).toBe(4);
			expect(await listed({ ranges: { human_requests: { from: 0, to: null } } })).toBe(
				known.reduce((sum, { handoffs }) => sum + handoffs, 0)
			);
			for (const { requests, handoffs, before, after } of all) {
				expect(await listed(requestsNarrowing(requests))).toBe(handoffs);
				expect(await listed(askedNarrowing(requests, 'before'))).toBe(before.n);
				expect(await listed(askedNarrowing(requests, 'after'))).toBe(after.n);
			}
			const [first] = triggers;
			const only: Active[] = [{ dimension: 'trigger', value: first?.key ?? '' }];
			for (const { requests, before } of first?.asked ?? [])
				expect(await listed(askedNarrowing(requests, 'before'), only)).toBe(before.n);
		});

		it('handoffs moved out of a queue, of which the commonest moves are a part', async () => {
			const { moves } = page.misrouting;
			expect(moves.length).toBeGreaterThan(1);
			for (const { from, to, moved } of moves) {
				expect(await listed(movedTo(to), [{ dimension: 'queue', value: from ?? '' }])).toBe(
					moved
				);
				const all = movedOutOf(page.misrouting, from);
				expect(all).toBeGreaterThanOrEqual(moved);
				expect(
					await listed(countedHandoffs.misrouted_rate ?? {}, [
						{ dimension: 'queue', value: from ?? '' }
					])
				).toBe(all);
			}
		});

		it('handoffs that did not need a person, of triggers with few reviews too', async () => {
			const { triggers } = page.reviews;
			expect(triggers.some(({ needless }) => needless.n > 0 && needless.n < 10)).toBe(true);
			for (const { needless, ...key } of triggers)
				expect(await listed({ flags: { avoidable: true } }, ruleFilters(key))).toBe(
					Math.round((needless.value ?? 0) * needless.n)
				);
		});

		it('handoffs that are judged, undecided, and by what the AI lacked', async () => {
			const [worst] = page.rules;
			expect(worst).toBeDefined();
			const { all, triggers } = page.reviews;
			expect(await listed(judgedNarrowing)).toBe(all?.reviewed);
			expect(await listed(unsureNarrowing)).toBe(all?.unsure);
			for (const { lacked, n } of all?.lacked ?? [])
				expect(await listed(lackedNarrowing(lacked)), lacked).toBe(n);
			for (const { reviewed, lacked, ...key } of triggers.slice(0, 3)) {
				expect(await listed(judgedNarrowing, ruleFilters(key))).toBe(reviewed);
				for (const { lacked: one, n } of lacked)
					expect(await listed(lackedNarrowing(one), ruleFilters(key)), one).toBe(n);
			}
			expect(all?.lacked.length).toBeGreaterThan(2);
		});

		it('conversations by number of handoffs: their first handoffs, one each', async () => {
			const { lengths } = page.chains;
			expect(lengths.length).toBeGreaterThan(1);
			const count = (rows: typeof lengths) =>
				rows.reduce((sum, { conversations }) => sum + conversations, 0);
			for (const { handoffs, conversations } of lengths)
				expect(await listed(chainNarrowing(handoffs))).toBe(conversations);
			expect(await listed({ flags: { first: true } })).toBe(count(lengths));
			expect(await listed(severalNarrowing)).toBe(
				count(lengths.filter(({ handoffs }) => handoffs > 1))
			);
		});

		it('handbacks by what came next, also of a trigger and of a topic', async () => {
			const { all, triggers, topics } = page.chains;
			const groups = [
				{ row: all, only: [] as Active[] },
				...triggers.slice(0, 3).map((row) => ({
					row,
					only: [{ dimension: 'trigger', value: row.key ?? '' }] as Active[]
				})),
				...topics.slice(0, 3).map((row) => ({
					row,
					only: [{ dimension: 'topic', value: row.key ?? '' }] as Active[]
				}))
			];
			for (const { row, only } of groups) {
				if (!row) throw new Error('no handbacks');
				expect(await listed(handbackNarrowing(), only)).toBe(row.handed_back);
				for (const next of ['again', 'came_back', 'stayed'] as const) {
					const { value, n } = row[next];
					expect(await listed(handbackNarrowing(next), only), next).toBe(
						Math.round((value ?? 0) * n)
					);
				}
			}
		});

		it('labelled conversations, and handoffs before, at and after the right turn', async () => {
			const { timing } = page;
			const handedOver = timing?.groups.filter(({ key }) => key !== null) ?? [];
			expect(handedOver.length).toBeGreaterThan(2);
			expect(await listed(labelledNarrowing)).toBe(
				handedOver.reduce((sum, { conversations }) => sum + conversations, 0)
			);
			for (const { key, conversations, wrong, late } of handedOver) {
				if (!key) continue;
				const only = ruleFilters(key);
				expect(await listed(labelledNarrowing, only)).toBe(conversations);
				expect(await listed(neverRightNarrowing, only)).toBe(
					Math.round((wrong.value ?? 0) * wrong.n)
				);
				expect(await listed(turnsNarrowing.known, only)).toBe(late?.n ?? 0);
			}
			const kept = timing?.groups.find(({ key }) => key === null);
			const { conversations = 0, wrong } = kept ?? {};
			expect(conversations).toBeGreaterThan(0);
			for (const [of, n] of [
				['all', conversations],
				['wrong', Math.round((wrong?.value ?? 0) * (wrong?.n ?? 0))]
			] as const) {
				const { searchParams } = new URL(
					conversationsBehind(url, page, {}, keptLabelled[of]),
					url
				);
				const { asked } = readConversationsAsked(searchParams);
				const filter = filterOf(page, readChoice(searchParams).chosen);
				const list = await conversationsOf(filter, { ...asked, rows: 25 });
				expect((await readConversationPage(list, null)).total, of).toBe(n);
			}
			const lateness = timing?.lateness ?? [];
			for (const { turns, route, handoffs } of lateness)
				expect(
					await listed(turnsAt(turns), [{ dimension: 'route', value: route ?? '' }])
				).toBe(handoffs);
			const count = (isIn: (turns: number) => boolean) =>
				lateness.reduce((sum, one) => sum + (isIn(one.turns) ? one.handoffs : 0), 0);
			expect(await listed(turnsNarrowing.early)).toBe(count((turns) => turns < 0));
			expect(await listed(turnsNarrowing.right)).toBe(count((turns) => turns === 0));
			expect(await listed(turnsNarrowing.late)).toBe(count((turns) => turns > 0));
		});

		it('handoffs for low confidence, and those that a lower threshold would spare', async () => {
			const only: Active[] = [{ dimension: 'trigger', value: 'low_confidence' }];
			const { confident } = page;
			expect(confident.spared).toBeNull();
			expect(await listed(confidenceNarrowing(null, null), only)).toBe(confident.low);
			const tried = await pageAt(new URLSearchParams(`${url.search}&threshold=0.3`));
			const to = tried.threshold.inForce?.threshold ?? 0;
			expect(tried.confident.low).toBe(confident.low);
			expect(tried.confident.spared).toBeGreaterThan(0);
			expect(tried.confident.spared).toBeLessThan(confident.low);
			expect(await listed(confidenceNarrowing(0.3, to), only)).toBe(tried.confident.spared);
			const higher = await pageAt(new URLSearchParams(`${url.search}&threshold=0.9`));
			expect(higher.confident.spared).toBeNull();
		});
	}
);
