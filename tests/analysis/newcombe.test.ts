import { describe, expect, it } from 'vitest';
import { newcombe } from '../../src/lib/analysis/newcombe.ts';
import { distance, reference } from './reference.ts';

const file = reference('two_proportions');

describe.skipIf(!file.present)('newcombe (needs ../shared/reference)', () => {
	it('the file has its ten cases', () => {
		expect(file.cases).toHaveLength(10);
	});

	it.each(file.cases)('reference case $id', ({ id }) => {
		const { inputs, expected } = file.case<
			{ x1: number; n1: number; x2: number; n2: number },
			{ newcombe_95: [number, number] }
		>(id);
		const interval = newcombe(
			{ hits: inputs.x1, n: inputs.n1 },
			{ hits: inputs.x2, n: inputs.n2 }
		);
		const ends = [interval?.low ?? null, interval?.high ?? null];
		expect(distance(ends, expected.newcombe_95)).toBeLessThan(file.tolerance);
	});
});

describe('newcombe', () => {
	it('agrees with Newcombe (1998), Table II, method 10', () => {
		const printed: [number, number, number, number, number, number][] = [
			[56, 70, 48, 80, 0.0524, 0.3339],
			[9, 10, 3, 10, 0.1705, 0.809],
			[5, 56, 0, 29, -0.0381, 0.1926],
			[10, 10, 0, 10, 0.6075, 1]
		];
		for (const [x1, n1, x2, n2, low, high] of printed) {
			const interval = newcombe({ hits: x1, n: n1 }, { hits: x2, n: n2 });
			expect(interval?.low).toBeCloseTo(low, 4);
			expect(interval?.high).toBeCloseTo(high, 4);
		}
	});

	it('the other way round is the same with the other sign', () => {
		const there = newcombe({ hits: 3, n: 12 }, { hits: 5, n: 14 });
		const back = newcombe({ hits: 5, n: 14 }, { hits: 3, n: 12 });
		expect(back?.low).toBeCloseTo(-(there?.high ?? 0), 12);
		expect(back?.high).toBeCloseTo(-(there?.low ?? 0), 12);
	});

	it('a group without rows gives no interval', () => {
		expect(newcombe({ hits: 0, n: 0 }, { hits: 1, n: 9 })).toBeNull();
		expect(newcombe({ hits: 1, n: 9 }, { hits: 0, n: 0 })).toBeNull();
	});
});
