import { describe, expect, it } from 'vitest';
import { excessPoisson, type Failures } from '../../src/lib/analysis/excessPoisson.ts';
import { expectedCounts } from '../../src/lib/analysis/expectedCounts.ts';
import { reference } from './reference.ts';
import { relativeDistance, tolerances } from './relative.ts';

const file = reference('excess_poisson');

describe.skipIf(!file.present)('excessPoisson (needs ../shared/reference)', () => {
	type Inputs = {
		topics: string[];
		conversations: number[][];
		failures: number[][];
		q: number;
	};
	type Expected = {
		rate_by_channel: number[];
		observed: number[];
		expected: number[];
		expected_leave_one_out: number[];
		per_topic: {
			sir: number;
			p_upper_exact: number;
			p_upper_mid: number;
			sir_ci95: [number, number];
			excess: number;
		}[];
		bh_adjusted: number[];
		bh_reject_q10: boolean[];
		eb: { a: number; b: number; eb_sir: number[]; eb05: number[]; eb95: number[] };
	};

	it.each(file.cases.map(({ id }) => id))('reference case %s', (id) => {
		const { inputs, expected } = file.case<Inputs, Expected>(id);
		const within = tolerances<'relative' | 'eb_relative'>('excess_poisson');
		const rows = inputs.topics.flatMap((topic, at) =>
			(inputs.conversations[at] ?? []).map((population, channel) => ({
				topic,
				stratum: String(channel),
				population,
				events: inputs.failures[at]?.[channel] ?? 0
			}))
		);
		const topics = expectedCounts(rows);
		// A topic of one conversation on a channel is expected to fail at the rate of that channel.
		const rates = expected.rate_by_channel.map((_, channel) => {
			const probe = { topic: 'probe', stratum: String(channel), population: 1e-9, events: 0 };
			return (expectedCounts([...rows, probe]).at(-1)?.expected ?? NaN) * 1e9;
		});
		expect(relativeDistance(rates, expected.rate_by_channel)).toBeLessThan(within.relative);
		const found = excessPoisson(topics, { q: inputs.q });
		const all = found.topics.map((topic) => {
			if (!topic) throw new Error('a topic is not judged');
			return topic;
		});
		expect(
			relativeDistance(
				{
					observed: topics.map(({ observed }) => observed),
					expected: topics.map((topic) => topic.expected),
					expected_leave_one_out: topics.map((topic) => topic.expectedOfOthers),
					per_topic: all.map((topic) => ({
						sir: topic.ratio?.ratio,
						p_upper_exact: topic.pExact,
						p_upper_mid: topic.p,
						sir_ci95: [topic.ratio?.exact.low, topic.ratio?.exact.high],
						excess: topic.excess.value
					})),
					bh_adjusted: all.map(({ adjusted }) => adjusted)
				},
				{
					observed: expected.observed,
					expected: expected.expected,
					expected_leave_one_out: expected.expected_leave_one_out,
					per_topic: expected.per_topic,
					bh_adjusted: expected.bh_adjusted
				}
			)
		).toBeLessThan(within.relative);
		expect(
			relativeDistance(
				{
					a: found.prior?.shape,
					b: found.prior?.rate,
					eb_sir: all.map(({ shrunken }) => shrunken.mean),
					eb05: all.map(({ shrunken }) => shrunken.q05),
					eb95: all.map(({ shrunken }) => shrunken.q95)
				},
				expected.eb
			)
		).toBeLessThan(within.eb_relative);
		expect(all.map(({ adjusted }) => adjusted <= inputs.q)).toEqual(expected.bh_reject_q10);
		// The flag of the file's formula: EB05 above 1, at least 5 seen, and standing up to BH.
		expect(all.map(({ isGap }) => isGap)).toEqual(
			expected.bh_reject_q10.map(
				(rejected, at) =>
					rejected && (expected.eb.eb05[at] ?? 0) > 1 && (expected.observed[at] ?? 0) >= 5
			)
		);
	});
});

