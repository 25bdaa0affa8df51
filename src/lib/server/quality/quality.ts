/** Everything the page Quality shows. */
import { z } from 'zod';
import { welch } from '../../analysis/welch.ts';
import { addDays } from '../../dates.ts';
import {
	groupings,
	modeMetrics,
	scoreMetrics,
	type Distribution,
	type Grouping,
	type OverTime,
	type QualityPage,
	type ScoreChange,
	type TopicModes
} from '../../quality.ts';
import { metrics, type MetricId } from '../../metrics.ts';
import { daysOf, wholeWeeks, type Scope } from '../../scope.ts';
import type { Log } from '../../week.ts';
import type { Charted } from '../../signal.ts';
import { readChanges } from '../measure/changes.ts';
import { readCharted } from '../measure/charted.ts';
import { engine, withSnapshot } from '../store/engine.ts';
import type { Filter } from '../scope/filter.ts';
import { readExtent, readHealth } from '../store/log.ts';
import { measure, metricParameters } from '../measure/measure.ts';
import { query } from '../store/query.ts';
import { readContextItems } from './qualityContext.ts';
import { readForetelling } from './qualityForetelling.ts';
import { readScoreGroups, readScores } from './qualityGroups.ts';
import { readScoreWeights, readTriedWeights } from './qualityWeights.ts';
import { behind } from '../store/recorder.ts';
import { AddressReader } from '../http/addressReader.ts';
import { filterOf, readScope, type Choice, type Chosen, withNotes } from '../scope/scope.ts';

/** How many weeks the page looks at where its address names none. */
const weeksLong = 26;
/** How many weeks at the end of a period are held against the rest of it. */
const recentWeeks = 4;

/** @returns null when the store holds no handoff */
export async function readQuality(
	choice: Choice,
	parameters: URLSearchParams,
	log: Log
): Promise<QualityPage | null> {
	return withSnapshot(async () => {
		const { by, notes } = readGrouping(parameters);
		const scope = await readScope(withNotes(choice, notes), log, weeksLong);
		return scope && readQualityOf(scope, choice.chosen, by, parameters);
	});
}

async function readQualityOf(
	scope: Scope,
	chosen: Chosen,
	by: Grouping,
	parameters: URLSearchParams
): Promise<QualityPage> {
	const filter = filterOf(scope, chosen);
	const { settings } = await engine();
	const windowDays = settings.repeat_window_days;
	const tried = readTriedWeights(parameters, settings.score_weights);
	const [
		score,
		change,
		distribution,
		groups,
		modes,
		topics,
		context,
		weights,
		foretelling,
		health
	] = await Promise.all([
		behind('weekly', () => readOverTime(scope, chosen, scoreMetrics)),
		readChange(scope, filter),
		behind('scores', () => readDistribution(filter)),
		behind('groups', () => readScoreGroups(filter, by)),
		behind('weekly', () => readOverTime(scope, chosen, modeMetrics)),
		behind('modes', () => readTopicModes(filter)),
		behind('context', () => readContextItems(filter, settings.required_context)),
		readScoreWeights(filter, settings.score_weights, tried),
		behind('foretelling', () => readForetelling(filter, windowDays)),
		readExtent().then(readHealth)
	]);
	return {
		...scope,
		score,
		change,
		distribution,
		groups,
		modes: { ...modes, topics },
		context,
		weights,
		foretelling,
		windowDays,
		fields: health.fields
	};
}

/** What the score is split by, topic where the address names nothing else; and what was left out. */
export function readGrouping(parameters: URLSearchParams): { by: Grouping; notes: string[] } {
	const reader = new AddressReader(parameters);
	return { by: reader.oneOf('by', groupings) ?? 'topic', notes: reader.notes };
}

async function readOverTime<Id extends MetricId>(
	scope: Scope,
	chosen: Chosen,
	ids: readonly Id[]
): Promise<OverTime<Id>> {
	const [charted] = await readCharted({ ...chosen, to: wholeWeeks(scope).to }, ids);
	const charts = charted?.charts ?? null;
	const none: Charted = { weeks: [], baseline: null, last: null };
	return {
		numbers: await readChanges(scope, chosen, ids, { charts }),
		weekly: charts ?? (Object.fromEntries(ids.map((id) => [id, none])) as Record<Id, Charted>)
	};
}

/** The last weeks of a period against the rest: four, or the last one of a period of four. */
async function readChange(scope: Scope, filter: Filter): Promise<ScoreChange | null> {
	const { from, to } = scope;
	const weeks = Math.floor(daysOf(scope) / 7);
	if (weeks < 2) return null;
	const turn = addDays(to, -7 * (weeks > recentWeeks ? recentWeeks : 1));
	const periods = { recent: { from: turn, to }, earlier: { from, to: turn } };
	const [[recent], [earlier]] = await Promise.all([
		readScores({ ...filter, ...periods.recent }),
		readScores({ ...filter, ...periods.earlier })
	]);
	const { floor } = metrics.quality_score;
	if (!recent?.summary || !earlier?.summary) return null;
	if (recent.summary.n < floor || earlier.summary.n < floor) return null;
	const difference = welch(recent.summary, earlier.summary);
	return (
		difference && {
			recent: { ...periods.recent, score: recent.estimate },
			earlier: { ...periods.earlier, score: earlier.estimate },
			difference
		}
	);
}

export const binRow = z.strictObject({
	is_counted: z.boolean(),
	bin: z.int().nullable(),
	n: z.int()
});

async function readDistribution(filter: Filter): Promise<Distribution> {
	const rows = await query('quality/score_bins', binRow, await metricParameters(filter, []));
	const sum = (of: (row: z.infer<typeof binRow>) => boolean) =>
		rows.filter(of).reduce((total, { n }) => total + n, 0);
	return {
		bins: Array.from({ length: 20 }, (_, bin) => ({
			from: bin * 5,
			n: sum((row) => row.is_counted && row.bin === bin)
		})),
		counted: sum((row) => row.is_counted),
		uncounted: sum((row) => !row.is_counted && row.bin !== null),
		unscored: sum((row) => row.bin === null)
	};
}

async function readTopicModes(filter: Filter): Promise<TopicModes[]> {
	const rows = await measure(filter, ['handoffs', ...modeMetrics], ['topic']);
	return rows
		.map(({ by, values }) => ({ topic: by.topic ?? null, handoffs: values.handoffs.n, values }))
		.sort((a, b) => b.handoffs - a.handoffs);
}
