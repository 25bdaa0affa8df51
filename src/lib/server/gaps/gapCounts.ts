/** Failures of topics, or of phrase groups, against what their volume and channels explain. */
import { countTail } from '../../analysis/countTail.ts';
import { excessPoisson, type Excess } from '../../analysis/excessPoisson.ts';
import { expectedCounts } from '../../analysis/expectedCounts.ts';
import { countQuantile } from '../../analysis/negativeBinomial.ts';
import { scanStatistic, steadyCounts, type ScanCluster } from '../../analysis/scanStatistic.ts';
import { dispersionOf } from '../../analysis/twoWayPoisson.ts';
import { gapMargin, type Gap, type GapWeek } from '../../gaps.ts';

/** One cell of what is counted: a topic (or a group) in a channel and a week, inside the period or not. */
export type Cell = {
	/** of the topic or group; '' is none */
	key: string;
	/** Monday */
	week: string;
	channel: string;
	isInPeriod: boolean;
	volume: number;
	failures: number;
};

/** Weeks that the scan holds the last ones against, and the most that it looks for. */
const past = 26;
export const recent = 4;
/** Under so many weeks of history nothing can be said to emerge. */
export const leastPast = 4;
/** Four weeks beyond this chance are the first that a gap is seen in. */
const firstSeenChance = 0.01;
/** Share of false topics among those that stand out. */
const falseShare = 0.05;
/** Fewer failures are too few for a gap. */
export const leastFailures = 5;

/** Trying out takes long among more topics than this. */
const mostTried = 200;

/** How the counts of a period are judged. */
export const excessOptions = { q: falseShare, least: leastFailures, margin: gapMargin };

/** What is found of one topic or group. */
export type Found = Pick<Gap, 'emerging' | 'trend' | 'firstSeen' | 'isOlder'> & {
	key: string;
	observed: number;
	expected: number | null;
	volume: number;
	excess: Excess | null;
};

/** Everything found, and by what chance it was judged. */
export type Findings = {
	found: Found[];
	/** variance of weekly counts over their mean, once topic, week and volume are allowed for */
	dispersion: number;
	/** excess with which a topic of middling expectation would be a gap; null: there is one, or none would do */
	seeable: () => number | null;
};

/**
 * Judges the failures of a period and of the weeks up to its end.
 * @param cells of all topics: what is chosen among them is chosen afterwards
 * @param weeks Mondays of the full weeks to look at, oldest first, without a hole
 */
export function findGaps(cells: readonly Cell[], weeks: readonly string[]): Findings {
	const keys = [...new Set(cells.map(({ key }) => key))];
	const weekly = weeklyTable(cells, keys, weeks);
	const dispersion = Math.max(1, dispersionOf(weekly));
	const period = expectedOf(cells.filter(({ isInPeriod }) => isInPeriod));
	const sums = keys.map((key) => period.get(key) ?? { observed: 0, expected: null, volume: 0 });
	const judged = excessPoisson(
		sums.map(({ observed, expected, volume }) => ({ observed, expected, population: volume })),
		{ ...excessOptions, dispersion }
	);
	const emerging = emergingOf(weekly, dispersion);
	const found = keys.map((key, at): Found => {
		const sum = sums[at] ?? { observed: 0, expected: null, volume: 0 };
		const trend = weeks.map((week, column) =>
			weekOf(week, {
				observed: weekly.counts[at]?.[column] ?? 0,
				expected: weekly.expected[at]?.[column] ?? null,
				volume: weekly.exposure[at]?.[column] ?? 0,
				dispersion
			})
		);
		const window = emerging[at] ?? null;
		return {
			key,
			...sum,
			excess: judged.topics[at] ?? null,
			emerging: window,
			trend,
			...firstSeenOf(trend, window, dispersion)
		};
	});
	return { found, dispersion, seeable: () => seeableOf(found, dispersion) };
}

type Weekly = { counts: number[][]; exposure: number[][]; expected: (number | null)[][] };

/** Topics in rows, weeks in columns; expected at the rates of each channel in that week. */
function weeklyTable(
	cells: readonly Cell[],
	keys: readonly string[],
	weeks: readonly string[]
): Weekly {
	const byWeek = new Map(weeks.map((week) => [week, [] as Cell[]]));
	for (const cell of cells) byWeek.get(cell.week)?.push(cell);
	const columns = weeks.map((week) => expectedOf(byWeek.get(week) ?? []));
	const table = <Value>(of: (sum: Sum | undefined) => Value) =>
		keys.map((key) => columns.map((column) => of(column.get(key))));
	return {
		counts: table((sum) => sum?.observed ?? 0),
		exposure: table((sum) => sum?.volume ?? 0),
		expected: table((sum) => sum?.expected ?? null)
	};
}

