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
	wholeBefore: Estimate | undefined;
	period: string;
	/** the period compared with, where there is one */
	before: string | null;
	/** the handoffs of a trigger that its share counts, or of all of the route */
	href: (rule: Rule | null) => string;
};

/** One share of the triggers of a route beside each other, high ones first, and of the period before. */
export function triggerRules(rules: Rule[], shown: Shown): Chart {
	const { route, metric, whole, wholeBefore, period, before, href } = shown;
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
							shares: [whole, ...(before === null ? [] : [enough(wholeBefore)])],
							href: href(null)
						}
					]
				: []),
			...known.map((rule) => ({
				label: triggerWords(rule.trigger),
				href: href(rule),
				below: `n = ${formatNumber(rule.values[metric].n)}`,
				shares: [
					rule.values[metric],
					...(before === null ? [] : [enough(rule.before?.values[metric])])
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
