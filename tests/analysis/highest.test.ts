import { expect, it } from 'vitest';
import { highest } from '../../src/lib/analysis/highest.ts';

it('highest finds the top of a hill, also at its ends', () => {
	expect(highest((x) => -((x - 0.3) ** 2), -4, 9)).toBeCloseTo(0.3, 5);
	expect(highest((x) => x, 0, 2)).toBeCloseTo(2, 5);
	expect(highest((x) => -x, 0, 2)).toBeCloseTo(0, 5);
});
