import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DefinitionsPage } from '../../../src/lib/definitions.ts';
import { metricIds, metrics } from '../../../src/lib/metrics.ts';
import { readCharted } from '../../../src/lib/server/measure/charted.ts';
import { measure } from '../../../src/lib/server/measure/measure.ts';
import { readDefinitions } from '../../../src/lib/server/definitions/definitions.ts';
import { readChoice } from '../../../src/lib/server/scope/scope.ts';
import { readLog } from '../../../src/lib/server/store/log.ts';
import { localDay } from '../../second/clock.ts';
import { readHandoffs, type Handoff } from '../../second/records.ts';
import { smallSample, TestStore } from '../store.ts';

const z = 1.959963984540054;

function wilson(hits: number, n: number): [number, number] {
	const middle = (hits + (z * z) / 2) / (n + z * z);
	const half = (z / (n + z * z)) * Math.sqrt((hits * (n - hits)) / n + (z * z) / 4);
	return [middle - half, middle + half];
}

async function pageAt(address: string): Promise<DefinitionsPage> {
	const choice = readChoice(new URLSearchParams(address));
	const page = await readDefinitions(choice, await readLog());
	if (!page) throw new Error('no page');
	return page;
}

describe('the page Definitions', () => {
	let store: TestStore;
	let rows: Handoff[];
	const now = { from: '2026-10-19', to: '2026-11-16' };
	const before = { from: '2026-09-21', to: '2026-10-19' };
	beforeAll(async () => {
		store = await TestStore.open();
		const { handoffs } = await store.importSample(smallSample);
		rows = readHandoffs(handoffs);
	});
	afterAll(() => store.close());

	it('says of every metric how far it is from the period compared with', async () => {
		const page = await pageAt('weeks=4');
		const [[current], [earlier]] = await Promise.all([
			measure(now, metricIds),
			measure(before, metricIds)
		]);
		expect(page.metrics.map(({ id }) => id)).toEqual(metricIds);
		for (const { id, estimate, change } of page.metrics) {
			const [a, b] = [current?.values[id], earlier?.values[id]];
			expect(estimate, id).toEqual(a);
			expect(change?.before, id).toEqual(b);
			const isSaid = [a, b].every(
				(one) => one?.value !== null && (one?.n ?? 0) >= metrics[id].floor
			);
			if (!isSaid) expect(change?.difference, id).toBeNull();
			else
				expect(change?.difference, id).toBeCloseTo(
					(a?.value ?? NaN) - (b?.value ?? NaN),
					9
				);
			// Shares, means and repeat rates have an interval, medians and counts none.
			expect(change?.low === null, id).toBe(!isSaid || metrics[id].interval === null);
		}
	});

	it('says of every metric what its chart makes of the last week, of repeats of the last known', async () => {
		const page = await pageAt('weeks=4');
		const charts = (await readCharted({ to: now.to }, metricIds))[0]?.charts;
		for (const { id, last } of page.metrics) {
			const week = charts?.[id].weeks.at(-1);
			if (metrics[id].interval === 'log-log')
				expect(last === null || last.week < '2026-11-09', id).toBe(true);
			else
				expect(last, id).toEqual(
					week?.verdict
						? {
								week: week.week,
								isLast: true,
								estimate: week.estimate,
								verdict: week.verdict
							}
						: null
				);
		}
		expect(page.metrics.filter(({ last }) => last !== null).length).toBeGreaterThan(25);
	});

	it('sets other definitions against the same period, counted from the raw lines', async () => {
		const { families } = await pageAt('weeks=4');
		const known = ({ from, to }: typeof now) =>
			rows.filter(({ handed_off_at, outcome }) => {
				const day = localDay(handed_off_at, 'Europe/Berlin');
				return day >= from && day < to && outcome !== null;
			});
		const tally = (period: typeof now): [number, number] => {
			const all = known(period);
			const hits = all.filter(
				({ outcome }) => outcome === 'resolved' || outcome === 'answered'
			);
			return [hits.length, all.length];
		};
		const [[a, n], [b, m]] = [tally(now), tally(before)];
		const [lowA, highA] = wilson(a, n);
		const [lowB, highB] = wilson(b, m);
		const difference = a / n - b / m;
		const answered = families.resolution.others?.find(({ id }) => id === 'answered');
		expect(answered?.estimate.n).toBe(n);
		expect(answered?.change?.difference).toBeCloseTo(difference, 12);
		expect(answered?.change?.low).toBeCloseTo(
			difference - Math.hypot(a / n - lowA, highB - b / m),
			10
		);
		expect(answered?.change?.high).toBeCloseTo(
			difference + Math.hypot(highA - a / n, b / m - lowB),
			10
		);
		for (const family of Object.values(families))
			for (const { id, change } of family.others ?? [])
				expect(change?.low, id).toBeLessThan(change?.difference ?? NaN);
	});

	it('compares nothing where the log holds nothing to compare with', async () => {
		const page = await pageAt('weeks=4&against=year');
		expect(page.metrics.map(({ change }) => change).filter(Boolean)).toEqual([]);
		for (const family of Object.values(page.families))
			for (const { change } of family.others ?? []) expect(change).toBeNull();
	});

	it('under a filter that conversations do not carry says why, and compares the rest', async () => {
		const page = await pageAt('weeks=4&trigger=customer_request');
		const of = (id: string) => page.metrics.find((one) => one.id === id);
		expect(of('containment_rate')).toMatchObject({ estimate: null, change: null, last: null });
		expect(of('containment_rate')?.why).toContain('trigger');
		expect(of('late_rate')?.change).not.toBeNull();
		expect(page.families.containment.others).toBeNull();
	});
});
