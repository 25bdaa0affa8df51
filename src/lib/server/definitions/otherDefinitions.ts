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
import { changeOf } from '../measure/changes.ts';
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

type Tally = { possible: number; n: number; hits: number };
const shareRow = ({ possible, n, hits }: Tally) => ({ ...group, possible, n, hits });

/** In the order of the page; a definition that the log has no rows for is not there. */
function inOrder<Id extends string>(ids: readonly Id[], found: Counted<Id>[]): Counted<Id>[] {
	return ids.flatMap((id) => found.filter((one) => one.id === id));
}

/** What others count in a period and in the one it is compared with, beside our own metric. */
type Periods = { filter: Filter; before: Filter | null };

/** Our own numbers that the families begin with, and why one cannot be said under the filter. */
export type Ours = (id: MetricId) => Omit<Family['ours'], 'id'>;

/** Every other definition over the handoffs and conversations of a filter, beside ours. */
export async function readFamilies(
	{ filter, before }: Periods,
	ours: Ours,
	{ windowDays, parts }: { windowDays: number; parts: Part[] }
): Promise<Families> {
	const ofConversations = ours('containment_rate').why === null;
	const formula = (family: FamilyId) => readFormula(`definitions/${family}`, parts);
	const [now, then] = await Promise.all([
		readOthers(filter, windowDays, ofConversations),
		before && readOthers(before, windowDays, ofConversations)
	]);
	/** What became of a definition's share since the period compared with. */
	const counted = (id: MetricId, row: Tally, earlier: Tally | undefined) => ({
		estimate: estimateOf(shareRow(row), 0),
		change: then && changeOf(id, shareRow(row), earlier ? shareRow(earlier) : null, windowDays)
	});
	return {
		resolution: {
			ours: { id: 'resolution_rate', ...ours('resolution_rate') },
			formula: await formula('resolution'),
			oursFalse: null,
			others: inOrder(
				resolutionIds,
				now.resolutions.map((row) => ({
					id: row.definition,
					...counted(
						'resolution_rate',
						row,
						then?.resolutions.find(({ definition }) => definition === row.definition)
					),
					falseContainment: null
				}))
			)
		},
		containment: {
			ours: { id: 'containment_rate', ...ours('containment_rate') },
			formula: await formula('containment'),
			oursFalse: ours('false_containment_rate').estimate,
			others:
				now.contained &&
				inOrder(
					containmentIds,
					now.contained.map((row) => ({
						id: row.definition,
						...counted(
							'containment_rate',
							row,
							then?.contained?.find(({ definition }) => definition === row.definition)
						),
						falseContainment: cameBack(row, windowDays)
					}))
				)
		},
		repeats: {
			ours: { id: 'repeat_rate', ...ours('repeat_rate') },
			formula: await formula('repeats'),
			oursFalse: null,
			others: inOrder(
				repeatIds,
				now.repeats.map((row) => ({
					id: repeatId(row),
					...counted(
						'repeat_rate',
						row,
						then?.repeats.find((one) => repeatId(one) === repeatId(row))
					),
					falseContainment: null
				}))
			)
		}
	};
}

const repeatId = ({ topic_is, channel_is, window_days }: z.infer<typeof repeatRow>) =>
	`${topic_is}_${channel_is}_${window_days}` as (typeof repeatIds)[number];

async function readOthers(filter: Filter, windowDays: number, ofConversations: boolean) {
	const parameters = await metricParameters(filter, [], { windowDays });
	const [resolutions, repeats, contained] = await Promise.all([
		query('definitions/resolution', resolutionRow, parameters),
		query('definitions/repeats', repeatRow, parameters),
		ofConversations ? query('definitions/containment', containmentRow, parameters) : null
	]);
	return { resolutions, repeats, contained };
}

/** Of the conversations a definition counts, who came back on the same topic within the window. */
function cameBack(
	{ hits, followed, at_risk_at_window, days, at_risk, repeats }: z.infer<typeof containmentRow>,
	windowDays: number
): Estimate {
	const life = { at_risk_at_window, days, at_risk, repeats };
	return estimateOf({ ...group, possible: hits, n: followed, ...life }, windowDays);
}
