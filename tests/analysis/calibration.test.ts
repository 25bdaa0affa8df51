import { describe, expect, it } from 'vitest';
import { calibration, calibrationBins, recalibrated } from '../../src/lib/analysis/calibration.ts';
import { distance, reference } from './reference.ts';
import type { ScoredHandoffs, ScoreExpected } from './scoreValidation.ts';

const file = reference('score_validation');

describe.skipIf(!file.present)('calibration (needs ../shared/reference)', () => {
	const sixty = () => file.case<ScoredHandoffs, ScoreExpected>('60 handoffs');

	it('reference case 60 handoffs: slope, intercept and calibration in the large', () => {
		const { inputs, expected } = sixty();
		const found = calibration(inputs.score, inputs.good);
		expect(
			distance(
				[found?.slope ?? null, found?.intercept ?? null, found?.inTheLarge ?? null],
				[
					expected.calibration_slope,
					expected.calibration_intercept_recalibrated,
					expected.calibration_in_the_large
				]
			)
		).toBeLessThan(file.tolerance);
	});

	it('reference case 60 handoffs: bins', () => {
		const { inputs, expected } = sixty();
		const bins = calibrationBins(inputs.score, inputs.good);
		expect(bins).toHaveLength(expected.bins.length);
		expect(
			distance(
				bins.flatMap(({ meanScore, rate, n }) => [meanScore, rate, n]),
				expected.bins.flatMap(({ mean_score, rate, n }) => [mean_score, rate, n])
			)
		).toBeLessThan(file.tolerance);
	});
});

describe('calibration', () => {
	/** Ten handoffs at each score, of which as many ended well as the chance says. */
	const rows = (chances: Record<number, number>) =>
		Object.entries(chances).flatMap(([score, good]) =>
			Array.from({ length: 10 }, (_, index) => ({
				score: Number(score),
				good: index < good ? 1 : 0
			}))
		);
	const of = (chances: Record<number, number>) => {
		const all = rows(chances);
		return calibration(
			all.map(({ score }) => score),
			all.map(({ good }) => good)
		);
	};

	it('scores that mean what they say have slope 1 and level 0', () => {
		const found = of({ 0.2: 2, 0.5: 5, 0.8: 8 });
		expect(found?.slope).toBeCloseTo(1, 9);
		expect(found?.intercept).toBeCloseTo(0, 9);
		expect(found?.inTheLarge).toBeCloseTo(0, 9);
		expect(found?.slopeLow).toBeLessThan(1);
		expect(found?.slopeHigh).toBeGreaterThan(1);
	});

	it('scores that say nothing have slope 0', () => {
		expect(of({ 0.2: 5, 0.8: 5 })?.slope).toBeCloseTo(0, 9);
	});

	it('scores that promise too much lie below', () => {
		expect(of({ 0.7: 4, 0.9: 6 })?.inTheLarge).toBeLessThan(0);
	});

	it('scores that are sure of everything still have a line', () => {
		const found = of({ 0.99: 2, 0.995: 3, 1: 4 });
		expect(found?.slope).toBeGreaterThan(0);
		expect(found?.inTheLarge).toBeLessThan(-5);
	});

	it('no finite line is no line', () => {
		expect(of({ 0.2: 10, 0.8: 10 })).toBeNull();
		expect(of({ 0.2: 0, 0.8: 10 })).toBeNull();
		expect(of({ 0.5: 4 })).toBeNull();
		expect(of({})).toBeNull();
	});
});

describe('calibrationBins', () => {
	it('every score from the first edge to the last falls in one bin', () => {
		const bins = calibrationBins([0, 0.25, 0.2500001, 0.5, 1], [0, 0, 1, 1, 1]);
		expect(bins.map(({ from, n }) => [from, n])).toEqual([
			[0, 2],
			[0.25, 2],
			[0.75, 1]
		]);
	});
});

describe('recalibrated', () => {
	it('is the score itself at slope 1 and level 0, and moves it on the log-odds', () => {
		expect(recalibrated({ slope: 1, intercept: 0 }, 0.3)).toBeCloseTo(0.3, 12);
		// Odds of 0.8 are 4: their root times e is 2e.
		const odds = 2 * Math.E;
		expect(recalibrated({ slope: 0.5, intercept: 1 }, 0.8)).toBeCloseTo(odds / (1 + odds), 12);
		expect(recalibrated({ slope: 1, intercept: 0 }, 1)).toBeCloseTo(0.995, 12);
	});

	it('gives, over the rows it was learned from, as many good ends as there were', () => {
		const scores = [0.1, 0.2, 0.2, 0.4, 0.5, 0.6, 0.7, 0.7, 0.9];
		const ends = [0, 0, 1, 0, 1, 0, 1, 1, 1];
		const line = calibration(scores, ends);
		const expected = scores.map((score) => (line ? recalibrated(line, score) : NaN));
		expect(expected.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(5, 8);
	});
});
