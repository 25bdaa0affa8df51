import { absent, formatNumber, formatValue, lowerFirst } from '../../format.ts';
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
				'n a week',
				'After',
				'n',
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
				...printed.rows.map((row) => cells(found, row, printed.write)),
				...(printed.rounding
					? [['Rounding', '', '', '', '', ...partCells(printed.rounding, printed.write)]]
					: []),
				[
					'All',
					write(found, found.before),
					'',
					write(found, found.after),
					'',
					...printed.totals.map(printed.write),
					...(found.effects.length > 1 ? [printed.write(printed.change)] : [])
				]
			]
		}
	};
}

type Write = (digits: number) => string;

/** The parts of a row, and together where there are several. */
const partCells = ({ digits, sum }: { digits: number[]; sum: number }, writePart: Write) => [
	...digits.map(writePart),
	...(digits.length > 1 ? [writePart(sum)] : [])
];

function cells(found: Moved, row: PrintedRow, writePart: Write): string[] {
	const side = ({ n, value }: PrintedRow['before']) => [
		value === null ? (n > 0 ? 'too few' : absent) : write(found, value),
		found.metric === 'handoffs' ? '' : formatNumber(n, Number.isInteger(n) ? 0 : 1)
	];
	return [rowName(row), ...side(row.before), ...side(row.after), ...partCells(row, writePart)];
}

function write({ metric }: Moved, value: number): string {
	return metric === 'handoffs'
		? formatNumber(value, Number.isInteger(value) ? 0 : 1)
		: formatValue(value, metrics[metric].unit);
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
