import type { Spread } from '../csat.ts';
import { formatEstimate, formatNumber, lowerFirst } from '../format.ts';
import { estimateCell, numberCell } from './cells.ts';
import type { Chart } from './chart.ts';
import { colour, tipStyle } from './chart.ts';
import { rowLinks } from './links.ts';

/** One kind of mark, by colour, shape and place in its row. */
export type DotSeries = { label: string; stroke: string; symbol: string };

/** A named row of shares (0–1), one for each series; null where it has none. */
export type DotRow = {
	label: string;
	/** under the label, such as its n */
	below?: string;
	shares: ((Spread & { n: number }) | null)[];
	/** where the row leads */
	href?: string | undefined;
};

type Options = {
	title: string;
	description: string;
	/** what the axis shows */
	axis: string;
	/** what the rows are */
	head: string;
};

const marginTop = 62;
const letter = 6.4;

/** Shares side by side in rows, with their intervals. */
export function dotRows(rows: DotRow[], series: DotSeries[], options: Options): Chart {
	const { title, description, axis, head } = options;
	const rowHeight = Math.max(26, 12 + 11 * series.length);
	const placed = series.map((one, index) => ({
		...one,
		dy: (index - (series.length - 1) / 2) * 11
	}));
	const dots = placed.map((one, index) =>
		rows.flatMap(({ label, shares }) => {
			const share = shares[index];
			if (!share || share.value === null) return [];
			return {
				row: label,
				x: share.value * 100,
				x1: (share.low ?? share.value) * 100,
				x2: (share.high ?? share.value) * 100,
				title: `${label}\n${one.label}: ${formatEstimate(share, 'share')}\nn = ${formatNumber(share.n)}`
			};
		})
	);
	const top = Math.max(5, ...dots.flat().map(({ x2 }) => x2));
	const isLinked = rows.some(({ href }) => href !== undefined);
	const widest = Math.max(
		10,
		...rows.map(({ label, below = '' }) => Math.max(label.length, below.length))
	);

	return {
		title,
		description,
		height: marginTop + 8 + Math.max(1, rows.length) * rowHeight,
		linked: isLinked,
		draw: (plot, width) => {
			const left = Math.round(Math.min(18 + letter * widest, width * 0.38));
			const legend = legendOf(placed, left);
			return {
				marginLeft: left,
				marginRight: 16,
				marginTop,
				marginBottom: 8,
				x: { domain: [0, Math.min(100, top * 1.05)], axis: null },
				y: { type: 'band', domain: rows.map(({ label }) => label), axis: null },
				color: { type: 'identity' },
				symbol: { type: 'identity' },
				marks: [
					plot.ruleY(rows, { y: 'label', stroke: colour.border, dy: rowHeight / 2 }),
					plot.gridX({ ticks: 5, stroke: colour.border, strokeOpacity: 1 }),
					plot.axisX({
						anchor: 'top',
						ticks: 5,
						tickSize: 0,
						tickFormat: (value: number) => `${value} %`,
						label: axis,
						labelArrow: 'none',
						labelOffset: 34,
						fill: colour.muted
					}),
					plot.text(rows, {
						y: 'label',
						text: 'label',
						frameAnchor: 'left',
						textAnchor: 'end',
						dx: -10,
						dy: rows.some(({ below }) => below) ? -7 : 0,
						lineWidth: (left - 12) / 11.5,
						textOverflow: 'ellipsis',
						fill: colour.ink
					}),
					plot.text(
						rows.filter(({ below }) => below),
						{
							y: 'label',
							text: 'below',
							frameAnchor: 'left',
							textAnchor: 'end',
							dx: -10,
							dy: 8,
							lineWidth: (left - 12) / 11.5,
							textOverflow: 'ellipsis',
							fill: colour.muted
						}
					),
					...placed.flatMap(({ stroke, symbol, dy }, index) => [
						plot.ruleY(dots[index] ?? [], {
							y: 'row',
							x1: 'x1',
							x2: 'x2',
							stroke,
							strokeWidth: 1.5,
							dy
						}),
						plot.dot(dots[index] ?? [], {
							x: 'x',
							y: 'row',
							symbol: symbol as 'circle',
							r: 4,
							fill: stroke,
							dy
						})
					]),
					...legend.flatMap(({ label, stroke, symbol, dx }) => [
						plot.dot([label], {
							frameAnchor: 'top-left',
							symbol: symbol as 'circle',
							r: 4,
							fill: stroke,
							dx: dx + 4,
							dy: 8 - marginTop
						}),
						plot.text([label], {
							text: (text: string) => text,
							frameAnchor: 'top-left',
							textAnchor: 'start',
							dx: dx + 14,
							dy: 2 - marginTop,
							fill: stroke === colour.unknown ? colour.muted : stroke,
							fontWeight: 600
						})
					]),
					rowLinks(
						plot,
						rows.map(({ label, href }) => ({ name: label, href })),
						{ height: rowHeight, left }
					),
					plot.tip(
						dots.flat(),
						plot.pointer({ x: 'x', y: 'row', title: 'title', ...tipStyle })
					)
				]
			};
		},
		table: {
			head: [head, ...series.flatMap(({ label }) => [label, `n, ${lowerFirst(label)}`])],
			...(isLinked && { links: rows.map(({ href }) => href ?? null) }),
			rows: rows.map(({ label, shares }) => [
				label,
				...series.flatMap((_, index) => {
					const share = shares[index];
					return [estimateCell(share, 'share'), numberCell(share?.n ?? null)];
				})
			])
		}
	};
}

/** Names of the series in a line, from the left edge of the picture. */
function legendOf<Series extends DotSeries>(series: Series[], left: number) {
	let dx = -left + 8;
	return series.map((one) => {
		const place = { ...one, dx };
		dx += 14 + 7 * one.label.length + 14;
		return place;
	});
}
