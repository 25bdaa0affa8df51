import { absent, formatEstimate, formatNumber, lowerFirst } from '../../format.ts';
import type { RepeatsPage } from '../../repeats.ts';
import { paths } from '../../week.ts';
import { bounds } from '../axis.ts';
import { estimateCell, numberCell, weekCell } from '../cells.ts';
import type { Chart } from '../chart.ts';
import { colour, tipStyle } from '../chart.ts';
import { looks } from '../csat/satisfaction.ts';
import { spread } from '../spread.ts';
import { axisWeeks, monthName, monthTicks, span, weekDays } from '../weeks.ts';

type Options = {
	/** what the lines show, in words */
	label: string;
	/** the last week of the axis, and the first of the log */
	week: string;
	first: string | undefined;
	/** weeks from this Monday on are not yet known */
	openFrom: string | undefined;
};

const height = 240;

/** Share back within the window by week of the contact; weeks too young to know are shaded. */
export function returnWeeks(series: RepeatsPage['series'], options: Options): Chart {
	const { label, week, first, openFrom } = options;
	const weeks = axisWeeks(first, week);
	const isOpen = (at: string) => openFrom !== undefined && at >= openFrom;
	const lines = paths.flatMap((path) => {
		const own = new Map(
			series.filter((row) => row.path === path).map((row) => [row.week, row.returned])
		);
		if (own.size === 0) return [];
		const points = weeks.map((at) => {
			const estimate = own.get(at);
			const { value = null, low = null, high = null, n = 0 } = estimate ?? {};
			const percent = (share: number | null) => (share === null ? null : share * 100);
			const said = estimate && value !== null ? formatEstimate(estimate, 'share') : 'too few';
			return {
				week: at,
				estimate,
				n,
				y: percent(value),
				y1: percent(low ?? value),
				y2: percent(high ?? value),
				text: n === 0 ? absent : isOpen(at) ? `${said}, not yet known` : said
			};
		});
		return { ...looks[path], path, points };
	});
	const domain = bounds(
		lines.flatMap(({ points }) =>
			points.flatMap(({ y, y1, y2 }) => [y, y1, y2].filter((value) => value !== null))
		),
		'share'
	);
	const open = weeks.filter(isOpen);
	const ends = spread(
		lines.map((line) => ({
			...line,
			y: line.points.findLast(({ y }) => y !== null)?.y ?? null
		})),
		(domain[1] - domain[0]) / 13
	);
	const tips = lines.flatMap((line) =>
		line.points
			.filter(({ y }) => y !== null)
			.map((point) => ({
				...point,
				title: `${weekDays(point.week)}\n${line.label}: ${point.text}\nn = ${formatNumber(point.n)}`
			}))
	);

	return {
		title: `${label} by week, ${span(weeks)}`,
		description: `Lines with 95 % bands: ${label.toLowerCase()} for each of ${weeks.length} weeks up to ${weekDays(week)}; ${open.length} of them not yet known.`,
		height,
		weeks,
		draw: (plot, width) => ({
			marginLeft: 40,
			marginRight: 84,
			marginTop: 18,
			marginBottom: 22,
			x: { type: 'band', domain: weeks, axis: null, padding: 0 },
			y: { domain, axis: null },
			color: { type: 'identity' },
			marks: [
				plot.barY(open, {
					x: (at: string) => at,
					y1: () => domain[0],
					y2: () => domain[1],
					fill: colour.unknown,
					fillOpacity: 0.2
				}),
				plot.gridY({ ticks: 4, stroke: colour.border, strokeOpacity: 1 }),
				plot.axisY({
					ticks: 4,
					tickSize: 0,
					tickFormat: (value: number) => `${value} %`,
					label: null,
					fill: colour.muted
				}),
				plot.axisX(monthTicks(weeks, width - 124), {
					tickSize: 3,
					tickFormat: monthName,
					label: null,
					fill: colour.muted
				}),
				...lines.flatMap(({ points, stroke, symbol }) => [
					plot.areaY(points, {
						x: 'week',
						y1: 'y1',
						y2: 'y2',
						fill: stroke,
						fillOpacity: 0.14
					}),
					plot.lineY(
						points.map((point) => (isOpen(point.week) ? { ...point, y: null } : point)),
						{ x: 'week', y: 'y', stroke, strokeWidth: 1.75 }
					),
					plot.lineY(opening(points, isOpen), {
						x: 'week',
						y: 'y',
						stroke,
						strokeWidth: 1.5,
						strokeDasharray: '3 3'
					}),
					plot.dot(points, {
						x: 'week',
						y: 'y',
						r: 2.5,
						symbol: symbol as 'circle',
						fill: (point: { week: string }) =>
							isOpen(point.week) ? colour.surface : stroke,
						stroke
					})
				]),
				open.length > 0
					? plot.text([open.at(-1) ?? week], {
							x: (at: string) => at,
							frameAnchor: 'top',
							text: () => 'not yet known',
							textAnchor: 'end',
							dx: (width - 124) / weeks.length / 2,
							dy: -14,
							fill: colour.muted
						})
					: null,
				plot.text(ends, {
					x: () => week,
					y: 'y',
					text: 'label',
					fill: 'stroke',
					textAnchor: 'start',
					dx: 12,
					fontWeight: 600
				}),
				plot.tip(tips, plot.pointer({ x: 'week', y: 'y', title: 'title', ...tipStyle }))
			],
			r: { type: 'identity' },
			symbol: { type: 'identity' }
		}),
		table: {
			head: [
				'Week',
				...lines.flatMap(({ label }) => [label, `n, ${lowerFirst(label)}`]),
				...(open.length > 0 ? ['Known'] : [])
			],
			rows: weeks.map((at, index) => [
				weekCell(at),
				...lines.flatMap(({ points }) => {
					const point = points[index];
					const { estimate = null, n = 0 } = point ?? {};
					const missing = n === 0 ? absent : 'too few';
					return [estimateCell(estimate, 'share', missing), numberCell(n)];
				}),
				...(open.length > 0 ? [isOpen(at) ? 'not yet' : 'yes'] : [])
			])
		}
	};
}

/** The open weeks with the last closed one before them, so that the dashed line joins the other. */
function opening<Point extends { week: string }>(
	points: Point[],
	isOpen: (week: string) => boolean
): Point[] {
	const from = points.findIndex(({ week }) => isOpen(week));
	return from < 0 ? [] : points.slice(Math.max(0, from - 1));
}
