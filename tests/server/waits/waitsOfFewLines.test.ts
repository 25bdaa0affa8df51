import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestStore } from '../store.ts';
import { pageAt } from './pageAt.ts';

describe('over a few lines', () => {
	let store: TestStore;
	beforeAll(async () => {
		store = await TestStore.open();
	});
	afterAll(() => store.close());

	it('an hour of the week is that of the team, not of the log', async () => {
		// Monday 2 March 2026, 2 o’clock in UTC is Sunday, 21 o’clock in New York.
		await store.importRows(
			'hour',
			[10, 20, 40].map((wait, at) => ({
				handoff_id: `h${at}`,
				conversation_id: `c${at}`,
				handed_off_at: `2026-03-02T02:${wait}:00Z`,
				wait_before_s: wait,
				wait_after_s: 100 * wait,
				outcome: 'answered'
			})),
			{ timezone: 'America/New_York' }
		);
		const page = await pageAt();
		expect(page.hours).toEqual([
			{
				weekday: 7,
				hour: 21,
				handoffs: 3,
				before: { n: 3, p50: 20, p90: 36 },
				after: { n: 3, p50: 2000, p90: 3600 }
			}
		]);
	});

	it('without outcomes, answers, reviews and resolutions nothing is said of them', async () => {
		const page = await pageAt();
		expect(page.resolution.curves).toEqual([]);
		expect(page.resolution.all.time).toEqual({ n: 0, p50: null, p90: null });
		const csat = page.doses.find(({ response }) => response === 'csat_top2');
		expect(csat).toMatchObject({ bins: [], fall: null, p: null, covered: null });
		expect(page.middle.every(({ avoidable }) => avoidable.value === null)).toBe(true);
	});
});
