import { meanLimits } from '../../analysis/meanFunnel.ts';
import { formatEstimate, formatNumber } from '../../format.ts';
import type { ScoreGroup, ScoreGroups } from '../../quality.ts';
import { estimateCell, numberCell } from '../cells.ts';
import type { Chart } from '../chart.ts';
import { colour, tipStyle } from '../chart.ts';

/** |z| beyond which a group lies outside the limits of 95 % and 99.8 %. */
export const outside = { near: 1.959964, far: 3.090232 } as const;

const height = 380;
const margin = { left: 46, right: 18, top: 26, bottom: 38 };
const letter = 6.4;

type Options = {
	period: string;
	/** "topic" */
	grouping: string;
	/** a group in words */
	name: (key: string | null) => string;
	/** where a mark leads */
	href: (key: string | null) => string;
};

type Mark = { label: string; n: number; y: number; z: number; title: string; href: string };
type Limits = { n: number } & Record<'low' | 'high' | 'low998' | 'high998', number>;
type Placed = Mark & { side: 'start' | 'end' };

/** Where a group lies: within the limits of 95 %, outside them, or outside those of 99.8 %. */
export function standing(z: number): string {
	if (Math.abs(z) <= outside.near) return 'within the limits';
	return `${Math.abs(z) > outside.far ? 'outside 99.8 %' : 'outside 95 %'}, ${z < 0 ? 'low' : 'high'}`;
}

/** Mean score of groups against how many handoffs they have, between limits of chance. */
export function scoreFunnel(page: ScoreGroups, options: Options): Chart {
	const { grouping, period, name, href } = options;
	const { funnel } = page;
	const marks = page.groups.flatMap((group): Mark[] => markOf(group, name, href));
	const sizes = marks.map(({ n }) => n);
	const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
	const isLog = most > 30 * least;
	const domain: [number, number] = isLog ? [least / 1.3, most * 1.3] : [0, most * 1.08];
	const from = isLog ? domain[0] : Math.max(1, Math.min(least * 0.75, domain[1] / 40));
	const limits = funnel ? limitsOf(funnel, from, domain[1]) : [];
	const seen = [
		...marks.map(({ y }) => y),
		...limits
			.filter(({ n }) => n >= least * 0.9)
			.flatMap(({ low998, high998 }) => [low998, high998])
	];
	const room = Math.max(1, (Math.max(...seen) - Math.min(...seen)) * 0.06);
	const y: [number, number] = [
		Math.max(0, Math.min(...seen) - room),
		Math.min(100, Math.max(...seen) + room)
	];
	const strange = marks.filter(({ z }) => Math.abs(z) > outside.near);

	return {
		title: `Quality score by ${grouping} against its number of handoffs, ${period}`,
		description: `Funnel plot: mean quality score of ${marks.length} groups by ${grouping}, with limits of 95 and 99.8 % around ${formatNumber(funnel?.target ?? 0, 1)}; ${strange.length} outside, ${period}.`,
		height,
		linked: true,
		draw: (plot, width) => {
			const scale = scaleOf(domain, isLog, y, width);
			const placed = place(strange, scale, width);
			const onPaper = (at: number) => Math.min(y[1], Math.max(y[0], at));
			const line = (key: 'low' | 'high' | 'low998' | 'high998', dash: string) =>
				plot.lineY(limits, {
					x: 'n',
					y: (limit: Limits) => (onPaper(limit[key]) === limit[key] ? limit[key] : null),
					stroke: colour.muted,
					strokeDasharray: dash
				});
			return {
				marginLeft: margin.left,
				marginRight: margin.right,
				marginTop: margin.top,
				marginBottom: margin.bottom,
				x: { type: isLog ? 'log' : 'linear', domain, axis: null },
				y: { domain: y, axis: null },
				color: { type: 'identity' },
				r: { type: 'identity' },
				marks: [
					plot.gridY({ ticks: 6, stroke: colour.border, strokeOpacity: 1 }),
					plot.axisY({
						ticks: 6,
						tickSize: 0,
						label: 'score, of 100',
						labelArrow: 'none',
						fill: colour.muted
					}),
					plot.axisX({
						ticks: width < 480 ? 4 : 8,
						tickSize: 3,
						tickFormat: (n: number) =>
							isLog && !/^[125]/.test(String(n)) ? '' : formatNumber(n),
						label: 'scored handoffs',
						labelArrow: 'none',
						labelAnchor: 'right',
						fill: colour.muted
					}),
					plot.areaY(limits, {
						x: 'n',
						y1: ({ low }: Limits) => onPaper(low),
						y2: ({ high }: Limits) => onPaper(high),
						fill: colour.muted,
						fillOpacity: 0.1
					}),
					funnel ? plot.ruleY([funnel.target], { stroke: colour.muted }) : null,
					line('low', '4 3'),
					line('high', '4 3'),
					line('low998', '1 3'),
					line('high998', '1 3'),
					...endLabels(limits).map((end) =>
						plot.text([end], {
							x: 'n',
							y: 'y',
							text: 'label',
							textAnchor: 'end',
							dy: end.dy,
							fill: colour.muted,
							stroke: colour.surface,
							strokeWidth: 4
						})
					),
					plot.dot(marks, {
						x: 'n',
						y: 'y',
						r: 5,
						fill: ({ z }: Mark) =>
							Math.abs(z) > outside.near ? colour.ink : colour.surface,
						stroke: colour.ink,
						strokeWidth: 1.5,
						href: 'href'
					}),
					...(['start', 'end'] as const).map((side) =>
						plot.text(
							placed.filter((mark) => mark.side === side),
							{
								x: 'n',
								y: 'y',
								text: 'label',
								textAnchor: side,
								dx: side === 'start' ? 9 : -9,
								fill: colour.ink,
								stroke: colour.surface,
								strokeWidth: 4,
								fontWeight: 600,
								href: 'href'
							}
						)
					),
					plot.tip(marks, plot.pointer({ x: 'n', y: 'y', title: 'title', ...tipStyle }))
				]
			};
		},
		table: {
			head: [capital(grouping), 'Score', 'n', 'Against the limits'],
			links: page.groups.map(({ key }) => href(key)),
			rows: page.groups.map(({ key, values: { quality_score }, z }) => [
				name(key),
				estimateCell(z === null ? null : quality_score, 'score', 'too few'),
				numberCell(quality_score.n),
				z === null ? '' : standing(z)
			])
		}
	};
}

