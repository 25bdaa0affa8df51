import { formatNumber } from '../../format.ts';
import type { Timing } from '../../triggers.ts';
import { numberCell, type Datum } from '../cells.ts';
import type { Chart } from '../chart.ts';
import { colour, tipStyle } from '../chart.ts';

const routes = ['failure', 'topic', null] as const;
const looks = {
	failure: { label: 'Failure', fill: colour.failure },
	topic: { label: 'Topic', fill: colour.topic },
	none: { label: 'Route unknown', fill: colour.unknown }
} as const;
const lookOf = (route: string | null) =>
	route === 'failure' || route === 'topic' ? looks[route] : looks.none;

/** "2 late", "in time", "1 early"; the ends stand for what is beyond. */
export function turnsWords(turns: number): string {
	if (turns === 0) return 'in time';
	const size = Math.abs(turns);
	const more = turns <= -3 || turns >= 6 ? ' or more' : '';
	return `${size}${more} ${turns > 0 ? 'late' : 'early'}`;
}

/** Turns as data: no end where they stand for what is beyond. */
const turnsCell = (turns: number): Datum => ({
	text: turnsWords(turns),
	low: turns <= -3 ? null : turns,
	high: turns >= 6 ? null : turns,
	unit: 'late'
});

/** How many turns handoffs lie from the right one, by route. */
export function lateness(
	{ lateness: rows }: Timing,
	period: string,
	/** where a bar leads, and without a route all bars of these turns */
	href?: (turns: number, route?: string | null) => string
): Chart {
	const turns = Array.from({ length: 10 }, (_, at) => at - 3);
	const bars = routes.flatMap((route) =>
		turns.flatMap((at) => {
			const handoffs = rows
				.filter((row) => row.turns === at && lookOf(row.route) === lookOf(route))
				.reduce((sum, row) => sum + row.handoffs, 0);
			const { label, fill } = lookOf(route);
			const to = href?.(at, route);
			return handoffs > 0 ? [{ turns: at, handoffs, fill, label, to }] : [];
		})
	);
	const tips = turns.flatMap((at) => {
		const own = bars.filter((bar) => bar.turns === at);
		const handoffs = own.reduce((sum, bar) => sum + bar.handoffs, 0);
		const said = own.map(({ label, handoffs: n }) => `${label}: ${formatNumber(n)}`);
		return handoffs > 0
			? [{ turns: at, handoffs, title: [turnsWords(at), ...said].join('\n') }]
			: [];
	});
	const present = [...new Map(bars.map(({ label, fill }) => [label, fill]))];
	/** Names in a line, from the right edge. */
	let dx = 0;
	const legend = present.toReversed().map(([label, fill]) => {
		const place = { label, fill, dx };
		dx -= 7 * label.length + 16;
		return place;
	});
	const nameOf = (bar: (typeof bars)[number]) =>
		`${turnsWords(bar.turns)}, ${bar.label}: ${formatNumber(bar.handoffs)}`;
	const all = rows.reduce((sum, row) => sum + row.handoffs, 0);
	return {
		title: `Turns between the right one and the handoff, ${period}`,
		description: `Bars: ${formatNumber(all)} labelled handoffs by how many turns early or late they came, by route, ${period}.`,
		linked: href !== undefined,
		height: 220,
		draw: (plot, width) => ({
			marginLeft: 46,
			marginRight: 12,
			marginTop: 28,
			marginBottom: 38,
			x: { type: 'band', domain: turns, axis: null, padding: 0.15 },
			y: { axis: null },
			color: { type: 'identity' },
			marks: [
				plot.gridY({ ticks: 4, stroke: colour.border, strokeOpacity: 1 }),
				plot.axisY({
					ticks: 4,
					tickSize: 0,
					tickFormat: (n: number) => (Number.isInteger(n) ? formatNumber(n) : ''),
					label: 'handoffs',
					labelArrow: 'none',
					fill: colour.muted
				}),
				plot.axisX({
					tickSize: 0,
					tickFormat: (at: number) =>
						at === 0
							? width < 480
								? '0'
								: 'in time'
							: `${at > 0 ? '+' : '−'}${Math.abs(at)}${at === -3 || at === 6 ? '…' : ''}`,
					label: width < 480 ? 'turns late' : 'turns late (early below 0)',
					labelArrow: 'none',
					labelAnchor: 'right',
					fill: colour.muted
				}),
				plot.barY(bars, {
					x: 'turns',
					y: 'handoffs',
					fill: 'fill',
					...(href ? { href: 'to', ariaLabel: nameOf } : {})
				}),
				...legend.map(({ label, fill, dx }) =>
					plot.text([label], {
						text: (text: string) => text,
						frameAnchor: 'top-right',
						textAnchor: 'end',
						dx,
						dy: -20,
						fill: fill === colour.unknown ? colour.muted : fill,
						fontWeight: 600
					})
				),
				plot.tip(
					tips,
					plot.pointerX({ x: 'turns', y: 'handoffs', title: 'title', ...tipStyle })
				)
			]
		}),
		table: {
			head: ['Turns', ...present.map(([label]) => label)],
			rows: turns.map((at) => [
				turnsCell(at),
				...present.map(([label]) =>
					numberCell(
						bars.find((bar) => bar.turns === at && bar.label === label)?.handoffs ?? 0
					)
				)
			]),
			...(href && {
				links: turns.map((at) => (bars.some((bar) => bar.turns === at) ? href(at) : null))
			})
		}
	};
}
