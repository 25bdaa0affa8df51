import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '../../../src/lib/change.ts';
import type { Estimate } from '../../../src/lib/estimate.ts';
import { readCharted } from '../../../src/lib/server/measure/charted.ts';
import { compareGroups } from '../../../src/lib/server/measure/groupChanges.ts';
import { readChoice } from '../../../src/lib/server/scope/scope.ts';
import { readLog } from '../../../src/lib/server/store/log.ts';
import { readTriggerChoice, readTriggers } from '../../../src/lib/server/triggers/triggers.ts';
import type { Rule, TriggersPage } from '../../../src/lib/triggers.ts';
import { localDay } from '../../second/clock.ts';
import { isLate, routeOf } from '../../second/facts.ts';
import { readHandoffs, type Handoff } from '../../second/records.ts';
import { smallSample, TestStore } from '../store.ts';

const z = 1.959963984540054;

function wilson(hits: number, n: number): [number, number] {
	const middle = (hits + (z * z) / 2) / (n + z * z);
	const half = (z / (n + z * z)) * Math.sqrt((hits * (n - hits)) / n + (z * z) / 4);
	return [middle - half, middle + half];
}

describe('the changes of triggers', () => {
	let store: TestStore;
	let rows: Handoff[];
	let page: TriggersPage;
	beforeAll(async () => {
		store = await TestStore.open();
		const { handoffs } = await store.importSample(smallSample);
		rows = readHandoffs(handoffs);
		const address = new URLSearchParams('weeks=4');
		const choice = readTriggerChoice(readChoice(address), address);
		const read = await readTriggers(choice, await readLog());
		if (!read) throw new Error('no page');
		page = read;
	});
	afterAll(() => store.close());

	it('are differences of the raw lines with Newcombe’s interval', () => {
		const tally = (from: string, to: string, { route, trigger }: Rule): [number, number] => {
			const known = rows.flatMap((row) => {
				const day = localDay(row.handed_off_at, 'Europe/Berlin');
				const late = isLate(row);
				const isOwn = row.trigger === trigger && routeOf(row) === route;
				const isIn = day >= from && day < to && isOwn && late !== null;
				return isIn ? [late] : [];
			});
			return [known.filter(Boolean).length, known.length];
		};
		const said = page.rules.filter(
			({ changes }) => typeof changes.late_rate?.difference === 'number'
		);
		expect(said.length).toBeGreaterThan(5);
		for (const rule of said) {
			const { changes } = rule;
			const [a, n] = tally('2026-10-19', '2026-11-16', rule);
			const [b, m] = tally('2026-09-21', '2026-10-19', rule);
			const d = a / n - b / m;
			expect(changes.late_rate?.difference).toBeCloseTo(d, 10);
			expect(changes.late_rate?.low).toBeCloseTo(
				d - Math.hypot(a / n - wilson(a, n)[0], wilson(b, m)[1] - b / m),
				9
			);
		}
	});

	it('carry the verdict of the trigger’s own chart', async () => {
		const charts = await readCharted({ to: page.to }, ['late_rate'], 'trigger');
		for (const { trigger, changes } of page.rules) {
			const chart = charts.find(({ key }) => key === trigger)?.charts.late_rate;
			const week = chart?.weeks.at(-1);
			expect(changes.late_rate?.last?.verdict ?? null, String(trigger)).toBe(
				week?.verdict ?? null
			);
		}
		expect(page.rules.some(({ changes }) => changes.late_rate?.last)).toBe(true);
	});

	it('of queues and of requests are there too', () => {
		expect(
			page.misrouting.queues.some(({ change }) => typeof change?.difference === 'number')
		).toBe(true);
		expect(
			page.requests.triggers.some(({ change }) => typeof change?.difference === 'number')
		).toBe(true);
	});

	it('of timing, handbacks and requests are against what the period before says by itself', async () => {
		const address = new URLSearchParams('from=2026-09-21&to=2026-10-18');
		const choice = readTriggerChoice(readChoice(address), address);
		const then = await readTriggers(choice, await readLog());
		const pairs = [
			[page.timing?.change?.score, page.timing?.all?.score, then?.timing?.all?.score],
			[page.timing?.change?.late, page.timing?.all?.late, then?.timing?.all?.late],
			[page.chains.change, page.chains.all?.again, then?.chains.all?.again],
			...(['fought_rate', 'handback_rate'] as const).map((id) => [
				page.numbers[id].change,
				page.numbers[id].estimate,
				then?.numbers[id].estimate
			])
		] as [Change | undefined, Estimate | undefined, Estimate | undefined][];
		const half = (one?: Estimate) => ((one?.high ?? NaN) - (one?.low ?? NaN)) / 2;
		for (const [change, now, before] of pairs) {
			expect(change?.before).toEqual(before);
			expect(change?.dates).toEqual({ first: '2026-09-21', last: '2026-10-18' });
			const difference = (now?.value ?? NaN) - (before?.value ?? NaN);
			expect(change?.difference).toBeCloseTo(difference, 10);
			// Both intervals put together, but for their skew and their degrees of freedom.
			const width = (change?.high ?? NaN) - (change?.low ?? NaN);
			expect(width / (2 * Math.hypot(half(now), half(before)))).toBeCloseTo(1, 1);
		}
		for (const { last } of Object.values(page.numbers)) expect(last?.week).toBe('2026-11-09');
	});

	it('that one alone would call a difference, many together do not', () => {
		const estimate = (value: number) => ({ value, n: 400, low: null, high: null, coverage: 1 });
		// p of 0.034: under 5 % alone, over it as one of twenty.
		const one = {
			id: 'late_rate',
			now: estimate(0.27),
			before: estimate(0.205),
			last: null
		} as const;
		const same = { ...one, before: one.now };
		expect(compareGroups([one])[0]?.differs).toBe(true);
		const many = compareGroups([one, ...Array.from({ length: 19 }, () => same)]);
		expect(many.map((change) => change?.differs)).toEqual(Array<boolean>(20).fill(false));
	});
});
