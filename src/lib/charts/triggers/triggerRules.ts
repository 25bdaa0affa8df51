import type { Estimate } from '../../estimate.ts';
import { formatNumber, formatValue } from '../../format.ts';
import { metrics } from '../../metrics.ts';
import type { ComparedMetric, Rule } from '../../triggers.ts';
import type { Chart } from '../chart.ts';
import { colour } from '../chart.ts';
import { dotRows } from '../dotRows.ts';
import { triggerWords } from '../words.ts';

type Shown = {
	route: 'failure' | 'topic';
	metric: ComparedMetric;
	/** all handoffs of the route */
	whole: Estimate | undefined;
	period: string;
	/** the period compared with, where there is one */
	before: string | null;
};

/** One share of the triggers of a route beside each other, high ones first, and of the period before. */
export function triggerRules(rules: Rule[], shown: Shown): Chart {
	const { route, metric, whole, period, before } = shown;
	const { floor, label } = metrics[metric];
	const enough = (estimate: Estimate | undefined) =>
		estimate && estimate.n >= floor ? estimate : null;
	const known = rules
		.filter(({ values }) => enough(values[metric]))
		.sort((a, b) => (b.values[metric].value ?? 0) - (a.values[metric].value ?? 0));
	const series = [
		{ label: 'This period', stroke: colour[route], symbol: 'circle' },
		...(before === null ? [] : [{ label: 'Before', stroke: colour.unknown, symbol: 'diamond' }])
	];
	return dotRows(
		[
			...(whole && enough(whole)
				? [
						{
							label: route === 'failure' ? 'All failures' : 'All topics',
							below: `n = ${formatNumber(whole.n)}`,
							shares: [whole, ...(before === null ? [] : [null])]
						}
					]
				: []),
			...known.map(({ trigger, values, before: earlier }) => ({
				label: triggerWords(trigger),
				below: `n = ${formatNumber(values[metric].n)}`,
				shares: [
					values[metric],
					...(before === null ? [] : [enough(earlier?.values[metric])])
				]
			}))
		],
		series,
		{
			title: `${label} by ${route} trigger, ${period}`,
			description: `Dots with 95 % intervals: ${label.toLowerCase()} of ${known.length} ${route} triggers, ${period}${before === null ? '' : `, and ${before}`}. All of the route: ${formatValue(whole?.value ?? null, 'share')}.`,
			axis: `${label}, share of handoffs`,
			head: 'Trigger'
		}
	);
}
