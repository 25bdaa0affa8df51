/** Everything the week page shows. */
import { z } from 'zod';
import type { Estimate } from '../estimate.ts';
import type { Scope } from '../scope.ts';
import {
	weekMetrics,
	type ClusterRow,
	type CsatRow,
	type Log,
	type Week,
	type WeekMetric,
	type WeekRow
} from '../week.ts';
import { addDays } from '../dates.ts';
import { engine, withSnapshot } from './engine.ts';
import { conversationDimensions, type Filter } from './filter.ts';
import { readExtent, readHealth, type Extent } from './log.ts';
import { emptyEstimate, estimateOf, measure, metricParameters, whyNotCarried } from './measure.ts';
import { query } from './query.ts';
import { filterOf, readScope, type Choice, type Chosen } from './scope.ts';

/** How many weeks the lines show. */
const weeksShown = 26;
/** How many weeks stand behind what one week is too thin to say. */
const weeksTogether = 4;

/** @returns null when the store holds no handoff */
export async function readWeek(choice: Choice, log: Log): Promise<Week | null> {
	return withSnapshot(async () => {
		const scope = await readScope({ ...choice, span: 1 }, log, 1);
		return scope && readWeekOf(scope, choice.chosen);
	});
}

async function readWeekOf(scope: Scope, chosen: Chosen): Promise<Week> {
	const { to } = scope;
	const shown = filterOf(scope, chosen);
	const recent: Filter = { ...shown, from: addDays(to, -7 * weeksTogether) };
	const lines: Filter = { ...shown, from: addDays(to, -7 * weeksShown) };
	const extent = await readExtent();
	const [series, routes, csat, clusters, recentCsat, repeats, health] = await Promise.all([
		readSeries(lines),
		measure(lines, ['handoffs'], ['week', 'route']),
		readCsat(shown, false),
		readClusters(recent),
		readCsat(recent, true),
		followedUpTo(extent),
		readHealth(extent)
	]);
	return {
		...scope,
		series,
		routes: routes.map((row) => ({
			week: String(row.by.week),
			route: row.by.route ?? null,
			n: row.values.handoffs.n
		})),
		repeats,
		csat,
		recent: { from: recent.from, to: recent.to, clusters, csat: recentCsat },
		health
	};
}

async function readSeries(filter: Filter): Promise<WeekRow[]> {
	const carried = weekMetrics.filter((id) => whyNotCarried(id, filter, ['week']) === null);
	const rows = await measure(filter, carried, ['week']);
	return rows.map((row) => ({
		week: String(row.by.week),
		values: Object.fromEntries(
			weekMetrics.map((id) => [id, row.values[id] ?? { ...emptyEstimate(id), value: null }])
		) as Record<WeekMetric, Estimate>
	}));
}

async function readClusters(filter: Filter): Promise<ClusterRow[]> {
	const failures = filter.route && !filter.route.includes('failure') ? null : ['failure'];
	if (failures === null) return [];
	const rows = await measure({ ...filter, route: failures }, ['handoffs'], ['topic', 'trigger']);
	return rows.map((row) => ({
		topic: row.by.topic ?? null,
		trigger: row.by.trigger ?? null,
		n: row.values.handoffs.n
	}));
}

export const pathRow = z.strictObject({
	key1: z.string().nullable(),
	path: z.enum(['ai_only', 'human_only']),
	possible: z.int(),
	n: z.int(),
	hits: z.int(),
	total: z.number(),
	total_of_squares: z.number()
});

/** CSAT of the three paths; the AI-only and human-only ones know no route, trigger, queue or team. */
async function readCsat(filter: Filter, byTopic: boolean): Promise<CsatRow[]> {
	const by = byTopic ? (['topic'] as const) : [];
	const carried = Object.fromEntries(
		Object.entries(filter).filter(
			([name]) =>
				name === 'from' || name === 'to' || conversationDimensions.some((d) => d === name)
		)
	) as Filter;
	const { settings } = await engine();
	const [handedOff, others] = await Promise.all([
		measure(filter, ['csat_top2', 'csat_mean'], [...by]),
		query('week/csat_by_path', pathRow, await metricParameters(carried, [...by]))
	]);
	return [
		...handedOff.map((row): CsatRow => ({
			topic: row.by.topic ?? null,
			path: 'handed_off',
			csat_top2: row.values.csat_top2,
			csat_mean: row.values.csat_mean
		})),
		...others.map(({ key1, path, possible, n, hits, total, total_of_squares }): CsatRow => {
			const group = { key1, key2: null, possible, n };
			return {
				topic: key1,
				path,
				csat_top2: estimateOf({ ...group, hits }, settings.repeat_window_days),
				csat_mean: estimateOf(
					{ ...group, total, total_of_squares },
					settings.repeat_window_days
				)
			};
		})
	];
}

/** How far back repeat contacts are known for the whole window. */
async function followedUpTo({ last_contact }: Extent): Promise<Week['repeats']> {
	const { settings } = await engine();
	const days = settings.repeat_window_days;
	return {
		days,
		known_to:
			last_contact === null ? null : addDays(last_contact.slice(0, 10), -Math.ceil(days))
	};
}
