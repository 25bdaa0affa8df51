import { absent, formatEstimate, formatNumber } from '../../format.ts';
import type { Back, ReturnCurve } from '../../repeats.ts';
import { estimateCell, numberCell } from '../cells.ts';
import type { Chart } from '../chart.ts';
import { colour, tipStyle } from '../chart.ts';
import { dayWords } from './returns.ts';
import { looks } from '../csat/satisfaction.ts';

type Options = {
	/** what is shown, with the period */
	title: string;
	/** the highest share of the axis (0–1), so that figures side by side share a scale */
	top: number;
};

const height = 220;

/** Those back by each day, by the topic of their first contact: two areas that add up. */
export function returnSplit(curve: ReturnCurve, { title, top }: Options): Chart {
	const { stroke, label } = looks[curve.path];
	const points = curve.steps.flatMap(({ day, same, other }) => {
		const [lower, upper] = [same?.value ?? null, other?.value ?? null];
		if (lower === null || upper === null) return [];
		return { day, same: lower * 100, both: (lower + upper) * 100 };
	});
	const end = points.at(-1);
	const last = curve.marks.at(-1)?.day ?? 0;
	const dots = curve.marks.flatMap((mark) =>
		mark.value === null ? [] : { day: mark.day, y: mark.value * 100, title: tipOf(label, mark) }
	);
	return {
		title,
		description: `Two areas one above the other: share back by each day first on the same topic and first on another, ${label.toLowerCase()}.`,
		height,
		draw: (plot) => ({
			marginLeft: 40,
			marginRight: 84,
			marginTop: 10,
			marginBottom: 34,
			x: { domain: [0, last], axis: null },
			y: { domain: [0, Math.max(1, top * 104)], axis: null },
			marks: [
				plot.gridY({ ticks: 4, stroke: colour.border, strokeOpacity: 1 }),
				plot.axisY({
					ticks: 4,
					tickSize: 0,
					tickFormat: (value: number) => `${value} %`,
					label: null,
					fill: colour.muted
				}),
				plot.axisX(
					curve.marks.map(({ day }) => day).filter((day) => day > 1),
					{
						tickSize: 4,
						tickFormat: String,
						label: 'Days since the end',
						labelAnchor: 'center',
						labelArrow: 'none',
						fill: colour.muted
					}
				),
				plot.areaY(points, {
					x: 'day',
					y1: () => 0,
					y2: 'same',
					curve: 'step-after',
					fill: stroke,
					fillOpacity: 0.7
				}),
				plot.areaY(points, {
					x: 'day',
					y1: 'same',
					y2: 'both',
					curve: 'step-after',
					fill: stroke,
					fillOpacity: 0.25
				}),
				plot.lineY(points, {
					x: 'day',
					y: 'both',
					curve: 'step-after',
					stroke,
					strokeWidth: 1.5
				}),
				end
					? plot.text(
							[
								{ y: end.same / 2, text: 'same topic' },
								{ y: (end.same + end.both) / 2, text: 'other topic' }
							],
							{
								x: () => end.day,
								y: 'y',
								text: 'text',
								textAnchor: 'start',
								dx: 6,
								fill: colour.ink,
								fontWeight: 600
							}
						)
					: null,
				plot.tip(dots, plot.pointer({ x: 'day', y: 'y', title: 'title', ...tipStyle }))
			]
		}),
		table: {
			head: ['Within', 'Same topic', 'Other topic', 'Either', 'Still watched'],
			rows: curve.marks.map((mark) => [
				{ text: dayWords(mark.day), value: mark.day, unit: 'days' },
				estimateCell(mark.same, 'share'),
				estimateCell(mark.other, 'share'),
				estimateCell(mark, 'share'),
				numberCell(mark.watched)
			])
		}
	};
}

function tipOf(label: string, { day, same, other, watched }: Back): string {
	return [
		`${label}, within ${dayWords(day)}`,
		`Same topic: ${same ? formatEstimate(same, 'share') : absent}`,
		`Other topic: ${other ? formatEstimate(other, 'share') : absent}`,
		`${formatNumber(watched)} still watched`
	].join('\n');
}
