import { describe, expect, it } from 'vitest';
import { discontinuity } from '../../src/lib/analysis/discontinuity.ts';
import { offPolicy } from '../../src/lib/analysis/offPolicy.ts';
import {
	thresholdSeen,
	thresholdWhatIf,
	type ConfidenceBin
} from '../../src/lib/analysis/thresholdWhatIf.ts';
import { reference } from './reference.ts';

const file = reference('threshold_whatif');
/** The file states its tolerance relative to each value. */
const relative = 1e-8;

function isNear(found: number | null | undefined, wanted: number) {
	expect(found).not.toBeNull();
	expect(Math.abs((found ?? NaN) - wanted)).toBeLessThanOrEqual(relative * Math.abs(wanted));
}

describe.skipIf(!file.present)('threshold what-if (needs ../shared/reference)', () => {
	it('reference case: sweep with bounds', () => {
		const { inputs, expected } = file.case<
			Record<string, number[]> & { logged_threshold: number },
			Record<string, number>[]
		>('sweep with bounds');
		const at = (name: string, index: number) => inputs[name]?.[index] ?? NaN;
		const bins = (inputs['n'] ?? []).map((n, index): ConfidenceBin => ({
			from: at('edges', index),
			to: at('edges', index + 1),
			n,
			handed: at('handed', index),
			ai: { hits: at('resolved_ai', index), n: at('seen_ai', index) },
			human: { hits: at('resolved_human', index), n: at('seen_human', index) }
		}));
		expect(expected).toHaveLength(6);
		for (const wanted of expected) {
			const found = thresholdWhatIf(
				bins,
				inputs.logged_threshold,
				wanted['threshold'] ?? NaN
			);
			expect(found.handoffs).toBe(wanted['handoffs']);
			isNear(found.handoffRate, wanted['handoff_rate'] ?? NaN);
			isNear(found.lower, wanted['resolution_lower'] ?? NaN);
			isNear(found.upper, wanted['resolution_upper'] ?? NaN);
			isNear(found.shareIdentified, wanted['share_identified'] ?? NaN);
		}
	});

	it('reference case: the jump at the current threshold', () => {
		type Inputs = {
			confidence: number[];
			handed_off: number[];
			resolved: number[];
			threshold: number;
		};
		type Wanted = {
			bandwidth: number;
			effect_handoff_at_threshold: number;
			se: number;
			n: number;
			ci95: [number, number];
		};
		const { inputs, expected } = file.case<Inputs, Wanted[]>('RD at the current threshold');
		const rows = inputs.confidence.map((x, index) => ({ x, y: inputs.resolved[index] ?? NaN }));
		expect(expected).toHaveLength(2);
		for (const wanted of expected) {
			const found = discontinuity(rows, inputs.threshold, wanted.bandwidth);
			expect(found?.n).toBe(wanted.n);
			isNear(found?.effect, wanted.effect_handoff_at_threshold);
			isNear(found?.se, wanted.se);
			isNear(found?.low, wanted.ci95[0]);
			isNear(found?.high, wanted.ci95[1]);
		}
	});

	it('reference case: logged propensities', () => {
		const { inputs, expected } = file.case<Record<string, number[]>, Record<string, number>[]>(
			'IPS/SNIPS with logged propensities (epsilon=.1)'
		);
		const at = (name: string, index: number) => inputs[name]?.[index] ?? NaN;
		const decisions = (inputs['confidence'] ?? []).map((confidence, index) => ({
			confidence,
			isHanded: at('handed_off', index) === 1,
			propensity: at('propensity', index),
			reward: at('reward', index)
		}));
		expect(expected).toHaveLength(5);
		for (const wanted of expected) {
			const found = offPolicy(decisions, wanted['threshold'] ?? NaN);
			isNear(found.ips, wanted['ips'] ?? NaN);
			isNear(found.snips, wanted['snips'] ?? NaN);
			isNear(found.ess, wanted['ess'] ?? NaN);
			expect(found.matched).toBe(wanted['matched']);
		}
	});
});

/** Ten below 0.5, all handed over; ten above, two of them handed over for other reasons. */
const bins: ConfidenceBin[] = [
	{ from: 0, to: 0.5, n: 10, handed: 10, ai: { hits: 0, n: 0 }, human: { hits: 6, n: 10 } },
	{ from: 0.5, to: 1, n: 10, handed: 2, ai: { hits: 7, n: 8 }, human: { hits: 1, n: 2 } }
];

