import { describe, expect, it } from 'vitest';
import { wilson } from '../../src/lib/analysis/wilson.ts';
import { distance, reference } from './reference.ts';

const file = reference('wilson');
type Pair = [number, number];
type Expected = { wilson?: null; wilson_95?: Pair; wilson_80?: Pair };

describe.skipIf(!file.present)('wilson (needs ../shared/reference)', () => {
	it.each(file.cases)('reference case $id, at each level it states', ({ id }) => {
		const { inputs, expected } = file.case<{ x: number; n: number }, Expected>(id);
		if (expected.wilson === null) {
			expect(wilson(inputs.x, inputs.n)).toBeNull();
			return;
		}
		expect(expected.wilson_95).toBeDefined();
		for (const [level, pair] of [
			[0.95, expected.wilson_95],
			[0.8, expected.wilson_80]
		] as const) {
			if (!pair) continue;
			const interval = wilson(inputs.x, inputs.n, level);
			const ends = [interval?.low ?? null, interval?.high ?? null];
			expect(distance(ends, pair)).toBeLessThan(file.tolerance);
		}
	});
});

describe('wilson', () => {
	it('agrees with Newcombe (1998), Table I, method 3', () => {
		const printed: [number, number, number, number][] = [
			[81, 263, 0.2553, 0.3662],
			[15, 148, 0.0624, 0.1605],
			[0, 20, 0, 0.1611],
			[1, 29, 0.0061, 0.1718]
		];
		for (const [hits, n, low, high] of printed) {
			const interval = wilson(hits, n);
			expect(interval?.low).toBeCloseTo(low, 4);
			expect(interval?.high).toBeCloseTo(high, 4);
		}
	});

	it('nothing seen gives no interval', () => {
		expect(wilson(0, 0)).toBeNull();
	});

	it('never leaves 0–1', () => {
		for (const n of [1, 2, 7, 10, 1e6]) {
			expect(wilson(0, n)?.low).toBeGreaterThanOrEqual(0);
			expect(wilson(n, n)?.high).toBeLessThanOrEqual(1);
		}
	});
});
