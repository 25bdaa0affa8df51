import { describe, expect, it } from 'vitest';
import { fisher, pooledZ, twoProportions } from '../../src/lib/analysis/twoProportions.ts';
import { distance, reference } from './reference.ts';

const file = reference('two_proportions');
type Expected = {
	diff: number;
	newcombe_95: [number, number];
	z_pooled: number | null;
	p_z_pooled: number;
	p_fisher: number;
	p_fisher_mid: number;
};

describe.skipIf(!file.present)('twoProportions (needs ../shared/reference)', () => {
	it.each(file.cases)('reference case $id: difference, z and both exact p-values', ({ id }) => {
		const { inputs, expected } = file.case<
			{ x1: number; n1: number; x2: number; n2: number },
			Expected
		>(id);
		const a = { hits: inputs.x1, n: inputs.n1 };
		const b = { hits: inputs.x2, n: inputs.n2 };
		const close = (actual: (number | null)[], wanted: (number | null)[]) =>
			expect(distance(actual, wanted)).toBeLessThan(file.tolerance);

		const { z, p } = pooledZ(a, b);
		close([z, p], [expected.z_pooled, expected.p_z_pooled]);
		const exact = fisher(a, b);
		close([exact.p, exact.midP], [expected.p_fisher, expected.p_fisher_mid]);

		const hits = a.hits + b.hits;
		const n = a.n + b.n;
		const cells = [a.n, b.n].flatMap((size) => [(size * hits) / n, (size * (n - hits)) / n]);
		const small = Math.min(...cells) < 5;
		const found = twoProportions(a, b);
		expect(found?.test).toBe(small ? 'fisher' : 'z');
		close(
			[found?.difference ?? null, found?.low ?? null, found?.high ?? null, found?.p ?? null],
			[
				expected.diff,
				...expected.newcombe_95,
				small ? expected.p_fisher_mid : expected.p_z_pooled
			]
		);
	});
});

describe('twoProportions', () => {
	it('a tea-tasting table has the exact p-value in print', () => {
		const guessed = fisher({ hits: 3, n: 4 }, { hits: 1, n: 4 });
		expect(guessed.p).toBeCloseTo(34 / 70, 12);
		expect(guessed.midP).toBeCloseTo(18 / 70, 12);
	});

	it('an expected cell of exactly 5 is enough for z', () => {
		expect(twoProportions({ hits: 5, n: 50 }, { hits: 5, n: 50 })?.test).toBe('z');
		expect(twoProportions({ hits: 5, n: 50 }, { hits: 4, n: 50 })?.test).toBe('fisher');
		expect(twoProportions({ hits: 45, n: 50 }, { hits: 46, n: 50 })?.test).toBe('fisher');
	});

	it('equal shares differ by chance', () => {
		expect(twoProportions({ hits: 20, n: 100 }, { hits: 40, n: 200 })?.p).toBeCloseTo(1, 12);
	});

	it('without a hit anywhere there is no z, and the interval still has a width', () => {
		expect(pooledZ({ hits: 0, n: 100 }, { hits: 0, n: 200 })).toEqual({ z: null, p: 1 });
		const found = twoProportions({ hits: 0, n: 100 }, { hits: 0, n: 200 });
		expect(found).toMatchObject({ difference: 0, p: 0.5, test: 'fisher' });
		expect(found?.low).toBeLessThan(0);
		expect(found?.high).toBeGreaterThan(0);
	});

	it('a rare hit among a million is compared exactly and at once', () => {
		const found = twoProportions({ hits: 3, n: 500_000 }, { hits: 0, n: 500_000 });
		expect(found?.p).toBeCloseTo(0.125, 5);
	});

	it('a group without rows cannot be compared', () => {
		expect(twoProportions({ hits: 0, n: 0 }, { hits: 1, n: 9 })).toBeNull();
	});
});
