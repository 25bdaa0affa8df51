import { describe, expect, it } from 'vitest';
import { aalenJohansen, competingTable, type Cause } from '../../src/lib/analysis/aalenJohansen.ts';
import { kaplanMeier, lifeTable } from '../../src/lib/analysis/kaplanMeier.ts';
import { distance, reference } from './reference.ts';

const file = reference('kaplan_meier');
const causes = (codes: number[]) =>
	codes.map((code): Cause | null => (code === 0 ? null : code === 1 ? 'same' : 'other'));

describe.skipIf(!file.present)('aalenJohansen (needs ../shared/reference)', () => {
	it('reference case Aalen-Johansen same-topic vs other-topic', () => {
		const { inputs, expected } = file.case<
			{ time_days: number[]; cause: number[] },
			Record<'times' | 'cif_same' | 'cif_other' | 'se_same' | 'se_other', number[]>
		>('Aalen-Johansen same-topic vs other-topic');
		const table = competingTable(inputs.time_days, causes(inputs.cause));
		const found = expected.times.map((at) => aalenJohansen(table, at));
		const close = (actual: (number | null | undefined)[], wanted: number[]) =>
			expect(
				distance(
					actual.map((value) => value ?? null),
					wanted
				)
			).toBeLessThan(file.tolerance);
		close(
			found.map((one) => one?.same.rate),
			expected.cif_same
		);
		close(
			found.map((one) => one?.other.rate),
			expected.cif_other
		);
		close(
			found.map((one) => one?.same.se),
			expected.se_same
		);
		close(
			found.map((one) => one?.other.se),
			expected.se_other
		);
	});
});

describe('aalenJohansen', () => {
	const times = [1, 2, 2, 3, 4, 5, 5, 6, 8, 9];
	const ends = causes([1, 2, 0, 1, 0, 1, 2, 2, 0, 0]);

	it('same, other and not back add up to the whole, as Kaplan–Meier of any contact says', () => {
		const any = ends.map((cause) => cause !== null);
		for (const at of [1, 4, 7]) {
			const found = aalenJohansen(competingTable(times, ends), at);
			const curve = kaplanMeier(lifeTable(times, any), at);
			expect(found?.survival).toBeCloseTo(curve?.survival ?? NaN, 12);
			expect(found?.atRisk).toBe(curve?.atRisk);
		}
	});

	it('without another topic it is Kaplan–Meier, interval and all', () => {
		const events = [1, 1, 0, 1, 0, 1, 1, 0, 0, 0];
		const found = aalenJohansen(competingTable(times, causes(events)), 7);
		const curve = kaplanMeier(lifeTable(times, events), 7);
		for (const name of ['rate', 'se', 'low', 'high'] as const)
			expect(found?.same[name]).toBeCloseTo(curve?.[name] ?? NaN, 12);
		expect(found?.other).toEqual({ rate: 0, se: 0, low: null, high: null });
	});

	it('without censoring the rates are plain shares with their plain error', () => {
		const found = aalenJohansen(competingTable([1, 2, 3, 9], causes([1, 2, 1, 2])), 7);
		expect(found?.same.rate).toBeCloseTo(0.5, 12);
		expect(found?.same.se).toBeCloseTo(Math.sqrt(0.25 / 4), 12);
		expect(found?.other.se).toBeCloseTo(Math.sqrt(0.1875 / 4), 12);
	});

	it('when all came back on the same topic there is no error to state', () => {
		const times = [1, 2, 3, 4, 5, 6, 6.5];
		const found = aalenJohansen(competingTable(times, causes(times.map(() => 1))), 7);
		expect(found?.same).toMatchObject({ se: null, low: null, high: null });
		expect(found?.same.rate).toBeCloseTo(1, 12);
		expect(found?.atRisk).toBe(0);
	});

	it('nobody watched gives nothing', () => {
		expect(aalenJohansen(competingTable([], []), 7)).toBeNull();
	});
});
