/** Everything the week page shows. */
import type { Estimate } from '../estimate.ts';
import type { Scope } from '../scope.ts';
import {
	weekMetrics,
	type ClusterRow,
	type Log,
	type Week,
	type WeekMetric,
	type WeekRow
} from '../week.ts';
import { addDays } from '../dates.ts';
import { readCsat } from './csatPaths.ts';
import { engine, withSnapshot } from './engine.ts';
import type { Filter } from './filter.ts';
import { readExtent, readHealth, type Extent } from './log.ts';
import { emptyEstimate, measure, whyNotCarried } from './measure.ts';
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
