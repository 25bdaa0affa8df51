import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../../src/lib/dates.ts';
import { readLog } from '../../../src/lib/server/store/log.ts';
import { readWeek, readWeekChoice } from '../../../src/lib/server/week/week.ts';
import { weekChangeWords } from '../../../src/lib/weekChange.ts';
import type { Week } from '../../../src/lib/week.ts';
import { localDay } from '../../second/clock.ts';
import { rating, routeOf, waitBefore } from '../../second/facts.ts';
import { readHandoffs, type Handoff } from '../../second/records.ts';
import { TestStore } from '../store.ts';

const z = 1.959963984540054;
/** 97.5 % quantiles of Student's t, from a table. */
const t11 = 2.2009851600916;

function wilson(hits: number, n: number): [number, number] {
	const middle = (hits + (z * z) / 2) / (n + z * z);
	const half = (z / (n + z * z)) * Math.sqrt((hits * (n - hits)) / n + (z * z) / 4);
	return [middle - half, middle + half];
}

/** Interval of a difference of shares by Newcombe's tenth method. */
function newcombe([a, n]: [number, number], [b, m]: [number, number]): [number, number] {
	const [lowA, highA] = wilson(a, n);
	const [lowB, highB] = wilson(b, m);
	const d = a / n - b / m;
	return [
		d - Math.hypot(a / n - lowA, highB - b / m),
		d + Math.hypot(highA - a / n, b / m - lowB)
	];
}

const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
const deviation = (values: number[]) => {
	const middle = mean(values);
	return Math.sqrt(
		values.reduce((sum, one) => sum + (one - middle) ** 2, 0) / (values.length - 1)
	);
};

async function pageAt(address: string): Promise<Week> {
	const page = await readWeek(readWeekChoice(new URLSearchParams(address)), await readLog());
	if (!page) throw new Error('no page');
	return page;
}

