import { describe, expect, it } from 'vitest';
import { standardisedRate } from '../../src/lib/analysis/standardisedRate.ts';
import { distance, reference } from './reference.ts';

const file = reference('csat_standardisation');

describe.skipIf(!file.present)('standardisedRate (needs ../shared/reference)', () => {
	it('reference case direct standardised repeat rate (Fay-Feuer gamma CI)', () => {
		const { inputs, expected } = file.case<
			Record<'count' | 'pop' | 'stdpop', number[]>,
			Record<'crude.rate' | 'adj.rate' | 'lci' | 'uci', number>
		>('direct standardised repeat rate (Fay-Feuer gamma CI)');
		const found = standardisedRate(
			inputs.count.map((count, index) => ({
				count,
				population: inputs.pop[index] ?? NaN,
				standard: inputs.stdpop[index] ?? NaN
			}))
		);
		expect(
			distance(
				[
					found?.crude ?? null,
					found?.rate ?? null,
					found?.low ?? null,
					found?.high ?? null
				],
				[expected['crude.rate'], expected['adj.rate'], expected.lci, expected.uci]
			)
		).toBeLessThan(file.tolerance);
	});
});

describe('standardisedRate', () => {
	it('at its own mix it is the crude rate', () => {
		const found = standardisedRate([
			{ count: 3, population: 20, standard: 20 },
			{ count: 9, population: 30, standard: 30 }
		]);
		expect(found?.rate).toBeCloseTo(found?.crude ?? NaN, 12);
		expect(found?.rate).toBeCloseTo(0.24, 12);
	});

	it('of one topic it has the exact interval of a count', () => {
		const found = standardisedRate([{ count: 10, population: 1, standard: 1 }]);
		expect(found?.low).toBeCloseTo(4.7953887, 6);
		expect(found?.high).toBeCloseTo(18.3903561, 6);
	});

	it('without an event the rate is 0 and its upper end is not', () => {
		const found = standardisedRate([{ count: 0, population: 50, standard: 1 }]);
		expect(found).toMatchObject({ rate: 0, low: 0 });
		expect(found?.high).toBeCloseTo(-Math.log(0.025) / 50, 10);
	});

	it('a topic of the standard that nobody asked about makes it unknown', () => {
		expect(
			standardisedRate([
				{ count: 1, population: 9, standard: 1 },
				{ count: 0, population: 0, standard: 1 }
			])
		).toBeNull();
		expect(standardisedRate([])).toBeNull();
	});
});
