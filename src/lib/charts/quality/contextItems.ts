import { formatEstimate, formatNumber } from '../../format.ts';
import type { ContextItem } from '../../quality.ts';
import { estimateCell, numberCell } from '../cells.ts';
import type { Chart } from '../chart.ts';
import type { Href } from '../links.ts';
import { colour, tipStyle } from '../chart.ts';
import { contextWords } from '../words.ts';

const rowHeight = 28;
const marginTop = 36;

/** How often each item of context did not travel, required ones filled. */
export function contextItems(items: ContextItem[], period: string, href?: Href<string>): Chart {
	const rows = items
		.filter(({ missing }) => missing.value !== null)
		.map(({ item, isRequired, missing }) => ({
			item: contextWords(item),
			isRequired,
			x: (missing.value ?? 0) * 100,
			x1: (missing.low ?? 0) * 100,
			x2: (missing.high ?? 0) * 100,
			title: `${contextWords(item)}${isRequired ? '' : ', optional'}\nMissing: ${formatEstimate(missing, 'share')}\nn = ${formatNumber(missing.n)}`
		}));
	const longest = Math.max(8, ...rows.map(({ item }) => item.length));
	return {
		title: `Handoffs without each item of context, ${period}`,
		description: `Dots with 95 % intervals: share of handoffs that lacked each of ${rows.length} items of context, ${period}.`,
		height: marginTop + 8 + Math.max(1, rows.length) * rowHeight,
		draw: (plot, width) => ({
			marginLeft: Math.round(Math.min(20 + 6.4 * longest, width * 0.36)),
			marginRight: 14,
			marginTop,
			marginBottom: 8,
			x: { domain: [0, 100], axis: null },
			y: { type: 'band', domain: rows.map(({ item }) => item), axis: null },
			color: { type: 'identity' },
			marks: [
				plot.gridX({ ticks: 5, stroke: colour.border, strokeOpacity: 1 }),
				plot.axisX({
					anchor: 'top',
					ticks: 5,
					tickSize: 0,
					tickFormat: (value: number) => `${value} %`,
					label: 'of handoffs lacked it',
					labelArrow: 'none',
					fill: colour.muted
				}),
				plot.axisY({ label: null, tickSize: 0, fill: colour.ink }),
				plot.ruleY(rows, {
					y: 'item',
					x1: 'x1',
					x2: 'x2',
					stroke: colour.ink,
					strokeWidth: 2
				}),
				plot.dot(rows, {
					x: 'x',
					y: 'item',
					r: 5,
					fill: ({ isRequired }: { isRequired: boolean }) =>
						isRequired ? colour.ink : colour.surface,
					stroke: colour.ink,
					strokeWidth: 1.5
				}),
				plot.tip(rows, plot.pointer({ x: 'x', y: 'item', title: 'title', ...tipStyle }))
			]
		}),
		table: {
			head: ['Item', 'Missing', 'n'],
			...(href && { links: items.map(({ item }) => href(item)) }),
			rows: items.map(({ item, missing }) => [
				contextWords(item),
				estimateCell(missing, 'share'),
				numberCell(missing.n)
			])
		}
	};
}
