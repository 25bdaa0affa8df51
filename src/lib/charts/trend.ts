import type { Estimate } from '../estimate.ts';
import type { Spread } from '../csat.ts';
import { absent, formatEstimate, formatInterval, formatNumber, lowerFirst } from '../format.ts';
import type { Unit } from '../metrics.ts';
import type { ChartedWeek } from '../signal.ts';
import { verdictWords } from '../signal.ts';
import { axisOf, bounds } from './axis.ts';
import { estimateCell, numberCell, rangeCell, valueCell, weekCell, type Datum } from './cells.ts';
import type { Chart, Plot } from './chart.ts';
import { colour, tipStyle } from './chart.ts';
import { spread } from './spread.ts';
import { axisWeeks, monthName, monthTicks, span, weekDays } from './weeks.ts';

/** A metric over weeks. A week without a row, a value or n enough is a gap. */
export type TrendLine = {
	label: string;
	colour?: string;
	points: { week: string; estimate: Estimate; limits?: Limits }[];
};

/** Where a week would lie if nothing had changed, and what is to be made of it. */
type Limits = Pick<ChartedWeek, 'centre' | 'low' | 'high' | 'verdict'>;

type Options = {
	/** what the lines show, in words */
	label: string;
	unit: Unit;
	/** weeks with a smaller n are gaps */
	floor: number;
	/** the week shown; it is marked and ends the axis */
	week: string;
	/** first week of the log */
	first: string | undefined;
	/** weeks from this Monday on are still open: their line is dashed */
	openFrom?: string;
	/** values the axis makes room for besides its own, so that figures side by side share a scale */
	beside?: number[];
};

const height = 112;

/** One metric, or a pair, over 26 weeks with its interval and the week shown marked. */
export function trend(lines: TrendLine[], options: Options): Chart {
	const { label, unit, week, first, openFrom } = options;
	const weeks = axisWeeks(first, week);
	const known = lines.map((line) => ({ ...line, points: onAxis(line, weeks, options) }));
	const values = known.flatMap(({ points }) =>
		points.flatMap(({ value, low, high, limits }) =>
			[value, low, high, limits.low, limits.high].filter((v) => v !== null)
		)
	);
	const axis = axisOf(unit, Math.max(0, ...values));
	const scaled = known.map((line) => ({
		...line,
		colour: line.colour ?? colour.ink,
		points: line.points.map((point) => ({
			...point,
			y: scale(point.value, axis.per),
			y1: scale(point.low, axis.per),
			y2: scale(point.high, axis.per),
			centre: scale(point.limits.centre, axis.per),
			least: scale(point.limits.low, axis.per),
			most: scale(point.limits.high, axis.per),
			isSignal: point.limits.verdict === 'signal',
			title: [
				weekDays(point.week),
				`${line.label}: ${point.text}`,
				...(unit === 'count' ? [] : [`n = ${formatNumber(point.n)}`]),
				...limitWords(point.limits, unit)
			].join('\n')
		}))
	}));
	const domain = bounds(
		[...values, ...(options.beside ?? [])].map((value) => value / axis.per),
		unit
	);
	const isOpen = (at: string) => openFrom !== undefined && at >= openFrom;
	const labelled = lines.length > 1;
	const ends = spread(
		scaled.map((line) => ({
			...line,
			y: line.points.findLast(({ y }) => y !== null)?.y ?? null
		})),
		(domain[1] - domain[0]) / 6
	);

	return {
		title: `${label} by week, ${span(weeks)}`,
		description: `Line chart: ${label} for each of the ${weeks.length} weeks up to ${weekDays(week)}.`,
		height,
		weeks,
		draw: (plot, width) => ({
			marginLeft: 46,
			marginRight: labelled ? 64 : 10,
			marginTop: 10,
			marginBottom: 22,
			x: { type: 'point', domain: weeks, axis: null },
			y: { domain, axis: null },
			marks: [
				plot.gridY({ ticks: 3, stroke: colour.border, strokeOpacity: 1 }),
				plot.axisY({
					ticks: 3,
					tickSize: 0,
					tickFormat: axis.tick,
					label: null,
					fill: colour.muted
				}),
				plot.axisX(monthTicks(weeks, width - 100), {
					tickSize: 3,
					tickFormat: monthName,
					label: null,
					fill: colour.muted
				}),
				plot.ruleX([week], { stroke: colour.muted, strokeDasharray: '2 2' }),
				...scaled.flatMap((line) => [
					...limitMarks(plot, line),
					plot.areaY(line.points, {
						x: 'week',
						y1: 'y1',
						y2: 'y2',
						fill: line.colour,
						fillOpacity: 0.16
					}),
					plot.lineY(
						line.points.map((point) =>
							isOpen(point.week) ? { ...point, y: null } : point
						),
						{ x: 'week', y: 'y', stroke: line.colour, strokeWidth: 1.75 }
					),
					plot.lineY(opening(line.points, isOpen), {
						x: 'week',
						y: 'y',
						stroke: line.colour,
						strokeWidth: 1.5,
						strokeDasharray: '3 3'
					}),
					plot.ruleX(
						line.points.filter((_, index) => isAlone(line.points, index)),
						{ x: 'week', y1: 'y1', y2: 'y2', stroke: line.colour, strokeOpacity: 0.4 }
					),
					plot.dot(
						line.points.filter(
							(point, index) =>
								isAlone(line.points, index) || point.isSignal || point.week === week
						),
						{
							x: 'week',
							y: 'y',
							r: (point: Marked) =>
								point.week === week ? 4 : point.isSignal ? 3.5 : 2,
							fill: (point: Marked) =>
								isOpen(point.week)
									? colour.surface
									: point.isSignal
										? colour.signal
										: line.colour,
							stroke: (point: Marked) =>
								point.isSignal ? colour.signal : line.colour
						}
					)
				]),
				labelled
					? plot.text(ends, {
							x: () => week,
							y: 'y',
							text: 'label',
							fill: 'colour',
							textAnchor: 'start',
							dx: 9,
							fontWeight: 600
						})
					: null,
				plot.tip(
					scaled.flatMap(({ points }) => points.filter(({ y }) => y !== null)),
					plot.pointer({
						x: 'week',
						y: 'y',
						title: 'title',
						preferredAnchor: 'bottom-right',
						...tipStyle
					})
				)
			],
			r: { type: 'identity' },
			color: { type: 'identity' }
		}),
		table: {
			head: [
				'Week',
				...known.flatMap((line) => {
					const own = isJudged(line) ? ['n', 'Limits', 'Verdict'] : ['n'];
					const of = labelled ? `, ${lowerFirst(line.label)}` : '';
					return [line.label, ...own.map((name) => name + of)];
				})
			],
			rows: weeks.map((at, index) => [
				weekCell(at),
				...known.flatMap((line) => {
					const point = line.points[index];
					const cells = [cellOf(point, unit), numberCell(point?.n ?? null)];
					if (!isJudged(line)) return cells;
					const { low = null, high = null, verdict = null } = point?.limits ?? {};
					return [
						...cells,
						rangeCell(low, high, unit),
						verdict === null ? absent : verdictWords[verdict]
					];
				})
			])
		}
	};
}

