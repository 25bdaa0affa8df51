import { describe, expect, it } from 'vitest';
import { doseOf, middleOf, type DoseRow } from '../../../src/lib/server/waits/waitDoses.ts';

const starts = [0, 30, 60, 100, 150, 240, 300, 360, 480, 600, 900, 1800];
const nothing = {
	topic: 'a' as string | null,
	handoffs: 0,
	answers: 0,
	satisfied: 0,
	unhappy: 0,
	ends: 0,
	resolved: 0,
	outcomes: 0,
	abandoned: 0,
	reviewed: 0,
	avoidable: 0,
	timed: 0,
	late: 0
};

/** A row for each span, of what a function says of its start. */
const rows = (of: (from_s: number) => Partial<DoseRow>): DoseRow[] =>
	starts.map((from_s, at) => ({
		...nothing,
		from_s,
		to_s: starts[at + 1] ?? null,
		...of(from_s)
	}));

describe('the point where it falls', () => {
	it('lies where a drop was planted, with the shares on both sides', () => {
		const { fall, p } = doseOf(
			rows((from_s) => ({ answers: 100, satisfied: from_s < 300 ? 80 : 55 })),
			'csat_top2'
		);
		expect(fall).toMatchObject({
			at_s: 300,
			isWithin: true,
			before: { value: 0.8, n: 600 },
			after: { value: 0.55, n: 600 }
		});
		expect(p).toBeLessThan(0.001);
	});

	it('is none where the shares are alike, and none where it gets better', () => {
		const flat = doseOf(
			rows((from_s) => ({ answers: 100, satisfied: from_s % 20 === 0 ? 69 : 71 })),
			'csat_top2'
		);
		expect(flat.fall).toBeNull();
		expect(flat.p).toBeGreaterThan(0.05);
		const better = doseOf(
			rows((from_s) => ({ answers: 100, satisfied: from_s < 300 ? 55 : 80 })),
			'csat_top2'
		);
		expect(better.fall).toBeNull();
		expect(better.p).toBe(1);
	});

	it('is where more give up, for abandonment', () => {
		const { fall } = doseOf(
			rows((from_s) => ({ outcomes: 200, abandoned: from_s < 300 ? 10 : 40 })),
			'abandonment_rate'
		);
		expect(fall).toMatchObject({ at_s: 300, before: { value: 0.05 }, after: { value: 0.2 } });
	});

	it('is none where only the topics differ, and the shares at one topic mix are level', () => {
		// Easy questions are quick and end well, hard ones neither.
		const mixed = [
			...rows((from_s) => {
				const answers = from_s < 300 ? 90 : 10;
				return { topic: 'easy', answers, satisfied: 0.9 * answers };
			}),
			...rows((from_s) => {
				const answers = from_s < 300 ? 10 : 90;
				return { topic: 'hard', answers, satisfied: 0.4 * answers };
			})
		];
		const { fall, bins } = doseOf(mixed, 'csat_top2');
		expect(fall).toBeNull();
		expect(bins[0]?.plain.value).toBeCloseTo(0.85, 10);
		expect(bins.at(-1)?.plain.value).toBeCloseTo(0.45, 10);
		for (const { within, fitted } of bins) {
			expect(within?.value).toBeCloseTo(0.65, 10);
			expect(fitted).toBeCloseTo(0.65, 10);
		}
	});

	it('is not looked for among few bad ends', () => {
		expect(
			doseOf(
				rows(() => ({ answers: 10, satisfied: 9 })),
				'csat_top2'
			)
		).toMatchObject({
			fall: null,
			p: null
		});
	});

	it('without topics is that of the shares as logged', () => {
		const { covered, bins, fall } = doseOf(
			rows((from_s) => ({ topic: null, answers: 100, satisfied: from_s < 300 ? 80 : 55 })),
			'csat_top2'
		);
		expect(covered).toBeNull();
		expect(bins.every(({ within }) => within === null)).toBe(true);
		expect(fall).toMatchObject({ at_s: 300, isWithin: false, before: { value: 0.8 } });
	});
});

describe('the lengths', () => {
	it('are joined until topics are thick enough to be evened out', () => {
		const thin = ['a', 'b', 'c', 'd'].flatMap((topic) =>
			rows(() => ({ topic, answers: 4, satisfied: 2 }))
		);
		const { bins, covered } = doseOf(thin, 'csat_top2');
		expect(covered).toBe(1);
		expect(bins.length).toBeLessThan(9);
		expect(bins.length).toBeGreaterThanOrEqual(4);
	});

	it('of early and late handoffs hold 30 reviews each, else 30 handoffs', () => {
		const some = rows(() => ({ handoffs: 50, reviewed: 10, avoidable: 3 }));
		const bins = middleOf(some);
		expect(bins.every(({ avoidable }) => avoidable.n >= 30)).toBe(true);
		expect(bins.reduce((sum, { avoidable }) => sum + avoidable.n, 0)).toBe(120);
		const none = middleOf(rows(() => ({ handoffs: 50 })));
		expect(none).toHaveLength(6);
		expect(none.every(({ avoidable }) => avoidable.value === null)).toBe(true);
		expect(middleOf([])).toEqual([]);
	});
});
