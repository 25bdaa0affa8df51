/** Which items of context did not travel, and what handoffs without them cost. */
import { LIST, listValue, VARCHAR } from '@duckdb/node-api';
import { z } from 'zod';
import { contextItems } from '../../../../ingest/contract.ts';
import { benjaminiHochberg } from '../../analysis/benjaminiHochberg.ts';
import type { MeanSummary } from '../../analysis/meanInterval.ts';
import {
	standardisedMeanDifference,
	type MeanDifference
} from '../../analysis/standardisedMean.ts';
import { wilson } from '../../analysis/wilson.ts';
import type { ContextItem, Cost, QualityPage } from '../../quality.ts';
import type { Filter } from '../scope/filter.ts';
import { metricParameters } from '../measure/measure.ts';
import { query } from '../store/query.ts';

/** A topic with fewer on either side tells too little of its spread to be compared. */
const leastOfTopic = 5;
/** Fewer than these on either side in all: no cost is said. */
const leastOfItem = 30;

export const contextRow = z.strictObject({
	item: z.string(),
	topic: z.string().nullable(),
	is_there: z.boolean(),
	n: z.int(),
	handle_n: z.int(),
	handle_mean: z.number().nullable(),
	handle_sd: z.number().nullable(),
	reask_n: z.int(),
	reask_hits: z.int()
});
type ContextRow = z.infer<typeof contextRow>;

/** The required items first, then the others; within them those missing most first. */
export async function readContextItems(
	filter: Filter,
	required: readonly string[]
): Promise<QualityPage['context']> {
	const { values, types } = await metricParameters(filter, []);
	const [rows, all] = await Promise.all([
		query('quality/context_items', contextRow, {
			values: { ...values, items: listValue([...contextItems]) },
			types: { ...types, items: LIST(VARCHAR) }
		}),
		query('metrics/handoffs', z.object({ n: z.int() }), { values, types })
	]);
	const handoffs = all[0]?.n ?? 0;
	const items = contextItems.map((item) => {
		const own = rows.filter((row) => row.item === item);
		return {
			item,
			isRequired: required.includes(item),
			missing: missingShare(own, handoffs),
			handle: costOf(own, handleOf),
			reask: costOf(own, reaskOf)
		};
	});
	const handle = clear(items.map((one) => one.handle));
	const reask = clear(items.map((one) => one.reask));
	return {
		handoffs,
		items: items
			.map((one, index) => ({
				...one,
				handle: handle[index] ?? null,
				reask: reask[index] ?? null
			}))
			.sort(
				(a, b) =>
					Number(b.isRequired) - Number(a.isRequired) ||
					(b.missing.value ?? 0) - (a.missing.value ?? 0)
			)
	};
}

function missingShare(rows: ContextRow[], handoffs: number): ContextItem['missing'] {
	const n = sum(rows);
	const hits = sum(rows.filter(({ is_there }) => !is_there));
	const interval = wilson(hits, n);
	return {
		value: n > 0 ? hits / n : null,
		low: interval?.low ?? null,
		high: interval?.high ?? null,
		n,
		coverage: handoffs > 0 ? n / handoffs : null
	};
}

const handleOf = ({ handle_n, handle_mean, handle_sd }: ContextRow): MeanSummary => ({
	n: handle_n,
	mean: handle_mean ?? 0,
	sd: handle_sd ?? 0
});

/** A share as the mean of ones and zeros. */
function reaskOf({ reask_n: n, reask_hits: hits }: ContextRow): MeanSummary {
	const mean = n > 0 ? hits / n : 0;
	return { n, mean, sd: n > 1 ? Math.sqrt((mean * (1 - mean) * n) / (n - 1)) : 0 };
}

type Unjudged = MeanDifference & Omit<Cost, 'isClear'>;

/** Handoffs without the item less those with it, within topics and over the mix of both together. */
function costOf(rows: ContextRow[], of: (row: ContextRow) => MeanSummary): Unjudged | null {
	const strata = [...new Set(rows.map(({ topic }) => topic))].flatMap((topic) => {
		const own = rows.filter((row) => row.topic === topic);
		const [without, having] = [false, true].map((is) => own.find((row) => row.is_there === is));
		if (!without || !having) return [];
		const [a, b] = [of(without), of(having)];
		return a.n >= leastOfTopic && b.n >= leastOfTopic
			? [{ topic, a, b, weight: sum(own) }]
			: [];
	});
	const compared = (side: 'a' | 'b') => strata.reduce((total, one) => total + one[side].n, 0);
	const [without, having] = [compared('a'), compared('b')];
	if (without < leastOfItem || having < leastOfItem) return null;
	const found = standardisedMeanDifference(strata);
	const weight = strata.reduce((total, one) => total + one.weight, 0);
	return (
		found && {
			...found,
			without,
			having,
			topics: strata.map(({ topic }) => topic),
			covered: weight / sum(rows)
		}
	);
}

/** Says of each difference whether it holds with all that were looked at. */
function clear(costs: (Unjudged | null)[]): (Cost | null)[] {
	const { rejected } = benjaminiHochberg(costs.flatMap((cost) => (cost ? [cost.p] : [])));
	const verdicts = rejected.values();
	return costs.map((cost) => {
		if (!cost) return null;
		const { difference, low, high, without, having, topics, covered } = cost;
		const isClear = verdicts.next().value ?? false;
		return { difference, low, high, without, having, topics, covered, isClear };
	});
}

const sum = (rows: { n: number }[]) => rows.reduce((total, { n }) => total + n, 0);
