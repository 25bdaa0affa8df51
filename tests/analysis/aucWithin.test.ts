import { describe, expect, it } from 'vitest';
import { auc } from '../../src/lib/analysis/auc.ts';
import { aucWithin } from '../../src/lib/analysis/aucWithin.ts';

const one = { scores: [1, 2, 3, 4, 5, 6], ends: [0, 0, 1, 0, 1, 1] };
const other = { scores: [11, 12, 13, 14], ends: [1, 0, 0, 1] };

/** Share of pairs won, counted one by one. */
function won({ scores, ends }: typeof one): { pairs: number; share: number } {
	let pairs = 0;
	let wins = 0;
	for (const [i, good] of ends.entries())
		for (const [j, bad] of ends.entries()) {
			if (!good || bad) continue;
			pairs++;
			const [a, b] = [scores[i] ?? 0, scores[j] ?? 0];
			wins += a > b ? 1 : a === b ? 0.5 : 0;
		}
	return { pairs, share: wins / pairs };
}

describe('aucWithin', () => {
	it('of one stratum is the plain area with its interval', () => {
		const found = aucWithin([one], { least: 1 });
		const plain = auc(one.scores, one.ends);
		expect(found).toEqual({ ...plain, strata: 1 });
	});

	it('compares only within strata, each pair alike', () => {
		const [a, b] = [won(one), won(other)];
		const found = aucWithin([one, other], { least: 1 });
		expect(found?.auc).toBeCloseTo(
			(a.pairs * a.share + b.pairs * b.share) / (a.pairs + b.pairs),
			12
		);
		expect(found).toMatchObject({ good: 5, bad: 5, strata: 2 });
		const [ofA, ofB] = [
			auc(one.scores, one.ends)?.se ?? 0,
			auc(other.scores, other.ends)?.se ?? 0
		];
		expect(found?.se).toBeCloseTo(
			Math.hypot(a.pairs * ofA, b.pairs * ofB) / (a.pairs + b.pairs),
			12
		);
	});

	it('is a half where only the strata differ, although the plain area is not', () => {
		const low = { scores: [1, 1, 1, 1], ends: [0, 0, 0, 1] };
		const high = { scores: [9, 9, 9, 9], ends: [1, 1, 1, 0] };
		expect(auc([...low.scores, ...high.scores], [...low.ends, ...high.ends])?.auc).toBe(0.75);
		expect(aucWithin([low, high], { least: 1 })).toMatchObject({
			auc: 0.5,
			se: null,
			low: null
		});
	});

	it('leaves out strata with too few of either end', () => {
		expect(aucWithin([one, other])).toBeNull();
		expect(aucWithin([one, other], { least: 3 })).toMatchObject({ strata: 1, good: 3, bad: 3 });
	});
});