function markOf(
	{ key, values: { quality_score }, z }: ScoreGroup,
	name: Options['name'],
	href: Options['href']
): Mark[] {
	const { value, n } = quality_score;
	if (z === null || value === null) return [];
	const title = `${name(key)}\nScore ${formatEstimate(quality_score, 'score')}\nn = ${formatNumber(n)}, ${standing(z)}`;
	return [{ label: name(key), n, y: value, z, title, href: href(key) }];
}

/** The limits at sixty sizes, closer together where they bend. */
function limitsOf(funnel: NonNullable<ScoreGroups['funnel']>, from: number, to: number): Limits[] {
	const overdispersion = funnel.isStretched ? funnel.phi : 1;
	return Array.from({ length: 60 }, (_, step) => {
		const n = from * (to / from) ** (step / 59);
		const near = meanLimits(funnel, n, { overdispersion });
		const far = meanLimits(funnel, n, { overdispersion, level: 0.998 });
		return {
			n,
			low: near?.low ?? funnel.target,
			high: near?.high ?? funnel.target,
			low998: far?.low ?? funnel.target,
			high998: far?.high ?? funnel.target
		};
	});
}

function endLabels(limits: Limits[]) {
	const last = limits.at(-1);
	return last
		? [
				{ n: last.n, y: last.high, label: '95 %', dy: 11 },
				{ n: last.n, y: last.high998, label: '99.8 %', dy: -10 }
			]
		: [];
}

type Scale = (mark: { n: number; y: number }) => { x: number; y: number };

/** The same scales that Plot makes, to know where labels would lie. */
function scaleOf(
	[x0, x1]: [number, number],
	isLog: boolean,
	[y0, y1]: [number, number],
	width: number
): Scale {
	const wide = width - margin.left - margin.right;
	const high = height - margin.top - margin.bottom;
	return ({ n, y }) => ({
		x:
			margin.left +
			wide * (isLog ? Math.log(n / x0) / Math.log(x1 / x0) : (n - x0) / (x1 - x0)),
		y: margin.top + high * (1 - (y - y0) / (y1 - y0))
	});
}

/** Labels of the furthest groups first, each beside its mark where there is room, else none. */
function place(marks: Mark[], scale: Scale, width: number): Placed[] {
	const taken: { x1: number; x2: number; y: number }[] = marks.map((mark) => {
		const { x, y } = scale(mark);
		return { x1: x - 5, x2: x + 5, y };
	});
	const placed: Placed[] = [];
	for (const mark of [...marks].sort((a, b) => Math.abs(b.z) - Math.abs(a.z))) {
		const { x, y } = scale(mark);
		const wide = mark.label.length * letter;
		const choices = [
			{ side: 'start' as const, x1: x + 8, x2: x + 9 + wide },
			{ side: 'end' as const, x1: x - 9 - wide, x2: x - 8 }
		];
		const free = choices.find(
			({ x1, x2 }) =>
				x1 > margin.left &&
				x2 < width - 4 &&
				!taken.some((one) => one.x1 < x2 && one.x2 > x1 && Math.abs(one.y - y) < 13)
		);
		if (!free) continue;
		taken.push({ x1: free.x1, x2: free.x2, y });
		placed.push({ ...mark, side: free.side });
	}
	return placed;
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
