import { describe, expect, it } from 'vitest';
import { conversation, dayOf, handoff, one, times } from './making.ts';
import type { Conversation, Handoff } from './records.ts';

describe('repeat contacts', () => {
	/** Ten customers who wrote on the 1st and never again, on a log that ends on the 20th. */
	const quiet = () => [
		...times(10, (at) =>
			handoff({ customer_id: `quiet ${at}`, topic: 'A', handed_off_at: dayOf(1) })
		),
		handoff({ handed_off_at: dayOf(20) })
	];
	const back = (first: Record<string, string>, next: Record<string, string>) => [
		...quiet(),
		handoff({ customer_id: 'x', topic: 'A', handed_off_at: dayOf(2), ...first }),
		handoff({ customer_id: 'x', topic: 'A', handed_off_at: dayOf(25), ...next })
	];
	const rate = (rows: Handoff[], conversations: Conversation[] = []) =>
		one('repeat_rate', rows, conversations).value;

	it('one of eleven came back; the last one of the log is too young to say', () => {
		const rows = back({}, { handed_off_at: dayOf(5) });
		expect(one('repeat_rate', rows)).toMatchObject({ n: 12, coverage: 12 / 13 });
		expect(rate(rows)).toBeCloseTo(1 / 12, 12);
	});

	it('half an hour of grace is not a repeat, a second more is', () => {
		expect(rate(back({}, { handed_off_at: dayOf(2, '12:30:00') }))).toBe(0);
		expect(rate(back({}, { handed_off_at: dayOf(2, '12:30:01') }))).toBeCloseTo(1 / 12, 12);
	});

	it('grace runs from the end: wait and handle time, else the resolution, else the record', () => {
		const next = { handed_off_at: dayOf(2, '13:00:00') };
		expect(rate(back({ wait_after_s: '600', handle_s: '1200' }, next))).toBe(0);
		expect(rate(back({ wait_after_s: '600', handle_s: '1199' }, next))).toBeGreaterThan(0);
		expect(rate(back({ resolved_at: dayOf(2, '12:30:00') }, next))).toBe(0);
		const record = conversation({
			conversation_id: 'recorded',
			started_at: dayOf(2),
			ended_at: dayOf(2, '12:31:00')
		});
		expect(rate(back({ conversation_id: 'recorded' }, next), [record])).toBe(0);
	});

	it('another topic, the same conversation or another customer is no repeat', () => {
		const next = { handed_off_at: dayOf(5) };
		expect(rate(back({}, { ...next, topic: 'B' }))).toBe(0);
		expect(rate(back({ conversation_id: 's' }, { ...next, conversation_id: 's' }))).toBe(0);
		expect(rate(back({}, { ...next, customer_id: 'y' }))).toBe(0);
	});

	it('a contact begins when the AI took it, not when it was handed over', () => {
		const next = { handed_off_at: dayOf(2, '12:40:00') };
		expect(rate(back({}, next))).toBeGreaterThan(0);
		expect(rate(back({}, { ...next, started_at: dayOf(2, '12:20:00') }))).toBe(0);
		expect(rate(back({}, { ...next, wait_before_s: '900' }))).toBe(0);
	});

	it('fewer than ten still watched at day 7 give no value', () => {
		expect(one('repeat_rate', quiet().slice(1))).toMatchObject({
			value: null,
			low: null,
			n: 9
		});
		expect(one('repeat_rate', quiet())).toMatchObject({ value: 0, low: null, n: 10 });
	});

	it('the interval is log-log', () => {
		const rows = [
			...times(12, (at) =>
				handoff({
					customer_id: `c${at}`,
					topic: 'A',
					handed_off_at: dayOf(1),
					handle_s: '0'
				})
			),
			...times(2, (at) =>
				handoff({ customer_id: `c${at}`, topic: 'A', handed_off_at: dayOf(2) })
			),
			handoff({ handed_off_at: dayOf(20) })
		];
		// The two of day 2 are watched 18 days without a contact: 14 watched, 2 events.
		const found = one('repeat_rate', rows);
		const survival = 12 / 14;
		const error = Math.sqrt(2 / (14 * 12)) / -Math.log(survival);
		expect(found.value).toBeCloseTo(1 - survival, 12);
		expect(found.low).toBeCloseTo(1 - survival ** Math.exp(-1.959963984540054 * error), 12);
		expect(found.high).toBeCloseTo(1 - survival ** Math.exp(1.959963984540054 * error), 12);
	});
});
