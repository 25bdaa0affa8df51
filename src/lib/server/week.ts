/** Everything the week page shows. */
import { z } from 'zod';
import type { Estimate } from '../estimate.ts';
import {
	weekDimensions,
	weekMetrics,
	type ClusterRow,
	type CsatRow,
	type FacetValue,
	type Log,
	type Week,
	type WeekDimension,
	type WeekMetric,
	type WeekRow
} from '../week.ts';
import { addDays, daysBetween, isDate, mondayOf } from '../dates.ts';
import { engine, withSnapshot } from './engine.ts';
import { conversationDimensions, type Filter } from './filter.ts';
import { readExtent, readHealth, type Extent } from './log.ts';
import { emptyEstimate, estimateOf, measure, metricParameters, whyNotCarried } from './measure.ts';
import { query } from './query.ts';

/** How many weeks the lines show. */
const weeksShown = 26;
/** How many weeks stand behind what one week is too thin to say. */
const weeksTogether = 4;

/** The whole calendar. */
const ever = { from: '1970-01-01', to: '2101-01-01' };

export type WeekChoice = { week: string | null } & Partial<Record<WeekDimension, string[]>>;

/** Reads the choice of a week page from its address; what it does not understand it leaves out. */
export function readChoice(parameters: URLSearchParams): WeekChoice {
	const week = parameters.get('week');
	const choice: WeekChoice = {
		week: week && isDate(week) && week >= ever.from && week < ever.to ? mondayOf(week) : null
	};
	for (const dimension of weekDimensions) {
		const values = parameters.getAll(dimension);
		if (values.length > 0) choice[dimension] = [...new Set(values)];
	}
	return choice;
}

/** @returns null when the store holds no handoff */
export async function readWeek(choice: WeekChoice, log: Log): Promise<Week | null> {
	const { first, last } = log;
	if (first === null || last === null) return null;
	return withSnapshot(() => readWeekOf(choice, first.slice(0, 10), last.slice(0, 10)));
}

/** @param first @param last local dates of the first and last handoff of the log */
async function readWeekOf(choice: WeekChoice, first: string, last: string): Promise<Week> {
	const { week: asked, ...chosen } = choice;
	const extent = await readExtent();
	const weeks = (await measure({ ...ever, ...chosen }, ['handoffs'], ['week'])).map((row) => ({
		week: String(row.by.week),
		n: row.values.handoffs.n
	}));
	const full = await lastFullWeek(first, last);
	const week = asked ?? full ?? mondayOf(last);
	const to = addDays(week, 7);
	const shown: Filter = { ...chosen, from: week, to };
	const recent: Filter = { ...shown, from: addDays(to, -7 * weeksTogether) };
	const lines: Filter = { ...shown, from: addDays(to, -7 * weeksShown) };
	const [series, routes, facets, csat, clusters, recentCsat, repeats, health] = await Promise.all(
		[
			readSeries(lines),
			measure(lines, ['handoffs'], ['week', 'route']),
			readFacets(shown),
			readCsat(shown, false),
			readClusters(recent),
			readCsat(recent, true),
			followedUpTo(extent),
			readHealth(extent)
		]
	);
	return {
		week,
		complete: full !== null && week <= full,
		weeks,
		facets,
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

/**
 * The last week that the log holds all of, as far as can be told: it reaches the last weekday on
 * which the weeks before had handoffs (a team may rest on Sunday). Null when there is none.
 */
async function lastFullWeek(first: string, last: string): Promise<string | null> {
	const week = mondayOf(last);
	if (addDays(week, 6) === last) return week;
	if (week === mondayOf(first)) return null;
	const before = { from: addDays(week, -7 * weeksTogether), to: week };
	const days = await measure(before, ['handoffs'], ['day']);
	const closes = days
		.map(({ by }) => String(by.day))
		.map((day) => addDays(day, daysBetween(mondayOf(day), week)))
		.reduce((latest, day) => (day > latest ? day : latest), week);
	return last >= closes ? week : addDays(week, -7);
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

/** Values of each dimension with the handoffs they have under the other dimensions' filters. */
async function readFacets(filter: Filter): Promise<Record<WeekDimension, FacetValue[]>> {
	const facets = await Promise.all(
		weekDimensions.map(async (dimension) => {
			const chosen = filter[dimension] ?? [];
			const rows = await measure(
				{ ...filter, [dimension]: undefined },
				['handoffs'],
				[dimension]
			);
			const counted = rows.map((row) => ({
				value: row.by[dimension] ?? '',
				n: row.values.handoffs.n
			}));
			const absent = chosen
				.filter((value) => !counted.some((row) => row.value === value))
				.map((value) => ({ value, n: 0 }));
			const values = [...counted, ...absent].map((row) => ({
				...row,
				chosen: chosen.includes(row.value)
			}));
			return [dimension, values.sort((a, b) => b.n - a.n)] as const;
		})
	);
	return Object.fromEntries(facets) as Record<WeekDimension, FacetValue[]>;
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
