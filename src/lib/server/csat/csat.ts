/** Everything the page CSAT shows. */
import { z } from 'zod';
import { csatNumbers, type AnswerRow, type CsatPage, type PathWeek } from '../../csat.ts';
import { addDays } from '../../dates.ts';
import { wholeWeeks, type Scope } from '../../scope.ts';
import { paths, type Health, type Log, type Path } from '../../week.ts';
import { readChanges } from '../measure/changes.ts';
import { summarise } from './csatMix.ts';
import { readPaths } from './csatPaths.ts';
import { readRanking } from './csatRanking.ts';
import { readCsatWaits } from './csatWaits.ts';
import { withSnapshot } from '../store/engine.ts';
import type { Filter } from '../scope/filter.ts';
import { readExtent, readHealth } from '../store/log.ts';
import { metricParameters } from '../measure/measure.ts';
import { query } from '../store/query.ts';
import { behind } from '../store/recorder.ts';
import { filterOf, readScope, type Choice, type Chosen } from '../scope/scope.ts';

/** How many weeks the page looks at where its address names none. */
const weeksLong = 26;
/** How many weeks the lines show, whatever the period. */
const weeksShown = 26;

/** @returns null when the store holds no handoff */
export async function readCsatPage(choice: Choice, log: Log): Promise<CsatPage | null> {
	return withSnapshot(async () => {
		const scope = await readScope(choice, log, weeksLong);
		return scope && readCsatPageOf(scope, choice.chosen);
	});
}

async function readCsatPageOf(scope: Scope, chosen: Chosen): Promise<CsatPage> {
	const filter = filterOf(scope, chosen);
	const { to } = wholeWeeks(scope);
	const lines: Filter = { ...filter, from: addDays(to, -7 * weeksShown), to };
	const [numbers, all, byTopic, answers, series, topics, triggers, waits, { fields }] =
		await Promise.all([
			readChanges(scope, chosen, csatNumbers),
			behind('paths', () => readPaths(filter)),
			behind(['paths', 'byTopic'], () => readPaths(filter, 'topic')),
			behind('answers', () => readAnswers(filter)),
			behind('weeks', () => readSeries(lines)),
			behind('topics', () => readRanking(filter, 'topic')),
			behind('triggers', () => readRanking(filter, 'trigger')),
			behind('waits', () => readCsatWaits(filter)),
			readExtent().then(readHealth)
		]);
	return {
		...scope,
		numbers,
		...summarise(all, byTopic, (path) => isAsked(fields, path)),
		answers,
		series,
		byTopic: byTopic.map(({ key, path, csat_top2, csat_mean }) => ({
			topic: key,
			path,
			csat_top2,
			csat_mean
		})),
		topics,
		triggers,
		waits,
		fields
	};
}

/** Whether any record of a path's kind carries an answer. */
function isAsked(fields: Health['fields'], path: Path): boolean {
	const kind = path === 'handed_off' ? 'handoff' : 'conversation';
	return fields.some(
		({ record, field, share }) => record === kind && field === 'csat' && (share ?? 0) > 0
	);
}

export const answerRow = z.strictObject({
	path: z.enum(paths),
	answer: z.int(),
	n: z.int(),
	n_between: z.int()
});

/** Answers by point of the scale. The queries of conversations know no route, trigger, queue or team. */
const readAnswers = async (filter: Filter): Promise<AnswerRow[]> =>
	query('csat/answers', answerRow, await metricParameters(filter, []));

async function readSeries(filter: Filter): Promise<PathWeek[]> {
	const groups = await readPaths(filter, 'week');
	return groups.map(({ key, path, csat_top2 }) => ({ path, week: String(key), csat_top2 }));
}
