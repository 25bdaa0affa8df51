import { formatInterval, formatNumber } from '../../format.ts';
import { numberCell, rangeCell, weekCell } from '../cells.ts';
import type { Chart } from '../chart.ts';
import { colour, tipStyle } from '../chart.ts';
import { spread } from '../spread.ts';
import { monthName, monthTicks, weekDays } from '../weeks.ts';

/** A week of failures seen and expected; null: nothing to expect by. */
export type ExpectedWeek = {
	/** Monday */
	week: string;
	observed: number;
	expected: number | null;
	low: number | null;
	high: number | null;
	/** belongs to no side: drawn hollow */
	isOut?: boolean;
	/** what failures are out of */
	volume?: number;
};

type Options = {
	title: string;
	description: string;
	/** what the dashed line is */
	expected: string;
	/** heading of the volume, where weeks have one */
	volume?: string;
};

const height = 280;

/** Failures by week against what is expected of them, with the band in which chance puts 95 % of weeks. */
export function expectation(rows: readonly ExpectedWeek[], options: Options): Chart {
	const { title, description, expected: name, volume } = options;
	const weeks = rows.map(({ week }) => week);
	const points = rows.map((row) => ({ ...row, title: tipOf(row, name) }));
	const most = Math.max(4, ...rows.map(({ observed, high }) => Math.max(observed, high ?? 0)));
	const last = points.at(-1);
	const ends = last
		? spread(
				[
					{ label: 'Seen', fill: colour.failure, y: last.observed },
					{ label: 'Expected', fill: colour.muted, y: last.expected }
				],
				(most / (height - 50)) * 15
			)
		: [];
	return {
		title,
		description,
		height,
		weeks,
		draw: (plot, width) => ({
			marginLeft: 40,
			marginRight: 76,
			marginTop: 26,
			marginBottom: 22,
			x: { type: 'band', domain: weeks, axis: null, padding: 0 },
			y: { domain: [0, most * 1.04], axis: null },
			marks: [
				plot.gridY({ ticks: 5, stroke: colour.border, strokeOpacity: 1 }),
				plot.axisY({
					ticks: 5,
					tickSize: 0,
					tickFormat: (value: number) =>
						Number.isInteger(value) ? formatNumber(value) : '',
					label: 'Failures a week',
					labelArrow: 'none',
					fill: colour.muted
				}),
				plot.axisX(monthTicks(weeks, width - 116), {
					tickSize: 3,
					tickFormat: monthName,
					label: null,
					fill: colour.muted
				}),
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
					strokeDasharray: '5 3',
					strokeWidth: 1.5
				}),
				plot.lineY(points, {
					x: 'week',
					y: 'observed',
					stroke: colour.failure,
					strokeWidth: 1.75
				}),
				plot.dot(
					points.filter(({ isOut }) => !isOut),
					{ x: 'week', y: 'observed', r: 2.75, fill: colour.failure }
				),
				plot.dot(
					points.filter(({ isOut }) => isOut),
					{
						x: 'week',
						y: 'observed',
						r: 3.5,
						fill: colour.surface,
						stroke: colour.failure,
						strokeWidth: 1.5
					}
				),
				plot.text(ends, {
					x: () => weeks.at(-1),
					y: 'y',
					text: 'label',
					fill: 'fill',
					textAnchor: 'start',
					dx: Math.max(4, (width - 116) / Math.max(1, weeks.length) / 2) + 4,
					fontWeight: 600
				}),
				plot.ruleY([0], { stroke: colour.muted }),
				plot.tip(
					points,
					plot.pointerX({ ...tipStyle, x: 'week', y: 'observed', title: 'title' })
				)
			],
			color: { type: 'identity' }
		}),
		table: {
			head: ['Week', 'Failures', 'Expected', 'By chance', ...(volume ? [volume] : [])],
			rows: rows.map((row) => [
				weekCell(row.week),
				numberCell(row.observed),
				numberCell(row.expected, 1),
				rangeCell(row.low, row.high, 'count'),
				...(volume ? [numberCell(row.volume ?? 0)] : [])
			])
		}
	};
}

function tipOf(row: ExpectedWeek, name: string): string {
	const chance = formatInterval(row.low, row.high, 'count');
	return [
		weekDays(row.week),
		`Failures: ${formatNumber(row.observed)}${row.isOut ? ', week of the fix' : ''}`,
		row.expected === null
			? 'Nothing to expect by'
			: `${name}: ${formatNumber(row.expected, 1)}${chance === null ? '' : ` (by chance ${chance})`}`
	].join('\n');
}
