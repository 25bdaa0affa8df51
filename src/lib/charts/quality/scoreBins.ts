import { formatNumber, formatValue } from '../../format.ts';
import type { Distribution } from '../../quality.ts';
import { numberCell, unitName, valueCell } from '../cells.ts';
import type { Chart } from '../chart.ts';
import { colour, tipStyle } from '../chart.ts';
import type { Href } from '../links.ts';

const width5 = 5;

/** How many handoffs have which score, in spans of five points, with the mean marked. */
export function scoreBins(
	{ bins, counted }: Distribution,
	{
		period,
		mean,
		href
	}: { period: string; mean: number | null; href?: Href<{ from: number; to: number }> }
): Chart {
	const rows = bins.map(({ from, n }) => ({
		from,
		to: from + width5,
		n,
		share: counted > 0 ? n / counted : 0,
		href: href?.({ from, to: from + width5 }),
		title: `${spanOf(from)} of 100\n${formatNumber(n)} handoffs, ${formatValue(counted > 0 ? n / counted : 0, 'share')}`
	}));
	const marked = mean === null ? [] : [{ mean, label: `mean ${formatNumber(mean, 1)}` }];
	return {
		title: `Scores of single handoffs, ${period}`,
		description: `Histogram: ${formatNumber(counted)} handoffs by quality score, in spans of five points from 0 to 100, ${period}.`,
		height: 150,
		linked: href !== undefined,
		draw: (plot, width) => ({
			marginLeft: 46,
			marginRight: 12,
			marginTop: 18,
			marginBottom: 36,
			x: { domain: [0, 100], axis: null },
			y: { domain: [0, Math.max(1, ...rows.map(({ n }) => n)) * 1.05], axis: null },
			marks: [
				plot.gridY({ ticks: 4, stroke: colour.border, strokeOpacity: 1 }),
				plot.axisY({
					ticks: 4,
					tickSize: 0,
					tickFormat: (n: number) => (Number.isInteger(n) ? formatNumber(n) : ''),
					label: 'handoffs',
					labelArrow: 'none',
					fill: colour.muted
				}),
				plot.axisX({
					ticks: width < 480 ? 5 : 10,
					tickSize: 3,
					label: 'quality score, of 100',
					labelArrow: 'none',
					labelAnchor: 'right',
					fill: colour.muted
				}),
				plot.rectY(rows, {
					x1: 'from',
					x2: 'to',
					y: 'n',
					fill: colour.ink,
					fillOpacity: 0.55,
					insetLeft: 0.5,
					insetRight: 0.5,
					...(href && { href: 'href' })
				}),
				plot.ruleX(marked, { x: 'mean', stroke: colour.ink, strokeDasharray: '3 2' }),
				plot.text(marked, {
					x: 'mean',
					text: 'label',
					frameAnchor: 'top',
					textAnchor: 'end',
					dx: -5,
					dy: -8,
					fill: colour.ink,
					fontWeight: 600
				}),
				plot.tip(
					rows,
					plot.pointerX({
						x: ({ from }: { from: number }) => from + width5 / 2,
						y: 'n',
						title: 'title',
						...tipStyle
					})
				)
			]
		}),
		table: {
			head: ['Score', 'Handoffs', 'Share'],
			...(href && { links: rows.map((row) => row.href ?? null) }),
			rows: rows.map(({ from, n, share }) => [
				{ text: spanOf(from), low: from, high: from + width5, unit: unitName('score') },
				numberCell(n),
				valueCell(share, 'share')
			])
		}
	};
}

/** A span in words: its lower end belongs to it, its upper one to the next, 100 to the last. */
const spanOf = (from: number) => (from === 95 ? '95–100' : `${from} to under ${from + width5}`);
