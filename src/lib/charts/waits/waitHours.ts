import { absent, formatDuration, formatNumber } from '../../format.ts';
import type { Quantile, Side, WaitHour } from '../../waits.ts';
import { numberCell, valueCell } from '../cells.ts';
import type { Chart } from '../chart.ts';
import { colour } from '../chart.ts';

export const weekdayNames = [
	'Monday',
	'Tuesday',
	'Wednesday',
	'Thursday',
	'Friday',
	'Saturday',
	'Sunday'
];

const looks = {
	before: { what: 'Time with the AI', fill: colour.ai },
	after: { what: 'Wait for a person', fill: colour.person }
} as const;
const names: Record<Quantile, string> = { p50: 'median', p90: '90th percentile' };

type Options = {
	side: Side;
	quantile: Quantile;
	/** fewer than these in a cell are too few */
	floor: number;
	period: string;
	/** where a cell leads */
	href: (weekday: number, hour: number) => string;
};

const margins = { left: 38, right: 4, top: 8, bottom: 26 };
const rowHeight = 34;
/** From this width of a cell on its wait and n are written into it. */
const widthOfWords = 42;
/** The darkest that words can still be read on. */
const darkest = 0.5;

/**
 * Waits by hour of the week: the stronger the colour, the longer, by the logarithm of the wait. Cells with few handoffs are
 * outlined only; cells without any are left out.
 */
export function waitHours(hours: WaitHour[], options: Options): Chart {
	const { side, quantile, floor, period, href } = options;
	const { what, fill } = looks[side];
	const known = hours.flatMap(({ weekday, hour, handoffs, [side]: wait }) => {
		const value = wait.n >= floor ? wait[quantile] : null;
		return { weekday, hour, handoffs, n: wait.n, value, href: href(weekday, hour) };
	});
	const values = known.flatMap(({ value }) => (value === null ? [] : [Math.max(1, value)]));
	const [low, high] = [Math.log(Math.min(...values)), Math.log(Math.max(...values))];
	const cells = known.map((cell) => {
		const name = `${weekdayNames[cell.weekday - 1]} ${hourWords(cell.hour)}`;
		const rank = high > low ? (Math.log(Math.max(1, cell.value ?? 1)) - low) / (high - low) : 0;
		return {
			...cell,
			name,
			opacity: cell.value === null ? 0 : 0.06 + (darkest - 0.06) * rank,
			said: cell.value === null ? 'few' : short(cell.value),
			ink: cell.value === null ? colour.muted : colour.ink,
			title: `${name}\n${cell.value === null ? 'Too few' : `${what}, ${names[quantile]}: ${formatDuration(cell.value)}`}\nn = ${formatNumber(cell.n)}`
		};
	});
	const shown = Array.from({ length: 24 }, (_, hour) => hour);
	const filled = cells.filter(({ value }) => value !== null);
	const thin = cells.filter(({ value }) => value === null);

	return {
		title: `${what} by hour of the week, ${names[quantile]}, ${period}`,
		description: `Heat map of 7 weekdays by 24 hours of local time: ${what.toLowerCase()}, ${names[quantile]}; ${formatNumber(filled.length)} hours of the week have ${formatNumber(floor)} handoffs and more.`,
		height: margins.top + margins.bottom + 7 * rowHeight,
		linked: true,
		draw: (plot, width) => {
			const cellWidth = (width - margins.left - margins.right) / 24;
			const isWide = cellWidth >= widthOfWords;
			return {
				marginLeft: margins.left,
				marginRight: margins.right,
				marginTop: margins.top,
				marginBottom: margins.bottom,
				x: { type: 'band', domain: shown, padding: 0.04, axis: null },
				y: {
					type: 'band',
					domain: weekdayNames.map((_, at) => at + 1),
					padding: 0.05,
					axis: null
				},
				color: { type: 'identity' },
				marks: [
					plot.axisY({
						tickSize: 0,
						tickFormat: (weekday: number) => weekdayNames[weekday - 1]?.slice(0, 3),
						label: null,
						fill: colour.ink
					}),
					plot.axisX(isWide ? shown : shown.filter((hour) => hour % 3 === 0), {
						tickSize: 0,
						tickFormat: (hour: number) => String(hour),
						label: null,
						fill: colour.muted
					}),
					plot.cell(thin, {
						x: 'hour',
						y: 'weekday',
						fill: colour.surface,
						stroke: colour.border,
						strokeDasharray: '2 2',
						href: 'href',
						title: 'title'
					}),
					plot.cell(filled, {
						x: 'hour',
						y: 'weekday',
						fill,
						fillOpacity: 'opacity',
						stroke: colour.border,
						href: 'href',
						title: 'title'
					}),
					...(isWide
						? [
								plot.text(cells, {
									x: 'hour',
									y: 'weekday',
									text: 'said',
									dy: -6,
									fontSize: 11,
									fill: 'ink',
									pointerEvents: 'none'
								}),
								plot.text(cells, {
									x: 'hour',
									y: 'weekday',
									text: ({ n }: { n: number }) => formatNumber(n),
									dy: 7,
									fontSize: 10,
									fill: 'ink',
									pointerEvents: 'none'
								})
							]
						: [])
				]
			};
		},
		table: {
			head: ['Hour of the week', `${what}, ${names[quantile]}`, 'n'],
			rows: cells.map(({ name, value, n }) => [
				name,
				valueCell(value, 's', n === 0 ? absent : 'too few'),
				numberCell(n)
			]),
			links: cells.map((cell) => cell.href)
		}
	};
}

const hourWords = (hour: number) => `${hour}–${hour + 1} h`;

/** A wait in its largest unit, short enough for a cell: "48 s", "3.3 m", "5 h". */
function short(seconds: number): string {
	if (seconds < 59.5) return `${Math.round(seconds)} s`;
	const [value, unit] =
		seconds < 3570
			? [seconds / 60, 'm']
			: seconds < 86_000
				? [seconds / 3600, 'h']
				: [seconds / 86_400, 'd'];
	return `${formatNumber(value, value < 9.95 ? 1 : 0)} ${unit}`;
}
