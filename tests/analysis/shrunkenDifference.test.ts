import { describe, expect, it } from 'vitest';
import { shrinkDifferences } from '../../src/lib/analysis/shrunkenDifference.ts';

describe('shrinkDifferences', () => {
	it('with equal errors draws all towards none by the same share, worked out by hand', () => {
		// Σ d²/se² = (9 + 9 + 0)/1, less 3 groups, over Σ 1/se² = 3: spread 5, share 5/6.
		const found = shrinkDifferences([
			{ value: 3, se: 1 },
			{ value: -3, se: 1 },
			{ value: 0, se: 1 }
		]);
		expect(found.map(({ mean }) => mean)).toEqual(
			[2.5, -2.5, 0].map((x) => expect.closeTo(x, 12))
		);
		for (const { sd } of found) expect(sd).toBeCloseTo(Math.sqrt(5 / 6), 12);
	});

	it('draws an uncertain one further in than a certain one', () => {
		const [certain, uncertain] = shrinkDifferences([
			{ value: 0.3, se: 0.02 },
			{ value: 0.3, se: 0.2 },
			{ value: -0.3, se: 0.02 }
		]);
		expect(certain?.mean).toBeGreaterThan(uncertain?.mean ?? NaN);
	});

	it('believes in no difference where chance explains all of them', () => {
		expect(
			shrinkDifferences([
				{ value: 0.01, se: 0.1 },
				{ value: -0.01, se: 0.1 }
			])
		).toEqual([
			{ mean: 0, sd: 0 },
			{ mean: -0, sd: 0 }
		]);
		expect(shrinkDifferences([])).toEqual([]);
	});
});
