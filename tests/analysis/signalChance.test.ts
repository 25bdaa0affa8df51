import { randomLcg, randomNormal } from 'd3-random';
import { describe, expect, it } from 'vitest';
import { rangeFreedom, signalChance } from '../../src/lib/analysis/signalChance.ts';
import { xmr } from '../../src/lib/analysis/xmr.ts';

describe('the chance of a signal', () => {
	it('is the normal one when the baseline is long', () => {
		expect(signalChance(3, 1e6)).toBeCloseTo(0.0026998, 5);
		expect(signalChance(-3, 1e6)).toBeCloseTo(0.0026998, 5);
	});

	it('is the share of quiet weeks that are so far out by their own short baseline, or rather more', () => {
		const normal = randomNormal.source(randomLcg(0.3))(50, 4);
		const logs = 40_000;
		for (const size of [8, 12, 26]) {
			const beyond = [2, 3, 4.5].map((distance) => ({ distance, seen: 0 }));
			for (let log = 0; log < logs; log++) {
				const found = xmr(Array.from({ length: size }, normal));
				const distance =
					Math.abs(normal() - (found?.centre ?? NaN)) / (found?.sigma ?? NaN);
				for (const one of beyond) if (distance > one.distance) one.seen += 1;
			}
			for (const { distance, seen } of beyond) {
				const promised = signalChance(distance, size);
				expect(seen / logs / promised, `${distance} σ after ${size}`).toBeGreaterThan(0.6);
				expect(seen / logs / promised, `${distance} σ after ${size}`).toBeLessThan(1.15);
			}
		}
	});

	it('has fewer degrees of freedom than values, since ranges share them', () => {
		expect(rangeFreedom(12)).toBeGreaterThan(6);
		expect(rangeFreedom(12)).toBeLessThan(8);
		expect(rangeFreedom(26)).toBeGreaterThan(rangeFreedom(12));
	});
});
