import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { joined, type Counted, type Said } from '../../../src/lib/said.ts';
import {
	fallSentence,
	hourNarrowing,
	listAddress,
	middleSentences,
	rangeOf,
	waitsHeadline
} from '../../../src/lib/components/waits/waitWords.ts';
import { formatNumber } from '../../../src/lib/format.ts';
import type { Narrowing } from '../../../src/lib/handoffs.ts';
import { countedHandoffs } from '../../../src/lib/narrowings.ts';
import { readAsked } from '../../../src/lib/server/handoffs/asked.ts';
import { listOf, readPage } from '../../../src/lib/server/handoffs/handoffs.ts';
import { readLog } from '../../../src/lib/server/store/log.ts';
import { filterOf, readChoice } from '../../../src/lib/server/scope/scope.ts';
import { readWaitChoice, readWaits } from '../../../src/lib/server/waits/waits.ts';
import { responses, type Seconds, type Share, type WaitsPage } from '../../../src/lib/waits.ts';
import type { Active } from '../../../src/lib/address.ts';
import { TestStore } from '../store.ts';

const url = new URL('http://seam.test/waits?week=2026-11-09&weeks=26&channel=chat');
const isCounted = (part: string | Counted): part is Counted => typeof part !== 'string';
const hits = ({ value, n }: Pick<Share, 'value' | 'n'>) => Math.round((value ?? 0) * n);

