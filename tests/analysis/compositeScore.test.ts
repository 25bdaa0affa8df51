import { describe, expect, it } from 'vitest';
import {
	aggregateScores,
	compositeScore,
	equalWeights,
	gapValue,
	handleTimeValue,
	type Components,
	type Weights
} from '../../src/lib/analysis/compositeScore.ts';
import { distance, reference } from './reference.ts';

const file = reference('composite_score');
const close = (actual: (number | null)[], expected: (number | null)[]) =>
	expect(distance(actual, expected)).toBeLessThan(file.tolerance || 1e-9);

describe.skipIf(!file.present)('compositeScore (needs ../shared/reference)', () => {
	const single = file.cases.filter(({ inputs }) => 'components' in (inputs as object));

	it('the file has six single handoffs among nine cases', () => {
		expect(single).toHaveLength(6);
		expect(file.cases).toHaveLength(9);
	});

	it.each(single)('reference case $id', ({ id }) => {
		const { inputs, expected } = file.case<
			{ components: Components; weights: Weights },
			{ score: number | null; coverage: number }
		>(id);
		const { score, coverage } = compositeScore(inputs.components, inputs.weights);
		close([score, coverage], [expected.score, expected.coverage]);
	});

	it('reference case aggregate', () => {
		const { inputs, expected } = file.case<
			{ min_coverage: number; handoffs: Components[] },
			{
				mean_of_scores: number;
				n_scored: number;
				n_total: number;
				component_means: Components;
				score_of_component_means: number;
			}
		>('aggregate');
		const found = aggregateScores(inputs.handoffs, equalWeights, inputs.min_coverage);
		close(
			[found.meanOfScores, found.nScored, found.nTotal, found.scoreOfComponentMeans],
			[
				expected.mean_of_scores,
				expected.n_scored,
				expected.n_total,
				expected.score_of_component_means
			]
		);
		const { context, routing, smoothness, resolution } = expected.component_means;
		const means = found.componentMeans;
		close(
			[means.context, means.routing, means.smoothness, means.resolution],
			[context, routing, smoothness, resolution]
		);
	});

	it('reference case normalisation: gap', () => {
		const { inputs, expected } = file.case<
			{ target_s: number; worst_s: number; gaps: number[] },
			number[]
		>('normalisation: gap');
		close(
			inputs.gaps.map((gap) => gapValue(gap, inputs.target_s, inputs.worst_s)),
			expected
		);
	});

	it('reference case normalisation: handle time', () => {
		const { inputs, expected } = file.case<
			{ p20: number; p80: number; minutes: number[] },
			number[]
		>('normalisation: handle time (log, topic p20/p80)');
		close(
			inputs.minutes.map((minutes) => handleTimeValue(minutes, inputs.p20, inputs.p80)),
			expected
		);
	});
});

describe('compositeScore', () => {
	const some: Components = { context: 0.6, routing: 0.5, smoothness: null, resolution: 0.25 };

	it('what is unknown neither helps nor hurts', () => {
		expect(compositeScore(some)).toEqual({ score: 45, coverage: 0.75 });
	});

	it('scaling all weights changes nothing', () => {
		const tripled = { context: 3, routing: 3, smoothness: 3, resolution: 3 };
		expect(compositeScore(some, tripled).score).toBeCloseTo(45, 12);
	});

	it('no weight at all gives no score', () => {
		const none = { context: 0, routing: 0, smoothness: 0, resolution: 0 };
		expect(compositeScore(some, none)).toEqual({ score: null, coverage: 0 });
	});

	it('handoffs with less than half of the weight known are left out of the mean', () => {
		const thin: Components = { context: 0, routing: null, smoothness: null, resolution: null };
		const found = aggregateScores([some, thin]);
		expect(found).toMatchObject({ meanOfScores: 45, nScored: 1, nTotal: 2 });
		expect(found.componentMeans.context).toBeCloseTo(0.3, 12);
	});

	it('half of the weight known is enough', () => {
		const half: Components = { context: 1, routing: 1, smoothness: null, resolution: null };
		expect(aggregateScores([half]).nScored).toBe(1);
	});
});

describe('handleTimeValue', () => {
	it('where all handle times of a topic are equal, they are all as good as it gets', () => {
		expect(handleTimeValue(300, 300, 300)).toBe(1);
		expect(handleTimeValue(301, 300, 300)).toBe(0);
	});

	it('a 20th percentile of no time at all leaves no scale: only no time is best', () => {
		expect(handleTimeValue(0, 0, 100)).toBe(1);
		expect(handleTimeValue(50, 0, 100)).toBe(0);
	});
});
