import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hourNarrowing, listAddress, rangeOf } from '../../src/lib/components/waitWords.ts';
import type { Narrowing } from '../../src/lib/handoffs.ts';
import { countedHandoffs } from '../../src/lib/narrowings.ts';
import { readAsked } from '../../src/lib/server/asked.ts';
import { listOf, readPage } from '../../src/lib/server/handoffs.ts';
import { readLog } from '../../src/lib/server/log.ts';
import { filterOf, readChoice } from '../../src/lib/server/scope.ts';
import { readWaitChoice, readWaits } from '../../src/lib/server/waits.ts';
import { responses, type Seconds, type Share, type WaitsPage } from '../../src/lib/waits.ts';
import type { Active } from '../../src/lib/address.ts';
import { TestStore } from './store.ts';

const url = new URL('http://seam.test/waits?week=2026-11-09&weeks=26&channel=chat');
const hits = ({ value, n }: Share) => Math.round((value ?? 0) * n);

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
