import { describe, expect, it } from 'vitest';
import { abandonmentHazard } from '../../src/lib/analysis/abandonmentHazard.ts';
import { lifeTable } from '../../src/lib/analysis/kaplanMeier.ts';
import { wilson } from '../../src/lib/analysis/wilson.ts';

const table = (gaveUp: number[], answered: number[]) =>
	lifeTable([...gaveUp, ...answered], [...gaveUp.map(() => true), ...answered.map(() => false)]);
const repeated = (count: number, value: number) => Array.from({ length: count }, () => value);

describe('abandonmentHazard', () => {
	it('without answers within a bin it is the plain share with its Wilson interval', () => {
		// 20 wait; 5 give up in the first minute, 6 of the other 15 in the second, 9 stay on.
		const waits = table(
			[...repeated(2, 0.3), ...repeated(3, 0.8), ...repeated(6, 1.5)],
			repeated(9, 9)
		);
		const [first, second] = abandonmentHazard(waits, [0, 1, 2]);
		expect(first).toMatchObject({ atRisk: 20, abandoned: 5, answered: 0 });
		expect(second).toMatchObject({ atRisk: 15, abandoned: 6, answered: 0 });
		expect(first?.hazard).toBeCloseTo(5 / 20, 12);
		expect(second?.hazard).toBeCloseTo(6 / 15, 12);
		for (const [bin, plain] of [
			[first, wilson(5, 20)],
			[second, wilson(6, 15)]
		] as const) {
			expect(bin?.interval?.low).toBeCloseTo(plain?.low ?? NaN, 12);
			expect(bin?.interval?.high).toBeCloseTo(plain?.high ?? NaN, 12);
		}
	});

	it('those who were answered count until then, and not as patient', () => {
		// 10 wait; one leaves at 1, four are answered at 2, one of the five left leaves at 3.
		const [bin] = abandonmentHazard(table([1, 3], [2, 2, 2, 2, 7, 7, 7, 7]), [0, 5]);
		expect(bin).toMatchObject({ atRisk: 10, abandoned: 2, answered: 4 });
		expect(bin?.hazard).toBeCloseTo(1 - (9 / 10) * (4 / 5), 12);
		// Greenwood: 0.72² · (1/(10·9) + 1/(5·4)); effective sample 0.28 · 0.72 over it.
		const sample = (0.28 * 0.72) / (0.72 ** 2 * (1 / 90 + 1 / 20));
		const wanted = wilson(0.28 * sample, sample);
		expect(bin?.interval?.low).toBeCloseTo(wanted?.low ?? NaN, 12);
		expect(bin?.interval?.high).toBeCloseTo(wanted?.high ?? NaN, 12);
		expect(bin?.hazard).toBeGreaterThan(2 / 10);
	});

	it('the hazards of the bins multiply to the share that gave up by then', () => {
		const waits = table([0.5, 1, 1.5, 2, 4, 4, 6], [0.2, 1, 1.7, 3, 3.5, 5, 8, 8]);
		const bins = abandonmentHazard(waits, [0, 1, 2, 5, Infinity]);
		let staying = 1;
		for (const bin of bins) {
			staying *= 1 - (bin.hazard ?? NaN);
			expect(bin.gaveUp?.rate).toBeCloseTo(1 - staying, 12);
		}
	});

	it('everyone leaves the table once: abandoned and answered add up to who waited', () => {
		const waits = table([0.5, 1, 1.5, 2, 4, 4, 6], [0.2, 1, 1.7, 3, 3.5, 5, 8, 8]);
		const bins = abandonmentHazard(waits, [0, 1, 2, 5, Infinity]);
		expect(bins.map(({ atRisk }) => atRisk)).toEqual([15, 13, 9, 4]);
		expect(bins.map(({ abandoned }) => abandoned)).toEqual([1, 2, 3, 1]);
		expect(bins.map(({ answered }) => answered)).toEqual([1, 2, 2, 3]);
	});

	it('a wait that ends on an edge is in the bin above it', () => {
		const bins = abandonmentHazard(table([2], [5, 5]), [0, 2, 4]);
		expect(bins.map(({ abandoned }) => abandoned)).toEqual([0, 1]);
		expect(bins[0]?.gaveUp?.rate ?? null).toBeNull();
	});

	it('where none gave up the interval is that of those who stayed through the bin', () => {
		const [bin] = abandonmentHazard(table([8], [1, 1, 9, 9]), [0, 5]);
		expect(bin).toMatchObject({ atRisk: 5, abandoned: 0, answered: 2, hazard: 0 });
		expect(bin?.interval).toEqual(wilson(0, 3));
	});

	it('where all gave up the interval is that of those who were not answered', () => {
		const [bin] = abandonmentHazard(table([3, 4], [1]), [0, 5]);
		expect(bin).toMatchObject({ hazard: 1, answered: 1, interval: wilson(2, 2) });
	});

	it('where all were answered nothing bounds the hazard; with nobody at risk there is none', () => {
		const bins = abandonmentHazard(table([], [1, 2]), [0, 5, 10]);
		expect(bins[0]).toMatchObject({ atRisk: 2, answered: 2, hazard: 0, interval: null });
		expect(bins[1]).toMatchObject({ atRisk: 0, hazard: null, interval: null });
		expect(abandonmentHazard(table([], []), [0, 5])[0]).toMatchObject({
			hazard: null,
			gaveUp: null
		});
	});
});
