import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Effect, Moved, Period, SplittableMetric } from '../src/lib/moved.ts';
import {
	joinedWords,
	movedWords,
	notMovedWords,
	periodsWords,
	printMoved,
	rowName
} from '../src/lib/movedWords.ts';

const weekBefore: Period = { from: '2026-11-02', to: '2026-11-09', weeks: 1 };
const last: Period = { from: '2026-11-09', to: '2026-11-16', weeks: 1 };
const usual: Period = { from: '2026-04-20', to: '2026-07-13', weeks: 12 };

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

/** A change of one row with these parts. */
function changed(
	metric: SplittableMetric,
	[before, after]: [number, number],
	parts: Partial<Record<Effect, number>>,
	beforePeriod = weekBefore
): Moved {
	const values = Object.values(parts);
	const side = { n: 1, value: null };
	return {
		metric,
		against: 'before',
		before,
		after,
		change: after - before,
		effects: Object.keys(parts) as Effect[],
		totals: values,
		rows: [{ key: 'A', before: side, after: side, parts: values, interval: null }],
		beforePeriod,
		afterPeriod: last
	};
}

describe('a change in a sentence', () => {
	it.each([
		[
			changed('failure_share', [0.561, 0.583], { mix: -0.004, rate: 0.026 }),
			'Failure handoffs 56.1 % → 58.3 %: mix −0.40 points, rate +2.60 points, together +2.20 points.'
		],
		[
			changed('csat_mean', [3.8, 3.75], { mix: 0, rate: -0.05 }),
			'CSAT after handoff 3.80 → 3.75: mix 0.000, rate −0.050, together −0.050.'
		],
		[
			changed('handle_mean', [400, 520.5], { mix: 20, rate: 100.5 }),
			'Handle time, mean 6 min 40 s → 8 min 41 s: mix +20.0 s, rate +100.5 s, together +120.5 s.'
		],
		[
			changed('handoffs', [410.5, 1400], { volume: 900, share: 100, rate: -10.5 }),
			'Handoffs 410.5 → 1 400.0: volume +900.0, share +100.0, rate −10.5, together +989.5.'
		],
		[changed('handoffs', [10, 12], { count: 2 }), 'Handoffs 10.0 → 12.0: +2.0.']
	])('says from where to where and by how much: %#', (moved, expected) => {
		expect(plain(movedWords(moved))).toBe(expected);
	});

	it('names both periods, and a count of several weeks as one of a week', () => {
		const weeks = changed('handoffs', [10, 12], { count: 2 }, usual);
		expect(periodsWords(weeks)).toBe(
			'20 Apr – 12 Jul 2026 (a week of 12) against 9–15 Nov 2026'
		);
		const share = changed('failure_share', [0.5, 0.6], { mix: 0, rate: 0.1 }, usual);
		expect(periodsWords(share)).toBe('20 Apr – 12 Jul 2026 against 9–15 Nov 2026');
		expect(periodsWords(changed('handoffs', [10, 12], { count: 2 }))).toBe(
			'2–8 Nov 2026 against 9–15 Nov 2026'
		);
	});
});

