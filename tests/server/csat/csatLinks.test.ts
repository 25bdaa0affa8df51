import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { surveyed, type Surveyed } from '../../../src/lib/components/csat/csatLinks.ts';
import { handoffsBehind } from '../../../src/lib/components/figure/figureAddress.ts';
import type { CsatPage } from '../../../src/lib/csat.ts';
import { readAsked } from '../../../src/lib/server/handoffs/asked.ts';
import { readCsatPage } from '../../../src/lib/server/csat/csat.ts';
import { listOf, readPage } from '../../../src/lib/server/handoffs/handoffs.ts';
import { readLog } from '../../../src/lib/server/store/log.ts';
import { filterOf, readChoice } from '../../../src/lib/server/scope/scope.ts';
import { TestStore } from '../store.ts';

describe.each(['weeks=26', 'weeks=13&channel=chat'])(
	'the path handed over of %s leads to as many handoffs as it counts',
	{ timeout: 60_000 },
	(choice) => {
		let store: TestStore;
		let page: CsatPage;
		const url = new URL(`http://seam.test/csat?${choice}`);
		beforeAll(async () => {
			store = await TestStore.open();
			await store.importSample();
			const found = await readCsatPage(readChoice(url.searchParams), await readLog());
			if (!found) throw new Error('no page');
			page = found;
		});
		afterAll(() => store.close());

		async function listed(of: Surveyed): Promise<number> {
			const { searchParams } = new URL(handoffsBehind(url, page, {}, surveyed[of]), url);
			const { asked, notes, back } = readAsked(searchParams);
			expect([notes, back]).toEqual([[], `/csat?${choice}`]);
			const filter = filterOf(page, readChoice(searchParams).chosen);
			return (await readPage(await listOf(filter, { ...asked, rows: 25 }), null)).total;
		}

		it('in all, answered, satisfied and silent', async () => {
			const [path] = page.paths.filter(({ path }) => path === 'handed_off');
			const { conversations = 0, csat_top2, csat_mean } = path ?? {};
			const { value = null, n = 0 } = csat_top2 ?? {};
			expect(n).toBeGreaterThan(0);
			expect(n).toBeLessThan(conversations);
			expect(await listed('all')).toBe(conversations);
			expect(await listed('answered')).toBe(n);
			expect(await listed('lowestFirst')).toBe(csat_mean?.n);
			expect(await listed('satisfied')).toBe(Math.round((value ?? NaN) * n));
			expect(await listed('silent')).toBe(conversations - n);
		});
	}
);