describe('threshold what-if', () => {
	it('at the threshold in force it is what was logged', () => {
		expect(thresholdWhatIf(bins, 0.5, 0.5)).toEqual({
			threshold: 0.5,
			handoffs: 12,
			handoffRate: 0.6,
			lower: 0.7,
			upper: 0.7,
			shareIdentified: 1
		});
	});

	it('raised, the handoffs that were not made are unknown; lowered, the answers that were not', () => {
		// 6 + 1 resolved of 12 handed over; 8 more would be, and nobody knows how they would end.
		expect(thresholdWhatIf(bins, 0.5, 1)).toMatchObject({
			handoffs: 20,
			lower: 7 / 20,
			upper: 15 / 20,
			shareIdentified: 12 / 20
		});
		expect(thresholdWhatIf(bins, 0.5, 0)).toMatchObject({
			handoffs: 2,
			lower: 8 / 20,
			upper: 18 / 20,
			shareIdentified: 10 / 20
		});
	});

	it('ends that were not logged widen the band of every threshold', () => {
		const silent = bins.map((bin) => ({
			...bin,
			human: { hits: bin.human.hits, n: bin.human.hits }
		}));
		expect(thresholdWhatIf(silent, 0.5, 0.5)).toMatchObject({
			lower: 0.7,
			upper: 19 / 20,
			shareIdentified: 15 / 20
		});
	});

	it('handoffs by other rules stay, whatever the threshold', () => {
		const others = { n: 5, human: { hits: 2, n: 4 } };
		expect(thresholdWhatIf(bins, 0.5, 0, others)).toMatchObject({
			handoffs: 7,
			lower: 10 / 25,
			upper: 21 / 25
		});
	});

	it('more handoffs the higher the threshold, and the band holds what is known', () => {
		const fine = Array.from({ length: 20 }, (_, at): ConfidenceBin => {
			const from = at / 20;
			const handed = at < 10 ? 30 : at % 4;
			return {
				from,
				to: (at + 1) / 20,
				n: 30,
				handed,
				ai: { hits: Math.floor((30 - handed) * 0.8), n: 30 - handed },
				human: { hits: Math.floor(handed * 0.7), n: handed }
			};
		});
		const found = fine.map(({ from }) => thresholdWhatIf(fine, 0.5, from));
		for (const [index, one] of found.entries()) {
			const before = found[index - 1];
			if (before) expect(one.handoffs).toBeGreaterThanOrEqual(before.handoffs);
			expect((one.upper ?? 0) - (one.lower ?? 0)).toBeCloseTo(
				1 - (one.shareIdentified ?? 0),
				12
			);
		}
	});

	it('without decisions nothing is said, and a threshold within a bin is refused', () => {
		expect(thresholdWhatIf([], 0.5, 0.6)).toEqual({
			threshold: 0.6,
			handoffs: 0,
			handoffRate: null,
			lower: null,
			upper: null,
			shareIdentified: null
		});
		expect(() => thresholdWhatIf(bins, 0.5, 0.6)).toThrow(RangeError);
	});
});

describe('threshold seen', () => {
	it('finds the edge between what was handed over and what was kept', () => {
		const counts = [
			{ confidence: 0.3, kept: 0, handed: 5 },
			{ confidence: 0.49, kept: 1, handed: 20 },
			{ confidence: 0.5, kept: 30, handed: 0 },
			{ confidence: 0.9, kept: 43, handed: 1 }
		];
		expect(thresholdSeen(counts)).toEqual({ threshold: 0.5, agree: 1 - 2 / 100 });
	});

	it('takes the middle of a gap, and says nothing where one side was never taken', () => {
		const counts = [
			{ confidence: 0.3, kept: 0, handed: 5 },
			{ confidence: 0.7, kept: 5, handed: 0 }
		];
		// Any edge from 0.31 to 0.70 fits.
		expect(thresholdSeen(counts)).toEqual({ threshold: 0.51, agree: 1 });
		expect(thresholdSeen([{ confidence: 0.3, kept: 0, handed: 5 }])).toBeNull();
		expect(thresholdSeen([])).toBeNull();
	});
});

describe('discontinuity', () => {
	it('two straight lines with a step between them give the step, and counted rows are as good as single ones', () => {
		const wiggle = [0.02, -0.01, -0.02, 0.01];
		const rows = Array.from({ length: 40 }, (_, at) => {
			const x = (at + 0.5) / 40;
			return { x, y: 0.2 + 0.3 * x + (x < 0.5 ? 0.25 : 0) + (wiggle[at % 4] ?? 0) };
		});
		const found = discontinuity(rows, 0.5, 0.5);
		expect(found?.effect).toBeCloseTo(0.25, 1);
		expect(found?.low).toBeLessThan(0.25);
		expect(found?.high).toBeGreaterThan(0.25);
		const doubled = discontinuity([...rows, ...rows], 0.5, 0.5);
		const counted = discontinuity(
			rows.map((row) => ({ ...row, n: 2 })),
			0.5,
			0.5
		);
		expect(counted?.effect).toBeCloseTo(doubled?.effect ?? NaN, 12);
		expect(counted?.se).toBeCloseTo(doubled?.se ?? NaN, 12);
	});

	it('one side alone, or one value of x on a side, says nothing', () => {
		const side = [0.1, 0.2, 0.3, 0.4].map((x, at) => ({ x, y: at % 2 }));
		expect(discontinuity(side, 0.5, 0.5)).toBeNull();
		const flat = [0.6, 0.6, 0.6].map((x, at) => ({ x, y: at % 2 }));
		expect(discontinuity([...side, ...flat], 0.5, 0.5)).toBeNull();
	});
});

describe('off-policy', () => {
	it('without a decision that agrees nothing is said by weights', () => {
		const one = { confidence: 0.3, isHanded: true, propensity: 0.9, reward: 1 };
		expect(offPolicy([one], 0.2)).toEqual({ ips: 0, snips: null, ess: 0, matched: 0 });
		expect(offPolicy([], 0.2)).toEqual({ ips: null, snips: null, ess: 0, matched: 0 });
	});
});
