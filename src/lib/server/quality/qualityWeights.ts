/** Weights to try: what they make of the score and of the ranking of topics. */
import { z } from 'zod';
import {
	components,
	compositeScore,
	type Component,
	type Weights
} from '../../analysis/compositeScore.ts';
import { rankStability, type ScoredGroup } from '../../analysis/rankStability.ts';
import { emptyEstimate } from '../measure/measure.ts';
import { metrics } from '../../metrics.ts';
import type { RefusedWeight, ScoreWeights, TriedWeights } from '../../quality.ts';
import type { Filter } from '../scope/filter.ts';
import { metricParameters } from '../measure/measure.ts';
import { readScores } from './qualityGroups.ts';
import { query } from '../store/query.ts';

/** A weight above this says no more than one that much smaller. */
const most = 100;
const leastCoverage = 0.5;

/** The weights that an address asks for: `w_context=2` and so on; what is not named stays as set. */
export function readTriedWeights(parameters: URLSearchParams, settings: Weights): TriedWeights {
	const refused: RefusedWeight[] = [];
	const given: Partial<Record<Component, string>> = {};
	const weights = { ...settings };
	for (const component of components) {
		const text = parameters.get(`w_${component}`)?.trim();
		if (text === undefined || text === '') continue;
		given[component] = text;
		const weight = Number(text.replace(',', '.'));
		if (Number.isFinite(weight) && weight >= 0 && weight <= most) weights[component] = weight;
		else refused.push({ component, why: `“${text}” is no number from 0 to ${most}` });
	}
	const whole = components.reduce((total, component) => total + weights[component], 0);
	if (refused.length === 0 && whole === 0)
		refused.push({ component: null, why: 'All four weights are 0: nothing would be scored' });
	const isUsable = refused.length === 0 && Object.keys(given).length > 0;
	return { weights: isUsable ? weights : null, refused, given };
}

const part = z.number().nullable();
export const patternRow = z.strictObject({
	key1: z.string().nullable(),
	n: z.int(),
	context: part,
	routing: part,
	smoothness: part,
	resolution: part
});

/** The score and the ranking of topics under the weights of the settings and under those tried. */
export async function readScoreWeights(
	filter: Filter,
	settings: Weights,
	tried: TriedWeights
): Promise<ScoreWeights> {
	const { weights } = tried;
	const [rows, [score], [triedScore]] = await Promise.all([
		query('quality/patterns', patternRow, await metricParameters(filter, ['topic'])),
		readScores(filter),
		weights ? readScores(filter, [], { weights }) : []
	]);
	const topics = groupsOf(rows);
	const counts = topics.map((group) => countOf(group, weights ?? settings));
	const isRanked = counts.map((n) => n >= metrics.quality_score.floor);
	const ranked = topics.filter((_, index) => isRanked[index]);
	return {
		...tried,
		settings,
		score: score?.estimate ?? emptyEstimate('quality_score'),
		triedScore: weights && (triedScore?.estimate ?? emptyEstimate('quality_score')),
		ranking: rankStability(ranked, settings),
		triedRanking: weights && rankStability(ranked, weights),
		counts: counts.filter((_, index) => isRanked[index]),
		left: topics.length - ranked.length
	};
}

function groupsOf(rows: z.infer<typeof patternRow>[]): ScoredGroup[] {
	const groups = new Map<string | null, ScoredGroup>();
	for (const { key1, n, ...values } of rows) {
		const group = groups.get(key1) ?? { key: key1, rows: [] };
		group.rows.push({ n, values });
		groups.set(key1, group);
	}
	return [...groups.values()];
}

const countOf = ({ rows }: ScoredGroup, weights: Weights) =>
	rows
		.filter(({ values }) => compositeScore(values, weights).coverage >= leastCoverage)
		.reduce((total, { n }) => total + n, 0);
