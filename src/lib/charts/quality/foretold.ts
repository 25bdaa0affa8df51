import type { CalibrationBin } from '../../analysis/calibration.ts';
import { formatEstimate, formatNumber, formatValue } from '../../format.ts';
import { estimateCell, numberCell, valueCell } from '../cells.ts';
import type { Chart } from '../chart.ts';
import { colour, tipStyle } from '../chart.ts';

/** What the earlier weeks led one to expect against what the later weeks brought. */
export function foretold(
	bins: CalibrationBin[],
	{ label, weeks }: { label: string; weeks: string }
): Chart {
	const rows = bins.map((bin) => ({
		x: bin.meanScore * 100,
		y: bin.rate * 100,
		y1: bin.low * 100,
		y2: bin.high * 100,
		title: `Expected ${formatValue(bin.meanScore, 'share')}\nSeen ${formatEstimate({ value: bin.rate, ...bin }, 'share')}\nn = ${formatNumber(bin.n)}`
	}));
	const ends = rows.flatMap(({ x, y1, y2 }) => [x, y1, y2]);
	const domain: [number, number] = [
		Math.max(0, Math.floor((Math.min(...ends) - 3) / 10) * 10),
		Math.min(100, Math.ceil((Math.max(...ends) + 3) / 10) * 10)
	];
	const diagonal = domain.map((at) => ({ x: at, y: at }));
	const percent = (value: number) => `${value} %`;
	return {
		title: `${label}: expected by score and seen, ${weeks}`,
		description: `Dots with 95 % intervals: share ${label.toLowerCase()} seen in five groups of handoffs against what their scores led to expect, with the line on which both are equal.`,
		height: 260,
		draw: (plot) => ({
			marginLeft: 50,
			marginRight: 16,
			marginTop: 26,
			marginBottom: 38,
			x: { domain, axis: null },
			y: { domain, axis: null },
			marks: [
				plot.gridY({ ticks: 4, stroke: colour.border, strokeOpacity: 1 }),
				plot.axisY({
					ticks: 4,
					tickSize: 0,
					tickFormat: percent,
					label: 'seen',
					labelArrow: 'none',
					fill: colour.muted
				}),
				plot.axisX({
					ticks: 5,
					tickSize: 3,
					tickFormat: percent,
					label: 'expected',
					labelArrow: 'none',
					labelAnchor: 'right',
					fill: colour.muted
				}),
				plot.lineY(diagonal, {
					x: 'x',
					y: 'y',
					stroke: colour.muted,
					strokeDasharray: '4 3'
				}),
				plot.ruleX(rows, {
					x: 'x',
					y1: 'y1',
					y2: 'y2',
					stroke: colour.ink,
					strokeWidth: 2
				}),
				plot.dot(rows, { x: 'x', y: 'y', r: 4.5, fill: colour.ink }),
				plot.tip(rows, plot.pointer({ x: 'x', y: 'y', title: 'title', ...tipStyle }))
			]
		}),
		table: {
			head: ['Expected', 'Seen', 'n'],
			rows: bins.map((bin) => [
				valueCell(bin.meanScore, 'share'),
				estimateCell({ value: bin.rate, low: bin.low, high: bin.high }, 'share'),
				numberCell(bin.n)
			])
		}
	};
}