describe('the change of a number of a week', () => {
	let store: TestStore;
	let rows: Handoff[];
	const week = '2026-11-09';
	beforeAll(async () => {
		store = await TestStore.open();
		const { handoffs } = await store.importSample({
			weeks: 15,
			conversations: 12_000,
			seed: 7,
			end: '2026-11-18'
		});
		rows = readHandoffs(handoffs);
	});
	afterAll(() => store.close());

	const within = (monday: string) =>
		rows.filter((row) => {
			const day = localDay(row.handed_off_at, 'Europe/Berlin');
			return day >= monday && day < addDays(monday, 7);
		});
	const failures = (some: Handoff[]): [number, number] => {
		const known = some.map(routeOf).filter((route) => route !== null);
		return [known.filter((route) => route === 'failure').length, known.length];
	};
	const ratings = (some: Handoff[]) => some.map(rating).filter((one) => one !== null);

	it('is from the usual weeks unless asked otherwise: a share from all their handoffs', async () => {
		const { changes, charts } = await pageAt(`week=${week}`);
		const { failure_share: change } = changes;
		const counted = charts?.failure_share.baseline?.counted ?? [];
		expect(counted).toHaveLength(12);
		const [now, usual] = [failures(within(week)), failures(counted.flatMap(within))];
		const [low, high] = newcombe(now, usual);
		expect(change?.against).toBe('usual');
		expect(change?.before.value).toBeCloseTo(usual[0] / usual[1], 10);
		expect(change?.difference).toBeCloseTo(now[0] / now[1] - usual[0] / usual[1], 10);
		expect(change?.low).toBeCloseTo(low, 9);
		expect(change?.high).toBeCloseTo(high, 9);
	});

	it('of a mean is from the mean of the usual weeks, whose own spread counts', async () => {
		const { changes, charts } = await pageAt(`week=${week}`);
		const counted = charts?.csat_mean.baseline?.counted ?? [];
		const weekly = counted.map((monday) => mean(ratings(within(monday))));
		expect(weekly).toHaveLength(12);
		const answers = ratings(within(week));
		const difference = mean(answers) - mean(weekly);
		expect(changes.csat_mean?.difference).toBeCloseTo(difference, 9);
		// Both intervals are symmetric here, so the halves add up as the sides of a right angle.
		const half = Math.hypot(
			(t11 * deviation(weekly)) / Math.sqrt(12),
			((z + (z ** 3 + z) / (4 * (answers.length - 1))) * deviation(answers)) /
				Math.sqrt(answers.length)
		);
		expect(changes.csat_mean?.high).toBeCloseTo(difference + half, 3);
		expect(changes.csat_mean?.low).toBeCloseTo(difference - half, 3);
	});

	it('of a median and of a count has no interval', async () => {
		const { changes, charts } = await pageAt(`week=${week}`);
		const counted = charts?.handoffs.baseline?.counted ?? [];
		const usual = mean(counted.map((monday) => within(monday).length));
		expect(changes.handoffs).toMatchObject({ low: null, high: null, against: 'usual' });
		expect(changes.handoffs?.difference).toBeCloseTo(within(week).length - usual, 9);
		expect(changes.wait_before_p50).toMatchObject({ low: null, high: null });
	});

	it('is from the week before where that is asked for', async () => {
		const { changes } = await pageAt(`week=${week}&against=before`);
		const before = addDays(week, -7);
		const [low, high] = newcombe(failures(within(week)), failures(within(before)));
		expect(changes.failure_share).toMatchObject({
			against: 'before',
			dates: { first: before, last: addDays(before, 6) }
		});
		expect(changes.failure_share?.low).toBeCloseTo(low, 9);
		expect(changes.failure_share?.high).toBeCloseTo(high, 9);
		const [now, then] = [ratings(within(week)), ratings(within(before))];
		expect(changes.csat_mean?.difference).toBeCloseTo(mean(now) - mean(then), 9);
		const middle = (some: Handoff[]) => {
			const waits = some.map(waitBefore).filter((one) => one !== null);
			const sorted = waits.sort((a, b) => a - b);
			return mean([
				sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN,
				sorted[Math.ceil((sorted.length - 1) / 2)] ?? NaN
			]);
		};
		expect(changes.wait_before_p50?.difference).toBeCloseTo(
			middle(within(week)) - middle(within(before)),
			6
		);
		expect(changes.handoffs?.difference).toBe(within(week).length - within(before).length);
	});

	it('is from the week before where there are too few weeks to call usual', async () => {
		const young = await pageAt('week=2026-09-14');
		expect(young.charts?.failure_share.baseline).toBeNull();
		expect(young.changes.failure_share?.against).toBe('before');
		expect(young.changes.failure_share?.difference).not.toBeNull();
	});

	it('is none where the log holds no year before', async () => {
		expect((await pageAt(`week=${week}&against=year`)).changes).toEqual({});
	});

	it('of repeat contacts is that of the last week that is known', async () => {
		const page = await pageAt(`week=${week}`);
		const known = '2026-11-02';
		expect((page.repeats.known_to ?? '') < addDays(week, 6)).toBe(true);
		const at = page.series.find((row) => row.week === known)?.values.repeat_rate;
		const { centre = NaN } = page.charts?.repeat_rate.baseline ?? {};
		expect(page.changes.repeat_rate?.difference).toBeCloseTo((at?.value ?? NaN) - centre, 12);
		expect(page.changes.repeat_rate?.low).toBeLessThan((at?.low ?? NaN) - centre);
	});

	it('of a count is none in a week that is not over, and of a rate it is', async () => {
		for (const against of ['', '&against=before']) {
			const page = await pageAt(`week=2026-11-16${against}`);
			expect(page.complete).toBe(false);
			expect(page.changes.handoffs?.difference).toBeNull();
			expect(page.changes.failure_share?.difference).not.toBeNull();
			// What it was is still said.
			expect(weekChangeWords('handoffs', page.changes.handoffs ?? expect.fail())).toMatch(
				/^[\d\s\u202f\u00a0]+ (usually|the week before)$/
			);
		}
	});
});