describe('excessPoisson', () => {
	const same = (observed: number[], expected: number[]): Failures[] =>
		observed.map((seen, at) => ({ observed: seen, expected: expected[at] ?? null }));
	const gaps = (topics: Failures[], options = {}) =>
		excessPoisson(topics, options).topics.map((topic) => topic?.isGap ?? null);
	const rest = Array.from({ length: 8 }, (_, at) => 18 + (at % 5));

	it('names the topic that fails three times as often as the others, and none beside it', () => {
		const topics = same([60, ...rest], [20, ...rest.map(() => 22)]);
		expect(gaps(topics)).toEqual([true, ...rest.map(() => false)]);
	});

	it('a topic alone, and topics that are all as expected, are no gap', () => {
		expect(gaps(same([40], [40]))).toEqual([false]);
		expect(gaps(same([20, 20, 20], [20, 20, 20]))).toEqual([false, false, false]);
		const { prior } = excessPoisson(same([20, 20, 20], [20, 20, 20]));
		expect(prior).toMatchObject({ capped: true, mean: 1 });
	});

	it('four failures are too few however little is expected', () => {
		expect(gaps(same([4, ...rest], [0.1, ...rest]))[0]).toBe(false);
		expect(gaps(same([5, ...rest], [0.1, ...rest]))[0]).toBe(true);
	});

	it('failures that nobody else has are a gap without a ratio', () => {
		const { topics } = excessPoisson(same([30, ...rest], [0, ...rest]));
		expect(topics[0]).toMatchObject({ ratio: null, p: 0, isGap: true });
		expect(topics[0]?.excess).toMatchObject({ value: 30 });
		expect(topics[0]?.excess.low).toBeGreaterThan(20);
	});

	it('what is not expected of anyone is not judged, and takes no part', () => {
		const known = same([60, ...rest], [20, ...rest]);
		const both = excessPoisson([{ observed: 90, expected: null }, ...known]);
		expect(both.topics[0]).toBeNull();
		expect(both.topics.slice(1)).toEqual(excessPoisson(known).topics);
		expect(excessPoisson([{ observed: 3, expected: null }])).toEqual({
			topics: [null],
			prior: null
		});
		expect(excessPoisson([])).toEqual({ topics: [], prior: null });
	});

	it('without a failure anywhere nothing stands out', () => {
		expect(gaps(same([0, 0], [0, 0]))).toEqual([null, null]);
		expect(gaps(same([0, 0], [3, 4]))).toEqual([false, false]);
	});

	it('huge counts are judged as well as small ones', () => {
		const seen = [1_060_000, 1_000_400, 999_300, 1_000_100, 999_800, 1_000_200];
		const topics = same(
			seen,
			seen.map(() => 1_000_000)
		);
		expect(gaps(topics)).toEqual([true, false, false, false, false, false]);
	});

	it('with a margin a topic that surely fails a little more is more, but no gap', () => {
		const seen = [1_080_000, 1_400_000, 999_300, 1_000_100, 999_800, 1_000_200];
		const topics = same(
			seen,
			seen.map(() => 1_000_000)
		);
		const judged = (options = {}) =>
			excessPoisson(topics, options).topics.map((topic) => [topic?.isMore, topic?.isGap]);
		const none = Array.from({ length: 4 }, () => [false, false]);
		expect(judged()).toEqual([[true, true], [true, true], ...none]);
		expect(judged({ margin: 0.1 })).toEqual([[true, false], [true, true], ...none]);
		// So many failures are drawn in by next to nothing: 1.08 less 1.645 of its errors.
		const surely = 1.08 - 1.645 * (Math.sqrt(1_080_000) / 1_000_000);
		expect(judged({ margin: surely - 1 - 0.0001 })[0]).toEqual([true, true]);
		expect(judged({ margin: surely - 1 + 0.0001 })[0]).toEqual([true, false]);
	});

	it('where more than a fifth fail, the chance is binomial', () => {
		// 9 or more of 12 at a half: (220 + 66 + 12 + 1) of 4096, the 220 by half
		const failures = { observed: 9, expected: 6, population: 12 };
		const { topics } = excessPoisson([failures, { observed: 3, expected: 6, population: 12 }]);
		expect(topics[0]?.pExact).toBeCloseTo(299 / 4096, 12);
		expect(topics[0]?.p).toBeCloseTo(189 / 4096, 12);
		const rare = excessPoisson([{ ...failures, population: 120 }]).topics[0];
		// Poisson: 1 − Σ e⁻⁶ 6ᵏ/k! up to 8
		let [term, sum] = [Math.exp(-6), 0];
		for (let k = 0; k < 9; k++) {
			sum += term;
			term *= 6 / (k + 1);
		}
		expect(rare?.pExact).toBeCloseTo(1 - sum, 12);
	});

	it('counts in bursts need more to stand out, and are known less well', () => {
		const topics = same([38, ...rest], [20, ...rest.map(() => 22)]);
		const [plain, burst] = [1, 3].map((dispersion) => excessPoisson(topics, { dispersion }));
		expect(plain?.topics[0]?.isGap).toBe(true);
		expect(burst?.topics[0]?.isGap).toBe(false);
		expect(burst?.topics[0]?.p).toBeGreaterThan(plain?.topics[0]?.p ?? 1);
		expect(burst?.topics[0]?.excess.low).toBeLessThan(plain?.topics[0]?.excess.low ?? 0);
		expect(excessPoisson(topics, { dispersion: 0.4 })).toEqual(plain);
	});
});
