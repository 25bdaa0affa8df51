import type { Estimate } from '../../estimate.ts';
import { formatDates, formatEstimate, formatNumber } from '../../format.ts';
import type { CsatRow, Path } from '../../week.ts';
import { paths } from '../../week.ts';
import { axisOf } from '../axis.ts';
import { estimateCell, numberCell } from '../cells.ts';
import type { Chart } from '../chart.ts';
import { colour, tipStyle } from '../chart.ts';
import { rowLinks, type Href } from '../links.ts';
import { topicWords } from '../words.ts';

const rowHeight = 40;
const marginTop = 40;

/** Each path by colour, shape and place, so that none is told by its colour alone. */
export const looks: Record<Path, { label: string; stroke: string; symbol: string; dy: number }> = {
	handed_off: { label: 'Handed over', stroke: colour.ink, symbol: 'circle', dy: -12 },
	ai_only: { label: 'AI only', stroke: colour.ai, symbol: 'triangle', dy: 0 },
	human_only: { label: 'Person only', stroke: colour.person, symbol: 'square', dy: 12 }
};

type Options = {
	first: string;
	last: string;
	/** answers below which a value is not shown */
	floor: number;
	/** where a topic leads on a path */
	href?: Href<{ topic: string | null; path: Path }>;
};

/** CSAT after handoff by topic, beside AI-only and human-only conversations on the same topic. */
export function satisfaction(rows: CsatRow[], options: Options): Chart {
	const { first, last, floor, href } = options;
	const handedOff = rows.filter((row) => row.path === 'handed_off');
	// One measure for the whole figure: the mean only where every topic has answers enough for it.
	const counted = handedOff.filter((row) => row.csat_mean.n >= floor);
	const isMean = counted.length > 0 && counted.every((row) => row.csat_mean.n >= 30);
	const unit = isMean ? 'csat' : 'share';
	const of = (row: CsatRow): Estimate => (isMean ? row.csat_mean : row.csat_top2);
	const axis = axisOf(unit, 1);
	const answered = new Set(rows.filter((row) => of(row).n > 0).map((row) => row.topic));
	const topics = [...answered]
		.map((topic) => {
			const own = handedOff.find((row) => row.topic === topic);
			const n = own ? of(own).n : 0;
			const hrefs = paths.map((path) =>
				rows.some((row) => row.topic === topic && row.path === path && of(row).n > 0)
					? href?.({ topic, path })
					: undefined
			);
			return { topic: topicWords(topic), n, hrefs };
		})
		// By answers, not by value: at the ends of a ranking by value stand the smallest topics.
		.sort((a, b) => b.n - a.n || (a.topic < b.topic ? -1 : 1));
	const dots = rows
		.filter((row) => of(row).value !== null && of(row).n >= floor)
		.map((row) => {
			const estimate = of(row);
			const look = looks[row.path];
			return {
				...look,
				path: row.path,
				topic: topicWords(row.topic),
				x: (estimate.value ?? 0) / axis.per,
				x1: (estimate.low ?? estimate.value ?? 0) / axis.per,
				x2: (estimate.high ?? estimate.value ?? 0) / axis.per,
				title: `${topicWords(row.topic)}\n${look.label}: ${formatEstimate(estimate, unit)}\nn = ${formatNumber(estimate.n)}`
			};
		});
	const named = paths.flatMap((path) => {
		const first = topics.find(({ topic }) =>
			dots.some((dot) => dot.topic === topic && dot.path === path)
		);
		return dots.filter((dot) => dot.topic === first?.topic && dot.path === path);
	});
	const labels = 16 + 6.4 * Math.max(14, ...topics.map(({ topic }) => topic.length));
	const domain: [number, number] = isMean ? [1, 5] : [0, 100];
	const dates = formatDates(first, last);
	const what = isMean ? 'Mean CSAT' : 'Satisfied share';

	return {
		title: `${what} by topic and path, ${dates}`,
		description: `Dots with 95 % intervals: ${what.toLowerCase()} for ${topics.length} topics, for handed-over, AI-only and person-only conversations, ${dates}.`,
		height: marginTop + 8 + Math.max(1, topics.length) * rowHeight,
		linked: href !== undefined,
		draw: (plot, width) => {
			const left = Math.round(Math.min(labels, width * 0.34));
			const middle = domain[0] + (domain[1] - domain[0]) * 0.66;
			return {
				marginLeft: left,
				marginRight: 14,
				marginTop,
				marginBottom: 8,
				x: { domain, axis: null },
				y: { type: 'band', domain: topics.map(({ topic }) => topic), axis: null },
				color: { type: 'identity' },
				symbol: { type: 'identity' },
				marks: [
					plot.ruleY(topics, { y: 'topic', stroke: colour.border, dy: rowHeight / 2 }),
					plot.gridX({
						ticks: width < 480 ? 4 : 6,
						stroke: colour.border,
						strokeOpacity: 1
					}),
					plot.axisX({
						anchor: 'top',
						ticks: width < 480 ? 4 : 6,
						tickSize: 0,
						tickFormat: axis.tick,
						label: isMean
							? 'Mean of answers on 1–5'
							: 'Share of answers that are 4 or 5',
						labelArrow: 'none',
						fill: colour.muted
					}),
					plot.text(topics, {
						y: 'topic',
						text: 'topic',
						frameAnchor: 'left',
						textAnchor: 'end',
						dx: -10,
						dy: -7,
						lineWidth: left / 11.5,
						textOverflow: 'ellipsis',
						fill: colour.ink
					}),
					plot.text(topics, {
						y: 'topic',
						text: ({ n }: { n: number }) =>
							n >= floor ? `n = ${n}` : `too few (n = ${n})`,
						frameAnchor: 'left',
						textAnchor: 'end',
						dx: -10,
						dy: 8,
						fill: colour.muted
					}),
					...paths.flatMap((path) => {
						const own = dots.filter((dot) => dot.path === path);
						const { dy, stroke } = looks[path];
						return [
							plot.ruleY(own, {
								x1: 'x1',
								x2: 'x2',
								y: 'topic',
								stroke,
								strokeWidth: path === 'handed_off' ? 2 : 1.25,
								dy
							}),
							plot.dot(own, {
								x: 'x',
								y: 'topic',
								symbol: 'symbol',
								fill: stroke,
								r: path === 'handed_off' ? 5 : 4,
								dy
							}),
							...(['start', 'end'] as const).map((textAnchor) =>
								plot.text(
									named.filter(
										(dot) =>
											dot.path === path &&
											dot.x2 < middle === (textAnchor === 'start')
									),
									{
										x: textAnchor === 'start' ? 'x2' : 'x1',
										y: 'topic',
										text: 'label',
										textAnchor,
										dx: textAnchor === 'start' ? 6 : -6,
										dy,
										fill: stroke,
										fontWeight: 600
									}
								)
							)
						];
					}),
					// The whole row is of the first path, where it has no mark of another one.
					...paths.map((path, at) =>
						rowLinks(
							plot,
							topics.map(({ topic, hrefs }) => ({ name: topic, href: hrefs[at] })),
							at === 0
								? { height: rowHeight, left }
								: { height: 12, left: 0, dy: looks[path].dy }
						)
					),
					plot.tip(
						dots,
						plot.pointer({ x: 'x', y: 'topic', title: 'title', ...tipStyle })
					)
				]
			};
		},
		table: {
			head: [
				'Topic',
				...paths.flatMap((path) => [
					looks[path].label,
					`n, ${looks[path].label.toLowerCase()}`
				])
			],
			...(href && {
				links: topics.map(({ hrefs }) => hrefs[0] ?? null),
				cellLinks: topics.map(({ hrefs }) => [
					null,
					...hrefs.flatMap((to) => [to ?? null, to ?? null])
				])
			}),
			rows: topics.map(({ topic }) => [
				topic,
				...paths.flatMap((path) => {
					const row = rows.find(
						(one) => one.path === path && topicWords(one.topic) === topic
					);
					const estimate = row ? of(row) : undefined;
					const n = estimate?.n ?? 0;
					return [
						estimateCell(n >= floor ? estimate : null, unit, 'too few'),
						numberCell(n)
					];
				})
			])
		}
	};
}
