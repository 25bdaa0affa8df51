import { absent, formatDuration, formatNumber } from '../../format.ts';
import type { WaitWeek } from '../../waits.ts';
import { waitScale } from '../axis.ts';
import { numberCell, valueCell, weekCell } from '../cells.ts';
import type { Chart } from '../chart.ts';
import { colour, tipStyle } from '../chart.ts';
import { spread } from '../spread.ts';
import { axisWeeks, monthName, monthTicks, span, weekDays } from '../weeks.ts';

const height = 260;
const labelRoom = 50;

const panels = [
	{
		panel: 'Before: with the AI',
		fill: colour.ai,
		p50: 'wait_before_p50',
		p90: 'wait_before_p90'
	},
	{
		panel: 'After: for a person',
		fill: colour.person,
		p50: 'wait_after_p50',
		p90: 'wait_after_p90'
	}
] as const;

/** Waits before and after the handoff by week: median as a line, up to the 90th percentile as a band. */
export function waits(
	series: WaitWeek[],
	options: { week: string; first: string | undefined; floor: number }
): Chart {
	const { week, first, floor } = options;
	const weeks = axisWeeks(first, week);
	const byWeek = new Map(series.map((row) => [row.week, row.values]));
	const points = panels.flatMap(({ panel, fill, p50, p90 }) =>
		weeks.map((at) => {
			const values = byWeek.get(at);
			const n = values?.[p50].n ?? 0;
			const enough = n >= floor && n > 0;
			return {
				panel,
				fill,
				week: at,
				n,
				p50: enough ? (values?.[p50].value ?? null) : null,
				p90: enough ? (values?.[p90].value ?? null) : null
			};
		})
	);
	const axis = waitScale(points.flatMap(({ p50, p90 }) => [p50 ?? 0, p90 ?? 0]));
	const isLog = axis.type === 'log';
	const scaled = points.map((point) => ({
		...point,
		low: point.p50 === null ? null : Math.max(point.p50 / axis.per, isLog ? axis.domain[0] : 0),
		high: point.p90 === null ? null : point.p90 / axis.per,
		title: [
			weekDays(point.week),
			`Median: ${said(point.p50)}`,
			`90th percentile: ${said(point.p90)}`,
			`n = ${formatNumber(point.n)}`
		].join('\n')
	}));
	const last = panels.flatMap(({ panel }) => {
		const point = scaled.findLast((one) => one.panel === panel && one.low !== null);
		return point ? [point] : [];
	});
	// Labels are spread in what the eye sees: the logarithm on a logarithmic axis.
	const seen = (value: number) => (isLog ? Math.log(value) : value);
	const gap = (seen(axis.domain[1]) - (isLog ? seen(axis.domain[0]) : 0)) / 13;
	const ends = last.flatMap((point) =>
		spread(
			[
				{ ...point, y: seen(point.low ?? 0), label: 'median' },
				{ ...point, y: seen(point.high ?? point.low ?? 0), label: 'p90' }
			],
			gap
		).map((end) => ({ ...end, y: isLog ? Math.exp(end.y) : end.y }))
	);

	return {
		title: `Waits before and after the handoff by week, ${span(weeks)}`,
		description: `Two line charts on one scale: time with the AI before the handoff and wait for a person after it, median and 90th percentile, for ${weeks.length} weeks up to ${weekDays(week)}.`,
		height,
		weeks,
		frame: (width) => (width - 46 - 3 * labelRoom) / 2,
		draw: (plot, width) => ({
			marginLeft: 46,
			marginRight: labelRoom,
			marginTop: 44,
			marginBottom: 24,
			fx: {
				domain: panels.map(({ panel }) => panel),
				paddingOuter: 0,
				paddingInner: (2 * labelRoom) / (width - 46),
				axis: null
			},
			x: { type: 'point', domain: weeks, axis: null },
			y: { type: axis.type, domain: axis.domain, axis: null, nice: !isLog },
			color: { type: 'identity' },
			marks: [
				plot.axisFx({
					anchor: 'top',
					label: null,
					fill: colour.ink,
					fontWeight: 600,
					fontSize: 12,
					dy: -6
				}),
				plot.gridY({ ticks: axis.ticks, stroke: colour.border, strokeOpacity: 1 }),
				plot.axisY({
					ticks: axis.ticks,
					tickSize: 0,
					// As text: a logarithmic scale would drop most of the labels it is asked to format.
					text: axis.tick,
					label: axis.label,
					labelArrow: 'none',
					fill: colour.muted
				}),
				plot.axisX(monthTicks(weeks, (width - 60) / 2 - labelRoom), {
					tickSize: 3,
					tickFormat: monthName,
					label: null,
					fill: colour.muted
				}),
				plot.areaY(scaled, {
					fx: 'panel',
					x: 'week',
					y1: 'low',
					y2: 'high',
					z: 'panel',
					fill: 'fill',
					fillOpacity: 0.22
				}),
				plot.lineY(scaled, {
					fx: 'panel',
					x: 'week',
					y: 'high',
					z: 'panel',
					stroke: 'fill',
					strokeWidth: 1
				}),
				plot.lineY(scaled, {
					fx: 'panel',
					x: 'week',
					y: 'low',
					z: 'panel',
					stroke: 'fill',
					strokeWidth: 2.25
				}),
				plot.dot(
					last.filter((point) => point.week === week),
					{ fx: 'panel', x: 'week', y: 'low', r: 3.5, fill: 'fill' }
				),
				plot.text(ends, {
					fx: 'panel',
					x: 'week',
					y: 'y',
					text: 'label',
					textAnchor: 'start',
					dx: 8,
					fill: 'fill',
					fontWeight: 600
				}),
				plot.ruleY([isLog ? axis.domain[0] : 0], { stroke: colour.muted }),
				plot.tip(
					scaled.filter(({ low }) => low !== null),
					plot.pointerX({ fx: 'panel', x: 'week', y: 'low', title: 'title', ...tipStyle })
				)
			]
		}),
		table: {
			head: [
				'Week',
				'Before, median',
				'Before, 90th percentile',
				'n, before',
				'After, median',
				'After, 90th percentile',
				'n, after'
			],
			rows: weeks.map((at) => [
				weekCell(at),
				...scaled
					.filter((point) => point.week === at)
					.flatMap(({ p50, p90, n }) => [
						valueCell(p50, 's'),
						valueCell(p90, 's'),
						numberCell(n)
					])
			])
		}
	};
}

function said(seconds: number | null): string {
	return seconds === null ? absent : formatDuration(seconds);
}
