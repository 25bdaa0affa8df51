import { describe, expect, it } from 'vitest';
import { fixVerification, type FixWeeks } from '../../src/lib/analysis/fixVerification.ts';
import { fixFile } from './fixReference.ts';
import { relativeDistance, tolerances } from './relative.ts';

describe.skipIf(!fixFile.present)('fixVerification (needs ../shared/reference)', () => {
	it('every case of the file is either a comparison or a series', () => {
		expect([...fixFile.comparisons, ...fixFile.series].sort()).toEqual([...fixFile.all].sort());
	});

	it.each(fixFile.comparisons)('reference case %s', (id) => {
		const { inputs, expected } = fixFile.comparison(id);
		const { counts, exposure, treated, first_post_week: firstAfter } = inputs;
		const found = fixVerification({ counts, exposure, fixed: treated, firstAfter });
		const { effect } = found;
		// Without the regression, which twoWayPoisson.test.ts compares.
		const { glm, ...numbers } = expected;
		expect(
			relativeDistance(
				{
					ratio_of_rate_ratios: effect?.ratio,
					log_rr: effect?.logRatio,
					se_log_poisson: effect?.sePoisson,
					dispersion_phi: found.dispersion,
					se_log_quasi: effect?.seQuasi,
					ci95_quasi: [effect?.low, effect?.high],
					placebo_log_effects: [
						effect?.logRatio,
						...found.placebos.map(({ logRatio }) => logRatio)
					],
					placebo_p_one_sided: found.placeboP,
					pretrend_slope: found.preTrend?.slope,
					pretrend_p: found.preTrend?.p,
					averted_in_post: effect?.averted.value
				},
				numbers
			)
		).toBeLessThan(tolerances<'relative'>('fix_verification').relative);
		expect(glm.df_resid).toBe(found.model?.freedom);
		expect(found).toMatchObject({ verdict: 'verified', missing: [] });
	});
});

/** Seven topics of steady counts that swing a little, each at its own time; the first is fixed. */
function weeks({
	before = 8,
	after = 8,
	topics = 7,
	rate = 20,
	ratio = 0.4
}: Partial<Record<'before' | 'after' | 'topics' | 'rate' | 'ratio', number>> = {}): FixWeeks {
	const swing = [0, 1, -1, 2, 0, -2, 1, -1];
	const counts = Array.from({ length: topics }, (_, topic) =>
		Array.from({ length: before + after }, (_, week) => {
			const steady = rate * (topic === 0 && week >= before ? ratio : 1);
			return Math.max(0, Math.round(steady + (swing[(week + topic * 3) % 8] ?? 0)));
		})
	);
	const exposure = counts.map((row) => row.map(() => 100));
	return { counts, exposure, fixed: 0, firstAfter: before };
}

describe('fixVerification', () => {
	it('verifies a fix that more than halves steady failures', () => {
		const found = fixVerification(weeks());
		expect(found).toMatchObject({ verdict: 'verified', missing: [], placeboP: 1 / 7 });
		expect(found.effect?.ratio).toBeCloseTo(0.4, 1);
		expect(found.conditions.map(({ name }) => name)).toEqual([
			'weeksBefore',
			'weeksAfter',
			'eventsBefore',
			'interval',
			'placebos',
			'strongest',
			'preTrend'
		]);
	});

	it.each([
		['weeksBefore', weeks({ before: 3 })],
		['weeksAfter', weeks({ after: 3 })],
		['eventsBefore', weeks({ rate: 3, ratio: 0 })],
		['interval', weeks({ ratio: 1 })],
		['placebos', weeks({ topics: 5 })]
	] as const)('is not proven where %s is missing, and says so', (name, given) => {
		const found = fixVerification(given);
		expect(found.verdict).toBe('not proven yet');
		expect(found.missing).toContain(name);
		expect(found.effect?.detectable).toBeLessThan(1);
	});

	it('is not proven where another topic fell as far by itself', () => {
		const given = weeks();
		const counts = given.counts.map((row, topic) =>
			topic === 4
				? row.map((count, week) => (week >= 8 ? Math.round(count / 4) : count))
				: row
		);
		expect(fixVerification({ ...given, counts }).missing).toEqual(['strongest']);
	});

	it('is not proven where the topic was falling before', () => {
		const given = weeks();
		const counts = given.counts.map((row, topic) =>
			topic === 0 ? row.map((_, week) => Math.round(60 * 0.85 ** week)) : row
		);
		expect(fixVerification({ ...given, counts }).missing).toContain('preTrend');
	});

	it('the week of the fix belongs to no side', () => {
		const given = weeks();
		const counts = given.counts.map((row) => [...row.slice(0, 8), 999, ...row.slice(8)]);
		const exposure = given.exposure.map((row) => [...row, 100]);
		const found = fixVerification({ ...given, counts, exposure, firstAfter: 9, leftOut: 1 });
		expect(found).toEqual(fixVerification(given));
	});

	it('tiny topics are no placebo while there are five large ones', () => {
		const given = weeks();
		const tiny = given.counts[0]?.map((_, week) => (week === 2 || week === 5 ? 2 : 0)) ?? [];
		const more = {
			...given,
			counts: [...given.counts, tiny],
			exposure: [...given.exposure, tiny.map(() => 100)]
		};
		expect(fixVerification(more).placebos.map(({ row }) => row)).toEqual([1, 2, 3, 4, 5, 6]);
		expect(fixVerification(more).verdict).toBe('verified');
		expect(fixVerification(more, { placeboEvents: 0, placeboShare: 0 }).missing).toEqual([
			'strongest'
		]);
		const few = fixVerification({
			...more,
			counts: more.counts.slice(3),
			exposure: more.exposure.slice(3)
		});
		expect(few.placebos.map(({ row }) => row)).toEqual([1, 2, 3, 4]);
	});

	it('topics of under a third of its failures are no placebo while there are five others', () => {
		const given = weeks({ rate: 120, ratio: 0.7 });
		// 36 failures a week, and half of them after: by chance it would be rare, for 120 a week more so.
		const row = (rate: number) =>
			given.counts[0]?.map((_, w) => (w < 8 ? rate : rate / 2)) ?? [];
		const beside = (rate: number) => ({
			...given,
			counts: [...given.counts, row(rate)],
			exposure: [...given.exposure, row(100).map(() => 100)]
		});
		expect(fixVerification(beside(36))).toMatchObject({ verdict: 'verified' });
		expect(fixVerification(beside(36), { placeboShare: 0.2 }).missing).toEqual(['strongest']);
		expect(fixVerification(beside(44)).missing).toEqual(['strongest']);
	});

	it('counts steadier than chance are taken as chance', () => {
		const found = fixVerification(weeks());
		expect(found.model?.dispersion).toBeLessThan(1);
		expect(found.dispersion).toBe(1);
	});

	it('a topic alone, or no week at all, is not proven and has no effect', () => {
		expect(fixVerification(weeks({ topics: 1 }))).toMatchObject({
			verdict: 'not proven yet',
			effect: null,
			placeboP: null,
			preTrend: null
		});
		const empty = fixVerification({ counts: [], exposure: [], fixed: 0, firstAfter: 0 });
		expect(empty).toMatchObject({ verdict: 'not proven yet', effect: null, placebos: [] });
	});
});
