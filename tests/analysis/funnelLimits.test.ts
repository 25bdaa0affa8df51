import { describe, expect, it } from 'vitest';
import { funnelLimits, overdispersion } from '../../src/lib/analysis/funnelLimits.ts';
import { distance, reference } from './reference.ts';

const file = reference('funnel_limits');
const width = (interval: { low: number; high: number } | null) =>
	(interval?.high ?? Number.NaN) - (interval?.low ?? Number.NaN);

describe.skipIf(!file.present)('funnelLimits (needs ../shared/reference)', () => {
	const sizes = file.cases.filter(({ id }) => id.startsWith('n='));

	it('the file has limits for five sizes', () => {
		expect(sizes).toHaveLength(5);
	});

	it.each(sizes)('reference case $id: limits of 95 % and 99.8 %', ({ id }) => {
		const { inputs, expected } = file.case<
			{ target: number; n: number },
			{ lo95: number; hi95: number; lo998: number; hi998: number }
		>(id);
		const inner = funnelLimits(inputs.target, inputs.n);
		const outer = funnelLimits(inputs.target, inputs.n, { level: 0.998 });
		expect(
			distance(
				[inner?.low, inner?.high, outer?.low, outer?.high].map((end) => end ?? null),
				[expected.lo95, expected.hi95, expected.lo998, expected.hi998]
			)
		).toBeLessThan(file.tolerance);
	});

	it('reference case overdispersion factor (winsorised 10%)', () => {
		const { inputs, expected } = file.case<
			{ x: number[]; n: number[] },
			{ z: number[]; phi: number }
		>('overdispersion factor (winsorised 10%)');
		const found = overdispersion(
			inputs.x.map((hits, index) => ({ hits, n: inputs.n[index] ?? 0 }))
		);
		expect(distance(found?.z ?? [], expected.z)).toBeLessThan(file.tolerance);
		expect(distance([found?.phi ?? null], [expected.phi])).toBeLessThan(file.tolerance);
	});
});

describe('funnelLimits', () => {
	it('narrow as groups grow, on both sides of the target', () => {
		const limits = [10, 100, 1000, 10_000, 1_000_000].map((n) => funnelLimits(0.3, n));
		for (const [index, limit] of limits.entries()) {
			expect(limit?.low).toBeLessThan(0.3);
			expect(limit?.high).toBeGreaterThan(0.3);
			if (index > 0) expect(width(limit)).toBeLessThan(width(limits[index - 1] ?? null));
		}
		const normal = 1.959964 * Math.sqrt((0.3 * 0.7) / 1_000_000);
		expect(limits.at(-1)?.high).toBeCloseTo(0.3 + normal, 6);
	});

	it('overdispersion stretches them by its root; under 1 it changes nothing', () => {
		const plain = funnelLimits(0.3, 400);
		expect(width(funnelLimits(0.3, 400, { overdispersion: 4 }))).toBeCloseTo(
			2 * width(plain),
			12
		);
		expect(funnelLimits(0.3, 400, { overdispersion: 0.5 })).toEqual(plain);
	});

	it('a target at the end of the scale leaves no room for chance', () => {
		expect(funnelLimits(0, 20)).toEqual({ low: 0, high: 0 });
		expect(funnelLimits(1, 20)).toEqual({ low: 1, high: 1 });
	});

	it('nothing seen gives no limits', () => {
		expect(funnelLimits(0.2, 0)).toBeNull();
	});
});

describe('overdispersion', () => {
	it('groups that are all alike have none', () => {
		const found = overdispersion([1, 2, 3].map((size) => ({ hits: size, n: 10 * size })));
		expect(found?.phi).toBeCloseTo(0, 12);
	});

	it('leaves out groups without rows, and cannot be told where all are hits or none', () => {
		const two = [
			{ hits: 1, n: 10 },
			{ hits: 5, n: 10 }
		];
		expect(overdispersion([...two, { hits: 0, n: 0 }])).toEqual(overdispersion(two));
		expect(overdispersion([{ hits: 0, n: 9 }])).toBeNull();
		expect(overdispersion([{ hits: 9, n: 9 }])).toBeNull();
		expect(overdispersion([])).toBeNull();
	});
});
