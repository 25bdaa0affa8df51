import { leastIdentified, type ThresholdWhatIf } from '../../analysis/thresholdWhatIf.ts';
import { formatNumber, formatValue } from '../../format.ts';
import type { ThresholdPage } from '../../triggers.ts';
import { numberCell, valueCell } from '../cells.ts';
import type { Chart, Plot } from '../chart.ts';
import { colour, tipStyle } from '../chart.ts';
import { columnLinks, type Href } from '../links.ts';

type Row = ThresholdWhatIf & { title: string };

/** Thresholds of which too little is known, as spans of the axis. */
function greys(sweep: ThresholdWhatIf[]): { from: number; to: number }[] {
	const spans: { from: number; to: number }[] = [];
	for (const [at, { threshold, shareIdentified }] of sweep.entries()) {
		if ((shareIdentified ?? 0) >= leastIdentified) continue;
		const from = sweep[at - 1]?.threshold ?? threshold;
		const last = spans.at(-1);
		if (last && last.to >= from) last.to = threshold;
		else spans.push({ from, to: threshold });
	}
	return spans;
}

/** The thresholds in force and chosen, as labelled lines. */
function lines({ inForce, chosen }: ThresholdPage) {
	const found = [
		...(inForce ? [{ at: inForce.threshold, label: 'in force' }] : []),
		...(chosen && chosen.threshold !== inForce?.threshold
			? [{ at: chosen.threshold, label: 'chosen' }]
			: [])
	];
	return found.map((line) => ({
		...line,
		// Labels stand away from each other.
		isLeft: found.some((other) => other.at > line.at) || line.at > 0.85
	}));
}

const share = (value: number) => formatValue(value, 'share');

/** Where trying a threshold leads. */
type Options = { period: string; href?: Href<number> };

function frame(plot: Plot, page: ThresholdPage, yLabel: string, width: number, href: Href<number>) {
	const marked = lines(page);
	return {
		base: {
			marginLeft: 46,
			marginRight: 14,
			marginTop: 24,
			marginBottom: 38,
			x: { domain: [0, 1], axis: null },
			y: { domain: [0, 100], axis: null }
		} as const,
		under: [
			plot.gridY({ ticks: 5, stroke: colour.border, strokeOpacity: 1 }),
			plot.axisY({
				ticks: 5,
				tickSize: 0,
				tickFormat: (value: number) => `${value} %`,
				label: yLabel,
				labelArrow: 'none',
				fill: colour.muted
			}),
			plot.axisX({
				ticks: 5,
				tickSize: 3,
				label: 'hands over below this confidence',
				labelArrow: 'none',
				labelAnchor: 'right',
				fill: colour.muted
			})
		],
		over: [
			...(href ? [columnLinks(plot, tenths, href, (width - 60) / tenths.length)] : []),
			plot.ruleX(marked, { x: 'at', stroke: colour.ink, strokeDasharray: '3 2' }),
			...[true, false].map((isLeft) =>
				plot.text(
					marked.filter((line) => line.isLeft === isLeft),
					{
						x: 'at',
						text: 'label',
						frameAnchor: 'top',
						textAnchor: isLeft ? 'end' : 'start',
						dx: isLeft ? -4 : 4,
						dy: -10,
						fill: colour.ink,
						fontWeight: 600
					}
				)
			)
		]
	};
}

const rowsOf = (sweep: ThresholdWhatIf[], title: (one: ThresholdWhatIf) => string): Row[] =>
	sweep.map((one) => ({
		...one,
		title: `below ${formatNumber(one.threshold, 2)}\n${title(one)}`
	}));

const tenths = Array.from({ length: 11 }, (_, at) => at / 10);

/** Every tenth, and the thresholds in force and chosen. */
const tabled = ({ sweep, inForce, chosen }: ThresholdPage) =>
	sweep.filter(
		({ threshold }, at) =>
			at % 10 === 0 || threshold === inForce?.threshold || threshold === chosen?.threshold
	);

