import { formatDuration, formatEstimate, formatNumber, lowerFirst } from '../../format.ts';
import type { ResolvedCurve } from '../../waits.ts';
import { estimateCell, numberCell, valueCell } from '../cells.ts';
import type { Chart } from '../chart.ts';
import { colour, tipStyle } from '../chart.ts';
import { columnLinks, type Href } from '../links.ts';
import { spread } from '../spread.ts';

const looks: Record<string, { label: string; stroke: string }> = {
	all: { label: 'All', stroke: colour.ink },
	failure: { label: 'Failure', stroke: colour.failure },
	topic: { label: 'Topic', stroke: colour.topic }
};

const height = 300;
const labelRoom = 64;
/** Times worth a tick and a row of the table. */
const round = [60, 300, 900, 3600, 14_400, 43_200, 86_400, 259_200, 604_800];

/**
 * Share of handoffs resolved by a time since the start of the conversation, on a logarithmic axis;
 * `href` leads to those resolved by it.
 */
export function resolvedBy(curves: ResolvedCurve[], period: string, href?: Href<number>): Chart {
	const lines = curves.map((curve) => {
		const { label, stroke } = looks[curve.key] ?? { label: curve.key, stroke: colour.ink };
		return {
			...curve,
			label,
			stroke,
			points: curve.points.map(({ at_s, value, low, high }) => ({
				at_s,
				value,
				low,
				high,
				y: (value ?? 0) * 100,
				y1: (low ?? value ?? 0) * 100,
				y2: (high ?? value ?? 0) * 100,
				title: `${label} by ${formatDuration(at_s)}\n${formatEstimate({ value, low, high }, 'share')}\nn = ${formatNumber(curve.n)}`
			}))
		};
	});
	const times = lines.flatMap(({ points }) => points.map(({ at_s }) => at_s));
	const [first, last] = [Math.min(...times), Math.max(...times)];
	const ticks = round.filter((at_s) => at_s >= first && at_s <= last);
	const top = Math.max(1, ...lines.flatMap(({ points }) => points.map(({ y2 }) => y2)));
	const ends = spread(
		lines.map((line) => ({ ...line, y: line.points.at(-1)?.y ?? null })),
		top / 14
	);

	return {
		title: `Resolved by time since the start of the conversation, ${period}`,
		description: `Curves with 95 % bands: share of handoffs with a known end that were resolved by each time, for ${lines.map(({ label }) => label.toLowerCase()).join(', ')}.`,
		height,
		linked: href !== undefined,
		draw: (plot, width) => ({
			marginLeft: 40,
			marginRight: labelRoom,
			marginTop: 14,
			marginBottom: 38,
			x: { type: 'log', domain: [first, last], axis: null },
			y: { domain: [0, Math.min(100, top * 1.05)], axis: null },
			color: { type: 'identity' },
			marks: [
				plot.gridY({ ticks: 5, stroke: colour.border, strokeOpacity: 1 }),
				plot.axisY({
					ticks: 5,
					tickSize: 0,
					tickFormat: (value: number) => `${value} %`,
					label: null,
					fill: colour.muted
				}),
				plot.axisX(width < 480 ? ticks.filter((_, at) => at % 2 === 0) : ticks, {
					tickSize: 4,
					// As text: a logarithmic scale would drop most of the labels it is asked to format.
					text: (at_s: number) => formatDuration(at_s),
					label: 'Time since the start, log scale',
					labelAnchor: 'center',
					labelArrow: 'none',
					fill: colour.muted
				}),
				...lines.flatMap((line) => [
					plot.areaY(line.points, {
						x: 'at_s',
						y1: 'y1',
						y2: 'y2',
						fill: line.stroke,
						fillOpacity: 0.13
					}),
					plot.lineY(line.points, {
						x: 'at_s',
						y: 'y',
						stroke: line.stroke,
						strokeWidth: line.key === 'all' ? 1.25 : 2
					})
				]),
				plot.text(ends, {
					x: () => last,
					y: 'y',
					text: 'label',
					fill: 'stroke',
					textAnchor: 'start',
					dx: 8,
					fontWeight: 600
				}),
				...(href
					? [columnLinks(plot, ticks, href, (width - 40 - labelRoom) / ticks.length)]
					: []),
				plot.tip(
					lines.flatMap(({ points }) => points),
					plot.pointer({ x: 'at_s', y: 'y', title: 'title', ...tipStyle })
				)
			]
		}),
		table: {
			head: ['By', ...lines.flatMap(({ label }) => [label, `n, ${lowerFirst(label)}`])],
			rows: ticks.map((at_s) => [
				valueCell(at_s, 's'),
				...lines.flatMap(({ points, n }) => {
					const point = points.findLast((one) => one.at_s <= at_s);
					const { value = null, low = null, high = null } = point ?? {};
					return [estimateCell({ value, low, high }, 'share'), numberCell(n)];
				})
			]),
			...(href && { links: ticks.map((at_s) => href(at_s)) })
		}
	};
}
