import { describe, expect, it } from 'vitest';
import { chance } from '../../bench/chance.ts';
import { againstPast } from '../../src/lib/analysis/againstPast.ts';
import { excessPoisson } from '../../src/lib/analysis/excessPoisson.ts';

/** Weeks, or conversations, that the past is out of, and the time looked at. */
const [outBefore, out] = [20, 10];
const against = (observed: number, counted: number) => {
	const past = counted + 0.5;
	return { observed, past, expected: (past * out) / outBefore };
};

describe('a count against an earlier one', () => {
	it.each([
		{ mean: 4, ratio: 6, dispersion: 1 },
		{ mean: 4, ratio: 2, dispersion: 1 },
		{ mean: 30, ratio: 1, dispersion: 1 },
		{ mean: 30, ratio: 3, dispersion: 1 },
		{ mean: 30, ratio: 3, dispersion: 2 },
		{ mean: 120, ratio: 1.5, dispersion: 2 }
	])(
		'its intervals hold the true ratio and excess in 95 of 100 draws ($mean before, ratio $ratio, dispersion $dispersion)',
		({ mean, ratio, dispersion }) => {
			const draw = chance(0.3);
			const rounds = 1500;
			const truth = (ratio * mean * out) / outBefore;
			const held = { ratio: 0, excess: 0 };
			for (let round = 0; round < rounds; round++) {
				const counts = against(draw(truth, dispersion), draw(mean, dispersion));
				const found = againstPast(counts, { dispersion });
				const excess = truth - (mean * out) / outBefore;
				if (found.ratio.low <= ratio && ratio <= found.ratio.high) held.ratio++;
				if (found.excess.low <= excess && excess <= found.excess.high) held.excess++;
			}
			for (const share of [held.ratio / rounds, held.excess / rounds]) {
				expect(share).toBeGreaterThan(0.93);
				expect(share).toBeLessThan(0.985);
			}
		}
	);

	it('is as likely, at an unchanged rate, as a Poisson of a gamma drawn at random', () => {
		const counts = against(12, 9);
		const { dispersion } = againstPast(counts);
		const draw = chance(0.7);
		// NB1 of the past's own gamma: its variance over mean is 1 + expected / past.
		const rounds = 40_000;
		let asMany = 0;
		for (let round = 0; round < rounds; round++) {
			const seen = draw(counts.expected, 1 + out / outBefore);
			asMany += seen > 12 ? 1 : seen === 12 ? 0.5 : 0;
		}
		expect(dispersion).toBeCloseTo(1.5, 12);
		const judged = excessPoisson([counts, { observed: 20, expected: 20 }]).topics[0];
		expect(judged?.p).toBeCloseTo(asMany / rounds, 2);
	});

	it('is the plain excess where the past is as good as known', () => {
		const known = { observed: 60, expected: 30 };
		const others = Array.from({ length: 6 }, (_, at) => ({ observed: 27 + at, expected: 30 }));
		const [plain] = excessPoisson([known, ...others]).topics;
		const [counted] = excessPoisson([{ ...known, past: 1e9 }, ...others]).topics;
		expect(counted?.p).toBeCloseTo(plain?.p ?? NaN, 6);
		expect(counted?.excess.low).toBeCloseTo(plain?.excess.low ?? NaN, 2);
		expect(counted?.shrunken.q05).toBeCloseTo(plain?.shrunken.q05 ?? NaN, 6);
		const [few] = excessPoisson([{ ...known, past: 20 }, ...others]).topics;
		expect(few?.p).toBeGreaterThan(plain?.p ?? 1);
		expect(few?.excess.low).toBeLessThan(plain?.excess.low ?? 0);
		expect(few?.ratio?.exact.low).toBeLessThan(plain?.ratio?.exact.low ?? 0);
		expect(few?.shrunken.q05).toBeLessThan(plain?.shrunken.q05 ?? 0);
	});
});
