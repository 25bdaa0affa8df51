import { beforeAll, describe, expect, it } from 'vitest';
import { failureTriggers } from '../../ingest/triggers.ts';
import {
	grouped,
	mean,
	median,
	numbersOf,
	sampled,
	shareOf,
	weekOf,
	type Row,
	type Sampled
} from './sampled.ts';

const options = { weeks: 30, conversations: 60_000, seed: 7, end: '2026-11-21' };
let sample: Sampled;
beforeAll(async () => {
	sample = await sampled(options);
}, 60_000);

const failed = ({ trigger }: Row) => failureTriggers.some((name) => name === trigger);
const planted = (id: string) => {
	const found = sample.truth.planted.find((effect) => effect.id === id);
	if (!found) throw new Error(`truth.json does not name ${id}`);
	return found;
};
const number = (id: string, parameter: string) => Number(planted(id).parameters[parameter]);
const week = (row: Row) => weekOf(row.handed_off_at ?? '', sample.truth);
const startWeek = (row: Row) => weekOf(row.started_at ?? '', sample.truth);

/** Failure handoffs of a topic for each of its AI conversations, from one week to before another. */
function failureRate(topic: string | null, from: number, to: number): number {
	const within = (w: number) => w >= from && w < to;
	const failures = sample.handoffs.rows.filter(
		(row) => row.topic === topic && failed(row) && within(week(row))
	);
	const all = sample.conversations.rows.filter(
		(row) => row.topic === topic && row.handled_by === 'ai' && within(startWeek(row))
	);
	return failures.length / all.length;
}

describe('what truth.json says is planted is there', () => {
	it('a gap that grows from its week on, in words of its own', () => {
		const { topic, from_week, parameters } = planted('growing_gap');
		const from = weekOf(from_week ?? '', sample.truth);
		const before = failureRate(topic, 0, from);
		const early = failureRate(topic, from, from + 4);
		const late = failureRate(topic, 26, 30);
		const most = Number(parameters.share_at_most) * Number(parameters.chance_of_handoff);
		expect(early).toBeGreaterThan(before * 1.2);
		expect(late - before).toBeGreaterThan(0.7 * most);
		expect(late - before).toBeLessThan(1.1 * most);
		const locker = sample.handoffs.rows.filter(({ question }) =>
			/locker|Packstation|consigne/i.test(question ?? '')
		);
		expect(locker.length).toBeGreaterThan(100);
		expect(
			locker.every((row) => week(row) >= from && ['Returns', ''].includes(row.topic ?? ''))
		).toBe(true);
		expect(locker.every((row) => row.trigger === '' || failed(row))).toBe(true);
	});

	it('a gap that its fix halves', () => {
		const { topic, parameters } = planted('fixed_gap');
		const fixed = weekOf(String(parameters.fix_date), sample.truth);
		const asked = sample.handoffs.rows.filter(({ question }) =>
			/batter|Akku/i.test(question ?? '')
		);
		const before = asked.filter((row) => week(row) < fixed).length / fixed;
		const after = asked.filter((row) => week(row) >= fixed).length / (30 - fixed);
		expect(after / before).toBeGreaterThan(0.38);
		expect(after / before).toBeLessThan(0.62);
		expect(failureRate(topic, fixed, 30)).toBeLessThan(0.75 * failureRate(topic, 0, fixed));
		expect([fixed >= 4, 30 - fixed - 1 >= 4]).toEqual([true, true]);
	});

	it('a missing integration: tool failures in one topic, for lack of integration', () => {
		const { topic, trigger } = planted('missing_integration');
		const rates = [...grouped(sample.handoffs.rows, 'topic')].map(([name, rows]) => ({
			name,
			share: shareOf(rows, (row) => row.trigger === trigger)
		}));
		const here = rates.find(({ name }) => name === topic)?.share ?? 0;
		const elsewhere = rates.filter(({ name }) => name !== topic && name !== '');
		expect(here).toBeGreaterThan(0.5);
		expect(Math.max(...elsewhere.map(({ share }) => share))).toBeLessThan(0.1);
		const reviewed = sample.handoffs.rows.filter(
			(row) => row.topic === topic && row.trigger === trigger && row.lacked
		);
		expect(reviewed.length).toBeGreaterThan(20);
		expect(shareOf(reviewed, (row) => row.lacked === 'integration')).toBeGreaterThan(0.9);
	});

	it('a trigger that hands over late, after more tries and pleas, to less satisfaction', () => {
		const { trigger } = planted('late_trigger');
		const failures = sample.handoffs.rows.filter(failed);
		const late = failures.filter((row) => row.trigger === trigger);
		const rest = failures.filter((row) => row.trigger !== trigger);
		const ratio =
			median(numbersOf(late, 'wait_before_s')) / median(numbersOf(rest, 'wait_before_s'));
		expect(ratio).toBeGreaterThan(2);
		const more = (column: string) =>
			mean(numbersOf(late, column)) - mean(numbersOf(rest, column));
		expect(more('ai_attempts')).toBeGreaterThan(
			number('late_trigger', 'more_ai_attempts') - 0.3
		);
		expect(more('human_requests')).toBeGreaterThan(
			number('late_trigger', 'more_human_requests')
		);
		expect(more('csat')).toBeLessThan(-0.6);
	});

	it('a queue that misroutes from its week on', () => {
		const { queue, from_week, parameters } = planted('misrouting_queue');
		const from = weekOf(from_week ?? '', sample.truth);
		const routed = sample.handoffs.rows.filter(
			(row) => row.queue === queue && row.resolved_queue
		);
		const wrong = (row: Row) => row.queue !== row.resolved_queue;
		const before = shareOf(
			routed.filter((row) => week(row) < from),
			wrong
		);
		const after = routed.filter((row) => week(row) >= from);
		expect(before).toBeLessThan(0.12);
		expect(Math.abs(shareOf(after, wrong) - Number(parameters.share_after))).toBeLessThan(0.1);
		const moved = after.filter((row) => wrong(row) && row.transfers);
		expect(moved.every((row) => Number(row.transfers) >= 1)).toBe(true);
		expect(moved.every((row) => row.resolved_queue === parameters.ends_in)).toBe(true);
	});

	it('a topic that grows by the same amount every week', () => {
		const { topic } = planted('growing_topic');
		const slope = number('growing_topic', 'added_each_week_of_first');
		const rows = sample.conversations.rows.filter((row) => row.topic === topic);
		const third = (from: number) =>
			rows.filter((row) => startWeek(row) >= from && startWeek(row) < from + 10).length;
		const expected = (1 + 24.5 * slope) / (1 + 4.5 * slope);
		expect(Math.abs(third(20) / third(0) - expected)).toBeLessThan(0.15);
	});
});

