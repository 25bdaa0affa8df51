import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quietWords } from '../../../src/lib/findingWords.ts';
import { readLog } from '../../../src/lib/server/store/log.ts';
import { readWeek, readWeekChoice } from '../../../src/lib/server/week/week.ts';
import type { Week } from '../../../src/lib/week.ts';
import { importCut } from '../cutSample.ts';
import { TestStore } from '../store.ts';

async function pageAt(address: string): Promise<Week> {
	const page = await readWeek(readWeekChoice(new URLSearchParams(address)), await readLog());
	if (!page) throw new Error('no page');
	return page;
}
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

/** The log begins on a Thursday and ends on a Wednesday. */
const [unfinished, lastWhole] = ['2026-11-16', '2026-11-09'];

describe('what moved on the page of a week', () => {
	let store: TestStore;
	beforeAll(async () => {
		store = await TestStore.open();
		await importCut(
			store,
			{ weeks: 17, conversations: 12_000, seed: 7, end: '2026-11-22' },
			{ from: '2026-07-30', to: '2026-11-19' }
		);
	}, 120_000);
	afterAll(() => store.close());

	it('starts at the number that the findings and the chart call usual', async () => {
		for (const metric of ['handoffs', 'quality_score', 'csat_mean', 'failure_share'] as const) {
			const page = await pageAt(`week=${lastWhole}&against=usual&moved=${metric}`);
			const charted = page.charts?.[metric];
			const { moved, against } = page.moved;
			expect(against, metric).toBe('usual');
			expect(moved?.before, metric).toBeCloseTo(charted?.baseline?.centre ?? NaN, 9);
		}
	}, 120_000);

	it('ends at the number of the card, and starts at that of the week before', async () => {
		const metrics = ['quality_score', 'failure_share', 'repeat_rate', 'csat_mean'] as const;
		for (const metric of metrics) {
			const { moved, series } = await pageAt(
				`week=${lastWhole}&against=before&moved=${metric}`
			).then((page) => ({ moved: page.moved.moved, series: page.series }));
			const at = (week: string | undefined) =>
				series.find((row) => row.week === week)?.values[metric].value ?? NaN;
			expect(moved?.after, metric).toBeCloseTo(at(moved?.afterPeriod.from), 9);
			expect(moved?.before, metric).toBeCloseTo(at(moved?.beforePeriod.from), 9);
			expect(sum(moved?.rows.flatMap(({ parts }) => parts) ?? [])).toBe(moved?.change);
		}
	}, 120_000);

	it('sets no count of an unfinished week against whole ones, and a rate it does', async () => {
		const counted = await pageAt(`week=${unfinished}&moved=handoffs`);
		expect(counted.complete).toBe(false);
		expect(counted.moved).toEqual({
			metric: 'handoffs',
			against: null,
			possible: [],
			isPart: true,
			moved: null
		});
		const rate = await pageAt(`week=${unfinished}&moved=failure_share`);
		expect(rate.moved).toMatchObject({ isPart: false, metric: 'failure_share' });
		expect(rate.moved.moved?.afterPeriod.from).toBe(unfinished);
	});

	it('chooses no count by itself in an unfinished week, nor finds one there', async () => {
		const page = await pageAt(`week=${unfinished}`);
		expect(page.moved.metric).not.toBe('handoffs');
		expect(page.moved.moved).not.toBeNull();
		expect(page.findings.filter(({ metric }) => metric === 'handoffs')).toEqual([]);
		expect(quietWords({ ...page, findings: [] } as Week).what).toBe(
			'Nothing to report so far:'
		);
	});

	it('sets no count against the week that the log began in the middle of', async () => {
		const first = (await readLog()).first?.slice(0, 10) ?? '';
		const [began, second] = (await pageAt(`week=${lastWhole}`)).weeks
			.map(({ week }) => week)
			.sort();
		expect(new Date(first).getUTCDay()).not.toBe(1);
		expect(began !== undefined && began < first).toBe(true);
		const page = await pageAt(`week=${second}&against=before&moved=handoffs`);
		expect(page.moved.possible).not.toContain('before');
		expect((await pageAt(`week=${began}&moved=handoffs`)).moved.isPart).toBe(true);
	});

	it('says no cause of a finding where there is one topic alone to split by', async () => {
		for (const address of [`week=${lastWhole}&topic=Payment`, `week=2026-10-19&topic=Returns`])
			for (const { topic, causes } of (await pageAt(address)).findings)
				if (topic === null) expect(causes).toBeNull();
	}, 60_000);
});
