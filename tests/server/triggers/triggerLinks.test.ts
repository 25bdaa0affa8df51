import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Active } from '../../../src/lib/address.ts';
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
			for (const { from, moved } of moves) {
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
