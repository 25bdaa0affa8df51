import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handoffsBehind } from '../../../src/lib/components/figure/figureAddress.ts';
import { scoredWithin, uncounted } from '../../../src/lib/components/quality/scoreLinks.ts';
import type { Narrowing } from '../../../src/lib/handoffs.ts';
import type { QualityPage } from '../../../src/lib/quality.ts';
import { readAsked } from '../../../src/lib/server/handoffs/asked.ts';
import { listOf, readPage } from '../../../src/lib/server/handoffs/handoffs.ts';
import { readQuality } from '../../../src/lib/server/quality/quality.ts';
import { filterOf, readChoice } from '../../../src/lib/server/scope/scope.ts';
import { readLog } from '../../../src/lib/server/store/log.ts';
import { TestStore } from '../store.ts';

describe.each(['weeks=26', 'weeks=13&channel=email&topic=Refunds'])(
	'a bar of the scores of %s leads to as many handoffs as it counts',
	{ timeout: 60_000 },
	(choice) => {
		let store: TestStore;
		let page: QualityPage;
		const url = new URL(`http://seam.test/quality?${choice}`);
		beforeAll(async () => {
			store = await TestStore.open();
			await store.importSample();
			const found = await readQuality(
				readChoice(url.searchParams),
				url.searchParams,
				await readLog()
			);
			if (!found) throw new Error('no page');
			page = found;
		});
		afterAll(() => store.close());

		async function listed(narrowing: Narrowing): Promise<number> {
			const { searchParams } = new URL(handoffsBehind(url, page, {}, narrowing), url);
			const { asked, notes } = readAsked(searchParams);
			expect(notes).toEqual([]);
			const filter = filterOf(page, readChoice(searchParams).chosen);
			return (await readPage(await listOf(filter, { ...asked, rows: 25 }), null)).total;
		}

		it('each span of five points, and those that are not counted', async () => {
			const { bins, counted, uncounted: half, unscored } = page.distribution;
			expect(bins.filter(({ n }) => n > 0).length).toBeGreaterThan(5);
			let sum = 0;
			for (const { from, n } of bins) {
				const total = await listed(scoredWithin(from, from + 5));
				expect(total, String(from)).toBe(n);
				sum += total;
			}
			expect(sum).toBe(counted);
			expect(await listed(uncounted)).toBe(half + unscored);
		});
	}
);
