import { expect, it } from 'vitest';
import { effectiveTally } from '../../src/lib/analysis/effectiveTally.ts';
import { kaplanMeier, lifeTable, type Survival } from '../../src/lib/analysis/kaplanMeier.ts';

const survivalOf = (times: number[], events: boolean[]): Survival => {
	const found = kaplanMeier(lifeTable(times, events), 7);
	if (!found) throw new Error('nobody was watched');
	return found;
};

it('where all are watched to the end, the trials are just those watched', () => {
	const times = [1, 2, 2, 5, 9, 9, 9, 9, 9, 9, 9, 9];
	const events = times.map((time) => time < 7);
	const { hits, n } = effectiveTally(survivalOf(times, events), 12);
	expect(hits).toBeCloseTo(4, 10);
	expect(n).toBeCloseTo(12, 10);
});

it('who is lost from sight early counts for less than one, and for more than none', () => {
	// Ten are watched to the end, two of them come back on day 1; ten more are lost on day 2.
	const times = [1, 1, ...Array<number>(10).fill(2), ...Array<number>(8).fill(9)];
	const events = times.map((time) => time === 1);
	const late = [1, 5, ...Array<number>(10).fill(2), ...Array<number>(8).fill(9)];
	const came = late.map((time) => time === 1 || time === 5);
	expect(effectiveTally(survivalOf(times, events), 20).n).toBeCloseTo(20, 10);
	const { hits, n } = effectiveTally(survivalOf(late, came), 20);
	expect(n).toBeGreaterThan(9);
	expect(n).toBeLessThan(20);
	// 1 − 19/20 × 8/9 by hand.
	expect(hits / n).toBeCloseTo(1 - (19 / 20) * (8 / 9), 10);
});

it('nobody back says as much as those who are still watched, everybody back as much as all', () => {
	const none = survivalOf([3, 9, 9], [false, false, false]);
	expect(effectiveTally(none, 3)).toEqual({ hits: 0, n: 2 });
	const all = survivalOf([1, 2, 3], [true, true, true]);
	expect(effectiveTally(all, 3)).toEqual({ hits: 3, n: 3 });
});