/** The points of a line in the weeks of the axis, empty where a week is missing or too thin. */
function onAxis(line: TrendLine, weeks: string[], { unit, floor }: Options) {
	const byWeek = new Map(line.points.map((point) => [point.week, point]));
	return weeks.map((week) => {
		const { estimate, limits = unjudged } = byWeek.get(week) ?? {};
		const n = estimate?.n ?? 0;
		const enough = estimate && n >= floor && n > 0 ? estimate : undefined;
		return {
			week,
			n,
			value: enough?.value ?? null,
			low: enough?.low ?? null,
			high: enough?.high ?? null,
			limits: enough ? limits : unjudged,
			text: enough ? formatEstimate(enough, unit) : n > 0 ? 'too few' : absent
		};
	});
}

/** Counts have no interval. */
const cellOf = (point: (Spread & { text: string }) | undefined, unit: Unit): Datum =>
	unit === 'count'
		? valueCell(point?.value ?? null, unit, point?.text)
		: estimateCell(point, unit, point?.text);

const unjudged: Limits = { centre: null, low: null, high: null, verdict: null };

type Marked = { week: string; isSignal: boolean };

type Scaled = {
	colour: string;
	points: {
		week: string;
		limits: Limits;
		centre: number | null;
		least: number | null;
		most: number | null;
	}[];
};

/** The centre of the baseline and its limits, in steps: each week has its own. */
function limitMarks(plot: Plot, line: Scaled) {
	if (!isJudged(line)) return [];
	const step = { x: 'week', curve: 'step', stroke: line.colour, strokeWidth: 1 } as const;
	return [
		plot.lineY(line.points, {
			...step,
			y: 'least',
			strokeOpacity: 0.7,
			strokeDasharray: '1 3'
		}),
		plot.lineY(line.points, { ...step, y: 'most', strokeOpacity: 0.7, strokeDasharray: '1 3' }),
		plot.lineY(line.points, { ...step, y: 'centre', strokeOpacity: 0.35 })
	];
}

/** Whether any week of a line has limits. */
function isJudged({ points }: { points: { limits: Limits }[] }): boolean {
	return points.some(({ limits }) => limits.verdict !== null);
}

function limitWords({ low, high, verdict }: Limits, unit: Unit): string[] {
	const between = formatInterval(low, high, unit);
	return [
		...(between === null ? [] : [`limits ${between}`]),
		...(verdict === null ? [] : [verdictWords[verdict]])
	];
}

function scale(value: number | null, per: number): number | null {
	return value === null ? null : value / per;
}

function isAlone(points: { y: number | null }[], index: number): boolean {
	const at = points[index];
	if (!at || at.y === null) return false;
	return (points[index - 1]?.y ?? null) === null && (points[index + 1]?.y ?? null) === null;
}

/** The open weeks with the last closed one before them, so that the dashed line joins the other. */
function opening<Point extends { week: string; y: number | null }>(
	points: Point[],
	isOpen: (week: string) => boolean
): Point[] {
	const from = points.findIndex(({ week }) => isOpen(week));
	return from < 0 ? [] : points.slice(Math.max(0, from - 1));
}
