import { randomLcg } from 'd3-random';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/lib/dates.ts';
import type { FixWeekRow } from '../../../src/lib/server/fixes/fixWeeks.ts';
import { exposuresOf, partOf } from '../../../src/lib/server/gaps/phraseExposure.ts';
import { judgeGroups, type GroupCounts } from '../../../src/lib/server/gaps/phraseGrowth.ts';

const weeks = Array.from({ length: 30 }, (_, at) => addDays('2026-01-05', 7 * at));
const periodFrom = 17;
const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);

const part = (topic: string, language = 'en') => partOf({ topic, language });
/** A topic and language whose conversations would fail 20 times a week. */
const steady = {
	weeks: weeks.map(() => 20),
	period: 20 * (weeks.length - periodFrom),
	volume: 100 * (weeks.length - periodFrom),
	volumes: weeks.map(() => 100)
};

const group = (key: string, topic: string, failures: (week: number) => number): GroupCounts => {
	const counts = weeks.map((_, at) => failures(at));
	const observed = sum(counts.slice(periodFrom));
	return {
		key,
		part: part(topic),
		weeks: counts,
		observed,
		everRouted: sum(counts),
		routed: observed
	};
};

/** Two topics of five groups each, 4 failures a week by turns. */
const even = ['Returns', 'Refunds'].flatMap((topic) =>
	Array.from({ length: 5 }, (_, n) =>
		group(`${topic}-${n}`, topic, (week) => 3 + ((week + n) % 3))
	)
);
const exposures = new Map(['Returns', 'Refunds'].map((topic) => [part(topic), steady]));
const grew = (from: number, to = 25) =>
	group('locker', 'Returns', (week) => (week >= from ? to : 2));

const judged = (groups: GroupCounts[]) => judgeGroups(groups, exposures, weeks);
const named = (groups: GroupCounts[], key: string) => {
	const found = judged(groups).find((one) => one.key === key);
	if (!found) throw new Error(`no ${key}`);
	return found;
};

describe('a phrase group that grows', () => {
	it('emerges in the last weeks, alone among its topic’s groups', () => {
		const all = judged([...even, grew(27)]);
		expect(all.filter(({ emerging }) => emerging).map(({ key }) => key)).toEqual(['locker']);
		const { emerging } = named([...even, grew(27)], 'locker');
		expect(emerging?.weeks).toBe(3);
		expect(emerging?.observed).toBe(75);
		// Its own rate over 30 weeks, which it is in.
		expect(emerging?.expected).toBeCloseTo((3 * (27 * 2 + 75)) / 30, 8);
	});

	it('exceeds its share of the weeks before, not that of its own growth', () => {
		const { observed, expected, excess, firstSeen, grown } = named(
			[...even, grew(20)],
			'locker'
		);
		const before = (20 * 2 + 0.5) / (20 * 20);
		expect(grown).toBe(true);
		expect(observed).toBe(3 * 2 + 10 * 25);
		expect(expected).toBeCloseTo(before * 13 * 20, 8);
		expect(excess?.excess.value).toBeCloseTo(256 - before * 260, 8);
		expect(excess?.ratio?.ratio).toBeGreaterThan(9);
		expect(excess?.shrunken.q05).toBeGreaterThan(2);
		expect(firstSeen).toBe(weeks[20]);
	});

	it('that grows slowly is held against the weeks before the first rise', () => {
		const slow = group('locker', 'Returns', (week) => Math.max(2, 2 + 3 * (week - 17)));
		const { expected } = named([...even, slow], 'locker');
		const flat = ((18 * 2 + 0.5) / (18 * 20)) * 260;
		expect(expected).toBeGreaterThan(0.9 * flat);
		expect(expected).toBeLessThan(1.5 * flat);
	});

	it('is no other’s excess: the rest of its topic shares what is left', () => {
		const all = judged([...even, grew(20)]);
		const left = 1 - (20 * 2 + 0.5) / 400;
		const others = even.filter((one) => one.part === part('Returns'));
		for (const { key, routed } of others)
			expect(all.find((one) => one.key === key)?.expected).toBeCloseTo(
				(260 * left * routed) / sum(others.map((one) => one.routed)),
				8
			);
		expect(all.filter(({ excess }) => excess?.isGap).map(({ key }) => key)).toEqual(['locker']);
	});

	it('is none where its conversations grow alike', () => {
		const twice = {
			...steady,
			weeks: weeks.map((_, at) => (at >= 26 ? 250 : 20)),
			volumes: weeks.map((_, at) => (at >= 26 ? 1250 : 100))
		};
		const all = judgeGroups(
			[...even.filter((one) => one.part === part('Refunds')), grew(26)],
			new Map([...exposures, [part('Returns'), twice]]),
			weeks
		);
		expect(all.filter(({ emerging, grown }) => emerging !== null || grown)).toEqual([]);
	});

	it('is seldom seen where counts are chance alone', () => {
		let alarms = 0;
		for (let seed = 1; seed <= 30; seed++) {
			const random = randomLcg(seed / 31);
			// Binomial of 40 at 1 in 10.
			const count = () => Array.from({ length: 40 }, random).filter((x) => x < 0.1).length;
			const quiet = even.map(({ key }, at) =>
				group(key, at < 5 ? 'Returns' : 'Refunds', count)
			);
			if (judged(quiet).some(({ emerging, grown }) => emerging !== null || grown)) alarms++;
		}
		// Two looks of 1 in 52 each: 1.2 of 30.
		expect(alarms).toBeLessThanOrEqual(4);
	});
});

describe('the exposure of phrase groups', () => {
	const [first = '', second = ''] = weeks;
	const row = (
		[topic, language, channel, week]: [string, string, string, string],
		[conversations, routed, failures]: [number, number, number]
	): FixWeekRow => ({ week, topic, language, channel, conversations, routed, failures });
	const rows = [
		row(['Returns', 'en', 'chat', first], [60, 10, 6]),
		row(['Returns', 'de', 'chat', first], [40, 5, 4]),
		row(['Returns', 'en', 'mail', first], [50, 9, 5]),
		row(['Refunds', 'en', 'chat', second], [100, 20, 20])
	];
	/** Half of the failures in chat carry a question in the first week, all others do. */
	const asked = (channel: string, week: string, failures: number) => ({
		group: null,
		topic: null,
		language: null,
		channel,
		week,
		questions: failures,
		routed: failures,
		failures
	});
	const questions = [asked('chat', first, 5), asked('chat', second, 20), asked('mail', first, 5)];
	const of = (ever: FixWeekRow[]) =>
		exposuresOf({ weeks: [first, second], period: ever, ever, asked: questions }).get(
			part('Returns')
		);

	it('is what conversations would fail by channel, times the share that carries a question', () => {
		// Chat fails 30 in 200, mail 5 in 50; of the first, half are asked in the first week.
		const mean = 60 * (30 / 200) * 0.5 + 50 * (5 / 50);
		expect(of(rows)?.weeks[0]).toBeCloseTo(mean, 12);
		expect(of(rows)?.weeks[1]).toBe(0);
		expect(of(rows)?.period).toBeCloseTo(mean, 12);
		expect(of(rows)?.volume).toBe(110);
	});

	it('is of handoffs with a known route where no conversation is logged', () => {
		const without = rows.map((one) => ({ ...one, conversations: 0 }));
		// Chat fails 30 in 35, mail 5 in 9.
		const mean = 10 * (30 / 35) * 0.5 + 9 * (5 / 9);
		expect(of(without)?.weeks[0]).toBeCloseTo(mean, 12);
		expect(of(without)?.volume).toBe(19);
	});
});
