import { randomLcg } from 'd3-random';
import { describe, expect, it } from 'vitest';
import { clusterCost } from '../../../src/lib/analysis/clusterCost.ts';
import { addDays } from '../../../src/lib/dates.ts';
import { savingOf } from '../../../src/lib/server/gaps/gapCost.ts';
import { findGaps, type Cell } from '../../../src/lib/server/gaps/gapCounts.ts';
import { kindOf } from '../../../src/lib/server/gaps/gapKind.ts';

const weeks = Array.from({ length: 30 }, (_, at) => addDays('2026-01-05', 7 * at));

/** A cell a week, in the period from the 18th week on. */
const cellsOf = (
	key: string,
	channel: string,
	volume: number,
	failures: (week: number) => number
): Cell[] =>
	weeks.map((week, at) => ({
		key,
		week,
		channel,
		isInPeriod: at >= 17,
		volume,
		failures: failures(at)
	}));

/** Twelve topics of 100 conversations a week that fail 10 times, give or take by turns. */
const even = Array.from({ length: 12 }, (_, at) =>
	cellsOf(`t${at}`, 'chat', 100, (week) => 10 + (((week + at) * 7) % 5) - 2)
);

describe('expected failures', () => {
	it('are those of the channels that a topic comes on', () => {
		// Chat fails 30 in 200, voice 20 in 100; A has 150 chats, B the rest.
		const cell = (key: string, channel: string, volume: number, failures: number): Cell => ({
			key,
			week: weeks[0] ?? '',
			channel,
			isInPeriod: true,
			volume,
			failures
		});
		const { found } = findGaps(
			[cell('A', 'chat', 150, 25), cell('B', 'chat', 50, 5), cell('B', 'voice', 100, 20)],
			[]
		);
		const [a, b] = found;
		expect(a?.expected).toBeCloseTo(150 * (30 / 200), 12);
		expect(b?.expected).toBeCloseTo(50 * (30 / 200) + 100 * (20 / 100), 12);
	});

	it('are unknown without volume, which is no gap', () => {
		const { found } = findGaps(
			[
				...even.flat(),
				{ key: 'x', week: '', channel: 'mail', isInPeriod: true, volume: 0, failures: 50 }
			],
			weeks
		);
		const own = found.find(({ key }) => key === 'x');
		expect(own).toMatchObject({ observed: 50, expected: null, excess: null });
	});
});

describe('gaps', () => {
	it('are none where all topics fail alike, and nothing emerges', () => {
		const { found, seeable } = findGaps(even.flat(), weeks);
		expect(found.filter(({ excess, emerging }) => excess?.isGap || emerging)).toEqual([]);
		expect(seeable()).toBeGreaterThan(0);
	});

	it('need five failures, however few are expected', () => {
		const four = cellsOf('four', 'chat', 1, (week) => (week >= 26 ? 1 : 0));
		const { found } = findGaps([...even.flat(), ...four], weeks);
		const own = found.find(({ key }) => key === 'four');
		expect(own?.observed).toBe(4);
		expect(own?.excess?.p).toBeLessThan(0.05);
		expect(own?.excess?.isGap).toBe(false);
	});

	it('surely exceed their expectation by a tenth, in however many conversations', () => {
		const huge = Array.from({ length: 12 }, (_, at) =>
			cellsOf(`t${at}`, 'chat', 10_000, (week) => 1000 + (((week + at) * 7) % 5) - 2)
		);
		const worse = cellsOf('worse by nature', 'chat', 10_000, () => 1080);
		const gap = cellsOf('gap', 'chat', 10_000, () => 1400);
		const { found } = findGaps([...huge.flat(), ...worse, ...gap], weeks);
		const mean = (12 * 1000 + 1080 + 1400) / 14;
		const ratios = [1080 / mean, 1400 / mean];
		for (const [at, key] of ['worse by nature', 'gap'].entries()) {
			const own = found.find((one) => one.key === key)?.excess;
			expect(own?.ratio?.ratio).toBeCloseTo(ratios[at] ?? NaN, 3);
			expect(own?.isMore).toBe(true);
			expect(own?.isGap).toBe((ratios[at] ?? 0) > 1.1);
		}
	});

	it('would be one where the excess is what is said to be seen', () => {
		const middling = [0.8, 0.9, 0.95, 1, 1.05, 1.1, 1.2].flatMap((worse, at) =>
			cellsOf(`t${at}`, 'chat', 100, (week) => Math.round(20 * worse) + (week % 3) - 1)
		);
		const excess = findGaps(middling, weeks).seeable() ?? NaN;
		const isGap = (more: number) => {
			const added = middling.map((cell) =>
				cell.key === 't3' && cell.isInPeriod
					? { ...cell, failures: cell.failures + Math.round(more / 13) }
					: cell
			);
			const { found, seeable } = findGaps(added, weeks);
			const own = found.find(({ key }) => key === 't3');
			expect(seeable() === null).toBe(own?.excess?.isGap);
			return own?.excess?.isGap;
		};
		expect(isGap(1.3 * excess)).toBe(true);
		expect(isGap(0.7 * excess)).toBe(false);
	});

	it('emerge in the last weeks before the period as a whole tells', () => {
		const rising = cellsOf('rising', 'chat', 100, (week) => (week >= 28 ? 25 : 9));
		const { found } = findGaps([...even.flat(), ...rising], weeks);
		const own = found.find(({ key }) => key === 'rising');
		expect(own?.emerging?.weeks).toBe(2);
		expect(own?.emerging?.observed).toBe(50);
		expect(own?.firstSeen === null).toBe(false);
		expect(found.filter(({ emerging }) => emerging)).toHaveLength(1);
	});

	it('keep their order when a random tenth of the handoffs is dropped', () => {
		const gaps = [36, 28, 22].map((failures, at) =>
			cellsOf(`gap${at}`, 'chat', 100, (week) => failures + (week % 3) - 1)
		);
		const thin = cellsOf('thin', 'chat', 2, (week) => (week % 6 === 0 ? 2 : 0));
		const cells = [...even.flat(), ...gaps.flat(), ...thin];
		const topOf = (some: Cell[]) =>
			findGaps(some, weeks)
				.found.map((one) => ({ key: one.key, saving: savingOf(one, null) }))
				.sort((a, b) => b.saving - a.saving)
				.slice(0, 3)
				.map(({ key }) => key);
		expect(topOf(cells)).toEqual(['gap0', 'gap1', 'gap2']);
		for (let seed = 1; seed <= 20; seed++) {
			const random = randomLcg(seed / 21);
			const kept = cells.map((cell) => ({
				...cell,
				failures: Array.from({ length: cell.failures }, random).filter((x) => x >= 0.1)
					.length
			}));
			expect(topOf(kept)).toEqual(['gap0', 'gap1', 'gap2']);
		}
	});

	it('cost their excess at most what all their failures do', () => {
		const cost = clusterCost({
			failures: 30,
			expected: 10,
			excess: { low: 5, high: 40 },
			agentMinutes: 6,
			repeatChance: 0.5,
			repeatMinutes: 4,
			csatGap: null
		});
		expect(cost?.totalMinutes).toBe(30 * 8);
		expect(cost?.avoidable?.minutes).toBe(20 * 8);
	});
});

