import type { Spread } from '../../csat.ts';
import { absent, formatDuration, formatEstimate, formatNumber, lowerFirst } from '../../format.ts';
import type { Seconds } from '../../waits.ts';
import { estimateCell, numberCell, valueCell } from '../cells.ts';
import type { Chart, Plot } from '../chart.ts';
import { colour, tipStyle } from '../chart.ts';
import { binCell, binWords } from '../csat/csatWaits.ts';

/** A share (0–1) with its n, where it has one; null where nothing is known. */
export type Spanned = (Spread & { n?: number }) | null;

/** One share for each span of a wait, in their order. */
export type SpanSeries = {
	label: string;
	stroke: string;
	symbol?: 'circle' | 'diamond2' | 'square' | 'triangle';
	/** a ring stands behind, such as for shares that are not adjusted */
	isRing?: boolean;
	shares: Spanned[];
	/** where a mark leads */
	hrefs?: string[];
};

type Options = {
	title: string;
	description: string;
	/** what the shares are of */
	axis: string;
	/** what the spans are of */
	head: string;
	/** a fit through the spans, level over each */
	fit?: { label: string; stroke: string; levels: (number | null)[] };
	/** a wait that is marked */
	at?: { at_s: number; label: string } | null;
	/** the whole of a share is in sight */
	isWhole?: boolean;
	/** shares below a percent have two digits that count */
	isFine?: boolean;
	/** where the rows of the table lead */
	links?: string[];
};

const height = 268;
const margins = { left: 44, right: 14, top: 58, bottom: 44 };
const mostInPercent = 100;

/** Shares over spans of a wait, each span as wide as any other, with their 95 % intervals. */
export function spans(bins: Seconds[], series: SpanSeries[], options: Options): Chart {
	const { title, description, axis, head, fit, at, links } = options;
	const beside = series.map((_, index) => (index - (series.length - 1) / 2) * 9);
	const inWords = options.isFine
		? fineEstimate
		: (share: Spread) => formatEstimate(share, 'share');
	const marks = series.map(({ shares, label, hrefs }) =>
		shares.flatMap((share, index) => {
			const bin = bins[index];
			if (!share || share.value === null || !bin) return [];
			return {
				x: index + 0.5,
				y: share.value * 100,
				y1: (share.low ?? share.value) * 100,
				y2: (share.high ?? share.value) * 100,
				href: hrefs?.[index],
				title: [
					`${binWords(bin)}: ${label}`,
					inWords(share),
					...(share.n === undefined ? [] : [`n = ${formatNumber(share.n)}`])
				].join('\n')
			};
		})
	);
	const highest = Math.max(1, ...marks.flat().map(({ y2 }) => y2));
	const top = options.isWhole ? mostInPercent : Math.min(mostInPercent, highest * 1.06);
	const steps =
		fit?.levels.flatMap((level, index) =>
			level === null
				? []
				: [
						{ x: index, y: level * 100 },
						{ x: index + 1, y: level * 100 }
					]
		) ?? [];

	return {
		title,
		description,
		height,
		linked: series.some(({ hrefs }) => hrefs !== undefined),
		draw: (plot, width) => {
			const frame = width - margins.left - margins.right;
			return {
				marginLeft: margins.left,
				marginRight: margins.right,
				marginTop: margins.top,
				marginBottom: margins.bottom,
				x: { domain: [0, bins.length], axis: null },
				y: { domain: [0, top], axis: null },
				color: { type: 'identity' },
				symbol: { type: 'identity' },
				marks: [
					plot.gridY({ ticks: 5, stroke: colour.border, strokeOpacity: 1 }),
					plot.axisY({
						ticks: 5,
						tickSize: 0,
						tickFormat: (value: number) => `${value} %`,
						label: null,
						fill: colour.muted
					}),
					plot.axisX(edgeTicks(bins, frame), {
						tickSize: 4,
						tickFormat: (edge: number) => edgeWords(bins, edge),
						label: head,
						labelAnchor: 'center',
						labelArrow: 'none',
						labelOffset: 38,
						fill: colour.muted
					}),
					plot.text([axis], {
						text: (text: string) => text,
						frameAnchor: 'top-left',
						textAnchor: 'start',
						dx: -margins.left + 4,
						dy: -18,
						fill: colour.muted
					}),
					...change(plot, at ?? null, bins),
					fit &&
						plot.lineY(steps, {
							x: 'x',
							y: 'y',
							stroke: fit.stroke,
							strokeWidth: 1.5,
							strokeOpacity: 0.65
						}),
					...series.flatMap(({ stroke, symbol = 'circle', isRing = false }, index) => {
						const own = marks[index] ?? [];
						const dx = beside[index];
						return [
							plot.ruleX(own, {
								x: 'x',
								y1: 'y1',
								y2: 'y2',
								stroke,
								strokeWidth: isRing ? 1 : 1.75,
								dx
							}),
							plot.dot(own, {
								x: 'x',
								y: 'y',
								symbol,
								r: isRing ? 3.5 : 4,
								fill: isRing ? colour.surface : stroke,
								stroke,
								strokeWidth: 1.25,
								href: 'href',
								dx
							})
						];
					}),
					...legend(plot, series, fit),
					plot.tip(
						marks.flat(),
						plot.pointer({ x: 'x', y: 'y', title: 'title', ...tipStyle })
					)
				]
			};
		},
		table: {
			head: [
				head,
				...series.flatMap(({ label, shares }) => {
					if (!hasN(shares)) return [label];
					return [label, series.length > 1 ? `n, ${lowerFirst(label)}` : 'n'];
				}),
				...(fit ? [fit.label] : [])
			],
			rows: bins.map((bin, index) => [
				binCell(bin),
				...series.flatMap(({ shares }) => {
					const share = shares[index];
					const value = {
						...estimateCell(share, 'share'),
						...(share && { text: inWords(share) })
					};
					return hasN(shares) ? [value, numberCell(share?.n ?? null)] : [value];
				}),
				...(fit ? [valueCell(fit.levels[index] ?? null, 'share')] : [])
			]),
			...(links && { links })
		}
	};
}

