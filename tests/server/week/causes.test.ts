import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../../src/lib/dates.ts';
import type { Finding } from '../../../src/lib/findings.ts';
import { readLog } from '../../../src/lib/server/store/log.ts';
import { readWeek, readWeekChoice } from '../../../src/lib/server/week/week.ts';
import type { Week } from '../../../src/lib/week.ts';
import { TestStore } from '../store.ts';

type Row = {
	week: number;
	topic: string;
	resolved_queue: string;
	wait_after_s: number;
};

const monday = '2026-06-01';
/** Eight handoffs: charts skip it, though it lies within the baseline. */
const thinWeek = 5;
const lastWeek = 13;

/**
 * Weeks alike, a thin one that is like none of them, and from the last one on Payment waits long and
 * is moved, mostly to Billing.
 */
function rowsOf(week: number): Row[] {
	const sizes: [string, number][] =
		week === thinWeek
			? [
					['Payment', 4],
					['Delivery', 4]
				]
			: [
					['Payment', 36 + (week % 3)],
					['Delivery', 24 - (week % 3)]
				];
	return sizes.flatMap(([topic, size]) =>
		Array.from({ length: size }, (_, at): Row => {
			const isPayment = topic === 'Payment';
			const isMoved = week >= lastWeek ? at % 5 > 0 : week === thinWeek || at === 0;
			const to = week >= lastWeek && at % 5 === 1 ? 'Loyalty' : 'Billing';
			const usual = 60 + ((at * 7) % 30) + 2 * (week % 4);
			const isLong = week >= lastWeek ? isPayment : week === thinWeek && !isPayment;
			return {
				week,
				topic,
				resolved_queue: isPayment && isMoved ? to : 'Payments',
				wait_after_s: isLong ? 600 + at : usual
			};
		})
	);
}

/** Lines of a log that spread the rows of a week over its first days. */
const linesOf = (rows: Row[], days: number) =>
	rows.map(({ week, ...row }, at) => ({
		conversation_id: `c${week}-${at}`,
		handed_off_at: `${addDays(monday, 7 * week + (at % days))}T12:00:00Z`,
		trigger: 'low_confidence',
		queue: 'Payments',
		outcome: 'resolved',
		...row
	}));

async function pageAt(address: string): Promise<Week> {
	const page = await readWeek(readWeekChoice(new URLSearchParams(address)), await readLog());
	if (!page) throw new Error('no page');
	return page;
}

const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
const shareOf = (rows: Row[], of: (row: Row) => boolean) => rows.filter(of).length / rows.length;

function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const half = sorted.length / 2;
	return sorted.length % 2 === 1
		? (sorted[Math.floor(half)] ?? NaN)
		: mean([sorted[half - 1] ?? NaN, sorted[half] ?? NaN]);
}

describe('a baseline with a week of too few', () => {
	let store: TestStore;
	const rows = Array.from({ length: lastWeek + 1 }, (_, week) => rowsOf(week)).flat();
	const usualRows = rows.filter(({ week }) => week !== thinWeek && week !== lastWeek);
	const lastRows = rows.filter(({ week }) => week === lastWeek);
	let findings: Finding[];
	beforeAll(async () => {
		store = await TestStore.open();
		await store.importRows('weeks', linesOf(rows, 7));
		findings = (await pageAt(`week=${addDays(monday, 7 * lastWeek)}`)).findings;
	});
	afterAll(() => store.close());

	const findingOf = (metric: string, topic?: string) => {
		const found = findings.find(
			(one) => one.metric === metric && (topic ?? null) === (one.topic?.key ?? null)
		);
		if (!found) throw new Error(`no finding of ${metric}`);
		return found;
	};

	it('explains a wait by the weeks that count alone', () => {
		const finding = findingOf('wait_after_p50');
		const weeks = [...new Set(usualRows.map(({ week }) => week))];
		const usual = mean(
			weeks.map((week) =>
				median(usualRows.filter((row) => row.week === week).map((row) => row.wait_after_s))
			)
		);
		expect(finding.usual).toBeCloseTo(usual, 6);
		const isLong = ({ wait_after_s }: Row) => wait_after_s > usual;
		/** Part of Payment in the change, by what its rate has become (Kitagawa's formula). */
		const share = (before: Row[]) => {
			const own = (some: Row[]) => some.filter(({ topic }) => topic === 'Payment');
			const weight = (some: Row[]) => own(some).length / some.length;
			const rate =
				((shareOf(own(lastRows), isLong) - shareOf(own(before), isLong)) *
					(weight(before) + weight(lastRows))) /
				2;
			return rate / (shareOf(lastRows, isLong) - shareOf(before, isLong));
		};
		expect(finding.causes?.[0]).toMatchObject({
			dimension: 'topic',
			key: 'Payment',
			effect: 'rate'
		});
		expect(finding.causes?.[0]?.share).toBeCloseTo(share(usualRows), 9);
		// With the week that the chart skips it would be another share.
		const withThin = rows.filter(({ week }) => week !== lastWeek);
		expect(share(withThin)).not.toBeCloseTo(share(usualRows), 3);
	});

	it('explains a wrong queue by the weeks that count alone', () => {
		const finding = findingOf('misrouted_rate', 'Payment');
		const payment = (some: Row[]) => some.filter(({ topic }) => topic === 'Payment');
		const isMoved = ({ resolved_queue }: Row) => resolved_queue !== 'Payments';
		const isBilling = ({ resolved_queue }: Row) => resolved_queue === 'Billing';
		const change = (before: Row[], of: (row: Row) => boolean) =>
			shareOf(payment(lastRows), of) - shareOf(payment(before), of);
		const share = (before: Row[]) => change(before, isBilling) / change(before, isMoved);
		expect(finding.usual).toBeCloseTo(shareOf(payment(usualRows), isMoved), 9);
		expect(finding.causes).toMatchObject([{ dimension: 'moved', key: 'Payments → Billing' }]);
		expect(finding.causes?.[0]?.share).toBeCloseTo(share(usualRows), 9);
		const withThin = rows.filter(({ week }) => week !== lastWeek);
		expect(share(withThin)).not.toBeCloseTo(share(usualRows), 3);
	});

	it('is judged against whole weeks alone: a week that is not over has no findings', async () => {
		await store.importRows('begun', linesOf(rowsOf(lastWeek + 1), 3));
		const page = await pageAt(`week=${addDays(monday, 7 * (lastWeek + 1))}`);
		expect(page.complete).toBe(false);
		// The limits would call it a signal.
		expect(page.charts?.wait_after_p50.last).toMatchObject({
			week: page.week,
			verdict: 'signal'
		});
		expect(page.findings).toEqual([]);
		const whole = await pageAt(`week=${addDays(monday, 7 * lastWeek)}`);
		expect(whole.findings).toEqual(findings);
	});
});
