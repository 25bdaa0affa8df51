import { formatDay } from '../../format.ts';
import { stretches, type Part, type Stretch, type Whose } from '../../timeline.ts';
import type { Datum } from '../cells.ts';
import type { Chart } from '../chart.ts';
import { colour } from '../chart.ts';

const laneHeight = 48;
const margins = { top: 20, bottom: 40, left: 4, right: 12 };
/** Between two scales, in px. */
const gap = 26;
/** Room that the label of a tick wants, in px. */
const tickRoom = 60;

const fills: Record<Whose, string> = {
	ai: colour.ai,
	wait: colour.unknown,
	person: colour.person,
	unclear: colour.unknown,
	away: colour.muted
};

/** The customer's way through one handoff, to scale; where the scale changes the axis is broken. */
export function timelineChart(parts: Part[], handedOff: string): Chart {
	const drawn = stretches(parts);
	const known = parts.filter(({ span, whose }) => span && whose !== 'away');
	const height = margins.top + parts.length * laneHeight + margins.bottom;
	return {
		title: titleOf(parts),
		description: [
			`A time line with a bar for each of ${known.length} parts of the way`,
			drawn.length > 1 ? `, broken into ${drawn.length} scales.` : ', on one scale.',
			...parts.map(({ name, said }) => ` ${name}: ${said}.`)
		].join(''),
		height,
		draw: (plot, width) => {
			const inner = width - margins.left - margins.right;
			const panels = placed(drawn, inner);
			const x = (at: number) => placeOf(panels, at);
			const pieces = parts.flatMap(({ span, whose, name }) =>
				span === null ? [] : cut(panels, span).map((piece) => ({ ...piece, whose, name }))
			);
			const bars = pieces.filter(({ whose }) => whose !== 'away');
			const paths = pieces.filter(({ whose }) => whose === 'away');
			const ends = parts.filter(({ whose, span }) => whose === 'away' && span);
			const ticks = panels.flatMap((panel, at) =>
				ticksOf(panel, { isFirst: at === 0, isLast: at === panels.length - 1 })
			);
			const handoff = x(0);
			return {
				marginTop: margins.top,
				marginBottom: margins.bottom,
				marginLeft: margins.left,
				marginRight: margins.right,
				x: { domain: [0, inner], axis: null },
				y: { type: 'band', domain: parts.map(({ name }) => name), axis: null, padding: 0 },
				marks: [
					// Beside the bars only: a line from top to bottom would cross the words between them.
					plot.tickX(parts, {
						x: () => handoff,
						y: 'name',
						stroke: colour.muted,
						strokeDasharray: '2 3',
						insetTop: 29
					}),
					plot.text([`Handed over ${handedOff.slice(11, 16)}`], {
						x: handoff,
						frameAnchor: 'top',
						dy: -16,
						textAnchor: anchorOf(handoff, inner),
						fill: colour.ink,
						fontWeight: 600
					}),
					plot.barX(bars, {
						y: 'name',
						x1: 'x1',
						x2: 'x2',
						fill: ({ whose }: { whose: Whose }) => fills[whose],
						stroke: ({ whose }: { whose: Whose }) => fills[whose],
						fillOpacity: ({ whose }: { whose: Whose }) =>
							whose === 'unclear' ? 0.3 : 1,
						insetTop: 33,
						insetBottom: 3
					}),
					plot.ruleY(paths, {
						y: 'name',
						x1: 'x1',
						x2: 'x2',
						dy: 15,
						stroke: colour.muted,
						strokeWidth: 2,
						strokeDasharray: '5 4'
					}),
					plot.dot(ends, {
						y: 'name',
						x: ({ span }: Part) => x(span?.to ?? 0),
						dy: 15,
						r: 5,
						fill: colour.ink
					}),
					plot.text(parts, {
						y: 'name',
						frameAnchor: 'left',
						dy: 3,
						text: ({ name, said }: Part) => `${name}: ${said}`,
						lineWidth: inner / 11.5,
						lineAnchor: 'bottom',
						textAnchor: 'start',
						fill: colour.ink,
						stroke: colour.surface,
						strokeWidth: 5
					}),
					plot.ruleY(panels, {
						y: () => parts.at(-1)?.name,
						dy: laneHeight / 2,
						x1: 'x1',
						x2: 'x2',
						stroke: colour.muted
					}),
					plot.text(ticks, {
						x: 'x',
						frameAnchor: 'bottom',
						dy: 16,
						text: 'label',
						fill: colour.muted
					}),
					plot.text(panels, {
						x: 'x1',
						frameAnchor: 'bottom',
						dy: 32,
						text: ({ from }: Panel) => `since ${sinceWords(parts, from)}`,
						textAnchor: 'start',
						fill: colour.muted
					}),
					plot.text(panels.slice(1), {
						x: ({ x1 }: Panel) => x1 - gap / 2,
						frameAnchor: 'bottom',
						dy: 5,
						text: () => '//',
						fill: colour.ink,
						fontWeight: 600,
						fontSize: 14
					})
				]
			};
		},
		table: {
			head: ['Part', 'What', 'From', 'To'],
			rows: parts.map(({ name, said, span, times }) => [
				name,
				{ text: said, value: span && span.to - span.from, words: said, unit: 's' },
				clock(times[0], handedOff),
				clock(times[1], handedOff)
			])
		}
	};
}

