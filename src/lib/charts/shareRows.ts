import type { Spread } from '../csat.ts';
import { absent, formatEstimate, formatNumber } from '../format.ts';
import { estimateCell, numberCell, type Cell } from './cells.ts';
import type { Chart } from './chart.ts';
import { colour, tipStyle } from './chart.ts';
import { rowLinks } from './links.ts';

/** A named row of shares (0–1), as answered and adjusted for something. */
export type ShareRow = {
	label: string;
	/** the row’s name as data, where that is not a text */
	cell?: Cell;
	/** answers */
	n: number;
	/** beside n under the label, such as how the row lies against others */
	remark?: string;
	/** fewer answers than a share is said of */
	isThin?: boolean;
	asAnswered: Spread | null;
	adjusted: Spread | null;
	/** the furthest both ways that the silent could move it */
	bounds?: { low: number; high: number } | null;
	colour?: string;
	/** whether the row stands out among the others */
	isMarked?: boolean;
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
	/** what the filled marks are adjusted for */
	adjusted: string;
	/** a line across all rows */
	reference?: { value: number; label: string } | null;
};

const rowHeight = 38;
const marginTop = 44;
const letter = 6.4;

/** Shares in rows: a ring for the answers as they are, a dot for what they are adjusted to. */
export function shareRows(given: ShareRow[], options: Options): Chart {
	const { title, description, axis, head, adjusted, reference } = options;
	const rows = given.map((row) => ({ ...row, below: belowOf(row) }));
	const names = { asAnswered: 'As answered', adjusted };
	const marks = rows.flatMap((row) =>
		(['asAnswered', 'adjusted'] as const).flatMap((kind) => {
			const spread = row[kind];
			if (!spread || spread.value === null) return [];
			return {
				kind,
				row: row.label,
				x: spread.value * 100,
				x1: (spread.low ?? spread.value) * 100,
				x2: (spread.high ?? spread.value) * 100,
				stroke: row.colour ?? colour.ink,
				title: `${row.label}\n${names[kind]}: ${formatEstimate(spread, 'share')}\n${row.below}`
			};
		})
	);
	const bounds = rows.flatMap((row) =>
		row.bounds
			? {
					row: row.label,
					x1: row.bounds.low * 100,
					x2: row.bounds.high * 100,
					fill: row.colour ?? colour.ink
				}
			: []
	);
	const hasRemarks = rows.some(({ remark }) => remark);
	const isLinked = rows.some(({ href }) => href !== undefined);
	const widest = Math.max(
		12,
		...rows.map(({ label, below }) => Math.max(label.length, below.length))
	);
	const named = (['asAnswered', 'adjusted'] as const).flatMap((kind) => {
		const first = marks.find((mark) => mark.kind === kind);
		return first ? { ...first, label: names[kind] } : [];
	});

	return {
		title,
		description,
		height: marginTop + 8 + Math.max(1, rows.length) * rowHeight,
		linked: isLinked,
		draw: (plot, width) => {
			const left = Math.round(Math.min(16 + letter * widest, width * 0.36));
			const offset = (kind: string) => (kind === 'asAnswered' ? -7 : 7);
			return {
				marginLeft: left,
				marginRight: 14,
				marginTop,
				marginBottom: 8,
				x: { domain: [0, 100], axis: null },
				y: { type: 'band', domain: rows.map(({ label }) => label), axis: null },
				color: { type: 'identity' },
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
						fill: colour.muted
					}),
					plot.ruleY(bounds, {
						y: 'row',
						x1: 'x1',
						x2: 'x2',
						stroke: 'fill',
						strokeWidth: 26,
						strokeOpacity: 0.12
					}),
					reference
						? plot.ruleX([reference.value * 100], {
								stroke: colour.muted,
								strokeDasharray: '3 3'
							})
						: null,
					...[false, true].map((isMarked) =>
						plot.text(
							rows.filter((row) => (row.isMarked ?? false) === isMarked),
							{
								y: 'label',
								text: 'label',
								frameAnchor: 'left',
								textAnchor: 'end',
								dx: -10,
								dy: -7,
								lineWidth: (left - 12) / 11.5,
								textOverflow: 'ellipsis',
								fill: colour.ink,
								fontWeight: isMarked ? 700 : 400
							}
						)
					),
					plot.text(rows, {
						y: 'label',
						text: 'below',
						frameAnchor: 'left',
						textAnchor: 'end',
						dx: -10,
						dy: 8,
						lineWidth: (left - 12) / 11.5,
						textOverflow: 'ellipsis',
						fill: colour.muted
					}),
					...(['asAnswered', 'adjusted'] as const).flatMap((kind) => {
						const own = marks.filter((mark) => mark.kind === kind);
						const isRing = kind === 'asAnswered';
						return [
							plot.ruleY(own, {
								y: 'row',
								x1: 'x1',
								x2: 'x2',
								stroke: 'stroke',
								strokeWidth: isRing ? 1.25 : 2,
								dy: offset(kind)
							}),
							plot.dot(own, {
								x: 'x',
								y: 'row',
								r: isRing ? 4 : 4.5,
								fill: isRing ? colour.surface : 'stroke',
								stroke: 'stroke',
								strokeWidth: 1.5,
								dy: offset(kind)
							})
						];
					}),
					...named.map((mark) => {
						const isRight = mark.x2 < 62;
						return plot.text([mark], {
							x: isRight ? 'x2' : 'x1',
							y: 'row',
							text: 'label',
							textAnchor: isRight ? 'start' : 'end',
							dx: isRight ? 6 : -6,
							dy: offset(mark.kind),
							fill: colour.ink,
							stroke: colour.surface,
							strokeWidth: 4,
							fontWeight: 600
						});
					}),
					reference
						? plot.text([reference], {
								x: ({ value }: { value: number }) => value * 100,
								text: 'label',
								frameAnchor: 'bottom',
								textAnchor: 'start',
								dx: 4,
								dy: -2,
								fill: colour.muted,
								stroke: colour.surface,
								strokeWidth: 4
							})
						: null,
					rowLinks(
						plot,
						rows.map(({ label, href }) => ({ name: label, href })),
						{ height: rowHeight, left }
					),
					plot.tip(marks, plot.pointer({ x: 'x', y: 'row', title: 'title', ...tipStyle }))
				]
			};
		},
		table: {
			head: [head, names.asAnswered, names.adjusted, 'n', ...(hasRemarks ? ['Remark'] : [])],
			...(isLinked && { links: rows.map(({ href }) => href ?? null) }),
			rows: rows.map((row) => [
				row.cell ?? row.label,
				estimateCell(row.asAnswered, 'share', row.isThin ? 'too few' : absent),
				estimateCell(row.adjusted, 'share'),
				numberCell(row.n),
				...(hasRemarks ? [row.remark ?? ''] : [])
			])
		}
	};
}

function belowOf({ n, remark, isThin }: ShareRow): string {
	if (isThin) return `too few (n = ${formatNumber(n)})`;
	return `n = ${formatNumber(n)}${remark ? `, ${remark}` : ''}`;
}
