import { formatEstimate, formatNumber, formatValue } from '../../format.ts';
import { metrics } from '../../metrics.ts';
import { modeMetrics, type ModeMetric, type TopicModes } from '../../quality.ts';
import { estimateCell, numberCell } from '../cells.ts';
import type { Chart } from '../chart.ts';
import { colour, tipStyle } from '../chart.ts';
import type { Href } from '../links.ts';
import { topicWords } from '../words.ts';

const rowHeight = 34;
const marginTop = 40;
const mostTopics = 20;

type Cell = { topic: string; mode: string; text: string; share: number | null; title: string };

/** Failure modes by topic: the share in each cell, topics with most handoffs first. */
export function topicModes(
	topics: TopicModes[],
	period: string,
	/** where a topic leads, and its handoffs that failed in a way */
	href?: Href<{ topic: string | null; mode?: ModeMetric }>
): Chart {
	const shown = topics.slice(0, mostTopics);
	const drawn = modeMetrics.filter((mode) => topics.some(({ values }) => values[mode].n > 0));
	const cells = shown.flatMap((row) =>
		drawn.map((mode) => ({ ...cellOf(row, mode), href: href?.({ topic: row.topic, mode }) }))
	);
	const most = Math.max(0.01, ...cells.map(({ share }) => share ?? 0));
	const longest = Math.max(8, ...shown.map(({ topic }) => topicWords(topic).length));
	return {
		title: `Failure modes by topic, ${period}${topics.length > shown.length ? `, the ${mostTopics} largest topics of ${topics.length}` : ''}`,
		description: `Table of shares: ${drawn.map((mode) => metrics[mode].label.toLowerCase()).join(', ')} for ${shown.length} topics, ${period}.`,
		height: marginTop + 8 + Math.max(1, shown.length) * rowHeight,
		linked: href !== undefined,
		draw: (plot, width) => {
			const left = Math.round(Math.min(16 + 6.4 * longest, width * 0.3));
			return {
				marginLeft: left,
				marginRight: 4,
				marginTop,
				marginBottom: 8,
				x: { type: 'band', domain: drawn.map(headOf), axis: null },
				y: {
					type: 'band',
					domain: shown.map(({ topic }) => topicWords(topic)),
					axis: null
				},
				color: { type: 'identity' },
				opacity: { type: 'identity' },
				marks: [
					plot.axisX({ anchor: 'top', label: null, tickSize: 0, fill: colour.ink }),
					plot.text(shown, {
						y: ({ topic }: TopicModes) => topicWords(topic),
						text: ({ topic }: TopicModes) => topicWords(topic),
						frameAnchor: 'left',
						textAnchor: 'end',
						dx: -10,
						dy: -7,
						lineWidth: (left - 12) / 11.5,
						textOverflow: 'ellipsis',
						fill: colour.ink
					}),
					plot.text(shown, {
						y: ({ topic }: TopicModes) => topicWords(topic),
						text: ({ handoffs }: TopicModes) => formatNumber(handoffs),
						frameAnchor: 'left',
						textAnchor: 'end',
						dx: -10,
						dy: 7,
						fill: colour.muted
					}),
					plot.cell(
						cells.filter(({ share }) => share !== null),
						{
							x: 'mode',
							y: 'topic',
							fill: colour.failure,
							fillOpacity: ({ share }: Cell) => 0.04 + 0.5 * ((share ?? 0) / most),
							inset: 1,
							rx: 3,
							...(href && { href: 'href' })
						}
					),
					...[true, false].map((isThin) =>
						plot.text(
							cells.filter(({ share }) => (share === null) === isThin),
							{
								x: 'mode',
								y: 'topic',
								text: 'text',
								fill: isThin ? colour.muted : colour.ink,
								...(href && { href: 'href' })
							}
						)
					),
					plot.tip(
						cells,
						plot.pointer({ x: 'mode', y: 'topic', title: 'title', ...tipStyle })
					)
				]
			};
		},
		table: {
			head: [
				'Topic',
				'Handoffs',
				...drawn.flatMap((mode) => [
					metrics[mode].label,
					`n, ${metrics[mode].label.toLowerCase()}`
				])
			],
			...(href && { links: topics.map(({ topic }) => href({ topic })) }),
			rows: topics.map((row) => [
				topicWords(row.topic),
				numberCell(row.handoffs),
				...drawn.flatMap((mode) => {
					const estimate = row.values[mode];
					const isThin = estimate.n < metrics[mode].floor;
					return [
						estimateCell(isThin ? null : estimate, 'share', 'too few'),
						numberCell(estimate.n)
					];
				})
			])
		}
	};
}

/** Two words stand on two lines. */
const headOf = (mode: ModeMetric) => metrics[mode].label.replace(' ', '\n');

function cellOf({ topic, values }: TopicModes, mode: ModeMetric): Cell {
	const { value, n } = values[mode];
	const { label, floor } = metrics[mode];
	const share = n >= floor ? value : null;
	return {
		topic: topicWords(topic),
		mode: headOf(mode),
		share,
		text: share === null ? 'too few' : formatValue(share, 'share'),
		title: `${topicWords(topic)}\n${label}: ${share === null ? 'too few' : formatEstimate(values[mode], 'share')}\nn = ${formatNumber(n)}`
	};
}
