import { describe, expect, it } from 'vitest';
import type { Stratum } from '../../src/lib/analysis/directStandardisation.ts';
import { nonresponse, shiftedShare } from '../../src/lib/analysis/nonresponse.ts';
import { csatPaths, type CsatByPath } from './csatPaths.ts';
import { distance, reference } from './reference.ts';

const file = reference('csat_standardisation');
const close = (actual: (number | null | undefined)[], expected: number[]) =>
	expect(
		distance(
			actual.map((value) => value ?? null),
			expected
		)
	).toBeLessThan(file.tolerance);

describe.skipIf(!file.present)('nonresponse (needs ../shared/reference)', () => {
	const paths = () => {
		const { inputs, expected } = file.case<CsatByPath['inputs'], CsatByPath['expected']>(
			'4 topics x 3 paths'
		);
		return { strata: csatPaths(inputs.data), expected };
	};

	it('reference case 4 topics x 3 paths: crude share, response rate and bounds', () => {
		const { strata, expected } = paths();
		for (const wanted of expected.per_path) {
			const found = nonresponse(strata[wanted.path]);
			expect(found.isMostlySilent).toBe(true);
			close(
				[found.crude, found.responseRate, found.bounds?.low, found.bounds?.high],
				[wanted.crude, wanted.response_rate, wanted.manski_lower, wanted.manski_upper]
			);
		}
	});

	it('reference case 4 topics x 3 paths: if the silent differ', () => {
		const { strata, expected } = paths();
		const rows = expected.sensitivity_delta.flat();
		expect(rows).toHaveLength(12);
		close(
			rows.map(({ path, delta }) => shiftedShare(strata[path], delta)),
			rows.map(({ mean }) => mean)
		);
	});
});

describe('nonresponse', () => {
	const half: Stratum[] = [{ topic: 'a', conversations: 10, answers: 5, positive: 4 }];

	it('is not mostly silent when just half answered', () => {
		expect(nonresponse(half).isMostlySilent).toBe(false);
	});

	it('the bounds close when everyone answered', () => {
		const all: Stratum[] = [{ topic: 'a', conversations: 5, answers: 5, positive: 4 }];
		expect(nonresponse(all).bounds).toEqual({ low: 0.8, high: 0.8 });
	});

	it('no conversations say nothing', () => {
		expect(nonresponse([])).toEqual({
			conversations: 0,
			answers: 0,
			responseRate: null,
			crude: null,
			bounds: null,
			isMostlySilent: false
		});
		expect(shiftedShare([], 0.1)).toBeNull();
	});

	it('the silent cannot be happier than all happy or unhappier than all unhappy', () => {
		expect(shiftedShare(half, 1)).toBeCloseTo(nonresponse(half).bounds?.high ?? NaN, 12);
		expect(shiftedShare(half, -1)).toBeCloseTo(nonresponse(half).bounds?.low ?? NaN, 12);
	});
});
