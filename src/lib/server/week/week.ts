/** Everything the week page shows. */
import type { Estimate } from '../../estimate.ts';
import type { Scope } from '../../scope.ts';
import {
	weekMetrics,
	type ClusterRow,
	type Log,
	type Week,
	type WeekMetric,
	type WeekRow
} from '../../week.ts';
import { addDays } from '../../dates.ts';
import { splittable, type SplittableMetric } from '../../moved.ts';
import { leadCsat } from '../../headline.ts';
import type { Charted } from '../../signal.ts';
import { readCharted, weeksShown, wholeWeeksOf, type ChartOptions } from '../measure/charted.ts';
import { readCsat } from '../csat/csatPaths.ts';
import { engine, withSnapshot } from '../store/engine.ts';
import type { Filter } from '../scope/filter.ts';
import { readFindings } from './findings.ts';
import { firstOpenWeek, followedUpTo, readExtent, readHealth } from '../store/log.ts';
import { emptyEstimate, measure, whyNotCarried } from '../measure/measure.ts';
import { readMoved } from './movedChoice.ts';
import { behind } from '../store/recorder.ts';
import { AddressReader } from '../http/addressReader.ts';
import {
	filterOf,
	lastWeekOf,
	readChoice,
	readScope,
	type Choice,
	type Chosen,
	withNotes
} from '../scope/scope.ts';
import { readWeekChanges } from './weekChanges.ts';
import { readWorst } from './worst.ts';

/** How many weeks stand behind what one week is too thin to say. */
const weeksTogether = 4;

/** What the week page is asked for besides its scope; null: its own choice. */
export type WeekChoice = Choice & {
	moved: SplittableMetric | null;
};

/** Reads the choice of a week page from its address; what it does not understand it leaves out. */
export function readWeekChoice(parameters: URLSearchParams): WeekChoice {
	const reader = new AddressReader(parameters);
	const moved = reader.oneOf('moved', splittable);
	return { ...withNotes(readChoice(parameters), reader.notes), moved };
}

/** @returns null when the store holds no handoff */
export async function readWeek(choice: WeekChoice, log: Log): Promise<Week | null> {
	return withSnapshot(async () => {
		const scope = await readScope(lastWeekOf(choice), log, 1);
		return scope && readWeekOf(scope, choice);
	});
}

async function readWeekOf(scope: Scope, choice: WeekChoice): Promise<Week> {
	const { week, to } = scope;
	const { chosen } = choice;
	const shown = filterOf(scope, chosen);
	const recent: Filter = { ...shown, from: addDays(to, -7 * weeksTogether) };
	const lines: Filter = { ...shown, from: addDays(to, -7 * weeksShown) };
	const extent = await readExtent();
	const { repeat_window_days: days } = (await engine()).settings;
	const repeats = { days, known_to: followedUpTo(extent, days) };
	const options: ChartOptions = {
		openFrom: firstOpenWeek(repeats.known_to),
		whole: wholeWeeksOf(scope)
	};
	const [all] = await behind('weekly', () => readCharted(shown, weekMetrics, undefined, options));
	const charts = all?.charts ?? null;
	const [routes, csat, clusters, health, worst, findings, changes] = await Promise.all([
		behind('routes', () => measure(lines, ['handoffs'], ['week', 'route'])),
		readCsat(shown, false),
		behind('clusters', () => readClusters(recent)),
		readHealth(extent),
		readWorst(shown),
		charts ? readFindings({ week, chosen, whole: headlines(charts), options }) : [],
		charts ? readWeekChanges({ scope, chosen, charts, options }) : {}
	]);
	return {
		...scope,
		series: charts ? seriesOf(charts) : [],
		lastYear: await readLastYear(scope, chosen),
		charts,
		changes,
		findings,
		moved: await behind('moved', () => readMoved({ week, choice, charts, findings, options })),
		worst,
		routes: routes.map((row) => ({
			week: String(row.by.week),
			route: row.by.route ?? null,
			n: row.values.handoffs.n
		})),
		repeats,
		csat,
		recent: { from: recent.from, to: recent.to, clusters },
		health
	};
}

/** Measured only where it is asked for: the charts hold no week that far back. */
async function readLastYear(
	{ compared, against }: Scope,
	chosen: Chosen
): Promise<Week['lastYear']> {
	if (against !== 'year' || compared.lacks !== null) return null;
	const filter = filterOf(compared, chosen);
	const carried = weekMetrics.filter((id) => whyNotCarried(id, filter, []) === null);
	const [row] = await measure(filter, carried);
	const unknown: Estimate = { ...emptyEstimate('handoffs'), value: null };
	return Object.fromEntries(
		weekMetrics.map((id) => [id, row?.values[id] ?? unknown])
	) as WeekRow['values'];
}

type Charts = Record<WeekMetric, Charted>;

/** The numbers that can make a headline; of CSAT the one that the answers are enough for. */
function headlines(charts: Charts): Partial<Charts> {
	const csat = leadCsat(charts.csat_top2.weeks.at(-1)?.estimate);
	const { quality_score, repeat_rate, failure_share, handoffs } = charts;
	const { wait_before_p50, wait_after_p50 } = charts;
	return {
		quality_score,
		[csat]: charts[csat],
		repeat_rate,
		wait_before_p50,
		wait_after_p50,
		failure_share,
		handoffs
	};
}

/** The weeks of the charts that have rows. */
function seriesOf(charts: Charts): WeekRow[] {
	return charts.handoffs.weeks
		.map(({ week }, index) => ({
			week,
			values: Object.fromEntries(
				weekMetrics.map((id) => [
					id,
					charts[id].weeks[index]?.estimate ?? emptyEstimate(id)
				])
			) as Record<WeekMetric, Estimate>
		}))
		.filter(({ values }) => Object.values(values).some(({ n }) => n > 0));
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