describe('what would close a gap', () => {
	const rows = (...of: [trigger: string, lacked: string | null, failures: number][]) =>
		of.map(([trigger, lacked, failures]) => ({ trigger, lacked, failures, outcome: null }));

	it('is content, a system or a rule where more than half of the failures speak for it', () => {
		expect(kindOf(rows(['low_confidence', 'information', 6])).kind).toBe('content');
		expect(kindOf(rows(['tool_failure', null, 6], ['low_confidence', null, 4])).kind).toBe(
			'system'
		);
		expect(kindOf(rows(['low_confidence', 'authority', 6])).kind).toBe('rule');
	});

	it('lets the few that were reviewed stand for the others, or tools would always win', () => {
		const { kind, evidence } = kindOf(
			rows(
				['low_confidence', 'information', 8],
				['low_confidence', null, 72],
				['tool_failure', null, 20]
			)
		);
		expect(kind).toBe('content');
		expect(evidence.shares?.content.value).toBeCloseTo(0.8, 12);
		expect(evidence.shares?.system.value).toBeCloseTo(0.2, 12);
		// 8 of 8 by Wilson from 8 / (8 + 1.96²) = 0.6756, of the 72 that are not reviewed.
		expect(evidence.shares?.content.low).toBeCloseTo((8 + 72 * 0.6756) / 100, 4);
		expect(evidence.shares?.content.high).toBeCloseTo(0.8, 12);
		expect(evidence.judged).toEqual({ n: 8, unheard: 72, ofTopic: false });
	});

	it('is named only where it would surely close more than half', () => {
		const of = (content: number, rule: number) =>
			kindOf(
				rows(
					['low_confidence', 'information', content],
					['low_confidence', 'authority', rule],
					['low_confidence', null, 1000]
				)
			).kind;
		// Wilson's lower ends: 6 of 8 from 0.409, 9 of 10 from 0.596.
		expect(of(6, 2)).toBe('look');
		expect(of(9, 1)).toBe('content');
	});

	it('is that of the topic for a group with too few reviewed, said to be so', () => {
		const topic = rows(['low_confidence', 'information', 10], ['low_confidence', null, 90]);
		const group = rows(['low_confidence', 'information', 2], ['low_confidence', null, 18]);
		expect(kindOf(group).kind).toBe('look');
		const { kind, evidence } = kindOf(group, topic);
		expect(kind).toBe('content');
		expect(evidence.judged).toEqual({ n: 10, unheard: 18, ofTopic: true });
		expect(evidence.known).toBe(2);
		// 10 of 10 by Wilson from 10 / (10 + 1.96²) = 0.7225.
		expect(evidence.shares?.content.low).toBeCloseTo((2 + 18 * 0.7225) / 20, 4);
		const own = rows(['low_confidence', 'authority', 6], ['low_confidence', null, 10]);
		expect(kindOf(own, topic).kind).toBe('rule');
		const few = rows(['low_confidence', 'information', 4]);
		expect(kindOf(few, [...few]).kind).toBe('look');
	});

	it('is to look first on a tie, with thin data, and where something else was lacking', () => {
		expect(
			kindOf(rows(['low_confidence', 'information', 5], ['low_confidence', 'authority', 5]))
				.kind
		).toBe('look');
		expect(kindOf(rows(['low_confidence', 'information', 4])).kind).toBe('look');
		expect(kindOf(rows(['frustration', 'empathy', 9])).kind).toBe('look');
		expect(
			kindOf(rows(['low_confidence', null, 90], ['low_confidence', 'information', 4])).kind
		).toBe('look');
	});
});