/** A share and its interval with two digits that count: "0.031 % (0.022–0.043 %)". */
export function fineEstimate({ value, low, high }: Spread): string {
	const largest = 100 * (value || high || 0);
	const decimals =
		largest > 0 ? Math.min(4, Math.max(1, 1 - Math.floor(Math.log10(largest)))) : 1;
	const percent = (share: number) => formatNumber(100 * share, decimals);
	if (value === null) return absent;
	const interval = low === null || high === null ? '' : ` (${percent(low)}–${percent(high)} %)`;
	return `${percent(value)} %${interval}`;
}

const hasN = (shares: Spanned[]) => shares.some((share) => share?.n !== undefined);

/** Where bins begin, as many as there is room for in words. */
function edgeTicks(bins: Seconds[], frame: number): number[] {
	const longest = Math.max(...bins.map((_, edge) => edgeWords(bins, edge).length));
	const step = Math.max(1, Math.ceil((bins.length * (10 + 6.2 * longest)) / frame));
	return bins.flatMap((_, index) => (index % step === 0 ? [index] : []));
}

function edgeWords(bins: Seconds[], edge: number): string {
	const { from_s } = bins[edge] ?? { from_s: 0 };
	return from_s === 0 ? '0' : formatDuration(from_s);
}

/** Where a wait lies among the bins. */
function placeOf(bins: Seconds[], at_s: number): number {
	const index = bins.findLastIndex(({ from_s }) => from_s <= at_s);
	const { from_s = 0, to_s = null } = bins[index] ?? {};
	return index + (to_s === null ? 0 : (at_s - from_s) / (to_s - from_s));
}

function change(plot: Plot, at: Options['at'] | null, bins: Seconds[]) {
	if (!at) return [];
	const x = placeOf(bins, at.at_s);
	const isLate = x > bins.length / 2;
	return [
		plot.ruleX([x], { stroke: colour.ink, strokeDasharray: '4 3' }),
		plot.text([at.label], {
			x: [x],
			text: (text: string) => text,
			frameAnchor: 'top',
			textAnchor: isLate ? 'end' : 'start',
			lineAnchor: 'top',
			dx: isLate ? -5 : 5,
			dy: 2,
			fill: colour.ink,
			stroke: colour.surface,
			strokeWidth: 4,
			fontWeight: 600
		})
	];
}

/** Names of what is drawn, in a line above the picture. */
function legend(plot: Plot, series: SpanSeries[], fit: Options['fit']) {
	let dx = -margins.left + 8;
	const named = [
		...series.map((one) => ({ ...one, isLine: false })),
		...(fit ? [{ label: fit.label, stroke: fit.stroke, isLine: true }] : [])
	].map((one) => {
		const place = { ...one, dx };
		dx += 26 + 7 * one.label.length;
		return place;
	});
	return named.flatMap((one) => [
		one.isLine
			? plot.text(['—'], {
					text: (text: string) => text,
					frameAnchor: 'top-left',
					textAnchor: 'start',
					dx: one.dx - 4,
					dy: 2 - margins.top,
					fill: one.stroke,
					fontWeight: 700
				})
			: plot.dot([one.label], {
					frameAnchor: 'top-left',
					symbol: 'symbol' in one ? (one.symbol ?? 'circle') : 'circle',
					r: 4,
					dx: one.dx + 3,
					dy: 8 - margins.top,
					fill: 'isRing' in one && one.isRing ? colour.surface : one.stroke,
					stroke: one.stroke
				}),
		plot.text([one.label], {
			text: (text: string) => text,
			frameAnchor: 'top-left',
			textAnchor: 'start',
			dx: one.dx + 13,
			dy: 2 - margins.top,
			fill: one.stroke === colour.unknown ? colour.muted : one.stroke,
			fontWeight: 600
		})
	]);
}
