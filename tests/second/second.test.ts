import { describe, expect, it } from 'vitest';
import { metricIds } from '../../src/lib/metrics.ts';
import { quantile } from './estimate.ts';
import { conversation, dayOf, handoff, measured, november, one, times, utc } from './making.ts';
import { groupKey, secondMeasure } from './second.ts';

describe('second computation', () => {
	it('has every metric', () => {
		for (const id of metricIds) expect(one(id, [])).toMatchObject({ n: 0, coverage: null });
	});

	it('a period owns the handoffs whose local day lies in it, groups without a value are null', () => {
		const rows = [
			handoff({ handed_off_at: '2026-10-31T23:59:59Z' }),
			handoff({ handed_off_at: '2026-11-01T00:00:00Z', topic: 'Refunds' }),
			handoff({ handed_off_at: '2026-11-30T23:59:59Z' }),
			handoff({ handed_off_at: '2026-12-01T00:00:00Z' })
		];
		const byWeek = measured('handoffs', rows, [], ['week', 'topic']);
		expect([...byWeek.keys()]).toEqual([
			groupKey(['2026-10-26', 'Refunds']),
			groupKey(['2026-11-30', null])
		]);
		const berlin = { timezone: 'Europe/Berlin' };
		const local = secondMeasure(rows, [], november, 'handoffs', ['day'], berlin);
		expect([...local.keys()]).toEqual([groupKey(['2026-11-01'])]);
		expect(local.get(groupKey(['2026-11-01']))?.value).toBe(2);
	});

	it('an empty word in a filter is the bucket of the unknown', () => {
		const rows = [handoff({ topic: 'A' }), handoff({ topic: 'B' }), handoff()];
		const question = { ...november, where: { topic: ['A', ''] } };
		expect(secondMeasure(rows, [], question, 'handoffs', ['topic'], utc).size).toBe(2);
	});

	it('the route comes from the trigger where the log is silent', () => {
		const rows = [
			handoff({ trigger: 'low_confidence' }),
			handoff({ trigger: 'cancellation' }),
			handoff({ trigger: 'cancellation', route: 'failure' }),
			handoff({ trigger: 'full_moon' }),
			handoff()
		];
		expect(one('failure_share', rows)).toMatchObject({ value: 2 / 3, n: 3, coverage: 0.6 });
		expect([...measured('handoffs', rows, [], ['route']).keys()]).toEqual([
			groupKey(['failure']),
			groupKey(['topic']),
			groupKey([null])
		]);
	});

	it('quantiles lie linearly between their neighbours', () => {
		expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
		expect(quantile([10, 20, 30], 0.9)).toBeCloseTo(28, 12);
		expect(quantile([], 0.5)).toBeNull();
	});

	it('waits come from the times where the log gives none, and only replies count as waits after', () => {
		const rows = [
			handoff({
				started_at: '2026-11-09T11:59:30Z',
				wait_after_s: '20',
				outcome: 'answered'
			}),
			handoff({ wait_before_s: '10', first_human_reply_at: '2026-11-09T12:00:40.5Z' }),
			handoff({ wait_after_s: '500', outcome: 'abandoned' }),
			handoff({ wait_after_s: '60' })
		];
		expect(one('wait_before_p50', rows)).toMatchObject({ value: 20, n: 2, coverage: 0.5 });
		expect(one('wait_after_p50', rows)).toMatchObject({ value: 40.5, n: 3 });
		expect(one('wait_total_p90', rows).value).toBeCloseTo(50 + 0.9 * 0.5, 9);
		expect(one('longer_after_share', rows)).toMatchObject({ value: 0.5, n: 2 });
	});

	it('rates of outcomes know what is unknown', () => {
		const rows = ['resolved', 'answered', 'abandoned', 'returned_to_ai', ''].map((outcome) =>
			handoff({ outcome })
		);
		expect(one('abandonment_rate', rows)).toMatchObject({ value: 0.25, n: 4, coverage: 0.8 });
		expect(one('handback_rate', rows)).toMatchObject({ value: 0.25, n: 4 });
		expect(one('not_connected_rate', rows)).toMatchObject({ value: 0, n: 4 });
		expect(one('resolution_rate', rows)).toMatchObject({ value: 1 / 3, n: 3, coverage: 0.6 });
	});

	it('a log that never says resolved or unresolved has no resolution, efficiency or score from it', () => {
		const rows = ['answered', 'abandoned', 'not_connected'].map((outcome) =>
			handoff({ outcome, transfers: '0' })
		);
		for (const id of ['resolution_rate', 'resolution_efficiency', 'quality_score'] as const)
			expect(one(id, rows)).toEqual({
				value: null,
				n: 0,
				low: null,
				high: null,
				coverage: 0
			});
		expect(one('abandonment_rate', rows)).toMatchObject({ value: 1 / 3, n: 3 });
		expect(one('resolution_rate', [...rows, handoff({ outcome: 'unresolved' })])).toMatchObject(
			{ value: 0, n: 3 }
		);
	});

	it('a log without surveys has no response rate, one with an answer outside the period has', () => {
		expect(one('csat_response_rate', [handoff()])).toMatchObject({ value: null, n: 0 });
		const elsewhere = handoff({ csat: '4', handed_off_at: '2026-09-01T12:00:00Z' });
		expect(one('csat_response_rate', [handoff(), elsewhere])).toMatchObject({ value: 0, n: 1 });
	});

	it('resolution is timed from the start of the conversation', () => {
		const rows = [
			handoff({ wait_before_s: '60', resolved_at: '2026-11-09T12:01:00Z' }),
			handoff({ resolved_at: '2026-11-09T12:01:00Z' })
		];
		expect(one('time_to_resolution_p50', rows)).toMatchObject({
			value: 120,
			n: 1,
			coverage: 0.5
		});
	});

	it('ratings are stretched to 1–5', () => {
		const rows = [
			handoff({ csat: '5' }),
			handoff({ csat: '7', csat_scale: '10' }),
			handoff({ csat: '1', csat_scale: '2' }),
			handoff()
		];
		expect(one('csat_mean', rows).value).toBeCloseTo((5 + (1 + 24 / 9) + 1) / 3, 12);
		expect(one('csat_top2', rows)).toMatchObject({ value: 1 / 3, n: 3, coverage: 0.75 });
		expect(one('csat_response_rate', rows)).toMatchObject({ value: 0.75, n: 4, coverage: 1 });
	});

	it('equal ratings get a Dirichlet interval, equal handle times none', () => {
		const rows = times(4, () => handoff({ csat: '5', handle_s: '60' }));
		const csat = one('csat_mean', rows);
		expect(csat.low).toBeCloseTo(3.7840019226409596, 9);
		expect(csat.high).toBe(5);
		expect(one('handle_mean', rows)).toMatchObject({ value: 60, low: null, high: null });
	});

	it('means have the interval of Student, shares that of Wilson', () => {
		const rows = [1, 2, 3, 4, 5].map((handle) =>
			handoff({ handle_s: String(handle), announced: handle > 2 ? 'true' : 'false' })
		);
		const mean = one('handle_mean', rows);
		expect(mean.low).toBeCloseTo(3 - 2.7764451051977987 * Math.sqrt(0.5), 9);
		const share = one('announced_rate', rows);
		expect(share.low).toBeCloseTo(0.230724, 5);
		expect(share.high).toBeCloseTo(0.882379, 5);
	});

	it.each([
		['voice, at its limit', { channel: 'voice', wait_before_s: '300' }, 0],
		['voice, above it', { channel: 'voice', wait_before_s: '301' }, 1],
		['email, below its own', { channel: 'email', wait_before_s: '900' }, 0],
		['no channel, above', { wait_before_s: '901' }, 1],
		['asked twice', { human_requests: '2' }, 1],
		['three answers tried', { ai_attempts: '3', wait_before_s: '5' }, 1],
		['one thing known and fine', { ai_attempts: '2' }, 0],
		['nothing known', {}, null]
	])('late: %s', (_, cells: Record<string, string>, value) => {
		expect(one('late_rate', [handoff(cells)]).value).toBe(value);
	});

	it.each([
		['summary travelled', { context: 'summary' }, 0],
		['neither travelled', { context: 'identity|records' }, 1],
		['nothing travelled', { context: 'none' }, 1],
		['asked again twice', { context: 'summary', reasked: '2' }, 1],
		['asked again once, context unknown', { reasked: 'true' }, 0],
		['nothing known', {}, null]
	])('cold: %s', (_, cells: Record<string, string>, value) => {
		expect(one('cold_rate', [handoff(cells)]).value).toBe(value);
	});

	it('hidden, fought for, asked again and avoidable are over what is known', () => {
		const rows = [
			handoff({ announced: 'false', human_requests: '2', reasked: '1', necessary: 'false' }),
			handoff({ announced: 'true', human_requests: '1', reasked: '0', necessary: 'true' }),
			handoff()
		];
		for (const id of ['hidden_rate', 'fought_rate', 'reask_rate', 'avoidable_share'] as const)
			expect(one(id, rows)).toMatchObject({ value: 0.5, n: 2, coverage: 2 / 3 });
	});

	it.each([
		['never moved', { transfers: '0' }, 0],
		['same queue', { queue: 'a', resolved_queue: 'a' }, 0],
		['moved', { transfers: '1' }, 1],
		[
			'another queue, no transfer logged',
			{ transfers: '0', queue: 'a', resolved_queue: 'b' },
			1
		],
		['another queue, transfers unknown', { queue: 'a', resolved_queue: 'b' }, 1],
		['one queue known', { queue: 'a' }, null]
	])('wrong queue: %s', (_, cells: Record<string, string>, value) => {
		expect(one('misrouted_rate', [handoff(cells)]).value).toBe(value);
	});

	it.each([
		['never moved', { transfers: '0' }, 1],
		['same queue', { queue: 'a', resolved_queue: 'a' }, 1],
		['moved once and resolved', { transfers: '1', outcome: 'resolved' }, 0.5],
		['other queue and resolved', { queue: 'a', resolved_queue: 'b', outcome: 'resolved' }, 0.5],
		[
			'other queue although no transfer was logged',
			{ transfers: '0', queue: 'a', resolved_queue: 'b', outcome: 'unresolved' },
			0
		],
		['moved once, end unknown', { transfers: '1', outcome: 'answered' }, null],
		['moved twice, end unknown', { transfers: '2' }, 0],
		['one queue known', { queue: 'a' }, null]
	])('routing: %s', (_, cells: Record<string, string>, value) => {
		expect(one('routing_accuracy', [handoff(cells)]).value).toBe(value);
	});

	it.each([
		[
			'asked again once, told, at once',
			{ reasked: '1', announced: 'yes', wait_after_s: '60' },
			2.5 / 3
		],
		['half way to ten minutes', { wait_after_s: '330' }, 0.5],
		['silent and slow', { announced: 'false', wait_after_s: '600' }, 0],
		['nothing known', {}, null]
	])('smoothness: %s', (_, cells: Record<string, string>, value) => {
		const found = one('transition_smoothness', [handoff(cells)]).value;
		if (value === null) expect(found).toBeNull();
		else expect(found).toBeCloseTo(value, 12);
	});

	it('efficiency is measured within the topic, over the whole log', () => {
		const older = [100, 200, 400, 800, 1600].map((handle) =>
			handoff({ topic: 'A', handle_s: String(handle), handed_off_at: '2026-09-01T12:00:00Z' })
		);
		const efficiency = (cells: Record<string, string>) =>
			one('resolution_efficiency', [...older, handoff({ topic: 'A', ...cells })]).value;
		expect(efficiency({ outcome: 'unresolved', handle_s: '400' })).toBe(0);
		expect(efficiency({ outcome: 'answered', handle_s: '400' })).toBeNull();
		expect(efficiency({ outcome: 'resolved' })).toBeNull();
		// With a sixth of 400 s the 20th percentile is 200 s, the 80th 800 s.
		expect(efficiency({ outcome: 'resolved', handle_s: '400' })).toBeCloseTo(0.5, 12);
		expect(efficiency({ outcome: 'resolved', handle_s: '10' })).toBe(1);
		expect(efficiency({ outcome: 'resolved', handle_s: '5000' })).toBe(0);
		expect(efficiency({ outcome: 'resolved', handle_s: '400', topic: 'B' })).toBe(1);
	});

	it('the quality score needs half of its components', () => {
		const rows = [
			handoff({ context: 'transcript|summary|reason', transfers: '0' }),
			handoff({ context: 'none' }),
			handoff({ context: 'none', transfers: '2' }),
			handoff()
		];
		expect(one('quality_score', rows)).toMatchObject({ value: 40, n: 2, coverage: 0.5 });
		expect(one('context_completeness', rows).value).toBeCloseTo(0.2, 12);
	});
});