/** z of a trend over weeks in a share (Cochran–Armitage). */
function shareTrend(cells: { events: number; all: number }[]): number {
	const all = cells.reduce((sum, cell) => sum + cell.all, 0);
	const events = cells.reduce((sum, cell) => sum + cell.events, 0);
	const p = events / all;
	const centre = cells.reduce((sum, cell, w) => sum + w * cell.all, 0) / all;
	const score = cells.reduce(
		(sum, cell, w) => sum + (w - centre) * (cell.events - cell.all * p),
		0
	);
	const spread = cells.reduce((sum, cell, w) => sum + cell.all * (w - centre) ** 2, 0);
	return score / Math.sqrt(p * (1 - p) * spread);
}

/** z of a trend over weeks in a mean. */
function meanTrend(points: { week: number; value: number }[]): number {
	const centre = mean(points.map(({ week }) => week));
	const level = mean(points.map(({ value }) => value));
	const spread = points.reduce((sum, { week }) => sum + (week - centre) ** 2, 0);
	const slope =
		points.reduce((sum, { week, value }) => sum + (week - centre) * (value - level), 0) /
		spread;
	const rest = points.reduce(
		(sum, { week, value }) => sum + (value - level - slope * (week - centre)) ** 2,
		0
	);
	return slope / Math.sqrt(rest / (points.length - 2) / spread);
}

describe('where nothing is planted nothing happens', () => {
	it('quiet topics have no trend in volume, failures, handoffs, waits and satisfaction', async () => {
		const seeds = [1, 2, 3, 4, 5, 6];
		const scores = new Map<string, number[]>();
		const add = (name: string, z: number) => scores.set(name, [...(scores.get(name) ?? []), z]);
		for (const seed of seeds) {
			const { truth, handoffs, conversations } = await sampled({
				...options,
				conversations: 20_000,
				seed
			});
			expect(truth.quiet_topics.length).toBeGreaterThanOrEqual(4);
			const season = new Map(truth.season.map(({ week, factor }) => [week, factor]));
			const days = Date.parse(truth.first_week);
			const factors = Array.from({ length: truth.options.weeks }, (_, w) => {
				const monday = new Date(days + w * 604_800_000).toISOString().slice(0, 10);
				return season.get(monday) ?? 1;
			});
			for (const topic of truth.quiet_topics) {
				const at = (row: Row, column: string) => weekOf(row[column] ?? '', truth);
				const all = conversations.rows.filter((row) => row.topic === topic);
				const handed = handoffs.rows.filter((row) => row.topic === topic);
				const failures = handed.filter(failed);
				const inWeek = (rows: Row[], column: string, w: number) =>
					rows.filter((row) => at(row, column) === w).length;
				const weekly = (rows: Row[], of: Row[], ofColumn: string) =>
					factors.map((_, w) => ({
						events: inWeek(rows, 'handed_off_at', w),
						all: inWeek(of, ofColumn, w)
					}));
				add(`${topic}: handoffs`, shareTrend(weekly(handed, all, 'started_at')));
				add(`${topic}: failures`, shareTrend(weekly(failures, handed, 'handed_off_at')));
				const volume = factors.map((factor, w) => ({
					events: inWeek(all, 'started_at', w),
					all: 1e6 * factor
				}));
				add(`${topic}: volume`, shareTrend(volume));
				const points = (column: string, read: (value: number) => number) =>
					handed.flatMap((row) =>
						row[column]
							? [{ week: at(row, 'handed_off_at'), value: read(Number(row[column])) }]
							: []
					);
				add(`${topic}: csat`, meanTrend(points('csat', (v) => v)));
				add(
					`${topic}: wait before`,
					meanTrend(points('wait_before_s', (v) => Math.log(v)))
				);
				add(`${topic}: handle`, meanTrend(points('handle_s', (v) => Math.log(v))));
			}
		}
		for (const [name, z] of scores) {
			const together = z.reduce((sum, one) => sum + one, 0) / Math.sqrt(z.length);
			expect(
				Math.abs(together),
				`${name}: ${z.map((one) => one.toFixed(1)).join(' ')}`
			).toBeLessThan(3.5);
		}
		const spread = mean([...scores.values()].flat().map((z) => z * z));
		expect(spread).toBeGreaterThan(0.7);
		expect(spread).toBeLessThan(1.35);
	}, 120_000);
});
