/** The quality score by group, held against what chance would give a group of its size. */
import { meanFunnel } from '../../analysis/meanFunnel.ts';
import type { MeanSummary } from '../../analysis/meanInterval.ts';
import type { Estimate } from '../../estimate.ts';
import { metrics } from '../../metrics.ts';
import { scoreMetrics, type Grouping, type ScoreGroups } from '../../quality.ts';
import { engine } from '../store/engine.ts';
import type { Dimension, Filter } from '../scope/filter.ts';
import {
	estimateOf,
	measure,
	metricParameters,
	metricRow,
	type Tried
} from '../measure/measure.ts';
import { query } from '../store/query.ts';

/** Fewer groups than these say too little of how much groups differ by nature. */
const groupsToStretch = 10;

/** Scores of one group: mean with interval, and with its standard deviation where it has one. */
export type Scores = { key: string | null; estimate: Estimate; summary: MeanSummary | null };

/** Scores of a filter, of all it chooses or by a dimension. */
export async function readScores(
	filter: Filter,
	by: Dimension[] = [],
	tried: Tried = {}
): Promise<Scores[]> {
	const { settings } = await engine();
	const rows = await query(
		'metrics/quality_score',
		metricRow,
		await metricParameters(filter, by, tried)
	);
	return rows.map((row) => ({
		key: row.key1,
		estimate: estimateOf(row, settings.repeat_window_days),
		summary:
			'mean' in row && row.mean !== null && row.sd !== null
				? { n: row.n, mean: row.mean, sd: row.sd }
				: null
	}));
}

/** The score and its components by group, most handoffs first, and the funnel they stand on. */
export async function readScoreGroups(filter: Filter, by: Grouping): Promise<ScoreGroups> {
	const [rows, scores] = await Promise.all([
		measure(filter, ['handoffs', ...scoreMetrics], [by]),
		readScores(filter, [by])
	]);
	const drawn = scores.flatMap(({ key, summary }) =>
		summary && summary.n >= metrics.quality_score.floor ? [{ key, summary }] : []
	);
	const found = drawn.length >= 2 ? meanFunnel(drawn.map(({ summary }) => summary)) : null;
	const isStretched = drawn.length >= groupsToStretch;
	const stretch = found && isStretched ? Math.sqrt(Math.max(1, found.phi)) : 1;
	const distances = new Map(
		drawn.map(({ key }, index) => [key, (found?.z[index] ?? 0) / stretch] as const)
	);
	return {
		by,
		groups: rows
			.map(({ by: keys, values }) => {
				const key = keys[by] ?? null;
				const z = found ? (distances.get(key) ?? null) : null;
				return { key, handoffs: values.handoffs.n, values, z };
			})
			.sort((a, b) => b.handoffs - a.handoffs),
		funnel: found && {
			target: found.target,
			sd: found.sd,
			phi: Math.max(1, found.phi),
			isStretched
		}
	};
}