describe('a change as printed', () => {
	const metrics = fc.constantFrom<SplittableMetric>(
		'failure_share',
		'quality_score',
		'csat_mean',
		'handle_mean',
		'handoffs'
	);
	/** One last digit as the page prints it: hundredths of points, thousandths of CSAT, tenths. */
	const digitOf: Partial<Record<SplittableMetric, number>> = {
		failure_share: 0.0001,
		quality_score: 0.01,
		csat_mean: 0.001,
		handle_mean: 0.1,
		handoffs: 0.1
	};
	const change = fc
		.record({
			metric: metrics,
			effects: fc.integer({ min: 1, max: 3 }),
			size: fc.constantFrom(0.3, 3, 300)
		})
		.chain(({ metric, effects, size }) => {
			const most = size * 100 * (digitOf[metric] ?? 1);
			const part = fc.double({ min: -most, max: most, noNaN: true });
			return fc
				.array(fc.array(part, { minLength: effects, maxLength: effects }), {
					minLength: 1,
					maxLength: 20
				})
				.map((parts): Moved => movedOf(metric, parts));
		});

	function movedOf(metric: SplittableMetric, parts: number[][]): Moved {
		const effects = (['volume', 'share', 'rate'] as const).slice(0, parts[0]?.length);
		const totals = effects.map((_, effect) => sum(parts.map((row) => row[effect] ?? 0)));
		const side = (value: number) => ({ n: value, value });
		const whole = sum(parts.flat().map(Math.abs));
		return {
			metric,
			against: 'before',
			before: whole,
			after: whole + sum(totals),
			change: sum(totals),
			effects,
			totals,
			rows: parts.map((row, at) => ({
				key: `T${at}`,
				before: side(sum(row.map(Math.abs))),
				after: side(sum(row.map(Math.abs)) + sum(row)),
				parts: row,
				interval: null
			})),
			beforePeriod: weekBefore,
			afterPeriod: last
		};
	}

	/** The number that a reader reads, in last digits. */
	const asRead = (text: string, metric: SplittableMetric) => {
		const number = Number(
			text.replace('−', '-').replace('+', '').replaceAll('\u202f', '').split(' ')[0]
		);
		const digits =
			{ failure_share: 100, quality_score: 100, csat_mean: 1000 }[metric as string] ?? 10;
		return Math.round(number * digits);
	};

	it('adds up in the digits shown, along every row and every column', () => {
		fc.assert(
			fc.property(change, (moved) => {
				const { rows, rounding, totals, change: whole, write } = printMoved(moved);
				const none = { digits: moved.effects.map(() => 0), sum: 0 };
				const lines = [...rows, rounding ?? none];
				const read = (digits: number) => asRead(write(digits), moved.metric);
				for (const effect of moved.effects.keys())
					expect(sum(lines.map(({ digits }) => read(digits[effect] ?? NaN)))).toBe(
						read(totals[effect] ?? NaN)
					);
				for (const row of lines) expect(sum(row.digits.map(read))).toBe(read(row.sum));
				expect(sum(totals.map(read))).toBe(read(whole));
				expect(sum(lines.map((row) => read(row.sum)))).toBe(read(whole));
				if (moved.metric !== 'handoffs') expect(rounding).toBeNull();
			})
		);
	});

	it('says of each topic’s handoffs what is printed after less what is printed before', () => {
		const asPrinted = (value: number | null) =>
			Math.round(Number((value ?? 0).toFixed(1)) * 10);
		fc.assert(
			fc.property(change, (moved) => {
				fc.pre(moved.metric === 'handoffs');
				const { rows, change: whole, write } = printMoved(moved);
				for (const { before, after, sum: together } of rows)
					expect(asRead(write(together), 'handoffs')).toBe(
						asPrinted(after.value) - asPrinted(before.value)
					);
				expect(asRead(write(whole), 'handoffs')).toBe(
					asPrinted(moved.after) - asPrinted(moved.before)
				);
			})
		);
	});

	it('names what rounding leaves over, where three thirds of a handoff are no whole', () => {
		const { rows, rounding, change, write } = printMoved({
			...movedOf('handoffs', [[1 / 3], [1 / 3], [1 / 3]]),
			before: 0,
			after: 1,
			rows: ['A', 'B', 'C'].map((key) => ({
				key,
				before: { n: 0, value: 0 },
				after: { n: 1 / 3, value: 1 / 3 },
				parts: [1 / 3],
				interval: null
			}))
		});
		expect(rows.map((row) => write(row.sum))).toEqual(['+0.3', '+0.3', '+0.3']);
		expect([write(rounding?.sum ?? NaN), write(change)]).toEqual(['+0.1', '+1.0']);
	});

	it('calls weeks that do not all count so many of their days', () => {
		expect(
			periodsWords(changed('csat_mean', [3, 4], { mix: 1 }, { ...usual, weeks: 11 }))
		).toBe('11 weeks of 20 Apr – 12 Jul 2026 against 9–15 Nov 2026');
	});

	it('names the topics that were too thin in a sentence, and not the row alone', () => {
		const moved = movedOf('repeat_rate', [[0.01, 0.02]]);
		const [row] = moved.rows;
		expect(joinedWords(moved)).toBeNull();
		const joined = {
			...moved,
			rows: row ? [{ ...row, joined: ['Loyalty points', 'Privacy'] }] : []
		};
		expect(joinedWords(joined)).toContain('Loyalty points, Privacy');
		expect(joined.rows.map(rowName)).toEqual(['2 thin topics']);
	});

	it.each([
		[true, 'The log does not hold all of this week'],
		[false, 'has no handoffs that carry it, or too few']
	])('says why nothing is split, a part of a week or no rows: %s', (isPart, words) => {
		expect(notMovedWords({ metric: 'handoffs', isPart })).toContain(words);
	});

	it('differs in no cell by more than one last digit from what is true', () => {
		fc.assert(
			fc.property(change, (moved) => {
				// A count is the difference of two rounded numbers.
				const [most, mostOfCell] = moved.metric === 'handoffs' ? [2, 3] : [1, 1];
				const digit = digitOf[moved.metric] ?? NaN;
				const { rows, totals, change: whole } = printMoved(moved);
				expect(Math.abs(whole - moved.change / digit)).toBeLessThan(most / 2 + 1e-6);
				for (const [effect, total] of totals.entries())
					expect(Math.abs(total - (moved.totals[effect] ?? NaN) / digit)).toBeLessThan(
						most + 1e-6
					);
				for (const [at, row] of rows.entries())
					for (const [effect, digits] of row.digits.entries())
						expect(
							Math.abs(digits - (moved.rows[at]?.parts[effect] ?? NaN) / digit)
						).toBeLessThan(mostOfCell + 1e-6);
			})
		);
	});

	it('has a sign, the unit, and no sign for nothing', () => {
		const printed = printMoved(movedOf('failure_share', [[0.0125, -0.00004]]));
		expect([printed.write(125), printed.write(-40), printed.write(0)]).toEqual([
			'+1.25 points',
			'−0.40 points',
			'0.00 points'
		]);
		expect(printMoved(movedOf('csat_mean', [[0.1]])).write(100)).toBe('+0.100');
		expect(printMoved(movedOf('handle_mean', [[-3]])).write(-30)).toBe('−3.0 s');
	});
});