/** How many conversations would be handed over at another threshold: all of it is known. */
export function thresholdVolume(page: ThresholdPage, { period, href }: Options): Chart {
	const rows = rowsOf(
		page.sweep,
		({ handoffs, handoffRate }) =>
			`${formatNumber(handoffs)} handed over, ${share(handoffRate ?? 0)}`
	);
	return {
		title: `Conversations handed over, by threshold, ${period}`,
		description: `Line: share of conversations that would be handed over at thresholds of confidence from 0 to 1, ${period}; ${share(page.now?.handoffRate ?? 0)} at the one in force.`,
		height: 240,
		linked: href !== undefined,
		draw: (plot, width) => {
			const { base, under, over } = frame(plot, page, 'handed over', width, href);
			return {
				...base,
				marks: [
					...under,
					plot.lineY(rows, {
						x: 'threshold',
						y: (row: Row) => 100 * (row.handoffRate ?? 0),
						stroke: colour.ink,
						strokeWidth: 2
					}),
					...over,
					plot.tip(
						rows,
						plot.pointerX({
							x: 'threshold',
							y: (row: Row) => 100 * (row.handoffRate ?? 0),
							title: 'title',
							...tipStyle
						})
					)
				]
			};
		},
		table: {
			head: ['Threshold', 'Handed over', 'Share'],
			rows: tabled(page).map(({ threshold, handoffs, handoffRate }) => [
				numberCell(threshold, 2),
				numberCell(handoffs),
				valueCell(handoffRate, 'share')
			]),
			...(href && { links: tabled(page).map(({ threshold }) => href(threshold)) })
		}
	};
}

/** What would be resolved at another threshold, from the worst case to the best. */
export function thresholdBand(page: ThresholdPage, { period, href }: Options): Chart {
	const rows = rowsOf(
		page.sweep,
		({ lower, upper, shareIdentified }) =>
			`resolved: ${share(lower ?? 0)} to ${share(upper ?? 0)}\nend known: ${share(shareIdentified ?? 0)}`
	);
	const grey = greys(page.sweep);
	const widest = grey.reduce<{ from: number; to: number } | null>(
		(most, span) => (most && most.to - most.from >= span.to - span.from ? most : span),
		null
	);
	const isKnown = (row: Row) => (row.shareIdentified ?? 0) >= leastIdentified;
	const band = { x: 'threshold', y1: low, y2: high };
	return {
		title: `Resolved at another threshold: worst case to best, ${period}`,
		description: `Band: the share of conversations that would be resolved at thresholds from 0 to 1, with every unknown end counted as bad and as good, ${period}. Grey where fewer than 90 % of the ends are known.`,
		height: 240,
		linked: href !== undefined,
		draw: (plot, width) => {
			const { base, under, over } = frame(plot, page, 'resolved', width, href);
			return {
				...base,
				marks: [
					plot.rectY(grey, {
						x1: 'from',
						x2: 'to',
						y1: 0,
						y2: 100,
						fill: colour.unknown,
						fillOpacity: 0.16
					}),
					...under,
					plot.areaY(rows, { ...band, fill: colour.unknown, fillOpacity: 0.35 }),
					plot.areaY(rows, {
						...band,
						y1: (row: Row) => (isKnown(row) ? low(row) : NaN),
						y2: (row: Row) => (isKnown(row) ? high(row) : NaN),
						fill: colour.ink,
						fillOpacity: 0.55
					}),
					plot.text(widest && widest.to - widest.from > 0.15 ? [widest] : [], {
						x: ({ from, to }: { from: number; to: number }) => (from + to) / 2,
						text: () => 'too little known',
						frameAnchor: 'bottom',
						dy: -6,
						fill: colour.muted
					}),
					...over,
					plot.tip(
						rows,
						plot.pointerX({
							x: 'threshold',
							y: (row: Row) => (low(row) + high(row)) / 2,
							title: 'title',
							...tipStyle
						})
					)
				]
			};
		},
		table: {
			head: ['Threshold', 'Resolved at worst', 'At best', 'End known'],
			rows: tabled(page).map(({ threshold, lower, upper, shareIdentified }) => [
				numberCell(threshold, 2),
				valueCell(lower, 'share'),
				valueCell(upper, 'share'),
				valueCell(shareIdentified, 'share')
			]),
			...(href && { links: tabled(page).map(({ threshold }) => href(threshold)) })
		}
	};
}

const low = (row: Row) => 100 * (row.lower ?? 0);
const high = (row: Row) => 100 * (row.upper ?? 0);
