import { describe, expect, it } from 'vitest';
import {
	mergeThinTopics,
	mixOf,
	standardise,
	standardisedDifference,
	type Stratum
} from '../../src/lib/analysis/directStandardisation.ts';
import { csatPaths, type CsatByPath } from './csatPaths.ts';
import { distance, reference } from './reference.ts';

const file = reference('csat_standardisation');
const close = (actual: (number | null)[], expected: (number | null)[]) =>
	expect(distance(actual, expected)).toBeLessThan(file.tolerance);
const stratum = (
	topic: string | null,
	conversations: number,
	answers: number,
	positive: number
): Stratum => ({ topic, conversations, answers, positive });

describe.skipIf(!file.present)('directStandardisation (needs ../shared/reference)', () => {
	const paths = () => {
		const { inputs, expected } = file.case<CsatByPath['inputs'], CsatByPath['expected']>(
			'4 topics x 3 paths'
		);
		return { strata: csatPaths(inputs.data), expected };
	};

	it('reference case 4 topics x 3 paths: response-weighted and at the handed-off mix', () => {
		const { strata, expected } = paths();
		expect(expected.per_path).toHaveLength(3);
		for (const wanted of expected.per_path) {
			const own = strata[wanted.path];
			const weighted = standardise(own, mixOf(own));
			close([weighted.value, weighted.se], [wanted.ipw_by_topic, wanted.se_ipw]);
			const { value, se, low, high, covered } = standardise(own, mixOf(strata.handoff));
			close(
				[value, se, low, high, covered],
				[wanted.standardised_to_handoff_mix, wanted.se_std, ...wanted.ci_std, 1]
			);
		}
	});

	it('reference case 4 topics x 3 paths: human minus handoff', () => {
		const { strata, expected } = paths();
		const mix = mixOf(strata.handoff);
		const found = standardisedDifference(
			standardise(strata.human, mix),
			standardise(strata.handoff, mix)
		);
		const { diff, se, ci } = expected.human_minus_handoff;
		close([found.value, found.se, found.low, found.high], [diff, se, ...ci]);
	});

	it('reference case stratum without responses', () => {
		const { inputs, expected } = file.case<
			Record<'pos' | 'resp' | 'conv', [number, number]>,
			{ covered_share_of_standard: number }
		>('stratum without responses');
		const strata = inputs.conv.map((conversations, index) =>
			stratum(
				`topic ${index}`,
				conversations,
				inputs.resp[index] ?? NaN,
				inputs.pos[index] ?? NaN
			)
		);
		const { value, covered } = standardise(strata, mixOf(strata));
		expect(value).toBeNull();
		close([covered], [expected.covered_share_of_standard]);
	});
});

describe('standardise', () => {
	it('with one topic it is the plain share', () => {
		const path = [stratum('Refunds', 50, 20, 15)];
		const { value, se } = standardise(path, mixOf(path));
		expect(value).toBeCloseTo(0.75, 12);
		expect(se).toBeCloseTo(Math.sqrt((0.75 * 0.25) / 19), 12);
	});

	it('two paths with the same share in every topic are equal at the same mix', () => {
		const easy = [stratum('Login', 900, 100, 90), stratum(null, 100, 100, 50)];
		const hard = [stratum('Login', 100, 10, 9), stratum(null, 900, 40, 20)];
		const mix = mixOf(hard);
		expect(standardise(easy, mix).value).toBeCloseTo(standardise(hard, mix).value ?? NaN, 12);
		expect(standardise(easy, mixOf(easy)).value).not.toBeCloseTo(0.54, 2);
	});

	it('a topic that is not in the mix needs no answers', () => {
		const path = [stratum('Login', 9, 4, 2), stratum('Refunds', 9, 0, 0)];
		expect(standardise(path, new Map([['Login', 3]]))).toMatchObject({
			value: 0.5,
			covered: 1
		});
	});

	it('a single answer gives a value without an error', () => {
		const path = [stratum('Login', 9, 1, 1), stratum('Refunds', 9, 8, 4)];
		const found = standardise(path, mixOf(path));
		expect(found).toMatchObject({ value: 0.75, se: null, low: null, high: null });
	});

	it('answers that are all good give no interval of no width', () => {
		const path = [stratum('Login', 9, 4, 4)];
		expect(standardise(path, mixOf(path))).toMatchObject({ value: 1, low: null, high: null });
	});

	it('an empty mix has no value and no coverage', () => {
		const nothing = { value: null, se: null, low: null, high: null, covered: null };
		expect(standardise([], mixOf([]))).toEqual(nothing);
	});

	it('a difference from what is not comparable is not known', () => {
		const known = standardise([stratum('a', 9, 4, 2)], new Map([['a', 1]]));
		const unknown = standardise([], new Map([['a', 1]]));
		const found = standardisedDifference(known, unknown);
		expect(found).toEqual({ value: null, se: null, low: null, high: null });
	});
});

describe('mergeThinTopics', () => {
	const ai = [stratum('a', 90, 30, 20), stratum('b', 9, 1, 1), stratum('c', 9, 5, 2)];
	const human = [stratum('a', 40, 10, 9), stratum('b', 9, 6, 3)];

	it('merges a topic on all paths when it is thin on one', () => {
		expect(mergeThinTopics([ai, human])).toEqual([
			[stratum('a', 90, 30, 20), stratum('other', 18, 6, 3)],
			[stratum('a', 40, 10, 9), stratum('other', 9, 6, 3)]
		]);
	});

	it('leaves the log as it is when every topic has answers enough', () => {
		expect(mergeThinTopics([ai], 1)).toEqual([ai]);
	});

	it('what stays thin is not comparable', () => {
		const silent = [stratum('a', 40, 10, 9), stratum('b', 9, 0, 0)];
		const [first = [], second = []] = mergeThinTopics([ai, silent]);
		expect(standardise(second, mixOf(first)).value).toBeNull();
	});
});
