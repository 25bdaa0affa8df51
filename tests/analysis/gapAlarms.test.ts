import { describe, expect, it } from 'vitest';
import { chance } from '../../bench/chance.ts';
import { excessPoisson } from '../../src/lib/analysis/excessPoisson.ts';
import { fixVerification } from '../../src/lib/analysis/fixVerification.ts';
import { scanStatistic, steadyCounts } from '../../src/lib/analysis/scanStatistic.ts';
import { steadyControls } from '../../src/lib/analysis/steadyControls.ts';
import { dispersionOf } from '../../src/lib/analysis/twoWayPoisson.ts';

const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);

describe.each([1, 2])('counts whose variance is %d times their mean', (dispersion) => {
	const volumes = [400, 300, 250, 200, 160, 120, 100, 80, 60, 40, 30, 20];
	const logs = 5;

	/** Of 12 topics that all fail alike, looked at every week of 26 with 8 weeks before them. */
	const looks = Array.from({ length: logs }, (_, log) => {
		const draw = chance((log + 1) / 20);
		const exposure = volumes.map((volume) =>
			Array.from({ length: 34 }, (__, week) => Math.round(volume * 1.01 ** week))
		);
		const counts = exposure.map((row) => row.map((out) => draw(out / 10, dispersion)));
		return Array.from({ length: 26 }, (__, look) => {
			const upTo = (rows: number[][]) =>
				rows.map((row) => row.slice(Math.max(0, look + 9 - 26), look + 9));
			const table = { counts: upTo(counts), exposure: upTo(exposure) };
			return { ...table, spread: dispersionOf(table) };
		});
	});

	type Look = (typeof looks)[number][number];
	/** Topics named in at least one of the weekly looks at a log, over all logs. */
	const alarms = (named: (look: Look) => (boolean | undefined)[]) =>
		sum(
			looks.map((log) => {
				const all = log.map(named);
				return volumes.filter((_, topic) => all.some((one) => one[topic])).length;
			})
		);

	it('less than one topic a log is called emerging where none is', () => {
		const emerging = alarms(({ counts, exposure, spread }) => {
			const scan = scanStatistic(counts, steadyCounts(counts, exposure), {
				dispersion: spread
			});
			return (scan?.topics ?? []).map(({ isEmerging }) => isEmerging);
		});
		expect(emerging / logs).toBeLessThan(1);
	});

	it('less than one topic a log is called a gap where none is', () => {
		const gaps = alarms(({ counts, exposure, spread }) => {
			const [seen, out] = [counts.map(sum), exposure.map(sum)];
			const topics = seen.map((observed, at) => ({
				observed,
				expected: ((out[at] ?? 0) * sum(seen)) / sum(out)
			}));
			const found = excessPoisson(topics, { dispersion: spread });
			return found.topics.map((topic) => topic?.isGap);
		});
		expect(gaps / logs).toBeLessThan(1);
	});
});

describe('fixes of a topic of 20 failures a week, among eleven others, after 8 weeks', () => {
	const rates = [20, 60, 45, 35, 30, 25, 18, 14, 10, 8, 5, 3];
	const verified = (ratio: number, growth: number, dispersion: number, other = 1) => {
		const rounds = 200;
		const effects = [ratio, other];
		const draw = chance(0.6);
		return (
			sum(
				Array.from({ length: rounds }, () => {
					const exposure = rates.map((rate) =>
						Array.from({ length: 17 }, (_, week) =>
							Math.round((rate / 0.15) * growth ** week)
						)
					);
					const counts = exposure.map((row, topic) =>
						row.map((out, week) =>
							draw(out * 0.15 * (week > 8 ? (effects[topic] ?? 1) : 1), dispersion)
						)
					);
					const weeks = { counts, exposure, fixed: 0, firstAfter: 9, leftOut: 1 };
					const controls = steadyControls(weeks).steady;
					const found = fixVerification({ ...weeks, controls });
					return found.verdict === 'verified' ? 1 : 0;
				})
			) / rounds
		);
	};

	it.each([
		{ growth: 1, scatter: 1, other: 1 },
		{ growth: 1.03, scatter: 1.5, other: 1 },
		{ growth: 1, scatter: 1, other: 2.5 },
		{ growth: 1.03, scatter: 1.5, other: 2.5 }
	])(
		'without an effect at most 5 of 100 are verified (weekly growth $growth, scatter $scatter, another topic × $other)',
		({ growth, scatter, other }) => {
			expect(verified(1, growth, scatter, other)).toBeLessThanOrEqual(0.05);
		}
	);

	it.each([1, 1.5])(
		'of those that halve failures 8 of 10 are verified, scatter %d',
		(scatter) => {
			expect(verified(0.5, 1, scatter)).toBeGreaterThanOrEqual(0.8);
		}
	);
});
