/** Holds what the queries say against the second computation. */
import { expect } from 'vitest';
import { metrics, type MetricId } from '../../src/lib/metrics.ts';
import type { Estimate } from '../../src/lib/estimate.ts';
import { type Dimension, type Filter } from '../../src/lib/server/scope/filter.ts';
import { measure, whyNotCarried } from '../../src/lib/server/measure/measure.ts';
import type { Conversation, Handoff } from '../second/records.ts';
import { groupKey, secondMeasure } from '../second/second.ts';

export type Case = { by: Dimension[]; filter: Filter };
export type RawLog = { handoffs: Handoff[]; conversations: Conversation[]; timezone: string };

/** Whether two numbers are the same to 1e-9 of their size; null only equals null. */
export function isNear(a: number | null, b: number | null): boolean {
	if (a === null || b === null) return a === b;
	return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b)) + 1e-13;
}

const parts = ['value', 'n', 'low', 'high', 'coverage'] as const;

/** Differences between two estimates, in words; none when they agree. */
export function differences(found: Estimate, second: Estimate): string[] {
	return parts
		.filter((part) => !isNear(found[part], second[part]))
		.map((part) => `${part} ${String(found[part])} instead of ${String(second[part])}`);
}

/** Whether a metric can be measured in such a case. */
export const isCarried = (metric: MetricId, { filter, by }: Case) =>
	whyNotCarried(metric, filter, by) === null;

/**
 * Expects a metric to equal its second computation in every group of every case it can be measured
 * in; gives the number of groups that were held against each other and had a value.
 */
export async function expectAgreement(
	metric: MetricId,
	cases: Case[],
	{ handoffs, conversations, timezone }: RawLog
): Promise<number> {
	let valued = 0;
	for (const { by, filter } of cases.filter((one) => isCarried(metric, one))) {
		const { from, to, ...where } = filter;
		const question = { from, to, where };
		const second = secondMeasure(handoffs, conversations, question, metric, by, { timezone });
		const rows = await measure(filter, [metric], by);
		const found = new Map(
			rows.map((row) => [
				groupKey(by.map((dimension) => row.by[dimension])),
				row.values[metric]
			])
		);
		// Groups in which only what the metric leaves out could be have no row in its query.
		const lost = [...second].filter(([key, { n }]) => !found.has(key) && n > 0);
		expect(lost, `${metric} by ${by.join(',')}`).toEqual([]);
		const wrong = [...found].flatMap(([key, estimate]) => {
			const other = second.get(key);
			if (!other) return [`${key} is not in the log`];
			return differences(estimate, other).map((difference) => `${key}: ${difference}`);
		});
		expect(wrong, `${metric} by ${by.join(',')} ${JSON.stringify(where)}`).toEqual([]);
		valued += [...found.values()].filter(({ value }) => value !== null).length;
	}
	return valued;
}

/** Metrics over handoffs, and over conversations. */
export const ofPopulation = (population: 'handoffs' | 'conversations') =>
	Object.values(metrics)
		.filter((metric) => metric.population === population)
		.map(({ id }) => id);
