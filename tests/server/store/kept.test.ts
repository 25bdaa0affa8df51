import { EventEmitter, once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
	closeEngine,
	revision,
	withConnection,
	withSnapshot,
	withStore
} from '../../../src/lib/server/store/engine.ts';
import { forgetAnswers } from '../../../src/lib/server/store/kept.ts';
import { query, queryTimes } from '../../../src/lib/server/store/query.ts';
import { metricParameters } from '../../../src/lib/server/measure/measure.ts';
import { saveReview } from '../../../src/lib/server/reviews/reviews.ts';
import { ever, TestStore } from '../store.ts';

const row = z.looseObject({ n: z.int() });
const handoff = (id: number) => ({
	handoff_id: `h${id}`,
	conversation_id: `c${id}`,
	handed_off_at: '2026-06-01T12:00:00Z'
});

let store: TestStore;
beforeAll(async () => {
	store = await TestStore.open();
	await store.importRows('first', [handoff(1), handoff(2)]);
});
afterAll(() => store.close());
beforeEach(forgetAnswers);

const read = async (name = 'handoffs', topic?: string) =>
	query(
		`metrics/${name}`,
		row,
		await metricParameters({ ...ever, ...(topic && { topic: [topic] }) }, [])
	);
const handoffs = async () => (await read())[0]?.n;
/** Handoffs as they stand in the table, asked of it without any query file. */
const stored = () =>
	withConnection(async (connection) =>
		Number(
			(await connection.runAndReadAll('select count(*) from handoff_facts')).getRows()[0]?.[0]
		)
	);

async function statementsOf(work: () => Promise<unknown>): Promise<number> {
	const before = queryTimes.count;
	await work();
	return queryTimes.count - before;
}

describe('the answers that are kept', () => {
	it('let a query run once, whoever asks, until something is written', async () => {
		expect(
			await statementsOf(async () => {
				await withSnapshot(handoffs);
				await handoffs();
				await withSnapshot(handoffs);
			})
		).toBe(1);
		await withStore(() => Promise.resolve());
		expect(await statementsOf(handoffs)).toBe(1);
	});

	it('are of the same query and the same parameters only', async () => {
		await read();
		expect(await statementsOf(() => read('handoffs', 'Returns'))).toBe(1);
		expect(await statementsOf(() => read('late_rate'))).toBe(1);
	});

	it('give every reader rows of its own', async () => {
		const [one] = await read();
		if (one) one.n = -1;
		expect(await handoffs()).toBe(await stored());
	});

	it('are forgotten with an import, a review and other settings', async () => {
		expect(await handoffs()).toBe(2);
		await store.importRows('second', [handoff(3)]);
		expect(await handoffs()).toBe(3);
		expect(await stored()).toBe(3);
		expect((await read('avoidable_share'))[0]?.n).toBe(0);
		await saveReview({ handoff_id: 'h1', necessary: false });
		expect((await read('avoidable_share'))[0]?.n).toBe(1);
		const weekly = async () =>
			query('metrics/handoffs', z.looseObject({ key1: z.string() }), {
				...(await metricParameters(ever, ['day']))
			});
		expect((await weekly())[0]?.key1).toBe('2026-06-01');
		await store.settings({ timezone: 'Pacific/Kiritimati' });
		await closeEngine();
		expect((await weekly())[0]?.key1).toBe('2026-06-02');
	});

	it('are not those of another data folder', async () => {
		expect(await handoffs()).toBe(3);
		const other = await TestStore.open();
		expect(await handoffs()).not.toBe(3);
		await other.close();
		process.env.SEAM_DATA = store.data;
		expect(await handoffs()).toBe(3);
	});

	it('are not taken from reads beside a work that writes', async () => {
		const [started, waiting] = [new EventEmitter(), new EventEmitter()];
		const writing = withStore(async () => {
			started.emit('now');
			await once(waiting, 'now');
		});
		await once(started, 'now');
		expect(await revision()).toBeNull();
		expect(await statementsOf(() => Promise.all([handoffs()]))).toBe(1);
		expect(await statementsOf(() => withSnapshot(handoffs))).toBe(1);
		waiting.emit('now');
		await writing;
		expect(await statementsOf(handoffs)).toBe(1);
	});

	it('of a snapshot stay those of its moment, and what was written since is not lost by them', async () => {
		await withSnapshot(async () => {
			expect(await handoffs()).toBe(3);
			await store.importRows('third', [handoff(4)]);
			expect((await read('handoffs', ''))[0]?.n).toBe(3);
		});
		expect(await handoffs()).toBe(4);
		expect((await read('handoffs', ''))[0]?.n).toBe(4);
	});

	it('sees a snapshot as of its beginning, whatever is written before its first query', async () => {
		const before = await stored();
		await withSnapshot(async () => {
			await store.importRows('fourth', [handoff(5)]);
			expect(await handoffs()).toBe(before);
		});
		expect(await handoffs()).toBe(before + 1);
	});
});
