import { formatEstimate, formatNumber } from '../../format.ts';
import type { Back } from '../../repeats.ts';
import { estimateCell, numberCell } from '../cells.ts';
import type { Chart } from '../chart.ts';
import { colour, tipStyle } from '../chart.ts';
import { spread } from '../spread.ts';

/** The share back after each day, of one path or group. */
export type ReturnLine = {
	label: string;
	colour: string;
	/** told from others of its colour by its dashes */
	dash?: string;
	points: { day: number; value: number | null; low?: number | null; high?: number | null }[];
	/** days it is read at, marked and in the table, and where those back by then are listed */
	marks: (Back & { href?: string | null })[];
};

type Options = {
	/** what the lines show, with the period */
	title: string;
	/** the window, marked */
	days: number;
};

const height = 300;

/** Curves of days to the next contact: the share back by each day, where enough are still watched. */
export function returns(lines: ReturnLine[], { title, days }: Options): Chart {
	const scaled = lines.map((line) => ({
		...line,
		points: line.points
			.filter(({ value }) => value !== null)
			.map(({ day, value, low, high }) => ({
				day,
				y: (value ?? 0) * 100,
				y1: (low ?? value ?? 0) * 100,
				y2: (high ?? value ?? 0) * 100
			}))
	}));
	const dots = lines.flatMap((line) =>
		line.marks
			.filter(({ value }) => value !== null)
			.map((mark) => ({
				stroke: line.colour,
				day: mark.day,
				href: mark.href ?? undefined,
				y: (mark.value ?? 0) * 100,
				title: `${line.label}\nWithin ${dayWords(mark.day)}: ${formatEstimate(mark, 'share')}\n${formatNumber(mark.watched)} still watched`
			}))
	);
	const top = Math.max(
		1,
		...scaled.flatMap(({ points }) => points.map(({ y, y2 }) => Math.max(y, y2)))
	);
	const marks = lines[0]?.marks.map(({ day }) => day) ?? [];
	const last = marks.at(-1) ?? days;
	const ends = within(
		spread(
			scaled.map((line) => ({ ...line, y: line.points.at(-1)?.y ?? null })),
			top / 15
		),
		top,
		top / 15
	);
	const widest = Math.max(...lines.map(({ label }) => label.length), 6);

	return {
		title,
		description: `Curves: share of customers back by each of ${formatNumber(last)} days, for ${lines.map(({ label }) => label).join(', ')}.`,
		height,
		linked: dots.some(({ href }) => href !== undefined),
		draw: (plot, width) => ({
			marginLeft: 40,
			marginRight: Math.min(14 + widest * 6.6, width * 0.36),
			marginTop: 12,
			marginBottom: 34,
			x: { domain: [0, last], axis: null },
			y: { domain: [0, top * 1.04], axis: null },
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
				plot.axisX(
					marks.filter((day) => day > 1 || width >= 420),
					{
						tickSize: 4,
						tickFormat: String,
						label: 'Days since the end',
						labelAnchor: 'center',
						labelArrow: 'none',
						fill: colour.muted
					}
				),
				plot.ruleX([days], { stroke: colour.muted, strokeDasharray: '2 2' }),
				...scaled.flatMap((line) => [
					plot.areaY(line.points, {
						x: 'day',
						y1: 'y1',
						y2: 'y2',
						curve: 'step-after',
						fill: line.colour,
						fillOpacity: 0.16
					}),
					plot.lineY(line.points, {
						x: 'day',
						y: 'y',
						curve: 'step-after',
						stroke: line.colour,
						strokeWidth: 1.75,
						strokeDasharray: line.dash
					})
				]),
				plot.dot(dots, { x: 'day', y: 'y', r: 2.75, fill: 'stroke', href: 'href' }),
				plot.text(ends, {
					x: (line: { points: { day: number }[] }) => line.points.at(-1)?.day ?? 0,
					y: 'y',
					text: 'label',
					fill: (line: ReturnLine) =>
						line.colour === colour.unknown ? colour.muted : line.colour,
					textAnchor: 'start',
					dx: 8,
					fontWeight: 600
				}),
				plot.tip(dots, plot.pointer({ x: 'day', y: 'y', title: 'title', ...tipStyle }))
			]
		}),
		table: {
			head: [
				'Group',
				...marks.flatMap((day) => [
					`Within ${dayWords(day)}`,
					`still watched, ${dayWords(day)}`
				])
			],
			rows: lines.map(({ label, marks }) => [
				label,
				...marks.flatMap((mark) => [estimateCell(mark, 'share'), numberCell(mark.watched)])
			]),
			cellLinks: lines.map(({ marks }) => [
				null,
				...marks.flatMap(({ value, href }) => [(value !== null && href) || null, null])
			])
		}
	};
}

/** Moves labels that were spread beyond the top down again; they come lowest first. */
function within<End extends { y: number | null }>(ends: End[], top: number, gap: number): End[] {
	let above = top + gap;
	return ends
		.toReversed()
		.map((end) => {
			above = Math.min(end.y ?? 0, above - gap);
			return { ...end, y: above };
		})
		.reverse();
}

/** A window in words: "1 day", "7 days". */
export const dayWords = (days: number) => `${formatNumber(days)} ${days === 1 ? 'day' : 'days'}`;
