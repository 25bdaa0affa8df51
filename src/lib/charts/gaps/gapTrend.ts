import { formatNumber } from '../../format.ts';
import type { GapWeek } from '../../gaps.ts';
import { numberCell, rangeCell, weekCell } from '../cells.ts';
import type { Chart } from '../chart.ts';
import { colour, tipStyle } from '../chart.ts';
import { span, weekDays } from '../weeks.ts';

const height = 56;

/** Failures by week against expectation, small: a line, a dashed one, and the band of chance. */
export function gapTrend(trend: readonly GapWeek[], name: string): Chart {
	const weeks = trend.map(({ week }) => week);
	const points = trend.map((point) => ({ ...point, title: titleOf(point) }));
	const most = Math.max(5, ...trend.map(({ observed, high }) => Math.max(observed, high ?? 0)));
	const last = points.at(-1);
	return {
		title: `${name}: failures by week against expectation, ${span(weeks)}`,
		description: `Line: failure handoffs of ${name} in ${weeks.length} weeks; dashed: expected; band: where chance would put 95 % of weeks.`,
		height,
		weeks,
		draw: (plot) => ({
			marginLeft: 4,
			// The figure’s menu stands in the corner.
			marginRight: 52,
			marginTop: 6,
			marginBottom: 6,
			x: { type: 'point', domain: weeks, axis: null },
			y: { domain: [0, most], axis: null },
			marks: [
				plot.areaY(points, {
					x: 'week',
					y1: 'low',
					y2: 'high',
					fill: colour.unknown,
					fillOpacity: 0.2
				}),
				plot.lineY(points, {
					x: 'week',
					y: 'expected',
					stroke: colour.muted,
					strokeDasharray: '3 2',
					strokeWidth: 1
				}),
				plot.lineY(points, {
					x: 'week',
					y: 'observed',
					stroke: colour.failure,
					strokeWidth: 1.75
				}),
				last
					? plot.text([last], {
							x: 'week',
							y: 'observed',
							text: ({ observed }: GapWeek) => formatNumber(observed),
							textAnchor: 'start',
							dx: 5,
							fill: colour.failure,
							fontWeight: 600
						})
					: null,
				plot.tip(
					points,
					plot.pointerX({ ...tipStyle, x: 'week', y: 'observed', title: 'title' })
				)
			]
		}),
		table: {
			head: ['Week', 'Failures', 'Expected', 'By chance'],
			rows: trend.map(({ week, observed, expected, low, high }) => [
				weekCell(week),
				numberCell(observed),
				numberCell(expected, 1),
				rangeCell(low, high, 'count')
			])
		}
	};
}

function titleOf({ week, observed, expected, low, high }: GapWeek): string {
	const chance =
		low === null || high === null
			? ''
			: ` (by chance ${formatNumber(low)} to ${formatNumber(high)})`;
	return [
		weekDays(week),
		`Failures: ${formatNumber(observed)}`,
		expected === null ? 'No volume' : `Expected: ${formatNumber(expected, 1)}${chance}`
	].join('\n');
}
