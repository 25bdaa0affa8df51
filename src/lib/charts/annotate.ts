import type { Markish } from '@observablehq/plot';
import { mondayOf } from '../dates.ts';
import { markKinds, markLabel, markWords, type Mark, type MarkKind } from '../marks.ts';
import type { Chart, Plot } from './chart.ts';
import { colour } from './chart.ts';
import { columnLinks } from './links.ts';

/** What a figure adds to the time axis of its chart. */
export type Annotations = {
	marks: readonly Mark[];
	/** where a week leads, named by its Monday */
	href?: (week: string) => string;
	/** small: symbols without labels, and no room taken */
	small?: boolean;
};

/** Told apart by shape, so that no colour is needed. */
const symbols = {
	fix: { symbol: 'star', fill: colour.ink },
	version: { symbol: 'diamond', fill: colour.ink },
	import: { symbol: 'triangle', fill: colour.surface }
} as const satisfies Record<MarkKind, { symbol: string; fill: string }>;

/** Of a symbol's radius: points of a star reach further than edges of the same area. */
const sizes = { fix: 0.8, version: 1, import: 1 } as const satisfies Record<MarkKind, number>;

/** Room for a row of labels below the axis, in px. */
const row = 18;
const letter = 6.3;

/** `short` is for where labels lie too close for the whole ones. */
type Week = { week: string; kind: MarkKind; label: string; short: string; title: string };

/**
 * A chart by week with its events: a line at each week that has some, joined where a week has several,
 * a symbol and a label below the axis, words in description and table; and with its weeks as links.
 * Charts without a time axis stay as they are.
 */
export function annotated(chart: Chart, { marks, href, small = false }: Annotations): Chart {
	const { weeks } = chart;
	if (!weeks) return chart;
	const found = weeks.flatMap((week): Week[] => {
		const own = marks.filter(({ day }) => mondayOf(day) === week);
		const kind = markKinds.find((one) => own.some((mark) => mark.kind === one));
		if (kind === undefined) return [];
		const title = own.map(markWords).join('\n');
		return [{ week, kind, label: markLabel(own), short: markLabel(own, true), title }];
	});
	if (found.length === 0 && !href) return chart;
	const room = found.length > 0 && !small ? row : 0;
	return {
		...chart,
		height: chart.height + room,
		description: described(chart, found),
		table: tabled(chart, found, href),
		linked: chart.linked ?? href !== undefined,
		draw: (plot, width) => {
			const options = chart.draw(plot, width);
			const margins = {
				left: options.marginLeft ?? 0,
				right: options.marginRight ?? 0,
				bottom: options.marginBottom ?? 0
			};
			const frame = chart.frame?.(width) ?? width - margins.left - margins.right;
			return {
				...options,
				marginBottom: margins.bottom + room,
				marks: [
					rules(plot, found),
					...(options.marks ?? []),
					href ? columnLinks(plot, weeks, href, frame / weeks.length) : null,
					...(small
						? dots(plot, found, 0, 2.5)
						: dots(plot, found, margins.bottom + 6, 3.5)),
					...(small ? [] : labels(plot, roomy(found, weeks, frame, margins), margins))
				]
			};
		}
	};
}

function described({ description }: Chart, found: Week[]): string {
	if (found.length === 0) return description;
	const said = found.flatMap(({ title }) => title.split('\n')).join('; ');
	return `${description} Marked: ${said}.`;
}

/** Tables of charts by week have a row a week, in their order. */
function tabled({ table, weeks = [] }: Chart, found: Week[], href: Annotations['href']) {
	if (table.rows.length !== weeks.length) return table;
	const said = (week: string | undefined) =>
		found.find((one) => one.week === week)?.title.replaceAll('\n', '; ') ?? '';
	return {
		head: found.length > 0 ? [...table.head, 'Marks'] : table.head,
		rows:
			found.length > 0
				? table.rows.map((cells, at) => [...cells, said(weeks[at])])
				: table.rows,
		...(href && { links: weeks.map((week) => href(week)) })
	};
}

function rules(plot: Plot, found: Week[]): Markish {
	return plot.ruleX(found, { x: 'week', stroke: colour.ink, strokeOpacity: 0.35 });
}

const dots = (plot: Plot, found: Week[], dy: number, r: number): Markish[] =>
	markKinds.map((kind) =>
		plot.dot(
			found.filter((one) => one.kind === kind),
			{
				x: 'week',
				frameAnchor: 'bottom',
				dy,
				r: r * sizes[kind],
				...symbols[kind],
				stroke: colour.ink,
				title: 'title'
			}
		)
	);

type Margins = { left: number; right: number; bottom: number };
type Placed = Week & { anchor: 'start' | 'end' };

/** Whole labels where all have room, else short ones where more of those have. */
function roomy(found: Week[], weeks: string[], frame: number, margins: Margins): Placed[] {
	const whole = placed(found, weeks, frame, margins);
	if (whole.length === found.length) return whole;
	const brief = found.map((one) => ({ ...one, label: one.short }));
	const short = placed(brief, weeks, frame, margins);
	return short.length > whole.length ? short : whole;
}

/** Labels that have room beside their symbol, to the right or else to the left; others are left out. */
function placed(found: Week[], weeks: string[], frame: number, margins: Margins): Placed[] {
	const at = found.map(({ week }) => (frame * (weeks.indexOf(week) + 0.5)) / weeks.length);
	let taken = -margins.left;
	return found.flatMap((one, index): Placed[] => {
		const x = at[index] ?? 0;
		const long = one.label.length * letter + 12;
		const next = at[index + 1];
		const free = next === undefined ? frame + margins.right : next - 8;
		if (x + long <= free) {
			taken = x + long;
			return [{ ...one, anchor: 'start' }];
		}
		const fits = x - long >= taken;
		taken = x + 8;
		return fits ? [{ ...one, anchor: 'end' }] : [];
	});
}

const labels = (plot: Plot, found: Placed[], { bottom }: Margins): Markish[] =>
	(['start', 'end'] as const).map((anchor) =>
		plot.text(
			found.filter((one) => one.anchor === anchor),
			{
				x: 'week',
				frameAnchor: 'bottom',
				dy: bottom + 6,
				dx: anchor === 'start' ? 9 : -9,
				text: 'label',
				textAnchor: anchor,
				lineAnchor: 'middle',
				fill: colour.ink,
				title: 'title'
			}
		)
	);
