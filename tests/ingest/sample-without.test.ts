import { beforeAll, describe, expect, it } from 'vitest';
import { failureTriggers } from '../../ingest/triggers.ts';
import { topics } from '../../ingest/sample/shop.ts';
import {
	grouped,
	mean,
	numbersOf,
	sampled,
	shareOf,
	weekOf,
	type Row,
	type Sampled
} from './sampled.ts';

const options = { weeks: 30, conversations: 40_000, seed: 7, end: '2026-11-21' };
let planted: Sampled;
let without: Sampled;
beforeAll(async () => {
	planted = await sampled(options);
	without = await sampled({ ...options, effects: false });
}, 60_000);

/** z of the difference of two shares. */
function zOf<T>(a: T[], b: T[], test: (row: T) => boolean): number {
	const pooled = shareOf([...a, ...b], test);
	const se = Math.sqrt(pooled * (1 - pooled) * (1 / a.length + 1 / b.length));
	return (shareOf(b, test) - shareOf(a, test)) / se;
}

/** z of the difference of two means (Welch). */
function zOfMeans(a: number[], b: number[]): number {
	const error = (values: number[]) => {
		const middle = mean(values);
		return mean(values.map((value) => (value - middle) ** 2)) / (values.length - 1);
	};
	return (mean(b) - mean(a)) / Math.sqrt(error(a) + error(b));
}

const halves = (rows: Row[], { truth }: Sampled, column: string) =>
	[0, 1].map((half) =>
		rows.filter((row) => Number(weekOf(row[column] ?? '', truth) >= 15) === half)
	) as [Row[], Row[]];

/** More than chance gives in one of some thirty looks (p below 0.0002). */
const chance = 3.8;

/** Each look: how far what an effect changes is from standing still, in standard errors. */
const looks: Record<string, (log: Sampled) => number> = {
	'wrong queues of Payments before and after the middle': (log) => {
		const routed = log.handoffs.rows.filter(
			(row) => row.queue === 'Payments' && row.resolved_queue
		);
		const wrong = (row: Row) => row.queue !== row.resolved_queue;
		return zOf(...halves(routed, log, 'handed_off_at'), wrong);
	},
	'Cancellation among all conversations before and after the middle': (log) =>
		zOf(
			...halves(log.conversations.rows, log, 'started_at'),
			({ topic }) => topic === 'Cancellation'
		),
	'Returns handed over before and after the gap began': (log) => {
		const handedOff = new Set(log.handoffs.rows.map((row) => row.conversation_id));
		const mine = log.conversations.rows.filter((row) => row.topic === 'Returns');
		const isHandedOff = (row: Row) => handedOff.has(row.conversation_id);
		return zOf(...halves(mine, log, 'started_at'), isHandedOff);
	},
	'tool failures among the failures of Order change beside other topics': (log) => {
		const failures = log.handoffs.rows.filter(({ trigger }) =>
			failureTriggers.some((name) => name === trigger)
		);
		const isChange = ({ topic }: Row) => topic === 'Order change';
		return zOf(
			failures.filter((row) => !isChange(row)),
			failures.filter(isChange),
			({ trigger }) => trigger === 'tool_failure'
		);
	},
	'wait of customer_request beside out_of_scope, on chat': (log) => {
		const waits = (trigger: string) =>
			numbersOf(
				log.handoffs.rows.filter(
					(row) => row.trigger === trigger && row.channel === 'chat'
				),
				'wait_before_s'
			).map(Math.log);
		return zOfMeans(waits('out_of_scope'), waits('customer_request'));
	},
	'answers tried before customer_request beside out_of_scope': (log) => {
		const tried = (trigger: string) =>
			numbersOf(
				log.handoffs.rows.filter((row) => row.trigger === trigger),
				'ai_attempts'
			);
		return zOfMeans(tried('out_of_scope'), tried('customer_request'));
	}
};

describe('the sample without effects', () => {
	it('says that nothing is planted, and every topic is quiet', () => {
		const { truth } = without;
		expect(truth.planted).toEqual([]);
		expect(truth.phrases).toEqual({});
		expect(truth.quiet_topics).toEqual(topics.map(({ name }) => name));
		expect(truth.options).toEqual({ ...options, effects: false });
		expect(truth.conversations).toBe(options.conversations);
	});

	it.each(Object.keys(looks))('%s: does not differ; with effects it does', (name) => {
		const z = looks[name] ?? (() => NaN);
		expect(Math.abs(z(without))).toBeLessThan(chance);
		expect(Math.abs(z(planted))).toBeGreaterThan(2 * chance);
	});

	it('no queue loses more to another queue than the others do', () => {
		const routed = without.handoffs.rows.filter((row) => row.queue && row.resolved_queue);
		const wrong = (row: Row) => row.queue !== row.resolved_queue;
		for (const [queue, rows] of grouped(routed, 'queue')) {
			const others = routed.filter((row) => row.queue !== queue);
			expect(Math.abs(zOf(others, rows, wrong)), queue).toBeLessThan(chance);
		}
		const lost = routed.filter((row) => row.queue === 'Payments' && wrong(row));
		expect(shareOf(lost, (row) => row.resolved_queue === 'Billing')).toBeLessThan(0.5);
	});

	it('nobody asks what the AI would know nothing about', () => {
		const asked = (log: Sampled, id: string) => {
			const subtopic = planted.truth.planted.find((effect) => effect.id === id)?.subtopic;
			return log.handoffs.rows.filter((row) => row.subtopic === subtopic).length;
		};
		for (const id of ['growing_gap', 'fixed_gap']) {
			expect(asked(without, id), id).toBe(0);
			expect(asked(planted, id), id).toBeGreaterThan(50);
		}
	});

	it('the same seed gives the same bytes, and other logs than with effects', async () => {
		const few = { ...options, weeks: 3, conversations: 400, effects: false };
		const [first, second, other] = await Promise.all([
			sampled(few),
			sampled(few),
			sampled({ ...few, effects: true })
		]);
		expect(first.truthText).toBe(second.truthText);
		expect(first.handoffs.text).toBe(second.handoffs.text);
		expect(first.handoffs.text).not.toBe(other.handoffs.text);
		expect(other.truth.options).not.toHaveProperty('effects');
	});
});
