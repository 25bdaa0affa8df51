import { formatDates, formatNumber } from '../../format.ts';
import type { ClusterRow } from '../../week.ts';
import { numberCell } from '../cells.ts';
import type { Chart } from '../chart.ts';
import { colour, tipStyle } from '../chart.ts';
import type { Href } from '../links.ts';
import { topicWords, triggerWords } from '../words.ts';

const rowHeight = 30;
const mostTopics = 16;

/** Failure handoffs by topic and trigger, counts in the cells, topics with most first. */
export function clusters(
	rows: ClusterRow[],
	period: { first: string; last: string },
	/** where a topic under a trigger leads, under any of them where no trigger is given */
	href?: Href<{ topic: string | null; trigger?: string | null }>
): Chart {
	const cells = rows
		.filter(({ n }) => n > 0)
		.map((row) => ({
			topic: topicWords(row.topic),
			trigger: triggerWords(row.trigger),
			n: row.n,
			href: href?.({ topic: row.topic, trigger: row.trigger })
		}));
	const topics = byTotal(cells, 'topic');
	const triggers = byTotal(cells, 'trigger');
	const shown = topics.slice(0, mostTopics);
	const drawn = cells.filter(({ topic }) => shown.some(({ name }) => name === topic));
	const max = Math.max(1, ...cells.map(({ n }) => n));
	const keys = new Map(rows.map(({ topic }) => [topicWords(topic), topic]));
	const ofTopic = (name: string) => href?.({ topic: keys.get(name) ?? null });
	const totals = shown.map(({ name, n }) => ({
		topic: name,
		trigger: 'All',
		n,
		href: ofTopic(name)
	}));
	// Headings stand at a slope of 60°; a letter is about 6 px wide.
	const marginTop = 18 + Math.round(5.4 * Math.max(...triggers.map(({ name }) => name.length)));
	const labels = 16 + 6.4 * Math.max(...shown.map(({ name }) => name.length));
	const dates = formatDates(period.first, period.last);
	const more = topics.length - shown.length;

	return {
		title: `Where failure handoffs cluster, ${dates}${more > 0 ? `, the ${mostTopics} largest topics of ${topics.length}` : ''}`,
		description: `Table of counts: failure handoffs for ${shown.length} topics by ${triggers.length} triggers, ${dates}.`,
		height: marginTop + 8 + Math.max(1, shown.length) * rowHeight,
		linked: href !== undefined,
		draw: (plot, width) => {
			const left = Math.round(Math.min(labels, width * 0.34));
			return {
				marginLeft: left,
				marginRight: 8,
				marginTop,
				marginBottom: 8,
				x: {
					type: 'band',
					domain: [...triggers.map(({ name }) => name), 'All'],
					axis: null
				},
				y: { type: 'band', domain: shown.map(({ name }) => name), axis: null },
				color: { type: 'identity' },
				opacity: { type: 'identity' },
				marks: [
					plot.axisX({
						anchor: 'top',
						label: null,
						tickSize: 0,
						tickRotate: -60,
						fill: colour.ink
					}),
					plot.axisY({
						label: null,
						tickSize: 0,
						fill: colour.ink,
						lineWidth: left / 11.5,
						textOverflow: 'ellipsis'
					}),
					plot.cell(drawn, {
						x: 'trigger',
						y: 'topic',
						fill: colour.failure,
						fillOpacity: ({ n }: { n: number }) => 0.06 + 0.52 * (n / max),
						inset: 1,
						rx: 3,
						...(href && { href: 'href' })
					}),
					plot.text(drawn, {
						x: 'trigger',
						y: 'topic',
						text: ({ n }: { n: number }) => formatNumber(n),
						fill: colour.ink,
						...(href && { href: 'href' })
					}),
					plot.text(totals, {
						x: 'trigger',
						y: 'topic',
						text: ({ n }: { n: number }) => formatNumber(n),
						fill: colour.ink,
						fontWeight: 600,
						...(href && { href: 'href' })
					}),
					plot.tip(
						drawn,
						plot.pointer({
							...tipStyle,
							x: 'trigger',
							y: 'topic',
							title: ({
								topic,
								trigger,
								n
							}: {
								topic: string;
								trigger: string;
								n: number;
							}) => `${topic}\n${trigger}: ${formatNumber(n)}`
						})
					)
				]
			};
		},
		table: {
			head: ['Topic', ...triggers.map(({ name }) => name), 'All'],
			...(href && { links: topics.map(({ name }) => ofTopic(name) ?? null) }),
			rows: topics.map((topic) => [
				topic.name,
				...triggers.map((trigger) =>
					numberCell(
						cells.find(
							(cell) => cell.topic === topic.name && cell.trigger === trigger.name
						)?.n ?? 0
					)
				),
				numberCell(topic.n)
			])
		}
	};
}

function byTotal(
	cells: { topic: string; trigger: string; n: number }[],
	key: 'topic' | 'trigger'
): { name: string; n: number }[] {
	const totals = new Map<string, number>();
	for (const cell of cells) totals.set(cell[key], (totals.get(cell[key]) ?? 0) + cell.n);
	return [...totals]
		.map(([name, n]) => ({ name, n }))
		.sort((a, b) => b.n - a.n || (a.name < b.name ? -1 : 1));
}
