import { describe, expect, it } from 'vitest';
import { relapse } from '../../src/lib/analysis/relapse.ts';

describe('relapse', () => {
	// 160 where 100 are expected: 0.6 too many
	const before = { observed: 160, expected: 100 };

	it('is back above half of the old excess, and not at it', () => {
		expect(relapse(before, { observed: 66, expected: 50 })).toMatchObject({ isRelapsed: true });
		expect(relapse(before, { observed: 65, expected: 50 })?.isRelapsed).toBe(false);
		expect(relapse(before, { observed: 60, expected: 50 })?.returned).toBeCloseTo(1 / 3, 12);
	});

	it('twice the volume at the same share is no relapse', () => {
		const found = relapse(before, { observed: 110, expected: 100 });
		expect(found?.now.value).toBeCloseTo(0.1, 12);
		expect(found?.isRelapsed).toBe(false);
	});

	it('says how sure the excess of now is', () => {
		const now = relapse(before, { observed: 66, expected: 50 })?.now;
		expect(now?.low).toBeLessThan(0.1);
		expect(now?.high).toBeGreaterThan(0.6);
	});

	it('what was no excess, or expects nothing, cannot come back', () => {
		expect(relapse({ observed: 100, expected: 100 }, before)).toBeNull();
		expect(relapse(before, { observed: 3, expected: 0 })).toBeNull();
	});
});
