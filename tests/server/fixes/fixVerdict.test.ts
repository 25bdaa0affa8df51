import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/lib/dates.ts';
import type { Fix } from '../../../src/lib/fix.ts';
import {
	conditionWords,
	detectableWords,
	fixVerdictWords,
	movedWords
} from '../../../src/lib/fixWords.ts';
import {
	judgeFix,
	spanOf,
	type FixCounts,
	type Neighbours
} from '../../../src/lib/server/fixes/fixVerdict.ts';

const monday = '2026-01-05';
const weeksOf = (count: number) =>
	Array.from({ length: count }, (_, at) => addDays(monday, 7 * at));
const alone: Neighbours = { before: null, after: null, sameWeek: 0 };
const fix: Fix = {
	fix_id: 1,
	what: 'Article',
	who: null,
	done_on: '2026-03-18',
	link: null,
	topic: 'Refunds',
	phrase_group: null,
	recorded_at: '',
	ended_at: null
};
/** Week ten, counted from none. */
const week = addDays(monday, 70);

/** Six topics of 40 failures a week, a little apart, so that counts scatter as chance has them. */
const wave = [0, 5, -6, 3, -4, 6, -2, -5, 4, 1, -3];
const others = Array.from({ length: 6 }, (_, row) => `other ${row}`);

/** The fixed topic as given, out of 400 conversations a week like all others. */
function countsOf(own: number[]): FixCounts {
	const row = (key: string, counts: number[]) => ({
		key,
		counts,
		exposure: counts.map(() => 400),
		expected: counts.map(() => 20)
	});
	return {
		weeks: weeksOf(own.length),
		own: row('Refunds', own),
		others: others.map((key, at) =>
			row(
				key,
				own.map((_, w) => 40 + (wave[(w * 3 + at * 5) % wave.length] ?? 0))
			)
		),
		exposure: 'conversations'
	};
}
const steady = (count: number, level: number) =>
	Array.from({ length: count }, (_, w) => level + ((w * 7) % 5) - 2);
const judge = (own: number[], neighbours = alone) => judgeFix(fix, week, countsOf(own), neighbours);

