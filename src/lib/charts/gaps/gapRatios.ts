import { formatNumber } from '../../format.ts';
import { gapName } from '../../gapWords.ts';
import type { Gap } from '../../gaps.ts';
import { estimateCell, numberCell } from '../cells.ts';
import type { Chart } from '../chart.ts';
import { colour, tipStyle } from '../chart.ts';

const rowHeight = 24;
const mostRows = 16;

type Kind = Pick<Gap, 'isGap' | 'isSlight'>;
const fills = [
	{ shown: ({ isGap }: Kind) => isGap, fill: colour.failure, fillOpacity: 1 },
	// Hides the line of its interval, under the pale one.
	{ shown: ({ isGap }: Kind) => !isGap, fill: colour.surface, fillOpacity: 1 },
	{ shown: ({ isSlight }: Kind) => isSlight, fill: colour.failure, fillOpacity: 0.35 }
];

/** Failures seen over expected, topic by topic, with intervals; gaps are filled. */
export function gapRatios(gaps: readonly Gap[], period: string, href: (gap: Gap) => string): Chart {
	const known = gaps.filter(({ ratio, isThin }) => ratio !== null && !isThin);
	const rows = known.slice(0, mostRows).map((gap) => ({
		name: gapName(gap),
		ratio: gap.ratio ?? 0,
		low: gap.low ?? 0,
		high: gap.high ?? 0,
		isGap: gap.isGap,
		isSlight: gap.isSlight,
		href: href(gap),
		title: `${gapName(gap)}\n${formatNumber(gap.ratio ?? 0, 2)} times as many as expected (${formatNumber(gap.low ?? 0, 2)} to ${formatNumber(gap.high ?? 0, 2)})\n${formatNumber(gap.observed)} seen, ${formatNumber(gap.expected ?? 0, 1)} expected`
	}));
	const most = Math.max(2, ...rows.map(({ high }) => Math.min(high, 6)));
	const labels = 16 + 6.4 * Math.max(4, ...rows.map(({ name }) => name.length));
	const more = known.length > rows.length ? `, ${rows.length} of ${known.length}` : '';
	return {
		title: `Failures seen over expected, ${period}${more}`,
		description: `Dots with 95 % intervals: failures seen over expected of ${rows.length} topics; 1 is as expected; filled dots are gaps, pale ones slightly more than expected.`,
		height: 44 + Math.max(1, rows.length) * rowHeight,
		linked: true,
		draw: (plot, width) => {
			const left = Math.round(Math.min(labels, width * 0.36));
			return {
				marginLeft: left,
				marginRight: 16,
				marginTop: 6,
				marginBottom: 36,
				x: {
					domain: [0, most],
					clamp: true,
					label: 'seen over expected',
					labelAnchor: 'center',
					ticks: 5,
					tickSize: 0,
					labelArrow: 'none'
				},
				y: { type: 'band', domain: rows.map(({ name }) => name), label: null, axis: null },
				color: { type: 'identity' },
				marks: [
					plot.axisY({
						label: null,
						tickSize: 0,
						fill: colour.ink,
						lineWidth: left / 11.5,
						textOverflow: 'ellipsis'
					}),
					plot.gridX({ ticks: 5, stroke: colour.border, strokeOpacity: 1 }),
					plot.ruleX([1], { stroke: colour.muted, strokeDasharray: '3 2' }),
					plot.ruleY(rows, {
						x1: 'low',
						x2: 'high',
						y: 'name',
						stroke: colour.failure,
						strokeWidth: 1.5
					}),
					...fills.map(({ shown, fill, fillOpacity }) =>
						plot.dot(rows.filter(shown), {
							x: 'ratio',
							y: 'name',
							r: 4.5,
							stroke: colour.failure,
							strokeWidth: 1.5,
							fill,
							fillOpacity,
							href: 'href'
						})
					),
					plot.tip(
						rows,
						plot.pointer({ ...tipStyle, x: 'ratio', y: 'name', title: 'title' })
					)
				]
			};
		},
		table: {
			head: ['Topic', 'Seen over expected', 'Seen', 'Expected', 'Gap'],
			links: known.map((gap) => href(gap)),
			rows: known.map((gap) => [
				gapName(gap),
				estimateCell({ value: gap.ratio, low: gap.low, high: gap.high }, 'fraction'),
				numberCell(gap.observed),
				numberCell(gap.expected, 1),
				gap.isGap ? 'yes' : gap.isSlight ? 'slightly more' : 'no'
			])
		}
	};
}
