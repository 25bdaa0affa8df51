import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLog } from '../../../src/lib/server/store/log.ts';
import { saveReview, withdrawReview } from '../../../src/lib/server/reviews/reviews.ts';
import { readWorklist } from '../../../src/lib/server/handoff/worklist.ts';
import { readWorst } from '../../../src/lib/server/week/worst.ts';
import { smallSample, TestStore } from '../store.ts';

describe('the list that an address names', () => {
	let store: TestStore;
	beforeAll(async () => {
		store = await TestStore.open();
		await store.importSample({ ...smallSample, weeks: 6, conversations: 3000 });
	});
	afterAll(() => store.close());

	const read = async (list: string | null) => readWorklist(list, await readLog());
	const week = { from: '2026-11-02', to: '2026-11-09' };
	const idsOf = (handoffs: { handoff_id: string }[]) =>
		handoffs.map(({ handoff_id }) => handoff_id);

	it('is the lowest-scoring handoffs of its week and filters, in their order', async () => {
		const all = await read('/?week=2026-11-02');
		expect(idsOf(all?.items ?? [])).toEqual(idsOf(await readWorst(week)));
		expect(all?.items).toHaveLength(10);
		expect(all?.name).toBe('Lowest-scoring handoffs, week 45, 2–8 Nov 2026');
		expect(all?.back).toBe('/?week=2026-11-02#lowest');
		const some = await read('/?week=2026-11-04&topic=Refunds&moved=csat_top2');
		expect(idsOf(some?.items ?? [])).toEqual(
			idsOf(await readWorst({ ...week, topic: ['Refunds'] }))
		);
	});

	it('is that of the last full week where the address names none', async () => {
		expect((await read('/'))?.name).toContain('9–15 Nov 2026');
	});

	it('counts reviews in Seam and verdicts of the log', async () => {
		const before = await read('/?week=2026-11-02');
		const open = before?.items.find(({ isReviewed }) => !isReviewed);
		const done = () =>
			read('/?week=2026-11-02').then((list) =>
				list?.items.find(({ handoff_id }) => handoff_id === open?.handoff_id)
			);
		await saveReview({ handoff_id: open?.handoff_id, necessary: null });
		expect(await done()).toMatchObject({ isReviewed: true });
		await withdrawReview(open?.handoff_id ?? '');
		expect(await done()).toMatchObject({ isReviewed: false });
	});

	it('is a page of the list of handoffs, as it is sorted and narrowed', async () => {
		const list = await read('/handoffs?week=2026-11-02&weeks=1&sort=score&dir=asc&rows=25');
		expect(list?.items).toHaveLength(25);
		expect(list?.back).toMatch(/^\/handoffs\?week=2026-11-02&weeks=1&sort=score/);
	});

	it.each([
		null,
		'',
		'elsewhere',
		'//elsewhere.example/',
		'/csat?week=2026-11-02',
		'/handoffs/h'
	])('is none where the address is %j', async (given) => {
		expect(await read(given)).toBeNull();
	});
});