function titleOf(parts: Part[]): string {
	const said = parts
		.filter(({ span, whose }) => span && (whose === 'ai' || whose === 'wait'))
		.map(({ name, said: words }) => `${words.split(',')[0] ?? ''} ${inTitle[name] ?? ''}`);
	return said.length > 0
		? `The customer’s way: ${said.join(', ')}`
		: 'The customer’s way through this handoff';
}

const inTitle: Record<string, string> = {
	'With the AI': 'with the AI',
	'Wait for a person': 'of wait for a person'
};

/** A local time; in words with its day where that is another than the handoff's. */
function clock(at: string | null, handedOff: string): Datum {
	if (at === null) return { text: 'not logged', value: null };
	const day = at.slice(0, 10) === handedOff.slice(0, 10) ? '' : `${formatDay(at)}, `;
	return { text: day + at.slice(11), value: at };
}

/** A stretch with its place in the picture, in px. */
type Panel = Stretch & { x1: number; x2: number };

/** Stretches beside each other, each as wide as the number of its pieces asks for. */
function placed(drawn: Stretch[], inner: number): Panel[] {
	const weights = drawn.map(({ pieces }) => pieces + 1);
	const whole = weights.reduce((sum, weight) => sum + weight, 0);
	const room = inner - gap * (drawn.length - 1);
	let left = 0;
	return drawn.map((stretch, at) => {
		const x1 = left;
		const x2 = x1 + (room * (weights[at] ?? 0)) / whole;
		left = x2 + gap;
		return { ...stretch, x1, x2 };
	});
}

const within = ({ from, to, x1, x2 }: Panel, at: number) =>
	x1 + ((at - from) / (to - from)) * (x2 - x1);

/** Where a time lies: at the end of the earlier scale where two of them meet. */
function placeOf(panels: Panel[], at: number): number {
	const panel = panels.find(({ to }) => at <= to) ?? panels.at(-1);
	return panel ? within(panel, at) : 0;
}

/** What of a span falls on each scale. */
function cut(panels: Panel[], span: { from: number; to: number }): { x1: number; x2: number }[] {
	return panels
		.filter(({ from, to }) => span.from < to && span.to > from)
		.map((panel) => ({
			x1: within(panel, Math.max(span.from, panel.from)),
			x2: within(panel, Math.min(span.to, panel.to))
		}));
}

const anchorOf = (x: number, inner: number) =>
	x < 60 ? 'start' : x > inner - 60 ? 'end' : 'middle';

/** Up to how many of a unit one still counts in it, rather than in the next. */
const most = 180;
const units = [
	{ of: 1, name: 's', steps: [1, 2, 5, 10, 20, 30] },
	{ of: 60, name: 'min', steps: [1, 2, 5, 10, 20, 30] },
	{ of: 3600, name: 'h', steps: [1, 2, 3, 6, 12] },
	{ of: 86_400, name: 'd', steps: [1, 2, 5, 10, 20, 50, 100, 200, 500] }
];
const rounds = units.flatMap(({ of, name, steps }) =>
	steps.map((step) => ({ seconds: of * step, of, name }))
);

/** Round times since the beginning of a scale, as close as their labels allow. */
function ticksOf(
	panel: Panel,
	{ isFirst, isLast }: { isFirst: boolean; isLast: boolean }
): { x: number; label: string }[] {
	const length = panel.to - panel.from;
	const px = panel.x2 - panel.x1;
	const roomy = rounds.find(
		({ seconds, of, name }) =>
			(seconds / length) * px >= tickRoom && (length <= most * of || name === 'd')
	);
	// A scale without any label would be none: the longest that it holds.
	const round =
		roomy && roomy.seconds <= length
			? roomy
			: rounds.findLast(({ seconds }) => seconds <= length);
	if (!round) return [];
	const count = round === roomy ? Math.floor(length / round.seconds) : 1;
	const ticks = Array.from({ length: count }, (_, at) => {
		const seconds = round.seconds * (at + 1);
		return {
			x: within(panel, panel.from + seconds),
			label: `${seconds / round.of} ${round.name}`
		};
	});
	// The sign of a break wants its place.
	const shown = isLast ? ticks : ticks.filter(({ x }) => x < panel.x2 - gap / 2);
	return isFirst ? [{ x: panel.x1 + 3, label: '0' }, ...shown] : shown;
}

/** What begins a scale. */
function sinceWords(parts: Part[], at: number): string {
	if (at === 0) return 'the handoff';
	const begins = parts.find(({ span }) => span?.from === at);
	const words: Partial<Record<Whose, string>> = {
		ai: 'it began',
		person: 'the reply',
		away: 'the end'
	};
	return words[begins?.whose ?? 'away'] ?? 'the end';
}
