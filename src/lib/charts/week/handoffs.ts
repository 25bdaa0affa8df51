import { formatNumber } from '../../format.ts';
import type { RouteRow } from '../../week.ts';
import { numberCell, weekCell } from '../cells.ts';
import type { Chart } from '../chart.ts';
import { colour, tipStyle } from '../chart.ts';
import { spread } from '../spread.ts';
import { axisWeeks, monthName, monthTicks, span, weekDays } from '../weeks.ts';

const height = 260;

/** From the bottom of a bar to its top. */
const routes = [
	{ route: 'failure', label: 'Failure', fill: colour.failure },
	{ route: 'topic', label: 'Topic', fill: colour.topic },
	{ route: null, label: 'Not known', fill: colour.unknown }
] as const;

/** Handoffs by week, stacked by route. Weeks without rows stay empty. */
export function handoffs(rows: RouteRow[], week: string, first: string | undefined): Chart {
	const weeks = axisWeeks(first, week);
	const counts = new Map<string, number>();
	for (const row of rows) {
		const route = routes.some((known) => known.route === row.route) ? row.route : null;
		const key = `${row.week} ${route ?? ''}`;
		counts.set(key, (counts.get(key) ?? 0) + row.n);
	}
	const countOf = (at: string, route: string | null) => counts.get(`${at} ${route ?? ''}`) ?? 0;
	const shown = routes.filter(({ route }) => weeks.some((at) => countOf(at, route) > 0));
	const bars = weeks.flatMap((at) => {
		let top = 0;
		return shown.map((kind) => {
			const n = countOf(at, kind.route);
			top += n;
			return { ...kind, week: at, n, y1: top - n, y2: top };
		});
	});
	const totals = weeks
		.map((at) => {
			const parts = bars.filter((bar) => bar.week === at);
			const n = parts.reduce((sum, part) => sum + part.n, 0);
			const lines = parts.map((part) => `${part.label}: ${formatNumber(part.n)}`);
			return {
				week: at,
				n,
				title: [weekDays(at), ...lines.reverse(), `All: ${formatNumber(n)}`].join('\n')
			};
		})
		.filter(({ n }) => n > 0);
	const max = Math.max(1, ...totals.map(({ n }) => n));
	const ticks = Math.min(5, max);
	const last = totals.find((total) => total.week === week);
	const ends = spread(
		[
			...bars
				.filter((bar) => bar.week === week && bar.n > 0)
				.map(({ route, label, fill, y1, y2 }) => ({
					label,
					fill: route === null ? colour.muted : fill,
					y: (y1 + y2) / 2
				})),
			...(last ? [{ label: `All ${formatNumber(last.n)}`, fill: colour.ink, y: last.n }] : [])
		],
		(max / (height - 50)) * 16
	);
	const only = shown.length === 1 && shown[0]?.route === null;

	return {
		title: only
			? `Handoffs by week, ${span(weeks)}; the log does not say why they happened`
			: `Failure and topic handoffs by week, ${span(weeks)}`,
		description: `Stacked bars: handoffs in each of the ${weeks.length} weeks up to ${weekDays(week)}, by route.`,
		height,
		weeks,
		draw: (plot, width) => ({
			marginLeft: 46,
			marginRight: 74,
			marginTop: 24,
			marginBottom: 24,
			x: { type: 'band', domain: weeks, axis: null, padding: 0.18 },
			y: { domain: [0, max], axis: null, nice: true },
			color: { type: 'identity' },
			marks: [
				plot.gridY({ ticks, stroke: colour.border, strokeOpacity: 1 }),
				plot.axisY({
					ticks,
					tickSize: 0,
					tickFormat: (value: number) =>
						Number.isInteger(value) ? formatNumber(value) : '',
					label: 'Handoffs a week',
					labelArrow: 'none',
					fill: colour.muted
				}),
				plot.axisX(monthTicks(weeks, width - 120), {
					tickSize: 3,
					tickFormat: monthName,
					label: null,
					fill: colour.muted
				}),
				plot.barY(
					bars.filter(({ n }) => n > 0),
					{ x: 'week', y1: 'y1', y2: 'y2', fill: 'fill', insetTop: 0.5, insetBottom: 0.5 }
				),
				plot.ruleY([0], { stroke: colour.muted }),
				plot.text(ends, {
					x: () => week,
					y: 'y',
					text: 'label',
					fill: 'fill',
					textAnchor: 'start',
					dx: Math.max(4, (width - 120) / weeks.length / 2) + 4,
					fontWeight: 600
				}),
				plot.tip(totals, plot.pointerX({ x: 'week', y: 'n', title: 'title', ...tipStyle }))
			]
		}),
		table: {
			head: ['Week', ...shown.map(({ label }) => label), 'All'],
			rows: weeks.map((at) => {
				const parts = shown.map(({ route }) => countOf(at, route));
				const all = parts.reduce((sum, n) => sum + n, 0);
				return [weekCell(at), ...[...parts, all].map((n) => numberCell(n))];
			})
		}
	};
}