describe('the verdict on a fix', () => {
	it('is verified where failures halve and stay there, and keeps its week out', () => {
		const own = [...steady(10, 40), 999, ...steady(8, 20)];
		const judged = judge(own);
		expect(judged.status).toBe('verified');
		expect(judged.weeks).toEqual({ before: 10, after: 8, since: 8 });
		const sum = (part: number[]) => part.reduce((all, one) => all + one, 0);
		const before = sum(own.slice(0, 10));
		const after = sum(own.slice(11));
		expect(judged.failures).toEqual({ before, after });
		// By hand: rates are of the same exposure, so a ratio of rates is one of weekly means.
		const theirs = countsOf(own).others.map(({ counts }) => [
			sum(counts.slice(0, 10)),
			sum(counts.slice(11))
		]);
		const [theirsBefore, theirsAfter] = [0, 1].map((side) =>
			sum(theirs.map((pair) => pair[side] ?? 0))
		);
		const ratio = after / before / ((theirsAfter ?? 0) / (theirsBefore ?? 1));
		expect(judged.effect?.ratio).toBeCloseTo(ratio, 10);
		expect(judged.averted?.value).toBeCloseTo(after / ratio - after, 8);
		expect(fixVerdictWords(judged)).toMatch(
			/^Verified: against 6 other topics, failures of the topic fell by/
		);
	});

	it('says how many topics it is held against, and counts what has none as none', () => {
		const counts = countsOf([...steady(10, 40), 30, ...steady(8, 20)]);
		const renamed = counts.others.map((row, at) => (at === 0 ? { ...row, key: '' } : row));
		const judged = judgeFix(fix, week, { ...counts, others: renamed }, alone);
		expect(judged.others).toBe(5);
		expect(fixVerdictWords(judged)).toMatch(
			/^Verified: against 5 other topics and failures without a topic, failures of the topic fell/
		);
		expect(judged.effect).toEqual(judgeFix(fix, week, counts, alone).effect);
	});

	it('is not held against a topic that rises when it is made, and says so', () => {
		const own = [...steady(10, 40), 30, ...steady(8, 40)];
		const counts = countsOf(own);
		const risen = counts.others.map((row, at) => ({
			...row,
			counts: row.counts.map((count, w) => (at === 2 && w > 10 ? count * 2.5 : count))
		}));
		const judged = judgeFix(fix, week, { ...counts, others: risen }, alone);
		// The same as if the log had no such topic, but that it is still a placebo.
		const without = { ...counts, others: risen.filter((_, at) => at !== 2) };
		expect(judged.effect).toEqual(judgeFix(fix, week, without, alone).effect);
		expect(judged).toMatchObject({ status: 'not proven yet', others: 5, placebos: 6 });
		expect(judged.moved.map(({ key }) => key)).toEqual(['other 2']);
		expect(movedWords(judged.moved)).toMatch(
			/^Not held against other 2 \(\+1[45]\d %\), whose failures moved apart/
		);
		expect(movedWords(judge(own).moved)).toBeNull();
	});

	it('is relapsed where the last four weeks are back, and not where half of the excess is', () => {
		const mended = [...steady(10, 40), 30, ...steady(8, 22)];
		// Twice what is expected before: an excess of one; half of it is 30 a week.
		const back = judge([...mended, ...steady(4, 40)]);
		expect(back.status).toBe('relapsed');
		// Eight weeks of few failures verified it; those in which it is back say no more of that.
		expect(back.weeks).toEqual({ before: 10, after: 8, since: 12 });
		expect(back.conditions.every(({ isMet }) => isMet)).toBe(true);
		expect(back.back?.since).toBe(addDays(monday, 7 * (10 + 1 + 8)));
		const still = judge([...mended, ...steady(4, 28)]);
		expect(still.status).toBe('verified');
		const last = steady(4, 28).reduce((all, one) => all + one, 0) / 80 - 1;
		const old = steady(10, 40).reduce((all, one) => all + one, 0) / 200 - 1;
		expect(still.back).toMatchObject({ of: 'excess', isBack: false });
		expect(still.back?.share).toBeCloseTo(last / old, 10);
	});

	it('is of the fall where nothing was in excess before', () => {
		const counts = countsOf([...steady(10, 40), 30, ...steady(8, 20), ...steady(4, 39)]);
		const quiet = { ...counts, own: { ...counts.own, expected: null } };
		const judged = judgeFix(fix, week, quiet, alone);
		expect(judged.status).toBe('relapsed');
		expect(judged.back?.of).toBe('fall');
	});

	it('is too early under four full weeks, and says how many more it needs', () => {
		const judged = judge([...steady(10, 40), 30, ...steady(3, 20)]);
		expect(judged.status).toBe('too early');
		expect(fixVerdictWords(judged)).toBe('Too early: 3 full weeks since, 1 more needed.');
		expect(fixVerdictWords(judge(steady(11, 40)))).toContain(
			'no full week since, 4 more needed'
		);
	});

	it('is not proven yet where nothing changes, with what would have been seen', () => {
		const judged = judge([...steady(10, 40), 40, ...steady(8, 40)]);
		expect(judged.status).toBe('not proven yet');
		const fall = Math.round(100 * (1 - (judged.effect?.detectable ?? 1)));
		expect(fall).toBeGreaterThan(5);
		expect(detectableWords(judged)).toBe(`A fall by ${fall} % or more would have shown.`);
		expect(fixVerdictWords(judged)).toContain(detectableWords(judged));
	});

	it('says only that no week is before it where the log has none, and nothing against it', () => {
		const early = { ...fix, done_on: '1900-01-01' };
		const judged = judgeFix(early, '1900-01-01', countsOf(steady(20, 40)), alone);
		expect(judged.weeks.before).toBe(0);
		expect(fixVerdictWords(judged)).toBe('Not proven yet: the log has no full week before it.');
		const said = judged.conditions.map(({ name }) => conditionWords[name](judged)).join('\n');
		expect(said).not.toMatch(/did as well|already moving|^0 /m);
	});

	it('stands once 13 weeks are over, whatever comes after', () => {
		const own = [...steady(10, 40), 30, ...steady(13, 20)];
		const later = [...own, ...steady(5, 24)];
		expect(judge(later).effect).toEqual(judge(own).effect);
		expect(judge(later).weeks).toEqual({ before: 10, after: 13, since: 18 });
		expect(judge(later).averted?.value).toBeGreaterThan(judge(own).averted?.value ?? Infinity);
	});
});

describe('the weeks of a fix', () => {
	const weeks = weeksOf(60);
	const at = (place: number) => addDays(monday, 7 * place);
	it('are 26 before it at most, and all since', () => {
		expect(spanOf(weeks, at(40), alone)).toEqual({ from: 14, at: 40, to: 60 });
	});
	it('begin after the fix before it, and end with the next one', () => {
		expect(spanOf(weeks, at(40), { before: at(30), after: at(45), sameWeek: 0 })).toEqual({
			from: 31,
			at: 40,
			to: 45
		});
	});
	it('are none before a fix that is older than the log, and none after one of this week', () => {
		expect(spanOf(weeks, at(-3), alone)).toMatchObject({ from: 0, at: -1, to: 60 });
		expect(spanOf(weeks, at(60), alone)).toEqual({ from: 34, at: 60, to: 60 });
	});
});
