import type { AnswerRow } from '../../csat.ts';
import { formatNumber, formatValue } from '../../format.ts';
import { metrics } from '../../metrics.ts';
import { paths, type Path } from '../../week.ts';
import { numberCell, valueCell } from '../cells.ts';
import type { Chart } from '../chart.ts';
import { colour, tipStyle } from '../chart.ts';
import type { Href } from '../links.ts';
import { looks } from './satisfaction.ts';

const points = [1, 2, 3, 4, 5];

/** How the answers of each path lie on 1–5, side by side on one scale. */
export function csatAnswers(
	rows: AnswerRow[],
	period: string,
	/** where those of a path with an answer lead, null = with any */
	href?: Href<{ path: Path; answer: number | null }>
): Chart {
	const panels = paths.flatMap((path) => {
		const own = rows.filter((row) => row.path === path);
		const n = own.reduce((sum, row) => sum + row.n, 0);
		if (n === 0) return [];
		const { label, stroke } = looks[path];
		const enough = n >= metrics.csat_top2.floor;
		return {
			path,
			label,
			n,
			enough,
			bars: points.map((answer) => {
				const given = own.find((row) => row.answer === answer)?.n ?? 0;
				return {
					panel: `${label}\n${enough ? `n = ${formatNumber(n)}` : `too few (n = ${n})`}`,
					answer,
					given,
					share: enough ? given / n : null,
					fill: stroke,
					href: href?.({ path, answer }),
					title: `${label}, answer ${answer}\n${formatValue(given / n, 'share')}\nn = ${formatNumber(given)} of ${formatNumber(n)}`
				};
			})
		};
	});
	const bars = panels.flatMap((panel) => panel.bars);
	const top = Math.max(0.1, ...bars.map(({ share }) => share ?? 0));

	return {
		title: `Answers on 1–5 by path, ${period}`,
		description: `Bars: share of the answers 1 to 5 for ${panels.length} paths, ${period}.`,
		height: 220,
		linked: href !== undefined,
		draw: (plot, width) => ({
			marginLeft: 6,
			marginRight: 6,
			marginTop: 44,
			marginBottom: 24,
			x: { type: 'band', domain: points, axis: null, padding: 0.16 },
			y: { domain: [0, top * 1.12], axis: null },
			fx: { domain: [...new Set(bars.map(({ panel }) => panel))], axis: null, padding: 0.1 },
			color: { type: 'identity' },
			marks: [
				plot.axisFx({
					anchor: 'top',
					label: null,
					fill: colour.ink,
					lineHeight: 1.35
				}),
				plot.axisX({ anchor: 'bottom', tickSize: 0, label: null, fill: colour.muted }),
				plot.ruleY([0], { stroke: colour.border }),
				plot.barY(
					bars.filter(({ share }) => share !== null),
					{
						fx: 'panel',
						x: 'answer',
						y: 'share',
						fill: 'fill',
						fillOpacity: 0.85,
						...(href && { href: 'href' })
					}
				),
				plot.text(
					bars.filter(({ share }) => share !== null),
					{
						fx: 'panel',
						x: 'answer',
						y: 'share',
						text: ({ share }: { share: number }) =>
							`${formatNumber(share * 100)}${width < 520 ? '' : ' %'}`,
						dy: -8,
						fill: colour.ink
					}
				),
				plot.tip(
					bars.filter(({ share }) => share !== null),
					plot.pointerX({
						fx: 'panel',
						x: 'answer',
						y: 'share',
						title: 'title',
						...tipStyle
					})
				)
			]
		}),
		table: {
			head: ['Path', ...points.map((answer) => `Answer ${answer}`), 'n'],
			...(href && {
				links: panels.map(({ path }) => href({ path, answer: null }))
			}),
			rows: panels.map(({ label, n, enough, bars: own }) => [
				label,
				...own.map(({ given }) => valueCell(enough ? given / n : null, 'share')),
				numberCell(n)
			])
		}
	};
}
