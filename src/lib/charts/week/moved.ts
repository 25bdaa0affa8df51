import { absent, formatNumber, lowerFirst } from '../../format.ts';
import { metrics } from '../../metrics.ts';
import type { Effect, Moved } from '../../moved.ts';
import {
	effectWords,
	movedWords,
	periodsWords,
	printMoved,
	rowName,
	type PrintedRow
} from '../../movedWords.ts';
import { numberCell, unitName, valueCell, type Cell, type Datum } from '../cells.ts';
import type { Chart } from '../chart.ts';
import { colour, tipStyle } from '../chart.ts';
import { rowLinks, type Href } from '../links.ts';

const rowHeight = 26;
const mostRows = 12;

/** What the bars of an effect are filled with. */
export const effectFills: Record<Effect, string> = {
	rate: colour.ink,
	count: colour.ink,
	mix: colour.unknown,
	share: colour.unknown,
	volume: colour.border
};

/** What moved a metric: a bar a topic for each effect, most moved first, and their sum as a dot. */
export function moved(found: Moved, href?: Href<string | null>): Chart {
	const printed = printMoved(found);
	const { unit, label } = metrics[found.metric];
	const shown = printed.rows.slice(0, mostRows);
	const left = printed.rows.slice(mostRows);
	const rest = {
		name: left.length === 1 ? '1 other' : `${left.length} others`,
		digits: found.effects.map((_, effect) => sum(left.map((row) => row.digits[effect] ?? 0)))
	};
	const rows = [
		...shown.map((row) => ({
			name: rowName(row),
			digits: row.digits,
			href: row.joined ? undefined : href?.(row.key)
		})),
		...(left.length > 0 ? [{ ...rest, href: undefined }] : [])
	].map((row) => ({ ...row, sum: sum(row.digits) }));
	const bars = rows.flatMap(({ name, digits }) =>
		stacked(digits).map((bar) => {
			const effect = found.effects[bar.index] ?? 'rate';
			return {
				name,
				x1: bar.from * printed.scale,
				x2: bar.to * printed.scale,
				fill: effectFills[effect]
			};
		})
	);
	const sums = rows.map((row) => ({
		name: row.name,
		x: row.sum * printed.scale,
		title: [
			row.name,
			...(found.effects.length > 1
				? found.effects.map(
						(effect, index) =>
							`${effectWords[effect].name}: ${printed.write(row.digits[index] ?? 0)}`
					)
				: []),
			`Together: ${printed.write(row.sum)}`
		].join('\n')
	}));
	/** Part of a change as printed, so that the rows of the CSV add up as those of the page do. */
	const part: Write = (digits) => ({
		text: printed.write(digits),
		value: digits * printed.digit,
		unit: unitName(unit)
	});
	return {
		title: `What moved ${lowerFirst(label)}, topic by topic`,
		description: `Bars by topic. ${movedWords(found)} ${periodsWords(found)}.`,
		height: rows.length * rowHeight + 44,
		linked: href !== undefined,
		draw: (plot, width) => ({
			marginLeft: Math.min(150, width * 0.34),
			marginRight: 16,
			marginTop: 4,
			marginBottom: 36,
			x: { axis: null, nice: true },
			y: { type: 'band', domain: rows.map(({ name }) => name), axis: null, padding: 0.3 },
			color: { type: 'identity' },
			marks: [
				plot.gridX({ ticks: 5, stroke: colour.border, strokeOpacity: 1 }),
				plot.axisX({
					ticks: 5,
					tickSize: 0,
					tickFormat: (value: number) => signed(value),
					label: `Change in ${printed.unit || unitWords(unit)}`,
					labelArrow: 'none',
					fill: colour.muted
				}),
				plot.axisY({
					tickSize: 0,
					label: null,
					fill: colour.ink,
					lineWidth: 11,
					textOverflow: 'ellipsis'
				}),
				plot.barX(bars, {
					y: 'name',
					x1: 'x1',
					x2: 'x2',
					fill: 'fill',
					insetLeft: 0.5,
					insetRight: 0.5
				}),
				plot.ruleX([0], { stroke: colour.muted }),
				found.effects.length > 1
					? plot.dot(sums, {
							y: 'name',
							x: 'x',
							r: 4,
							fill: colour.surface,
							stroke: colour.ink,
							strokeWidth: 1.5
						})
					: null,
				rowLinks(plot, rows, { height: rowHeight, left: Math.min(150, width * 0.34) }),
				plot.tip(sums, plot.pointerY({ y: 'name', x: 'x', title: 'title', ...tipStyle }))
			]
		}),
		table: {
			head: [
				'Topic',
				'Before',
				'n a week, before',
				'After',
				'n, after',
				...found.effects.map((effect) => effectWords[effect].name),
				...(found.effects.length > 1 ? ['Together'] : [])
			],
			...(href && {
				links: [
					...printed.rows.map(({ key, joined }) => (joined ? null : href(key))),
					...(printed.rounding ? [null] : []),
					null
				]
			}),
			rows: [
				...printed.rows.map((row) => cells(found, row, part)),
				...(printed.rounding
					? [['Rounding', '', '', '', '', ...partCells(printed.rounding, part)]]
					: []),
				[
					'All',
					valueOf(found, found.before),
					'',
					valueOf(found, found.after),
					'',
					...partCells({ digits: printed.totals, sum: printed.change }, part)
				]
			]
		}
	};
}

type Write = (digits: number) => Datum;

/** The parts of a row, and together where there are several. */
const partCells = ({ digits, sum }: { digits: number[]; sum: number }, part: Write) => [
	...digits.map(part),
	...(digits.length > 1 ? [part(sum)] : [])
];

function cells(found: Moved, row: PrintedRow, part: Write): Cell[] {
	const side = ({ n, value }: PrintedRow['before']) => [
		valueOf(found, value, n > 0 ? 'too few' : absent),
		found.metric === 'handoffs' ? '' : numberCell(n, Number.isInteger(n) ? 0 : 1)
	];
	return [rowName(row), ...side(row.before), ...side(row.after), ...partCells(row, part)];
}

function valueOf({ metric }: Moved, value: number | null, missing?: string): Datum {
	return metric === 'handoffs'
		? numberCell(value, Number.isInteger(value) ? 0 : 1, missing)
		: valueCell(value, metrics[metric].unit, missing);
}

/** Parts side by side from zero, those that raise to the right and those that lower to the left. */
function stacked(digits: number[]): { index: number; from: number; to: number }[] {
	const ends = { up: 0, down: 0 };
	return digits.flatMap((part, index) => {
		if (part === 0) return [];
		const way = part > 0 ? 'up' : 'down';
		const from = ends[way];
		ends[way] += part;
		return [{ index, from, to: ends[way] }];
	});
}

const signed = (value: number) =>
	value > 0 ? `+${formatNumber(value, decimals(value))}` : formatNumber(value, decimals(value));

const decimals = (value: number) =>
	Number.isInteger(value) ? 0 : Number.isInteger(value * 10) ? 1 : 2;

const unitWords = (unit: string) =>
	({ count: 'handoffs a week', csat: 'points of 5' })[unit] ?? unit;

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
