import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { withSnapshot } from '../../../src/lib/server/store/engine.ts';
import { query, queryTimes } from '../../../src/lib/server/store/query.ts';
import { filterType, filterValue } from '../../../src/lib/server/scope/filter.ts';
import { measure, metricParameters } from '../../../src/lib/server/measure/measure.ts';
import { readLog } from '../../../src/lib/server/store/log.ts';
import { readWeek, readWeekChoice } from '../../../src/lib/server/week/week.ts';
import { ever, smallSample, TestStore } from '../store.ts';

const row = z.looseObject({ n: z.int() });

/** How many statements some work ran. */
async function counted(work: () => Promise<unknown>): Promise<number> {
	const before = queryTimes.count;
	await work();
	return queryTimes.count - before;
}

describe('a query', () => {
	let store: TestStore;
	beforeAll(async () => {
		store = await TestStore.open();
		await store.importSample({ ...smallSample, conversations: 2000 });
	});
	afterAll(() => store.close());

	const handoffs = async (topic?: string) =>
		query(
			'metrics/handoffs',
			row,
			await metricParameters({ ...ever, ...(topic && { topic: [topic] }) }, [])
		);

	it('runs once in a snapshot with the same parameters, and each time with others', async () => {
		const ran = await counted(() =>
			withSnapshot(() =>
				Promise.all([handoffs(), handoffs(), handoffs('Returns'), handoffs()])
			)
		);
		expect(ran).toBe(2);
	});

	it('gives every reader rows of its own', async () => {
		const [one, other] = await withSnapshot(() => Promise.all([handoffs(), handoffs()]));
		const n = other[0]?.n;
		one[0] = { n: -1 };
		if (other[0]) one.push(other[0]);
		expect(other).toHaveLength(1);
		expect(other[0]?.n).toBe(n);
		expect(n).toBeGreaterThan(0);
	});

	it('of a page gives what the metrics give by themselves', async () => {
		const page = await readWeek(readWeekChoice(new URLSearchParams()), await readLog());
		const [alone] = await measure({ from: page?.from ?? '', to: page?.to ?? '' }, [
			'csat_top2'
		]);
		const shown = page?.series.find(({ week }) => week === page.week)?.values.csat_top2;
		expect(shown).toEqual(alone?.values.csat_top2);
	});

	it('sees what was imported between two snapshots', async () => {
		const before = (await withSnapshot(handoffs))[0]?.n ?? 0;
		await store.importRows('one', [
			{ conversation_id: 'new', handed_off_at: '2026-11-11T12:00:00Z' }
		]);
		expect((await withSnapshot(handoffs))[0]?.n).not.toBe(before);
	});

	it('fails for every reader of its snapshot alike, and again in the next', async () => {
		const wrong = () =>
			query('metrics/handoffs', row, {
				values: { filter: filterValue({ from: 'no day', to: ever.to }) },
				types: { filter: filterType }
			});
		for (let time = 0; time < 2; time += 1) {
			const ends = await withSnapshot(() => Promise.allSettled([wrong(), wrong()]));
			expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
		}
	});
});