describe('conversations', () => {
	const handed = handoff({ conversation_id: 'handed' });
	const rows = [
		conversation({ conversation_id: 'handed', handled_by: 'human' }),
		conversation({ handled_by: 'ai' }),
		conversation({ handled_by: 'ai' }),
		conversation(),
		conversation({ handled_by: 'human' }),
		conversation({ started_at: '2026-12-01T00:00:00Z' })
	];

	it('those that a person had from the start could not be handed over', () => {
		expect(one('conversations', [handed], rows)).toMatchObject({ value: 5, n: 5, coverage: 1 });
		expect(one('handoff_rate', [handed], rows)).toMatchObject({
			value: 0.25,
			n: 4,
			coverage: 1
		});
		expect(one('containment_rate', [handed], rows)).toMatchObject({ value: 0.75, n: 4 });
	});

	it('only conversations of the AI alone can be falsely contained', () => {
		const log = [
			...times(19, (at) =>
				conversation({
					customer_id: `c${at % 10}`,
					topic: 'A',
					handled_by: 'ai',
					started_at: dayOf(at < 10 ? 1 : 4)
				})
			),
			conversation({
				customer_id: 'c9',
				topic: 'A',
				handled_by: 'human',
				started_at: dayOf(2)
			}),
			conversation({ handled_by: 'ai', started_at: dayOf(20) })
		];
		const found = one('false_containment_rate', [], log);
		expect(found).toMatchObject({ n: 19, coverage: 19 / 20 });
		expect(found.value).toBeNull();
		const more = times(1, (at) =>
			conversation({
				customer_id: `m${at}`,
				topic: 'A',
				handled_by: 'ai',
				started_at: dayOf(1)
			})
		);
		expect(one('false_containment_rate', [], [...log, ...more]).value).toBeCloseTo(0.5, 12);
	});

	it('dimensions that only handoffs have are refused', () => {
		expect(() => measured('containment_rate', [], rows, ['queue'])).toThrow(
			'containment_rate has no dimension queue'
		);
	});
});