describe(
	'a number of the page of waits leads to as many handoffs as it counts',
	{ timeout: 60_000 },
	() => {
		let store: TestStore;
		let page: WaitsPage;

		/** How many handoffs the list shows behind a link. */
		async function listed(narrowing: Narrowing, only?: Active): Promise<number> {
			const { searchParams } = new URL(listAddress(page, url, narrowing, only), url);
			const { asked, notes } = readAsked(searchParams);
			expect(notes).toEqual([]);
			const filter = filterOf(page, readChoice(searchParams).chosen);
			return (await readPage(await listOf(filter, { ...asked, rows: 25 }), null)).total;
		}

		const inSpan = (
			column: 'wait_before_s' | 'wait_after_s',
			bin: Seconds,
			more: Narrowing = {}
		) => listed({ ...more, ranges: { ...more.ranges, [column]: rangeOf(bin) } });

		beforeAll(async () => {
			store = await TestStore.open();
			await store.importSample();
			const found = await readWaits(
				readWaitChoice(readChoice(url.searchParams), url.searchParams),
				await readLog()
			);
			if (!found) throw new Error('no page');
			page = found;
		});
		afterAll(() => store.close());

		it('hours of the week', async () => {
			for (const { weekday, hour, before, after } of page.hours.slice(20, 25)) {
				expect(await listed(hourNarrowing('before', weekday, hour))).toBe(before.n);
				expect(await listed(hourNarrowing('after', weekday, hour))).toBe(after.n);
			}
		});

		it('who waited longer after than before', async () => {
			for (const { key, longer } of page.longer)
				expect(
					await listed(countedHandoffs.longer_after_share ?? {}, {
						dimension: 'topic',
						value: key ?? ''
					})
				).toBe(Math.round((longer.value ?? 0) * longer.n));
		});

		it('abandoned by wait for a person', async () => {
			const gone = { outcomes: ['abandoned'] };
			for (const bin of page.abandonment.bins)
				expect(await inSpan('wait_after_s', bin, gone)).toBe(hits(bin.share));
		});

		it('satisfied, resolved and abandoned by time with the AI', async () => {
			for (const response of responses) {
				const dose = page.doses.find((one) => one.response === response);
				expect(dose?.bins.length).toBeGreaterThan(1);
				for (const bin of dose?.bins ?? [])
					expect(await inSpan('wait_before_s', bin, countedHandoffs[response])).toBe(
						hits(bin.plain)
					);
			}
		});

		it('early and late handoffs', async () => {
			for (const bin of [page.middle.at(0), page.middle.at(-1)]) {
				if (!bin) throw new Error('no lengths');
				expect(await inSpan('wait_before_s', bin)).toBe(bin.handoffs);
				for (const [share, narrowing] of [
					[bin.avoidable, countedHandoffs.avoidable_share],
					[bin.late, countedHandoffs.late_rate],
					[bin.abandoned, countedHandoffs.abandonment_rate],
					[bin.unhappy, { ranges: { csat: { from: null, to: 2 } } }]
				] as const)
					expect(await inSpan('wait_before_s', bin, narrowing)).toBe(hits(share));
			}
		});

		it('numbers of the sentences', async () => {
			const [before = 0, after = 0] = (['wait_before_p50', 'wait_after_p50'] as const).map(
				(id) => page.numbers[id].estimate.n
			);
			const { longer_after_share: longer, abandonment_rate: abandoned } = page.numbers;
			const headline = joined(waitsHeadline(page), ' ').filter(isCounted);
			const wanted = [before, after, before, after, hits(longer.estimate)];
			expect(await Promise.all(headline.map(({ narrowing }) => listed(narrowing)))).toEqual([
				...wanted,
				hits(abandoned.estimate)
			]);

			const [first, last] = [page.middle.at(0), page.middle.at(-1)];
			if (!first || !last) throw new Error('no lengths');
			// Reviews are too few to be said of chats: their ways are held all the same.
			const enough = page.middle.map((bin) => ({
				...bin,
				avoidable: { ...bin.avoidable, n: 100, value: bin.avoidable.value ?? 0 }
			}));
			const middle = joined(middleSentences(enough), ' ').filter(isCounted);
			expect(await Promise.all(middle.map(({ narrowing }) => listed(narrowing)))).toEqual([
				hits(first.avoidable),
				hits(last.avoidable),
				hits(last.abandoned),
				last.abandoned.n,
				hits(last.unhappy),
				last.unhappy.n
			]);
		});

		it('both sides of a point where it turns worse, or of a level fit', async () => {
			for (const dose of page.doses) {
				const [first] = dose.bins;
				if (!first) throw new Error('no lengths');
				// A point at an edge, and a level fit through shares that get better, are made up.
				const cut = dose.bins[2]?.from_s ?? 0;
				const sum = (isBelow: boolean) =>
					dose.bins
						.filter(({ from_s }) => from_s < cut === isBelow)
						.reduce((n, { plain }) => n + plain.n, 0);
				const side = { ...first.plain, value: 0.5 };
				const fall = {
					at_s: cut,
					before: { ...side, n: sum(true) },
					after: { ...side, n: sum(false) },
					isWithin: true
				};
				const sides = (said: Said | null) =>
					Promise.all(
						(said ?? []).filter(isCounted).map(({ narrowing }) => listed(narrowing))
					);
				expect(await sides(fallSentence({ ...dose, fall }))).toEqual([
					sum(true),
					sum(false)
				]);
				const isBad = dose.response === 'abandonment_rate';
				const bins = dose.bins.map((bin, at) => {
					const value = at < dose.bins.length / 2 === isBad ? 0.9 : 0.1;
					return { ...bin, plain: { ...bin.plain, value }, fitted: 0.5 };
				});
				const level = fallSentence({ ...dose, fall: null, p: 1, bins });
				const [, shorter = 0, , longer = 0, ...more] = await sides(level);
				expect(more).toEqual([]);
				expect(Math.min(shorter, longer)).toBeGreaterThan(0);
				expect(shorter + longer).toBe(sum(true) + sum(false));
				expect(
					joined([level ?? []], '')
						.filter(isCounted)
						.map(({ words }) => words)
				).toEqual(expect.arrayContaining([formatNumber(shorter), formatNumber(longer)]));
			}
		});

		it('abandoned handoffs, and those that do not say how long', async () => {
			const { abandoned, withoutWait } = page.abandonment;
			const gone = { outcomes: ['abandoned'] };
			expect(abandoned).toBeGreaterThan(withoutWait);
			expect(await listed(gone)).toBe(abandoned);
			expect(await listed({ ...gone, ranges: { wait_after_s: null } })).toBe(withoutWait);
		});

		it('time to resolution by topic', async () => {
			for (const { key, time } of page.resolution.topics)
				expect(
					await listed(countedHandoffs.time_to_resolution_p50 ?? {}, {
						dimension: 'topic',
						value: key ?? ''
					})
				).toBe(time.n);
		});
	}
);