type Sum = { observed: number; expected: number | null; volume: number };

function expectedOf(cells: readonly Cell[]): Map<string, Sum> {
	const rows = expectedCounts(
		cells.map(({ key, channel, volume, failures }) => ({
			topic: key,
			stratum: channel,
			population: volume,
			events: failures
		}))
	);
	return new Map(
		rows.map(({ topic, observed, expected, population }) => [
			topic,
			{ observed, expected, volume: population }
		])
	);
}

/** The last weeks that are looked at for what emerges, of each row. */
export const lastFull = (rows: readonly number[][]): number[][] =>
	rows.map((row) => row.slice(-(past + recent)));

/** The last one to four weeks of each topic against its own rate over the weeks before and these. */
export function emergingOf(
	{ counts, exposure }: Pick<Weekly, 'counts' | 'exposure'>,
	dispersion: number
): Gap['emerging'][] {
	const [seen, out] = [lastFull(counts), lastFull(exposure)];
	const length = seen[0]?.length ?? 0;
	if (length < recent + leastPast) return [];
	const scan = scanStatistic(seen, steadyCounts(seen, out), { maxWeeks: recent, dispersion });
	const best = new Map((scan?.topics ?? []).map((cluster) => [cluster.topic, cluster]));
	return counts.map((_, at) => windowOf(best.get(at)));
}

function windowOf(cluster: ScanCluster | undefined): Gap['emerging'] {
	if (!cluster?.isEmerging) return null;
	const { weeks, observed, expected, p } = cluster;
	return { weeks, observed, expected, ratio: observed / expected, p };
}

/** A week with the band of chance around what is expected of it. */
export function weekOf(
	week: string,
	{ observed, expected, volume, dispersion }: Sum & { dispersion: number }
): GapWeek {
	if (expected === null) return { week, observed, expected, low: null, high: null, volume };
	const bound = (p: number) => countQuantile(p, { mean: expected, dispersion });
	return { week, observed, expected, low: bound(0.025), high: bound(0.975), volume };
}

/** Whether so many failures are more than chance gives once in a hundred times. */
export const isBeyondChance = (observed: number, mean: number, dispersion: number) =>
	observed >= leastFailures &&
	mean > 0 &&
	observed > mean &&
	countTail(observed, { mean, dispersion }).mid < firstSeenChance;

/** The first of four weeks (fewer where the log is shorter) whose failures are beyond chance. */
export function firstSeenOf(
	trend: readonly GapWeek[],
	emerging: Gap['emerging'],
	dispersion: number
): Pick<Gap, 'firstSeen' | 'isOlder'> {
	const long = Math.min(recent, trend.length);
	for (let from = 0; long > 0 && from + long <= trend.length; from++) {
		const window = trend.slice(from, from + long);
		const observed = window.reduce((sum, week) => sum + week.observed, 0);
		const mean = window.reduce((sum, week) => sum + (week.expected ?? 0), 0);
		if (isBeyondChance(observed, mean, dispersion))
			return { firstSeen: window[0]?.week ?? null, isOlder: from === 0 };
	}
	const first = emerging ? trend.at(-emerging.weeks) : undefined;
	return { firstSeen: first?.week ?? null, isOlder: false };
}

/**
 * How many more than expected a topic of middling expectation must have to be a gap, among the others
 * as they are. Null where something is one, where no number is enough, and of very many topics.
 */
function seeableOf(found: readonly Found[], dispersion: number): number | null {
	if (found.length > mostTried || found.some(({ excess }) => excess?.isGap)) return null;
	const rows = found
		.filter(({ expected }) => expected !== null && expected > 0)
		.map(({ observed, expected, volume }) => ({
			observed,
			expected: expected ?? 0,
			population: volume
		}))
		.sort((a, b) => a.expected - b.expected);
	const [middle, ...others] = [...rows.splice(Math.floor(rows.length / 2), 1), ...rows];
	if (!middle) return null;
	const isGap = (observed: number) =>
		excessPoisson([{ ...middle, observed }, ...others], { ...excessOptions, dispersion })
			.topics[0]?.isGap === true;
	let [low, high] = [Math.floor(middle.expected), Math.ceil(4 * middle.expected) + 40];
	if (!isGap(high)) return null;
	while (high - low > 1) {
		const half = Math.floor((low + high) / 2);
		if (isGap(half)) high = half;
		else low = half;
	}
	return high - middle.expected;
}
