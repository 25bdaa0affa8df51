/** What other definitions of resolution, containment and repeat contacts say of the same log. */
import { z } from 'zod';
import {
	containmentIds,
	repeatIds,
	resolutionIds,
	type Counted,
	type Families,
	type FamilyId,
	type Family,
	type Part
} from '../../definitions.ts';
import type { Estimate } from '../../estimate.ts';
import type { MetricId } from '../../metrics.ts';
import type { Filter } from '../scope/filter.ts';
import { estimateOf, metricParameters } from '../measure/measure.ts';
import { readFormula } from './formulas.ts';
import { query } from '../store/query.ts';

const counts = { possible: z.int(), n: z.int(), hits: z.int() };

/** Handoffs that a definition counts as resolved, of those of which it can be said. */
export const resolutionRow = z.strictObject({ definition: z.enum(resolutionIds), ...counts });

/**
 * Conversations that a definition counts as contained, of those it is a share of, and the life table
 * of the counted until the same customer comes back on the same topic: `followed` of them carry a
 * customer and a topic, `at_risk_at_window` were still watched at the end of the window.
 */
export const containmentRow = z.strictObject({
	definition: z.enum(containmentIds),
	...counts,
	followed: z.int(),
	at_risk_at_window: z.int(),
	days: z.array(z.number()).nullable(),
	at_risk: z.array(z.int()).nullable(),
	repeats: z.array(z.int()).nullable()
});

/** Handoffs whose whole window the log shows, and those with another contact in it. */
export const repeatRow = z.strictObject({
	window_days: z.int(),
	topic_is: z.enum(['same', 'any']),
	channel_is: z.enum(['any', 'same']),
	...counts
});

const group = { key1: null, key2: null };

const shareOf = ({ possible, n, hits }: { possible: number; n: number; hits: number }): Estimate =>
	estimateOf({ ...group, possible, n, hits }, 0);

/** In the order of the page; a definition that the log has no rows for is not there. */
function inOrder<Id extends string>(ids: readonly Id[], found: Counted<Id>[]): Counted<Id>[] {
	return ids.flatMap((id) => found.filter((one) => one.id === id));
}

/** Our own numbers that the families begin with. */
export type Ours = {
	estimate: (id: MetricId) => Estimate | null;
	/** why a metric over conversations cannot be said under the filter; null where it can */
	why: (id: MetricId) => string | null;
};

const oursOf = (id: MetricId, { estimate, why }: Ours): Family['ours'] => ({
	id,
	estimate: estimate(id),
	why: why(id)
});

/** Every other definition over the handoffs and conversations of a filter, beside ours. */
export async function readFamilies(
	filter: Filter,
	ours: Ours,
	{ windowDays, parts }: { windowDays: number; parts: Part[] }
): Promise<Families> {
	const parameters = await metricParameters(filter, [], { windowDays });
	const ofConversations = ours.why('containment_rate') === null;
	const formula = (family: FamilyId) => readFormula(`definitions/${family}`, parts);
	const [resolutions, repeats, contained] = await Promise.all([
		query('definitions/resolution', resolutionRow, parameters),
		query('definitions/repeats', repeatRow, parameters),
		ofConversations ? query('definitions/containment', containmentRow, parameters) : null
	]);
	return {
		resolution: {
			ours: oursOf('resolution_rate', ours),
			formula: await formula('resolution'),
			oursFalse: null,
			others: inOrder(
				resolutionIds,
				resolutions.map((row) => ({
					id: row.definition,
					estimate: shareOf(row),
					falseContainment: null
				}))
			)
		},
		containment: {
			ours: oursOf('containment_rate', ours),
			formula: await formula('containment'),
			oursFalse: ours.estimate('false_containment_rate'),
			others:
				contained &&
				inOrder(
					containmentIds,
					contained.map((row) => ({
						id: row.definition,
						estimate: shareOf(row),
						falseContainment: cameBack(row, windowDays)
					}))
				)
		},
		repeats: {
			ours: oursOf('repeat_rate', ours),
			formula: await formula('repeats'),
			oursFalse: null,
			others: inOrder(
				repeatIds,
				repeats.map((row) => ({
					id: `${row.topic_is}_${row.channel_is}_${row.window_days}` as (typeof repeatIds)[number],
					estimate: shareOf(row),
					falseContainment: null
				}))
			)
		}
	};
}

/** Of the conversations a definition counts, who came back on the same topic within the window. */
function cameBack(
	{ hits, followed, at_risk_at_window, days, at_risk, repeats }: z.infer<typeof containmentRow>,
	windowDays: number
): Estimate {
	const life = { at_risk_at_window, days, at_risk, repeats };
	return estimateOf({ ...group, possible: hits, n: followed, ...life }, windowDays);
}
